"""The chat component's façade: everything that pages and HTTP routes call. Each method checks, does one thing, and returns values."""

import threading
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from chat import checks, export
from chat.bank import QuestionBank, Topic
from chat.config import MOST_MESSAGES, MOST_PER_PAGE, SEARCH_CHARACTERS, ChatConfig
from chat.errors import ConversationNotFound, InvalidChoice, MessageNotFound
from chat.following import follow, presented
from chat.models import (
    Conversation,
    ConversationKind,
    Ended,
    HistoryCursor,
    HistoryFilter,
    HistoryPage,
    Message,
    MessageRole,
    MessageStatus,
    NumberedPage,
    Quota,
    ReplyEvent,
    SearchCursor,
    SearchHit,
    SearchPage,
    Sent,
    SharedConversation,
    ShareLink,
    TitleSource,
    UsageDay,
)
from chat.ports import ConversationStore, FeedReader, Limits, ReplyFeed
from chat.script import Choice, Script
from chat.search import parse, snippet
from chat.sending import NewMessage, Sending
from chat.sharing import Sharing
from chat.workers import Workers
from chat.writing import Writer
from core.clock import Clock
from core.ids import Ids
from llm.models import ProviderChoice
from llm.ports import Models

_MOST_PAGES = 1_000_000
_ANSWERED = {MessageStatus.COMPLETE, MessageStatus.STOPPED}


class ChatService:
    """Conversations with the examiner.

    Every method takes the person's id first and treats what belongs to others as unknown (`ConversationNotFound`,
    `MessageNotFound`). `choice` picks one of several (questions, follow-ups).
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
        choice: Choice,
        config: ChatConfig,
    ) -> None:
        self._store = store
        self._models = models
        self._bank = bank
        self._feed = feed
        self._clock = clock
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
        kind: ConversationKind = ConversationKind.CHAT,
        provider: str = "",
        recording_id: str = "",
        details: Mapping[str, str] | None = None,
    ) -> Sent:
        """Store a message and have it answered; without `conversation_id` (None or "") begin a conversation of `level`, `topic`, `kind`.

        When it returns, the message and the place of its answer are stored. Raises InvalidMessage, InvalidChoice,
        ConversationNotFound, SendKeyReused, DailyQuotaReached, TooManyReplies, Busy, TooManyAttempts: then nothing is stored.
        """
        message = NewMessage(
            text=checks.message_text(text),
            send_key=checks.send_key(idempotency_key),
            recording_id=recording_id,
            details=tuple((details or {}).items()),
        )
        if conversation_id is not None and conversation_id != "":
            return self._sending.send(self.conversation(user_id, conversation_id), message, provider=self._provider(provider))
        wished_level = checks.level(level) if level else ""
        wished_topic = checks.topic(topic, self._bank)
        return self._sending.begin(user_id, message, level=wished_level, topic=wished_topic, kind=kind, provider=self._provider(provider))

    def edit(self, user_id: str, message_id: object, *, text: object, idempotency_key: str = "", provider: str = "") -> Sent:
        """Send another text instead of the person's last message; the old one and its answers are no longer shown.

        Raises as `send` does, and NotTheLastMessage.
        """
        message = self.message(user_id, message_id)
        if message.role is not MessageRole.USER:
            raise MessageNotFound
        new = NewMessage(text=checks.message_text(text), send_key=checks.send_key(idempotency_key))
        return self._sending.edit(message, new, provider=self._provider(provider))

    def regenerate(self, user_id: str, message_id: object, *, provider: str = "") -> Sent:
        """Have the last message answered once more (`message_id`: it or one of its answers); earlier answers are kept beside the new one.

        Without `provider` another one than before is asked first. Raises NotTheLastMessage, ReplyInProgress, and as `send` does.
        """
        message = self.message(user_id, message_id)
        if message.role is MessageRole.USER:
            answers = self._store.answers_to(user_id, message.id)
            if not answers:
                raise MessageNotFound
            message = answers[-1]
        return self._sending.again(message, provider=self._provider(provider))

    def stop(self, user_id: str, message_id: object) -> None:
        """Stop an answer that is being written; what there is is stored as STOPPED. Does nothing to one that has ended."""
        self._sending.stop(self.message(user_id, message_id))

    def follow(self, user_id: str, message_id: object, *, after: int = 0, wait: float = 15.0) -> Iterator[ReplyEvent]:
        """Return the events of an answer behind its first `after` characters: `Piece`s, then `Ended` with the stored message.

        `StillWaiting` comes after each `wait` seconds without news. Works at any time, in any process, any number of times; leaving
        it does not stop the answer. Raises MessageNotFound at once.
        """
        message = self.message(user_id, message_id)
        return follow(self._store, self._feed, self._clock, message, after=max(0, after), wait=wait, pause=self._pause)

    def reader(self, user_id: str, message_id: object, *, after: int = 0) -> FeedReader | None:
        """Return a reader of an answer that this process is writing, for followers that must not block; None: use `follow`.

        After its end `message()` has the stored answer.
        """
        return self._feed.reader(self.message(user_id, message_id).id, after=max(0, after))

    def finished(self, user_id: str, message_id: object, *, timeout: float) -> Message:
        """Wait for the end of an answer and return it; after `timeout` seconds return it as far as it is (STREAMING)."""
        deadline = self._clock.now() + timedelta(seconds=timeout)
        for event in self.follow(user_id, message_id, wait=1.0):
            if isinstance(event, Ended):
                return event.message
            if self._clock.now() >= deadline:
                break
        return self.message(user_id, message_id)

    # --- reading -----------------------------------------------------------------------------------------------------------

    def conversation(self, user_id: str, conversation_id: object) -> Conversation:
        """Return a conversation that is not deleted. Raises ConversationNotFound."""
        known = checks.known_id(conversation_id)
        found = self._store.get(user_id, known) if known else None
        if found is None or found.deleted_at is not None:
            raise ConversationNotFound
        return found

    def message(self, user_id: str, message_id: object) -> Message:
        """Return one message. Raises MessageNotFound."""
        known = checks.known_id(message_id)
        found = self._store.message(user_id, known) if known else None
        if found is None:
            raise MessageNotFound
        return presented(found, now=self._clock.now())

    def messages(
        self, user_id: str, conversation_id: object, *, limit: int = 50, before: int | None = None, after: int | None = None
    ) -> list[Message]:
        """Return a window of a conversation by `seq`: the last `limit` (at most 200) before `before`, or the first after `after`."""
        conversation = self.conversation(user_id, conversation_id)
        limit = checks.number(limit, field="limit", low=1, high=MOST_MESSAGES)
        found = self._store.messages(user_id, conversation.id, limit=limit, before=before, after=after)
        now = self._clock.now()
        return [presented(message, now=now) for message in found]

    def all_messages(self, user_id: str, conversation_id: object) -> Iterator[Message]:
        """Yield every message of a conversation by `seq`. Raises ConversationNotFound at once."""
        conversation = self.conversation(user_id, conversation_id)
        now = self._clock.now()
        return (presented(message, now=now) for message in export.all_messages(self._store, conversation))

    def history(
        self, user_id: str, *, where: HistoryFilter | None = None, after: HistoryCursor | None = None, limit: int = 20
    ) -> HistoryPage:
        """Return conversations, newest first, and the cursor of the next page."""
        limit = checks.number(limit, field="limit", low=1, high=MOST_PER_PAGE)
        found = self._store.history(user_id, where=where or HistoryFilter(), after=after, limit=limit + 1)
        items = tuple(found[:limit])
        more = HistoryCursor(updated_at=items[-1].updated_at, id=items[-1].id) if len(found) > limit else None
        return HistoryPage(items=items, next=more)

    def numbered(self, user_id: str, *, page: int = 1, per_page: int = 20) -> NumberedPage:
        """Return a page of history by number. Raises InvalidChoice for `page` outside 1–1,000,000 or `per_page` outside 1–100."""
        page = checks.number(page, field="page", low=1, high=_MOST_PAGES)
        per_page = checks.number(per_page, field="per_page", low=1, high=MOST_PER_PAGE)
        return self._store.numbered(user_id, page=page, per_page=per_page)

    def search(
        self, user_id: str, text: str, *, where: HistoryFilter | None = None, after: SearchCursor | None = None, limit: int = 20
    ) -> SearchPage:
        """Return the person's messages that hold all words of `text`, newest first, with snippets. No word: no hit."""
        if len(text) > SEARCH_CHARACTERS:
            raise InvalidChoice("q", f"A search can have at most {SEARCH_CHARACTERS} characters.")
        limit = checks.number(limit, field="limit", low=1, high=MOST_PER_PAGE)
        query = parse(text)
        if query is None:
            return SearchPage(hits=(), next=None)
        found = self._store.search(user_id, query, where=where or HistoryFilter(), after=after, limit=limit + 1)
        hits: list[SearchHit] = []
        for item in found[:limit]:
            piece = snippet(item.message.content, query)
            hits.append(SearchHit(conversation=item.conversation, message=item.message, snippet=piece.text, hits=piece.hits))
        last = found[limit - 1].message if len(found) > limit else None
        return SearchPage(hits=tuple(hits), next=SearchCursor(created_at=last.created_at, id=last.id) if last else None)

    # --- keeping order -------------------------------------------------------------------------------------------------------

    def rename(self, user_id: str, conversation_id: object, title: object) -> Conversation:
        """Name a conversation (1 to 80 characters). Raises InvalidChoice."""
        name = checks.title(title)
        return _found(self._store.set_title(user_id, checks.known_id(conversation_id), name, TitleSource.PERSON))

    def star(self, user_id: str, conversation_id: object, *, starred: bool) -> Conversation:
        """Star or unstar a conversation."""
        return _found(self._store.set_starred(user_id, checks.known_id(conversation_id), starred=starred))

    def delete(self, user_id: str, conversation_ids: object) -> list[str]:
        """Delete conversations (at most 500); they can be restored for 30 days. Returns the ids that were deleted now."""
        return self._store.delete(user_id, checks.ids(conversation_ids), at=self._clock.now())

    def delete_one(self, user_id: str, conversation_id: object) -> None:
        """Delete one conversation. Raises ConversationNotFound."""
        if not self.delete(user_id, [conversation_id]):
            raise ConversationNotFound

    def delete_all(self, user_id: str) -> int:
        """Delete every conversation of the person; they can be restored for 30 days."""
        return self._store.delete_all(user_id, at=self._clock.now())

    def restore(self, user_id: str, conversation_ids: object) -> list[str]:
        """Bring deleted conversations back; returns the ids that were restored now."""
        return self._store.restore(user_id, checks.ids(conversation_ids))

    def erase(self, user_id: str, conversation_ids: object) -> int:
        """Remove deleted conversations for good; returns how many."""
        return self._store.erase(user_id, checks.ids(conversation_ids))

    def export_markdown(self, user_id: str, conversation_id: object) -> Iterator[str]:
        """Return one conversation as pieces of a Markdown document."""
        return export.markdown(self._store, self.conversation(user_id, conversation_id))

    def export_json(self, user_id: str, conversation_id: object) -> Iterator[str]:
        """Return one conversation as pieces of a JSON document."""
        return export.as_json(self._store, iter([self.conversation(user_id, conversation_id)]))

    def export_all(self, user_id: str, *, as_json: bool) -> Iterator[str]:
        """Return every conversation that is not deleted as pieces of one document, JSON or Markdown."""
        conversations = self._every(user_id)
        return export.as_json(self._store, conversations) if as_json else export.all_as_markdown(self._store, conversations)

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
        used = sum(day.sends for day in self._store.usage(user_id, first=today, last=today))
        resets = datetime.combine(today + timedelta(days=1), time(), tzinfo=self._clock.now().tzinfo)
        return Quota(limit=self._config.daily_sends, used=used, resets_at=resets)

    def usage(self, user_id: str, *, first: date, last: date) -> list[UsageDay]:
        """Return what the person used, day by day (UTC)."""
        return self._store.usage(user_id, first=first, last=last)

    def usage_of_all(self, *, first: date, last: date, limit: int = 100) -> list[UsageDay]:
        """Return what each person used in the days together, most first. For administrators."""
        return self._store.usage_of_all(first=first, last=last, limit=limit)

    def recover(self) -> int:
        """Mark answers whose writer is gone as interrupted; call it at the start and now and then. Returns how many."""
        return self._store.recover_replies(now=self._clock.now(), expired_only=True)

    def recover_at_start(self) -> int:
        """Mark answers that an earlier run left behind as interrupted; where this is the only process, without waiting for their lease."""
        return self._store.recover_replies(now=self._clock.now(), expired_only=not self._config.only_process)

    def tidy(self) -> int:
        """Recover, and remove conversations that were deleted more than 30 days ago for good; returns how many were removed."""
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
        self._writer.close()
        self._workers.close()
        self._models.close()

    def _every(self, user_id: str) -> Iterator[Conversation]:
        cursor: HistoryCursor | None = None
        while True:
            page = self.history(user_id, after=cursor, limit=MOST_PER_PAGE)
            yield from page.items
            if page.next is None:
                return
            cursor = page.next

    def _provider(self, name: str) -> str:
        if name and name not in {choice.name for choice in self._models.choices()}:
            raise InvalidChoice("provider", "There is no such provider. Pick one from the list.")
        return name

    def _pause(self, seconds: float) -> None:
        self._closing.wait(seconds)


def was_answered(reply: Message) -> bool:
    """Tell whether a finished reply is an answer, whole or stopped by the person, rather than a failure."""
    return reply.status in _ANSWERED


def _found(conversation: Conversation | None) -> Conversation:
    if conversation is None:
        raise ConversationNotFound
    return conversation
