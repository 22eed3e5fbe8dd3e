"""Sending a message and waiting for its answer, once for all dialects."""

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing, suppress
from typing import Annotated, Any

from fastapi import Header
from starlette.concurrency import run_in_threadpool

from api.conversations import reply_out
from api.schemas.chat import Reply, Send
from api.schemas.patterns import KEY_PATTERN
from api.streams import Opened, events, opened
from auth.results import Identity
from chat.errors import AnswerFailed
from chat.models import MessageStatus
from chat.results import Accepted, Sent
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
_HANDOVER_SECONDS = 0.0007
"""The thread that goes on to store a message would keep the interpreter from the event loop, which has the first bytes to send."""


def send_message(
    services: Services, person: Identity, body: Send, key: str, *, on_accepted: Callable[[Accepted], None] | None = None
) -> Sent:
    """Store a message and have it answered (see `ChatService.send`)."""
    return services.chat.send(
        person.user.id,
        text=body.message,
        conversation_id=body.session_id,
        idempotency_key=key,
        level=body.level or "",
        topic=body.topic or "",
        provider=body.provider or "",
        on_accepted=on_accepted,
    )


class Underway:
    """A message on its way into the store, in a thread: a client that leaves meanwhile does not stop it. Make it in the event loop."""

    def __init__(self, services: Services, person: Identity, body: Send, key: str) -> None:
        loop = asyncio.get_running_loop()
        accepted: asyncio.Future[Accepted] = loop.create_future()

        def tell(where: Accepted) -> None:
            loop.call_soon_threadsafe(accepted.set_result, where)
            time.sleep(_HANDOVER_SECONDS)

        def store() -> Opened:
            return opened(services.chat, send_message(services, person, body, key, on_accepted=tell).reply)

        self._accepted = accepted
        self._stored = asyncio.ensure_future(run_in_threadpool(store))
        self._stored.add_done_callback(lambda stored: stored.cancelled() or stored.exception())  # also where nobody waits any more

    @property
    def is_stored(self) -> bool:
        """Whether `stored` would not have to wait."""
        return self._stored.done()

    async def accepted(self) -> Accepted:
        """Return where the answer will be, once only the store can still refuse the message. Raises what else refuses it."""
        either: set[asyncio.Future[Any]] = {self._accepted, self._stored}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not self.is_stored:
            return self._accepted.result()
        reply = (await self.stored()).reply
        return Accepted(reply.conversation_id, reply.id)

    async def stored(self) -> Opened:
        """Return the answer, ready to be read, once the message is stored. Raises what kept it from being stored."""
        return await asyncio.shield(self._stored)


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
