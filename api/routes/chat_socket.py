"""`WS /api/chat/ws`: messages in, the events of their answers out."""

from contextlib import suppress
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, WebSocket
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.websockets import WebSocketDisconnect

from api.deps import get_services, recognised, token_of
from api.dialects import Dialect, error_body
from api.errors import validation_problems
from api.faults import faults
from api.origins import host_of
from api.schemas.chat import Send
from api.sending import send_and_open
from api.streams import events, refusal
from auth.errors import NotAllowed
from auth.results import Identity
from core.errors import AppError
from wiring import Services

router = APIRouter(prefix="/api", tags=["chatbot"])
POLICY_VIOLATION = 1008
MAX_CHARACTERS = 256 * 1024


@router.websocket("/chat/ws")
async def chat_socket(socket: WebSocket, token: Annotated[str, Query(max_length=4096)] = "") -> None:
    """Answer each `{"message": …, "session_id": …}` with `delta` events and a `done` event.

    The access token comes in the `Authorization` header or, for browsers, as `?token=`. It is checked again for every message: a
    session that has ended gets an `error` event and the connection is closed (1008).
    """
    services = get_services(socket)
    presented = token_of(socket) or token
    try:
        _refuse_strange_origin(socket, services)
        await _who(socket, presented)
    except AppError:
        await socket.close(POLICY_VIOLATION)
        return
    await socket.accept()
    with suppress(WebSocketDisconnect):
        while True:
            text = await _received(socket)
            if not await _answer(socket, services, presented, text):
                await socket.close(POLICY_VIOLATION)
                return


@router.get(
    "/chat/ws",
    status_code=101,
    response_class=Response,
    summary="Chat over a WebSocket",
    responses={101: {"description": "The connection is a WebSocket from here on."}, **faults("UPGRADE_REQUIRED")},
)
async def not_a_socket(
    token: Annotated[str, Query(max_length=4096, description="the access token, for browsers; programs send `Authorization`")] = "",
) -> None:
    """Send `{"message": …, "session_id": …}`; the answer comes as `delta` events and a `done` event, as in `/api/chat/stream`."""
    del token  # documented here, read by the socket
    raise HTTPException(426, headers={"Upgrade": "websocket", "Connection": "Upgrade"})


def _refuse_strange_origin(socket: WebSocket, services: Services) -> None:
    """Refuse a browser's page of another site (programs send no Origin)."""
    origin = socket.headers.get("origin", "")
    hosts = {socket.headers.get("host", ""), urlsplit(services.settings.public_url).netloc}
    if origin and origin not in services.settings.cors_allowed_origins and host_of(origin) not in hosts:
        raise NotAllowed


async def _who(socket: WebSocket, token: str) -> Identity:
    person = await recognised(socket, token)
    get_services(socket).auth.require_verified(person.user)
    return person


async def _received(socket: WebSocket) -> str:
    """Return the next message; a binary one, which nobody documents, as no text. Raises WebSocketDisconnect."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1000))
    return message.get("text") or ""


async def _answer(socket: WebSocket, services: Services, token: str, text: str) -> bool:
    """Answer one message; return whether the connection may go on."""
    try:
        person = await _who(socket, token)
    except AppError as error:
        await socket.send_json(refusal(error))
        return False
    try:
        body = Send.model_validate_json(text if len(text) <= MAX_CHARACTERS else "")
        answer = await run_in_threadpool(send_and_open, services, person, body, "")
    except ValidationError as error:
        problems = validation_problems(error.errors())
        await socket.send_json({"type": "error", **error_body("VALIDATION_ERROR", problems[0].message, problems, Dialect.STANDARD)})
        return True
    except AppError as error:
        await socket.send_json(refusal(error))
        return True
    async for batch in events(services, answer):
        for _, event in batch:
            await socket.send_json(event)
    return True
