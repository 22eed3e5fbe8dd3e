"""Answers as they are being made: the same events over SSE and WebSocket, from the feed that the writer fills.

No thread waits for a provider here: a reader calls back into the event loop when there is something new.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from api.conversations import reply_out
from api.dialects import Dialect, error_body
from api.reading import read
from chat.following import LOOK_SECONDS
from chat.models import Message, MessageStatus
from chat.ports import FeedReader
from chat.service import ChatService
from core.errors import AppError
from wiring import Services

HEARTBEAT_SECONDS = 15.0
_encode = json.JSONEncoder(ensure_ascii=False).encode
_FAILED = {MessageStatus.FAILED, MessageStatus.INTERRUPTED}

Event = tuple[int, dict[str, Any]]
"""How many characters of the answer are out with this event, and the event itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An answer and the place to read on from: behind its first `after` characters, from `reader` if it is being written."""

    reply: Message
    after: int
    reader: FeedReader | None


def opened(chat: ChatService, reply: Message, *, after: int = 0) -> Opened:
    """Return the answer ready to be read. May block: call it from a thread."""
    return Opened(reply=reply, after=after, reader=chat.reader(reply, after=after))


async def events(services: Services, answer: Opened) -> AsyncGenerator[Sequence[Event]]:
    """Yield `delta` events, then one `done` (or `error`) event.

    They come as they are there: one or several at a time, none as a heartbeat. Leaving it early stops nothing.
    """
    reply, reader, position = answer.reply, answer.reader, answer.after
    if reader is None:
        async for batch in _from_store(services, reply, after=position):
            yield batch
        return
    try:
        async for pieces in _pieces(reader):
            batch = []
            for text in pieces:
                position += len(text)
                batch.append((position, _delta(text)))
            yield batch
    finally:
        reader.close()
    if reader.lost:
        async for batch in _from_store(services, reply, after=position):
            yield batch
        return
    message = await read(services, services.chat.as_stored, reply)
    if len(message.content) > position:
        yield [(len(message.content), _delta(message.content[position:]))]
    yield [(len(message.content), ending(message))]


async def _pieces(reader: FeedReader) -> AsyncIterator[Sequence[str]]:
    """Yield new pieces as soon as there are some, none after a silent while; ends with the reply."""
    loop = asyncio.get_running_loop()
    news = asyncio.Event()

    def call_back() -> None:
        loop.call_soon_threadsafe(news.set)

    reader.notify(call_back)
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):  # `wait_for` would make a task each time
                await news.wait()
        except TimeoutError:
            yield ()
            continue
        news.clear()
        pieces, ended = reader.take()
        if pieces:
            yield pieces
        if ended:
            return


async def _from_store(services: Services, reply: Message, *, after: int) -> AsyncIterator[Sequence[Event]]:
    """Yield what the database has of an answer that another process writes, looking again and again; ends with the reply."""
    position, silent = after, 0.0
    while True:
        message = await read(services, services.chat.as_stored, reply)
        if text := message.content[position:]:
            position, silent = len(message.content), 0.0
            yield [(position, _delta(text))]
        if message.status is not MessageStatus.STREAMING:
            yield [(len(message.content), ending(message))]
            return
        if silent >= HEARTBEAT_SECONDS:
            silent = 0.0
            yield ()
        await asyncio.sleep(LOOK_SECONDS)
        silent += LOOK_SECONDS


def _delta(text: str) -> dict[str, Any]:
    return {"type": "delta", "delta": text}


def ending(message: Message) -> dict[str, Any]:
    """Return the last event of a stream, with the stored message."""
    body = reply_out(message).model_dump(mode="json")
    if message.status in _FAILED:
        return {
            "type": "error",
            "code": message.error or "ANSWER_INTERRUPTED",
            "detail": "The answer was cut off. Please try again.",
            **body,
        }
    return {"type": "done", **body}


def refusal(error: AppError) -> dict[str, Any]:
    """Return the last event of a stream that has no answer: the one error body."""
    return {"type": "error", **error_body(error.code, error.message, (), Dialect.STANDARD)}


def sse(event: dict[str, Any], *, event_id: str = "") -> bytes:
    """Return one Server-Sent Event."""
    # Nearly all events are deltas; the encoder writes a bare string ten times as fast as an object.
    delta = event["type"] == "delta"
    data = f'{{"type": "delta", "delta": {_encode(event["delta"])}}}' if delta else _encode(event)
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}data: {data}\n\n".encode()
