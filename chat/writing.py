"""Producing replies: a worker thread writes what a provider says into the feed, a keeper saves the progress of all of them."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from chat import context
from chat.config import REPLY_CHARACTERS, ChatConfig
from chat.models import Conversation, Message, MessageStatus, Progress, ReplyOutcome, ReplyState, Usage
from chat.ports import ConversationStore, ReplyFeed
from core import log
from core.clock import Clock
from core.errors import AppError, StoreUnavailable
from llm.call import Call
from llm.errors import Cancelled
from llm.models import ChatRequest, Delta, Done, ExaminerBrief
from llm.ports import Models

_log = log.get("chat")
SHUTTING_DOWN = "SHUTTING_DOWN"
"""The error of an answer that the end of the process interrupted."""
_FRESH = 0.9
"""A silent reply renews its lease, and learns of stops asked for elsewhere, when less than this part of the lease is left."""
_HANDOVER_SECONDS = 0.001
_STORE_PAUSES = (0.2, 1.0, 3.0)
"""Seconds between tries to read or store while the database is away."""


@dataclass(kw_only=True)
class Job:
    """One reply in the making, to the message `asked` (None: nothing was said yet).

    `withdraw` takes it back before its turn has come; it returns False once the answer has begun. `first_at`: when its first piece came,
    by the writer's `monotonic` (0: none has). `shutting_down`: it was cancelled because the process ends, not by the person.
    """

    conversation: Conversation
    reply: Message
    asked: Message | None
    brief: ExaminerBrief
    provider: str = ""
    avoid: tuple[str, ...] = ()
    call: Call
    withdraw: Callable[[], bool]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    saved_length: int = 0
    lease_until: datetime
    first_at: float = 0.0
    done: Done | None = None
    shutting_down: bool = False

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self.parts)


class Writer:
    """Writes replies. `monotonic` gives seconds that only rise, for durations."""

    def __init__(
        self,
        *,
        store: ConversationStore,
        models: Models,
        feed: ReplyFeed,
        clock: Clock,
        config: ChatConfig,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._models = models
        self._feed = feed
        self._clock = clock
        self._config = config
        self._monotonic = monotonic
        self._active: dict[str, Job] = {}
        self._changed = threading.Condition()
        self._keeper: threading.Thread | None = None
        self._closed = False

    def lease(self) -> datetime:
        """Return until when a reply counts as alive that shows signs of life now."""
        return self._clock.now() + self._config.lease

    def admit(self, job: Job) -> None:
        """Make a reply known before its turn comes: it can be followed and stopped, and its lease is renewed."""
        self._feed.open(job.reply.id)
        with self._changed:
            self._active[job.reply.id] = job
            if self._keeper is None and not self._closed:
                self._keeper = threading.Thread(target=self._keep, name="reply-keeper", daemon=True)
                self._keeper.start()
            self._changed.notify_all()

    def cancel(self, message_id: str) -> bool:
        """Stop a reply that this process writes, at once if its turn has not come; False if it writes none of that id."""
        with self._changed:
            job = self._active.get(message_id)
        if job is None:
            return False
        self._stop(job)
        return True

    def write(self, job: Job) -> None:
        """Produce the reply and store its end. Never raises: whatever goes wrong is stored with the reply."""
        started = self._monotonic()
        job.call.begin()
        status, error = self._try(job)
        ended, done = self._monotonic(), job.done
        outcome = ReplyOutcome(
            content=job.text,
            status=status,
            finished_at=self._clock.now(),
            provider=done.provider if done else job.call.provider,
            model=done.model if done else job.call.model,
            usage=_usage(done),
            first_token_ms=round((job.first_at - started) * 1000) if job.first_at else 0,
            duration_ms=round((ended - started) * 1000),
            error=error,
        )
        self._end(job, outcome)

    def save_progress(self) -> None:
        """Save what has been written since the last time and renew leases; learn of stops that other processes ask for."""
        now = self._clock.now()
        updates: list[Progress] = []
        with self._changed:
            jobs = dict(self._active)
        for message_id, job in jobs.items():
            length = job.length
            fresh = job.lease_until - now > self._config.lease * _FRESH
            if length == job.saved_length and fresh:
                continue
            content = job.text if length != job.saved_length else None
            job.saved_length = length if content is None else len(content)
            job.lease_until = self.lease()
            updates.append(Progress(user_id=job.reply.user_id, message_id=message_id, content=content, lease_until=job.lease_until))
        if not updates:
            return
        try:
            states = self._store.save_progress(updates)
        except StoreUnavailable:
            _log.warning("progress of replies not saved", extra={"replies": len(updates)})
            return
        for message_id, state in states.items():
            if state is not ReplyState.WANTED:
                self._stop(jobs[message_id])

    def close(self) -> None:
        """Cancel every reply; they are stored as interrupted with what there is."""
        with self._changed:
            self._closed = True
            for job in self._active.values():
                job.shutting_down = True
                job.call.cancel()
            self._changed.notify_all()

    def _try(self, job: Job) -> tuple[MessageStatus, str]:
        """Produce the reply; return how that ended, with the code of what went wrong ("" for nothing)."""
        try:
            self._produce(job)
        except Cancelled:
            return (MessageStatus.INTERRUPTED, SHUTTING_DOWN) if job.shutting_down else (MessageStatus.STOPPED, "")
        except AppError as fault:
            error = fault.code
        except Exception as fault:  # noqa: BLE001 - a reply must end, and the log must not hold what was said
            error = "INTERNAL_ERROR"
            _log.error("reply failed", extra={"error": type(fault).__name__, "where": _where(fault)})
        else:
            return MessageStatus.COMPLETE, ""
        return MessageStatus.INTERRUPTED if job.parts else MessageStatus.FAILED, error

    def _produce(self, job: Job) -> None:
        """Let the model answer and write down each piece. Raises Cancelled, also where the process ends before the job's turn came."""
        if job.call.cancelled:
            raise Cancelled
        for event in self._models.stream(self._request(job), call=job.call):
            if isinstance(event, Done):
                job.done = event
                continue
            job.first_at = job.first_at or self._monotonic()
            if not self._add(job, event):
                break

    def _stop(self, job: Job) -> None:
        job.call.cancel()
        if job.withdraw():
            self._end(job, ReplyOutcome(content="", status=MessageStatus.STOPPED, finished_at=self._clock.now()))

    def _add(self, job: Job, event: Delta) -> bool:
        """Write a piece; False when the reply is as long as a reply may be."""
        room = REPLY_CHARACTERS - job.length
        piece = event.text if len(event.text) <= room else event.text[:room]
        if piece:
            job.parts.append(piece)
            job.length += len(piece)
            self._feed.write(job.reply.id, piece)
        if len(job.parts) == 1:
            # A provider that never waits keeps the interpreter busy: followers could not even send the headers for milliseconds.
            time.sleep(_HANDOVER_SECONDS)
        return job.length < REPLY_CHARACTERS

    def _request(self, job: Job) -> ChatRequest:
        known = self._known(job)
        return ChatRequest(turns=known.turns, summary=known.summary, brief=job.brief, provider=job.provider, avoid=job.avoid)

    def _known(self, job: Job) -> context.Context:
        """Return what was said before; a database that is away for a moment does not cost the answer."""
        for pause in _STORE_PAUSES:
            try:
                return context.build(self._store, job.conversation, asked=job.asked, budget=self._config.context_tokens)
            except StoreUnavailable:
                job.call.pause(pause)
        return context.build(self._store, job.conversation, asked=job.asked, budget=self._config.context_tokens)

    def _end(self, job: Job, outcome: ReplyOutcome) -> None:
        try:
            self._store_end(job, outcome)
        finally:
            with self._changed:
                self._active.pop(job.reply.id, None)
            self._feed.close(job.reply.id)

    def _store_end(self, job: Job, outcome: ReplyOutcome) -> None:
        for pause in (*_STORE_PAUSES, None):
            try:
                self._store.finish_reply(job.reply.user_id, job.reply.id, outcome)
            except StoreUnavailable:
                if pause is None or self._closed:
                    break
                threading.Event().wait(pause)
            else:
                return
        # The lease runs out and recovery marks the reply as interrupted, with what was saved of it.
        _log.error("end of a reply not stored")

    def _keep(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._active or self._closed)
                if self._closed:
                    return
                self._changed.wait_for(lambda: self._closed, timeout=self._config.save_seconds)
            try:
                self.save_progress()
            except Exception as fault:  # noqa: BLE001 - the keeper must outlive any fault of a store
                _log.error("keeper", extra={"error": type(fault).__name__, "where": _where(fault)})


def _usage(done: Done | None) -> Usage:
    if done is None:
        return Usage()
    used = done.usage
    return Usage(prompt_tokens=used.prompt_tokens, completion_tokens=used.completion_tokens, cost_micros=used.cost_micros)


def _where(fault: BaseException) -> str:
    """Return file and line of a fault, without its message, which may quote what was said."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
