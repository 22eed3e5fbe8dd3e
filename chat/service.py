"""The chat component's façade: everything that pages and HTTP routes call. Each method checks, does one thing, and returns values."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import lexis
from chat import checks
from chat.archive import Archive
from chat.bank import QuestionBank, Topic
from chat.config import ChatConfig
from chat.errors import InvalidChoice, MessageNotFound
from chat.following import follow, presented
from chat.models import ConversationKind, Message, MessageRole, MessageStatus, ShareLink, UsageDay
from chat.ports import ConversationStore, FeedReader, Limits, ReplyFeed
from chat.results import Ended, Quota, ReplyEvent, Sent, SharedConversation
from chat.script import Pick, Script
from chat.sending import Accepted, NewMessage, Sending
from chat.sharing import Sharing
from chat.workers import Workers
from chat.writing import SHUTTING_DOWN, Writer
from core.clock import Clock
from core.ids import Ids
from core.rounds import Rounds
from llm.models import ProviderChoice
from llm.ports import Models


class ChatService(Archive):
    """Conversations with the examiner.

    Every method takes the person's id first, or what this service gave out, and treats what belongs to others, and what is deleted, as
    unknown (`ConversationNotFound`, `MessageNotFound`). `choice` picks one of several (questions, follow-ups).
    """

    def __init__(
        self,
        *,
        store: ConversationStore,
        models: Models,
        bank: QuestionBank,
        feed: ReplyFeed,
        limits: Limits,
        clock: Clock,
        ids: Ids,
        choice: Pick,
        config: ChatConfig,
    ) -> None:
        super().__init__(store=store, clock=clock)
        self._models = models
        self._bank = bank
        self._feed = feed
        self._config = config
        self._closing = threading.Event()
        self._workers = Workers(config)
        self._writer = Writer(store=store, models=models, feed=feed, clock=clock, config=config)
        self._sending = Sending(
            store=store,
            script=Script(bank=bank, choice=choice),
            workers=self._workers,
            writer=self._writer,
            limits=limits,
            clock=clock,
            ids=ids,
            config=config,
        )
        self._sharing = Sharing(store=store, clock=clock, ids=ids)
        self._to_warm_up: list[Callable[[], None]] = [lexis.warm_up, models.warm_up]
        self._rounds = Rounds(self._round, name="chat", delay=config.quiet_seconds, interval=config.tidy_seconds)

    # --- talking -----------------------------------------------------------------------------------------------------------

    def start(self, user_id: str, *, level: str, topic: str = "", kind: ConversationKind = ConversationKind.PRACTICE) -> Sent:
        """Begin a conversation; the reply is the examiner's greeting and first question, being written.

        Raises InvalidChoice (`level` A1–C2; `topic` an id of `topics()` or "" for any), TooManyReplies, Busy, TooManyAttempts.
        """
        return self._sending.start(user_id, level=checks.level(level), topic=checks.topic(topic, self._bank), kind=kind)

    def send(
        self,
        user_id: str,
        *,
        text: object,
        conversation_id: object = None,
        idempotency_key: str = "",
        level: str = "",
        topic: str = "",
        provider: str = "",
    ) -> Sent:
        """Store a message and have it answered; without `conversation_id` (None or "") begin a chat of `level`, `topic`.

        When it returns, the message and the place of its answer are stored. Raises InvalidMessage, InvalidChoice,
        ConversationNotFound, SendKeyReused, DailyQuotaReached, TooManyReplies, Busy, TooManyAttempts: then nothing is stored.
        """
        message = self._checked(text, conversation_id, level, topic, provider)
        return self._sending.send(user_id, replace(message, send_key=checks.send_key(idempotency_key)))

    def accept(
        self, user_id: str, *, text: object, conversation_id: object = None, level: str = "", topic: str = "", provider: str = ""
    ) -> Accepted:
        """Do the first half of `send`, which looks at all that can refuse a message and writes nothing; `store` must follow.

        So a caller can begin to answer while the message is written to the disk. Raises as `send` does. Takes microseconds on SQLite.
        """
        return self._sending.accept(user_id, self._checked(text, conversation_id, level, topic, provider))

    def store(self, accepted: Accepted) -> Sent:
        """Do the second half of `send`. Raises only what the store does, and what others did in between (ConversationNotFound, …)."""
        return self._sending.store(accepted)

    def edit(self, user_id: str, message_id: object, *, text: object, idempotency_key: str = "", provider: str = "") -> Sent:
        """Send another text instead of the person's last message; the old one and its answers are no longer shown.

        Raises as `send` does, and NotTheLastMessage.
        """
        message = self.message(user_id, message_id)
        if message.role is not MessageRole.USER:
            raise MessageNotFound
        words, key = checks.message_text(text), checks.send_key(idempotency_key)
        new = NewMessage(text=words, about=("edit", message.id, provider), send_key=key, provider=self._provider(provider))
        return self._sending.edit(message, new)

    def regenerate(self, user_id: str, message_id: object, *, provider: str = "", idempotency_key: str = "") -> Sent:
        """Have the last message answered once more (`message_id`: it or one of its answers); earlier answers are kept beside the new one.

        Without `provider` another one than before is asked first; the same one where the answer was stopped, or ended with its process.
        Raises NotTheLastMessage, ReplyInProgress, and as `send` does.
        """
        message = self.message(user_id, message_id)
        key, about = checks.send_key(idempotency_key), ("again", message.id, provider)
        if message.role is MessageRole.USER:
            answers = self._store.answers_to(user_id, message.id)
            if not answers:
                raise MessageNotFound
            message = answers[-1]
        first = self._provider(provider) or self._cut_short(message)
        return self._sending.again(message, NewMessage(about=about, send_key=key, provider=first))

    def stop(self, user_id: str, message_id: object) -> None:
        """Stop an answer that is being written; what there is is stored as STOPPED. Does nothing to one that has ended."""
        self._sending.stop(self.message(user_id, message_id))

    def follow(self, user_id: str, message_id: object, *, after: int = 0, wait: float = 15.0) -> Iterator[ReplyEvent]:
        """Return the events of an answer behind its first `after` characters: `Piece`s, then `Ended` with the stored message.

        `StillWaiting` comes after each `wait` seconds without news. Works at any time, in any process, any number of times; leaving
        it does not stop the answer. Raises MessageNotFound at once.
        """
        return self.follow_on(self.message(user_id, message_id), after=after, wait=wait)

    def follow_on(self, reply: Message, *, after: int = 0, wait: float = 15.0) -> Iterator[ReplyEvent]:
        """Do as `follow` for an answer that this service gave out, which has looked whose it is: also if it was deleted since."""
        return follow(self._store, self._feed, self._clock, reply, after=max(0, after), wait=wait, pause=self._pause)

    def reader(self, reply: Message, *, after: int = 0) -> FeedReader | None:
        """Return a reader of an answer that is being written, for followers that must not block; None: use `follow`.

        `reply` comes from this service, which has looked whose it is. After the reader's end `as_stored` has the answer.
        """
        return self._feed.reader(reply.id, after=max(0, after))

    def as_stored(self, reply: Message) -> Message:
        """Return an answer that this service gave out as it is now; one that is gone for good meanwhile counts as interrupted."""
        found = self._store.message(reply.user_id, reply.id) or replace(reply, status=MessageStatus.INTERRUPTED)
        return presented(found, now=self._clock.now())

    def finished(self, user_id: str, message_id: object, *, timeout: float) -> Message:
        """Wait for the end of an answer and return it; after `timeout` seconds return it as far as it is (STREAMING)."""
        deadline = self._clock.now() + timedelta(seconds=timeout)
        reply = self.message(user_id, message_id)
        for event in self.follow_on(reply, wait=1.0):
            if isinstance(event, Ended):
                return event.message
            if self._clock.now() >= deadline:
                break
        return self.as_stored(reply)

    # --- sharing -------------------------------------------------------------------------------------------------------------

    def share(self, user_id: str, conversation_id: object, *, days: int | None = None) -> tuple[ShareLink, str]:
        """Return a new read-only link (1 to 365 days) and its secret, which is not stored. It shows what has been said so far."""
        return self._sharing.share(self.conversation(user_id, conversation_id), days=self._config.share_days if days is None else days)

    def shares(self, user_id: str, conversation_id: object) -> list[ShareLink]:
        """Return the links to a conversation that work."""
        return self._sharing.links(self.conversation(user_id, conversation_id))

    def revoke_share(self, user_id: str, share_id: str) -> None:
        """End a link now. Raises ShareNotFound."""
        self._sharing.revoke(user_id, share_id)

    def shared(self, secret: str, *, after: int = 0) -> SharedConversation:
        """Return what the holder of a link sees, up to 200 messages behind seq `after`. Raises ShareNotFound."""
        return self._sharing.open(secret, after=after)

    # --- deleting ------------------------------------------------------------------------------------------------------------

    @property
    def restorable_for(self) -> timedelta:
        """How long after its deletion a conversation can be restored: whole days, at least one."""
        return self._config.restore

    # --- around it -----------------------------------------------------------------------------------------------------------

    def topics(self) -> tuple[Topic, ...]:
        """Return the topics in the order in which learners see them."""
        return self._bank.topics()

    def providers(self) -> tuple[ProviderChoice, ...]:
        """Return who can answer, in order."""
        return self._models.choices()

    def quota(self, user_id: str) -> Quota:
        """Return how much the person may still send today."""
        today = self._clock.now().date()
        used = self._store.sent_on(user_id, today)
        resets = datetime.combine(today + timedelta(days=1), time(), tzinfo=self._clock.now().tzinfo)
        return Quota(limit=self._config.daily_sends, used=used, resets_at=resets)

    def usage(self, user_id: str, *, first: date, last: date) -> list[UsageDay]:
        """Return what the person used, day by day (UTC)."""
        return self._store.usage(user_id, first=first, last=last)

    def usage_of_all(self, *, first: date, last: date, limit: int = 100, skip: int = 0) -> list[UsageDay]:
        """Return what each person used in the days together, most first, behind the first `skip`. For administrators."""
        return self._store.usage_of_all(first=first, last=last, limit=limit, skip=skip)

    def usage_by_day(self, *, first: date, last: date) -> list[UsageDay]:
        """Return what everybody together used, day by day (UTC). For administrators."""
        return self._store.usage_by_day(first=first, last=last)

    def open(self) -> None:
        """Begin the work of a process: mark what an earlier run left behind, then tidy up now and then in the background."""
        self.recover_at_start()
        self._rounds.start()

    def recover(self) -> int:
        """Mark answers whose writer is gone as interrupted; call it at the start and now and then. Returns how many."""
        return self._store.recover_replies(now=self._clock.now(), expired_only=True)

    def recover_at_start(self) -> int:
        """Mark answers that an earlier run left behind as interrupted; where this is the only process, without waiting for their lease."""
        return self._store.recover_replies(now=self._clock.now(), expired_only=not self._config.only_process)

    def tidy(self) -> int:
        """Recover, and remove for good what was deleted longer than `restorable_for` ago; returns how many conversations were removed."""
        self.recover()
        removed = 0
        while count := self._store.purge(deleted_before=self._clock.now() - self._config.restore, limit=200):
            removed += count
        return removed

    def delete_all_of(self, user_id: str) -> None:
        """Remove everything of a person whose account is deleted."""
        self._store.delete_all_of(user_id)

    def close(self) -> None:
        """End every answer as interrupted and stop the threads. For the end of the process."""
        self._closing.set()
        self._rounds.stop()
        self._writer.close()
        self._workers.close()
        self._feed.shut_down()
        self._models.close()

    def _round(self) -> None:
        """Load what the first answers will need, once it is quiet after the start; then tidy up."""
        while self._to_warm_up:
            self._to_warm_up.pop(0)()
        self.tidy()

    def _checked(self, text: object, conversation_id: object, level: str, topic: str, provider: str) -> NewMessage:
        words, chosen = checks.message_text(text), self._provider(provider)
        if conversation_id is not None and conversation_id != "":
            known = checks.known_id(conversation_id)
            return NewMessage(text=words, about=(known, provider), conversation_id=known, provider=chosen)
        return NewMessage(
            text=words,
            about=("", level, topic, ConversationKind.CHAT.value, provider),
            level=checks.level(level) if level else "",
            topic=checks.topic(topic, self._bank),
            provider=chosen,
        )

    def _provider(self, name: str) -> str:
        if name and name not in {choice.name for choice in self._models.choices()}:
            raise InvalidChoice("provider", "There is no such provider. Pick one from the list.")
        return name

    def _cut_short(self, reply: Message) -> str:
        """Return who was not allowed to finish this answer ("" for nobody): that says nothing against them. A stand-in stays one."""
        if reply.status is not MessageStatus.STOPPED and reply.error != SHUTTING_DOWN:
            return ""
        return next((choice.name for choice in self._models.choices() if choice.name == reply.provider and not choice.offline), "")

    def _pause(self, seconds: float) -> None:
        self._closing.wait(seconds)
