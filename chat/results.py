"""What the chat service answers with."""

from dataclasses import dataclass
from datetime import datetime

from chat.listing import HistoryCursor, SearchCursor
from chat.models import Conversation, Message, MessageRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a send, a start or a new answer stored: `reply` is STREAMING and can be followed by its id.

    `message` is None where the examiner speaks without being spoken to (the greeting). `replayed`: the idempotency key was known;
    `reply` is then the first answer in whatever state it is.
    """

    conversation: Conversation
    message: Message | None
    reply: Message
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """The next piece of a reply: the text that ends after `position` characters of it."""

    position: int
    text: str


@dataclass(frozen=True, slots=True)
class StillWaiting:
    """Nothing new for a while: time for a heartbeat."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The reply is over and stored as `message`."""

    message: Message


ReplyEvent = Piece | StillWaiting | Ended


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """A page of history and where the next one starts (None: there is no more)."""

    items: tuple[Conversation, ...]
    next: HistoryCursor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A message that a search found, with a snippet around the hits (`hits`: start and end of each in `snippet`)."""

    conversation: Conversation
    message: Message
    snippet: str
    hits: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """A page of hits and where the next one starts (None: there is no more)."""

    hits: tuple[SearchHit, ...]
    next: SearchCursor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How much a person may still send today. `limit` 0: no quota."""

    limit: int
    used: int
    resets_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMessage:
    """A message as strangers with the link see it."""

    seq: int
    role: MessageRole
    content: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedConversation:
    """A conversation as strangers with the link see it: nothing about its owner. `more`: there are messages after these."""

    title: str
    level: str
    topic: str
    created_at: datetime
    expires_at: datetime
    messages: tuple[SharedMessage, ...]
    more: bool
