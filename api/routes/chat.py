"""The chatbot dialect's chat: `POST /api/chat`, `/api/chat/stream` (SSE), `WS /api/chat/ws`, `GET /api/history`."""

from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.conversations import item_out
from api.deps import CurrentPerson, ServicesOf, VerifiedPerson
from api.event_stream import AnswerStream, SentStream
from api.faults import faults
from api.plain_route import PlainRoute
from api.reading import read
from api.schemas.chat import History, Reply, Send
from api.schemas.common import PLAIN_DIGITS
from api.sending import SEND_FAULTS, IdempotencyKey, accept_message, answered, send_and_open
from api.streams import Opened, opened
from auth.results import Identity
from chat.errors import MessageNotFound
from chat.models import MessageRole
from wiring import Services

router = APIRouter(prefix="/api", tags=["chatbot"])
opening = APIRouter(prefix="/api", tags=["chatbot"], route_class=PlainRoute)
_SEND = faults(*SEND_FAULTS)


@router.post("/chat", summary="Send a message and get the answer", responses=_SEND)
async def chat(body: Send, person: VerifiedPerson, services: ServicesOf, idempotency_key: IdempotencyKey = "") -> Reply:
    """Send a message; without `session_id` a conversation begins. A client that leaves loses nothing: the answer is stored."""
    return await answered(services, person, body, idempotency_key)


@opening.post(
    "/chat/stream",
    summary="Send a message and follow the answer (Server-Sent Events)",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": 'events `{"type": "delta", "delta": "…"}`, then one `{"type": "done", …the stored message…}`;'
            " the headers `X-Session-ID` and `X-Message-ID` say at once where the answer will be. The stream opens when all that can"
            " be asked of the message has been looked at; its first `id:` says that the message is stored. Should the database fail"
            ' in between, one `{"type": "error", "code": …}` comes instead, and nothing is stored. With an `Idempotency-Key` the'
            " stream opens when the message is stored",
            "content": {"text/event-stream": {}},
        },
        **_SEND,
    },
)
async def stream(
    body: Send,
    person: VerifiedPerson,
    services: ServicesOf,
    idempotency_key: IdempotencyKey = "",
    last_event_id: Annotated[str, Header(alias="Last-Event-ID", max_length=200)] = "",
) -> StreamingResponse:
    """Stream the answer. With `Last-Event-ID` an interrupted stream goes on where it stopped and the body is not sent again."""
    message_id, _, position = last_event_id.rpartition(":")
    if message_id and position.isdecimal():
        return AnswerStream(services, await run_in_threadpool(_known, services, person, message_id, after=int(position)))
    if idempotency_key:  # who sends one wants to know exactly what became of the message: the status says so when it is stored
        return AnswerStream(services, await run_in_threadpool(send_and_open, services, person, body, idempotency_key))
    return SentStream(services, await read(services, accept_message, services, person, body))


@router.get(
    "/chat/stream/{message_id}",
    summary="Follow an answer that is being made, or read one again (Server-Sent Events)",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, **faults("NOT_AUTHENTICATED", "MESSAGE_NOT_FOUND")},
)
async def follow(
    message_id: str,
    person: CurrentPerson,
    services: ServicesOf,
    last_event_id: Annotated[str, Header(alias="Last-Event-ID", max_length=200)] = "",
) -> StreamingResponse:
    """Follow an answer from its beginning or from behind `Last-Event-ID`."""
    named, _, position = last_event_id.rpartition(":")
    if named and named != message_id:
        raise MessageNotFound
    after = int(position) if position.isdecimal() else 0
    return AnswerStream(services, await run_in_threadpool(_known, services, person, message_id, after=after))


def _known(services: Services, person: Identity, message_id: str, *, after: int) -> Opened:
    message = services.chat.message(person.user.id, message_id)
    if message.role is not MessageRole.ASSISTANT:
        raise MessageNotFound  # what the person said is no answer that could be followed
    return opened(services.chat, message, after=after)


@router.get("/history", summary="List one's conversations", responses=faults("NOT_AUTHENTICATED", "VALIDATION_ERROR"))
def history(
    person: CurrentPerson,
    services: ServicesOf,
    page: Annotated[int, Query(ge=1, le=1_000_000), PLAIN_DIGITS] = 1,
    per_page: Annotated[int, Query(ge=1, le=100), PLAIN_DIGITS] = 20,
) -> History:
    """Return a page of conversations, newest first."""
    found = services.chat.numbered(person.user.id, page=page, per_page=per_page)
    return History(items=[item_out(item) for item in found.items], page=found.page, per_page=found.per_page, total=found.total)
