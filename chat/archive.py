"""What people do with conversations that exist: read, page, search, name, star, delete, restore, export."""

from collections.abc import Iterator
from itertools import chain

from chat import checks, export
from chat.config import MOST_MESSAGES, MOST_PER_PAGE, SEARCH_CHARACTERS
from chat.errors import ConversationNotFound, MessageNotFound, OutOfRange
from chat.following import presented
from chat.listing import HistoryCursor, HistoryFilter, NumberedPage, SearchCursor
from chat.models import Conversation, Message, TitleSource
from chat.ports import ConversationStore
from chat.results import HistoryPage, SearchHit, SearchPage
from chat.search import parse, snippet
from core.clock import Clock

_MOST_PAGES = 1_000_000


class Archive:
    """A person's conversations.

    What belongs to others is unknown, and so are a deleted conversation and its messages until it is restored
    (`ConversationNotFound`, `MessageNotFound`); only `restore`, `erase`, the history filter `deleted` and the export of a whole account
    know of them.
    """

    def __init__(self, *, store: ConversationStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def conversation(self, user_id: str, conversation_id: object) -> Conversation:
        """Return a conversation that is not deleted. Raises ConversationNotFound."""
        known = checks.known_id(conversation_id)
        found = self._store.get(user_id, known) if known else None
        if found is None or found.deleted_at is not None:
            raise ConversationNotFound
        return found

    def message(self, user_id: str, message_id: object) -> Message:
        """Return one message of a conversation that is not deleted. Raises MessageNotFound."""
        known = checks.known_id(message_id)
        found = self._store.message(user_id, known) if known else None
        around = self._store.get(user_id, found.conversation_id) if found else None
        if found is None or around is None or around.deleted_at is not None:
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
        """Return a page of history by number. Raises OutOfRange for `page` outside 1–1,000,000 or `per_page` outside 1–100."""
        page = checks.number(page, field="page", low=1, high=_MOST_PAGES)
        per_page = checks.number(per_page, field="per_page", low=1, high=MOST_PER_PAGE)
        return self._store.numbered(user_id, page=page, per_page=per_page)

    def search(
        self, user_id: str, text: str, *, where: HistoryFilter | None = None, after: SearchCursor | None = None, limit: int = 20
    ) -> SearchPage:
        """Return the person's messages that hold all words of `text`, newest first, with snippets. No word: no hit."""
        if len(text) > SEARCH_CHARACTERS:
            raise OutOfRange("q", f"A search can have at most {SEARCH_CHARACTERS} characters.")
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

    def rename(self, user_id: str, conversation_id: object, title: object) -> Conversation:
        """Name a conversation (1 to 80 characters). Raises OutOfRange."""
        name = checks.title(title)
        return _found(self._store.set_title(user_id, checks.known_id(conversation_id), name, TitleSource.PERSON))

    def star(self, user_id: str, conversation_id: object, *, starred: bool) -> Conversation:
        """Star or unstar a conversation."""
        return _found(self._store.set_starred(user_id, checks.known_id(conversation_id), starred=starred))

    def delete(self, user_id: str, conversation_ids: object) -> list[str]:
        """Delete conversations (at most 500); they can be restored for as long as the settings say. Returns the ids deleted now."""
        return self._store.delete(user_id, checks.ids(conversation_ids), at=self._clock.now())

    def delete_one(self, user_id: str, conversation_id: object) -> None:
        """Delete one conversation. Raises ConversationNotFound."""
        if not self.delete(user_id, [conversation_id]):
            raise ConversationNotFound

    def delete_all(self, user_id: str) -> int:
        """Delete every conversation of the person; they can be restored for as long as the settings say."""
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

    def export_list(self, user_id: str) -> Iterator[str]:
        """Return every conversation, those that can still be restored at the end, as pieces of one JSON list."""
        deleted = self._every(user_id, where=HistoryFilter(deleted=True))
        return export.as_list(self._store, chain(self._every(user_id), deleted))

    def _every(self, user_id: str, *, where: HistoryFilter | None = None) -> Iterator[Conversation]:
        cursor: HistoryCursor | None = None
        while True:
            page = self.history(user_id, where=where, after=cursor, limit=MOST_PER_PAGE)
            yield from page.items
            if page.next is None:
                return
            cursor = page.next


def _found(conversation: Conversation | None) -> Conversation:
    if conversation is None:
        raise ConversationNotFound
    return conversation
