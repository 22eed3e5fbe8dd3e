"""Which conversations and messages are wanted, and a page of them."""

from dataclasses import dataclass
from datetime import datetime

from chat.models import Conversation, ConversationKind, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFilter:
    """Which conversations to list; an empty member does not filter.

    `since` (inclusive) and `until` (exclusive) bound `updated_at` in history and the message's `created_at` in search.
    `deleted` lists the deleted ones instead of the others.
    """

    level: str = ""
    topic: str = ""
    kind: ConversationKind | None = None
    starred: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryCursor:
    """Where a page of history ended: its last conversation's `updated_at` and `id`."""

    updated_at: datetime
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPage:
    """A page of history by number, and how many conversations there are in all."""

    items: tuple[Conversation, ...]
    page: int
    per_page: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What to look for, made by `chat.search.parse`.

    A message is a hit if it has all `terms` and, where `prefix` is not empty, a term that starts with it. At least one of the two
    is given.
    """

    terms: tuple[str, ...]
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchCursor:
    """Where a page of hits ended: its last message's `created_at` and `id`."""

    created_at: datetime
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A message that a search found, with its conversation."""

    message: Message
    conversation: Conversation
