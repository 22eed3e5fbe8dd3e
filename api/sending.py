"""Sending a message and waiting for its answer, once for all dialects."""

import asyncio
from contextlib import aclosing, suppress
from typing import Annotated

from fastapi import Header
from starlette.concurrency import run_in_threadpool

from api.conversations import reply_out
from api.schemas.chat import Reply, Send
from api.schemas.patterns import KEY_PATTERN
from api.streams import events, opened
from auth.results import Identity
from chat.errors import AnswerFailed
from chat.models import MessageStatus
from chat.results import Sent
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


def send_message(services: Services, person: Identity, body: Send, key: str) -> Sent:
    """Store a message and have it answered."""
    return services.chat.send(
        person.user.id,
        text=body.message,
        conversation_id=body.session_id,
        idempotency_key=key,
        level=body.level or "",
        topic=body.topic or "",
        provider=body.provider or "",
    )


async def answered(services: Services, person: Identity, body: Send, key: str) -> Reply:
    """Store a message and return its answer; without `session_id` a conversation begins. Raises as `finished` does."""
    return await finished(services, await run_in_threadpool(send_message, services, person, body, key))


async def finished(services: Services, sent: Sent) -> Reply:
    """Wait for the answer and return it as stored. Raises AnswerFailed (503) when nobody could answer.

    No thread waits with it: a person who asks often enough for one slow answer would have all of them, and nobody else would be served.
    """
    answer = await run_in_threadpool(opened, services.chat, sent.reply)
    with suppress(TimeoutError):
        async with asyncio.timeout(_ANSWER_SECONDS), aclosing(events(services.chat, answer)) as followed:
            async for _ in followed:
                pass
    message = await run_in_threadpool(services.chat.as_stored, sent.reply)
    if message.status in {MessageStatus.FAILED, MessageStatus.INTERRUPTED} and not message.content:
        raise AnswerFailed
    return reply_out(message)
