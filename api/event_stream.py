"""Answers as Server-Sent Events (HTML standard, 9.2): ids to go on from, comments while nothing happens."""

from collections.abc import AsyncIterator

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.sending import Underway
from api.streams import Opened, events, refusal, sse
from chat.results import Accepted
from chat.service import ChatService
from core.errors import AppError

_HEARTBEAT = b": still here\n\n"
_ACCEPTED = b": your message is being stored\n\n"


class EventStream(StreamingResponse):
    """The headers and `first` go out at once, before a task is made that writes `parts` until the client leaves."""

    def __init__(self, parts: AsyncIterator[bytes], *, where: Accepted, first: bytes = b"") -> None:
        headers = {
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",
            "X-Session-ID": where.conversation_id,
            "X-Message-ID": where.reply_id,
        }
        super().__init__(parts, media_type="text/event-stream", headers=headers)
        self._parts = parts
        self._first = first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if self._first:
            await send({"type": "http.response.body", "body": self._first, "more_body": True})
        await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        """Write what comes after the headers."""
        async for part in self._parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def answer_stream(chat: ChatService, answer: Opened) -> EventStream:
    """Return the response that follows an answer."""
    return EventStream(_parts(chat, answer), where=Accepted(answer.reply.conversation_id, answer.reply.id))


async def sent_stream(chat: ChatService, message: Underway) -> EventStream:
    """Return the response that follows the answer to a message, once that is accepted. Raises what refuses the message before."""
    where = await message.accepted()
    return EventStream(_sent_parts(chat, message), where=where, first=b"" if message.is_stored else _ACCEPTED)


async def _sent_parts(chat: ChatService, message: Underway) -> AsyncIterator[bytes]:
    try:
        answer = await message.stored()
    except AppError as error:
        yield sse(refusal(error))
        return
    # An id without data is no event, but from here on a client that reconnects says where it was.
    yield f"id: {answer.reply.id}:0\n: your message is stored\n\n".encode()
    async for part in _parts(chat, answer):
        yield part


async def _parts(chat: ChatService, answer: Opened) -> AsyncIterator[bytes]:
    async for batch in events(chat, answer):
        yield b"".join(sse(event, event_id=f"{answer.reply.id}:{position}") for position, event in batch) or _HEARTBEAT
