"""Sending a message and waiting for its answer, once for all dialects."""

import asyncio
from contextlib import aclosing, suppress
from typing import Annotated, TypedDict

from fastapi import Header
from starlette.concurrency import run_in_threadpool

from api.conversations import reply_out
from api.reading import read
from api.schemas.chat import Reply, Send
from api.schemas.patterns import KEY_PATTERN
from api.streams import Opened, events, opened
from auth.results import Identity
from chat.errors import AnswerFailed
from chat.models import MessageStatus
from chat.results import Sent
from chat.sending import Accepted
from chat.service import ChatService
from wiring import Services

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=100,
        description="printable ASCII; sending the same again with the same key stores nothing and gives the same answer",
        json_schema_extra={"pattern": KEY_PATTERN},
    ),
]
SEND_FAULTS = (
    "NOT_AUTHENTICATED",
    "EMAIL_NOT_VERIFIED",
    "CONVERSATION_NOT_FOUND",
    "VALIDATION_ERROR",
    "CHOICE_INVALID",
    "IDEMPOTENCY_KEY_REUSED",
    "RATE_LIMITED",
    "CHAT_BUSY",
)
_ANSWER_SECONDS = 120.0
"""Longer than any provider may take; the answer is finished and stored even if the client leaves before."""


class _Asked(TypedDict):
    text: str
    conversation_id: str | None
    level: str
    topic: str
    provider: str


def _asked(body: Send) -> _Asked:
    return {
        "text": body.message,
        "conversation_id": body.session_id,
        "level": body.level or "",
        "topic": body.topic or "",
        "provider": body.provider or "",
    }


def send_message(services: Services, person: Identity, body: Send, key: str) -> Sent:
    """Store a message and have it answered (see `ChatService.send`)."""
    return services.chat.send(person.user.id, idempotency_key=key, **_asked(body))


def send_and_open(services: Services, person: Identity, body: Send, key: str) -> Opened:
    """Do as `send_message` and return the answer ready to be read."""
    return opened(services.chat, send_message(services, person, body, key).reply)


def accept_message(services: Services, person: Identity, body: Send) -> Accepted:
    """Look at all that can refuse a message, without storing it (see `ChatService.accept`)."""
    return services.chat.accept(person.user.id, **_asked(body))


class Storing:
    """An accepted message on its way into the store, in a thread: a client that leaves meanwhile does not stop it."""

    def __init__(self, chat: ChatService, accepted: Accepted) -> None:
        """Begin; call it in the event loop."""
        self._opened = asyncio.ensure_future(run_in_threadpool(lambda: opened(chat, chat.store(accepted).reply)))
        self._opened.add_done_callback(lambda done: done.cancelled() or done.exception())  # also where nobody waits any more

    async def opened(self) -> Opened:
        """Return the answer, ready to be read, once the message is stored. Raises what kept it from being stored."""
        return await asyncio.shield(self._opened)


async def answered(services: Services, person: Identity, body: Send, key: str) -> Reply:
    """Store a message and return its answer; without `session_id` a conversation begins. Raises as `finished` does."""
    return await finished(services, await run_in_threadpool(send_message, services, person, body, key))


async def finished(services: Services, sent: Sent) -> Reply:
    """Wait for the answer and return it as stored. Raises AnswerFailed (503) when nobody could answer.

    No thread waits with it: a person who asks often enough for one slow answer would have all of them, and nobody else would be served.
    """
    answer = await read(services, opened, services.chat, sent.reply)
    with suppress(TimeoutError):
        async with asyncio.timeout(_ANSWER_SECONDS), aclosing(events(services, answer)) as followed:
            async for _ in followed:
                pass
    message = await read(services, services.chat.as_stored, sent.reply)
    if message.status in {MessageStatus.FAILED, MessageStatus.INTERRUPTED} and not message.content:
        raise AnswerFailed
    return reply_out(message)
