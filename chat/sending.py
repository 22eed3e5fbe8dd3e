"""Sending: a message and the answer to it, stored in one write before anything is produced; new answers, edits and stops."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chat import titles
from chat.config import ChatConfig
from chat.errors import ConversationNotFound, DailyQuotaReached, MessageNotFound, NotTheLastMessage, ReplyInProgress, SendKeyReused
from chat.following import presented
from chat.models import Appended, Conversation, ConversationKind, DailySends, Message, MessageDraft, MessageRole, MessageStatus, TitleSource
from chat.ports import ConversationStore, Limits
from chat.results import Sent
from chat.script import Move, Script
from chat.workers import Place, Workers
from chat.writing import Job, Writer
from core.clock import Clock
from core.ids import Ids
from llm.call import Call
from llm.examiner import Heard

_HISTORY = 16
"""Messages that the script looks back on."""
_RECENT_CONVERSATIONS = 5
_LOCKS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """What a person sends, checked.

    `about` is all that was asked for beside the words, as it was asked. `text` is "" where an earlier message is to be answered again.
    `conversation_id` None begins a conversation of `level` and `topic`. `provider` is asked first.
    """

    text: str = ""
    about: tuple[str, ...] = ()
    send_key: str = ""
    conversation_id: str | None = None
    level: str = ""
    topic: str = ""
    provider: str = ""

    @property
    def fingerprint(self) -> str:
        """Tells two different requests under one idempotency key apart: also the same words for another conversation."""
        asked = "\x1f".join((*self.about, self.text))
        return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:32] if self.send_key else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A message that only the store can still refuse: where it and its answer will be, and the place that is kept for the answer."""

    user_id: str
    message: NewMessage
    conversation_id: str
    reply_id: str
    place: Place


class Sending:
    """Stores what people send and has it answered."""

    def __init__(
        self,
        *,
        store: ConversationStore,
        script: Script,
        workers: Workers,
        writer: Writer,
        limits: Limits,
        clock: Clock,
        ids: Ids,
        config: ChatConfig,
    ) -> None:
        self._store = store
        self._script = script
        self._workers = workers
        self._writer = writer
        self._limits = limits
        self._clock = clock
        self._ids = ids
        self._config = config
        # Two sends into one conversation at once would be asked the same question; a few locks for all conversations suffice.
        self._locks = [threading.Lock() for _ in range(_LOCKS)]

    def start(self, user_id: str, *, level: str, topic: str, kind: ConversationKind) -> Sent:
        """Begin a conversation with the examiner's greeting and first question."""
        self._limits.hit("chat", user_id)
        with self._workers.reserve(user_id) as place:
            conversation = self._new(self._ids.new("conv"), user_id, level=level, topic=topic, kind=kind)
            move = self._script.opening(conversation, used=self._used(user_id))
            stored = self._store.start(conversation, [self._reply_draft(move, reply_to="")])
            return self._answered(place, stored, move)

    def send(self, user_id: str, message: NewMessage) -> Sent:
        """Store a message, at the end of its conversation or as the first of a new one, and have it answered."""
        if known := self._replay(user_id, message):
            return known
        with self._workers.reserve(user_id) as place:
            if message.conversation_id is None:
                return self._begin(place, self._new_for(user_id, message, self._ids.new("conv")), message)
            with self._lock(message.conversation_id):
                return self._append(place, user_id, message.conversation_id, message)

    def accept(self, user_id: str, message: NewMessage) -> Accepted:
        """Look at all that can refuse a message without a key, and keep a place for its answer; `store` must follow. Stores nothing."""
        self._limits.hit("chat", user_id)
        place = self._workers.reserve(user_id)
        try:
            where = self._ids.new("conv") if message.conversation_id is None else self._alive(user_id, message.conversation_id).id
            self._must_have_quota(user_id)
        except BaseException:
            place.withdraw()
            raise
        return Accepted(user_id=user_id, message=message, conversation_id=where, reply_id=self._ids.new("msg"), place=place)

    def store(self, accepted: Accepted) -> Sent:
        """Store an accepted message and have it answered."""
        user_id, message, where = accepted.user_id, accepted.message, accepted.conversation_id
        with accepted.place as place:
            if message.conversation_id is None:
                return self._begin(place, self._new_for(user_id, message, where), message, reply_id=accepted.reply_id)
            with self._lock(where):
                return self._append(place, user_id, where, message, reply_id=accepted.reply_id)

    def edit(self, message: Message, new: NewMessage) -> Sent:
        """Send another text instead of the last message of the person; what was answered to it goes with it."""
        user_id = message.user_id
        if known := self._replay(user_id, new):
            return known
        conversation = self._alive(user_id, message.conversation_id)
        with self._workers.reserve(user_id) as place, self._lock(conversation.id):
            if known := self._known(user_id, new):
                return known
            self._must_be_last(message)
            for answer in self._store.answers_to(user_id, message.id):
                self.stop(answer)
            return self._append(place, user_id, conversation.id, new, replaces=message)

    def again(self, reply: Message, new: NewMessage) -> Sent:
        """Have the last message answered once more; both answers are kept. The same provider is asked last, unless it is wished for."""
        conversation = self._alive(reply.user_id, reply.conversation_id)
        asked = self._store.message(reply.user_id, reply.reply_to) if reply.reply_to else None
        if known := self._replay(reply.user_id, new):
            return replace(known, message=asked)
        with self._workers.reserve(reply.user_id) as place, self._lock(conversation.id):
            if known := self._known(reply.user_id, new):
                return replace(known, message=asked)
            self._must_be_last(asked or reply)
            if any(self._is_being_written(answer) for answer in self._answers(reply)):
                raise ReplyInProgress
            move = self._script.again(conversation, reply)
            draft = self._reply_draft(move, reply_to=reply.reply_to)
            draft = replace(draft, send_key=new.send_key, send_fingerprint=new.fingerprint)
            stored = _existing(self._store.append(conversation.user_id, conversation.id, [draft], counted=self._today()))
            if stored.replayed:
                return replace(_replayed(stored, new), message=asked)
            avoid = (reply.provider,) if reply.provider and not new.provider else ()
            return self._answered(place, stored, move, message=asked, provider=new.provider, avoid=avoid)

    def stop(self, reply: Message) -> None:
        """Ask for the end of a reply, whichever process writes it; what there is is kept."""
        if not self._writer.cancel(reply.id):
            self._store.request_stop(reply.user_id, reply.id)

    def _begin(self, place: Place, conversation: Conversation, message: NewMessage, *, reply_id: str = "") -> Sent:
        """Store a new conversation with its first message and the place of its answer."""
        move = self._script.reply(conversation, [], message.text, used=self._used(conversation.user_id))
        if title := self._title(conversation, message.text, move):
            conversation = replace(conversation, title=title, title_source=TitleSource.CONTENT)
        stored = self._store.start(conversation, self._drafts(message, move, reply_id), counted=self._today())
        return self._sent(place, message, stored, move)

    def _append(
        self, place: Place, user_id: str, conversation_id: str, message: NewMessage, *, reply_id: str = "", replaces: Message | None = None
    ) -> Sent:
        """Store a message and the place of its answer; inside the conversation's lock, because the questions asked so far decide."""
        conversation = self._alive(user_id, conversation_id)
        before, replaced = (replaces.seq, [replaces.id]) if replaces else (None, [])
        history = self._store.messages(user_id, conversation_id, limit=_HISTORY, before=before)
        move = self._script.reply(conversation, history, message.text, used=self._used(user_id))
        drafts = self._drafts(message, move, reply_id)
        title = self._title(conversation, message.text, move)
        stored = self._store.append(user_id, conversation_id, drafts, replaces=replaced, title=title, counted=self._today())
        return self._sent(place, message, _existing(stored), move)

    def _must_have_quota(self, user_id: str) -> None:
        today = self._today()
        if today.limit and self._store.sent_on(user_id, today.day) >= today.limit:
            raise DailyQuotaReached(retry_after=today.seconds_left)

    def _today(self) -> DailySends:
        now = self._clock.now()
        return DailySends(day=now.date(), limit=self._config.daily_sends, seconds_left=_until_tomorrow(now))

    def _sent(self, place: Place, message: NewMessage, stored: Appended, move: Move) -> Sent:
        if stored.replayed:
            return _replayed(stored, message)
        return self._answered(place, stored, move, message=stored.messages[0], provider=message.provider)

    def _answered(
        self,
        place: Place,
        stored: Appended,
        move: Move,
        *,
        message: Message | None = None,
        provider: str = "",
        avoid: tuple[str, ...] = (),
    ) -> Sent:
        reply = stored.messages[-1]
        job = Job(
            conversation=stored.conversation,
            reply=reply,
            asked=message,
            brief=move.brief,
            provider=provider,
            avoid=avoid,
            call=Call(limits=self._config.limits),
            withdraw=place.withdraw,
            lease_until=reply.lease_until or self._writer.lease(),
        )
        self._writer.admit(job)
        place.use(lambda: self._writer.write(job))
        return Sent(conversation=stored.conversation, message=message, reply=reply)

    def _title(self, conversation: Conversation, text: str, move: Move) -> str:
        """Return the name of a conversation without one: the first thing worth it that the person says, or the topic wished for."""
        reading = move.reading
        if reading is None or conversation.title_source is not TitleSource.NONE:
            return ""
        if reading.heard is Heard.TOPIC and move.topic:
            return titles.from_message(reading.word)
        if not titles.worth_it(reading, conversation.kind):
            return ""
        return titles.from_message(text, topic=self._script.topic_title(conversation))

    def _replay(self, user_id: str, message: NewMessage) -> Sent | None:
        """Return what an earlier send with the same key stored; otherwise count this send against the rate limit."""
        known = self._known(user_id, message)
        if known is None:
            self._limits.hit("chat", user_id)
        return known

    def _known(self, user_id: str, message: NewMessage) -> Sent | None:
        known = self._store.by_send_key(user_id, message.send_key) if message.send_key else None
        return None if known is None else _replayed(known, message)

    def _new_for(self, user_id: str, message: NewMessage, conversation_id: str) -> Conversation:
        return self._new(conversation_id, user_id, level=message.level, topic=message.topic, kind=ConversationKind.CHAT)

    def _new(self, conversation_id: str, user_id: str, *, level: str, topic: str, kind: ConversationKind) -> Conversation:
        now = self._clock.now()
        made = Conversation(id=conversation_id, user_id=user_id, kind=kind, level=level, topic=topic, created_at=now, updated_at=now)
        return replace(made, title=titles.before_any_answer(self._script.topic_title(made), level))

    def _drafts(self, message: NewMessage, move: Move, reply_id: str) -> list[MessageDraft]:
        mine = MessageDraft(
            id=self._ids.new("msg"),
            role=MessageRole.USER,
            content=message.text,
            created_at=self._clock.now(),
            send_key=message.send_key,
            send_fingerprint=message.fingerprint,
        )
        return [mine, self._reply_draft(move, reply_to=mine.id, reply_id=reply_id)]

    def _reply_draft(self, move: Move, *, reply_to: str, reply_id: str = "") -> MessageDraft:
        return MessageDraft(
            id=reply_id or self._ids.new("msg"),
            role=MessageRole.ASSISTANT,
            content="",
            status=MessageStatus.STREAMING,
            created_at=self._clock.now(),
            reply_to=reply_to,
            question_id=move.question_id,
            details=move.details(),
            lease_until=self._writer.lease(),
        )

    def _used(self, user_id: str) -> Callable[[], list[str]]:
        return lambda: self._store.recent_question_ids(user_id, conversations=_RECENT_CONVERSATIONS)

    def _alive(self, user_id: str, conversation_id: str) -> Conversation:
        conversation = self._store.get(user_id, conversation_id) if conversation_id else None
        if conversation is None or conversation.deleted_at is not None:
            raise ConversationNotFound
        return conversation

    def _answers(self, reply: Message) -> list[Message]:
        return self._store.answers_to(reply.user_id, reply.reply_to) if reply.reply_to else [reply]

    def _is_being_written(self, message: Message) -> bool:
        return presented(message, now=self._clock.now()).status is MessageStatus.STREAMING

    def _must_be_last(self, message: Message) -> None:
        if message.replaced_by:
            raise NotTheLastMessage
        newer = self._store.messages(message.user_id, message.conversation_id, limit=50, after=message.seq)
        if any(other.role is MessageRole.USER for other in newer):
            raise NotTheLastMessage

    def _lock(self, conversation_id: str) -> threading.Lock:
        return self._locks[hash(conversation_id) % _LOCKS]


def _existing(stored: Appended | None) -> Appended:
    if stored is None:
        raise ConversationNotFound
    return stored


def _replayed(stored: Appended, message: NewMessage) -> Sent:
    keyed = stored.messages[0]
    if keyed.send_fingerprint != message.fingerprint:
        raise SendKeyReused
    if stored.conversation.deleted_at is not None:
        raise ConversationNotFound
    reply = next((found for found in stored.messages if found.role is MessageRole.ASSISTANT), None)
    if reply is None:
        raise MessageNotFound
    return Sent(conversation=stored.conversation, message=None if keyed is reply else keyed, reply=reply, replayed=True)


def _until_tomorrow(now: datetime) -> int:
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((tomorrow - now).total_seconds()) + 1
