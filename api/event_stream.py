"""Answers as Server-Sent Events (HTML standard, 9.2): ids to go on from, comments while nothing happens."""

from collections.abc import AsyncIterator

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.sending import Storing
from api.streams import Opened, events, refusal, sse
from chat.sending import Accepted
from core.errors import AppError
from wiring import Services

_HEARTBEAT = b": still here\n\n"
_ACCEPTED = b": your message is being stored\n\n"
_FIXED = ((b"cache-control", b"no-store"), (b"x-accel-buffering", b"no"))


class EventStream(StreamingResponse):
    """A response that says where the answer is, and writes `parts` until the client leaves."""

    def __init__(self, parts: AsyncIterator[bytes], *, conversation_id: str, reply_id: str) -> None:
        super().__init__(parts, media_type="text/event-stream")
        self.raw_headers += [*_FIXED, (b"x-session-id", conversation_id.encode()), (b"x-message-id", reply_id.encode())]
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the headers at once, before a task is made that writes the rest."""
        await self._open(send)
        await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        """Write what comes after the headers."""
        async for part in self._parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _open(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})


class AnswerStream(EventStream):
    """Follows the answer to a stored message."""

    def __init__(self, services: Services, answer: Opened) -> None:
        super().__init__(_parts(services, answer), conversation_id=answer.reply.conversation_id, reply_id=answer.reply.id)


class SentStream(EventStream):
    """Stores an accepted message as soon as the first bytes are out, and follows the answer."""

    def __init__(self, services: Services, accepted: Accepted) -> None:
        super().__init__(self._stored_parts(), conversation_id=accepted.conversation_id, reply_id=accepted.reply_id)
        self._services = services
        self._accepted = accepted

    async def _open(self, send: Send) -> None:
        try:
            await super()._open(send)
            await send({"type": "http.response.body", "body": _ACCEPTED, "more_body": True})
        finally:  # whether or not anybody still listens
            self._storing = Storing(self._services.chat, self._accepted)

    async def _stored_parts(self) -> AsyncIterator[bytes]:
        try:
            answer = await self._storing.opened()
        except AppError as error:
            yield sse(refusal(error))
            return
        # An id without data is no event, but from here on a client that reconnects says where it was.
        yield f"id: {answer.reply.id}:0\n: your message is stored\n\n".encode()
        async for part in _parts(self._services, answer):
            yield part


async def _parts(services: Services, answer: Opened) -> AsyncIterator[bytes]:
    async for batch in events(services, answer):
        yield b"".join(sse(event, event_id=f"{answer.reply.id}:{position}") for position, event in batch) or _HEARTBEAT
