"""Bodies of conversations, in the chatbot's and the accounts dialect, and of what we add."""

from typing import Literal

from pydantic import Field

from api.schemas.common import Answer, Request, When, WholeNumber
from api.schemas.patterns import MESSAGE_PATTERN, TITLE_PATTERN

MessageText = Field(
    min_length=1,
    max_length=8000,
    description="1 to 8,000 characters, not only blanks",
    examples=["Hello, how are you?"],
    json_schema_extra={"pattern": MESSAGE_PATTERN},
)
Level = Literal["A1", "A2", "B1", "B2", "C1", "C2"]


class Send(Request):
    """A message; without `session_id` (or null) it begins a conversation."""

    message: str = MessageText
    session_id: str | None = Field(default=None, max_length=100)
    level: Level | None = Field(default=None, description="for a new conversation")
    topic: str | None = Field(default=None, max_length=60, description="for a new conversation: an id of GET /api/v1/chat/topics")
    provider: str | None = Field(default=None, max_length=60, description="whom to ask first")


class UsageOut(Answer):
    """What an answer cost; 0 where the provider does not say."""

    tokens: int
    prompt_tokens: int
    completion_tokens: int
    cost_micros: int = Field(description="millionths of a US dollar")


class Reply(Answer):
    """A stored answer. `reply` and `message` are the same text under the two documents' names."""

    message_id: str
    session_id: str
    reply: str
    message: str
    status: Literal["complete", "streaming", "interrupted", "stopped", "failed"]
    model: str
    provider: str
    usage: UsageOut
    created_at: When
    user_message_id: str


class HistoryItem(Answer):
    """A conversation in the list."""

    session_id: str
    title: str
    last_message: str
    kind: str
    level: str
    topic: str
    message_count: int
    starred: bool
    created_at: When
    updated_at: When


class History(Answer):
    """A page of conversations, newest first."""

    items: list[HistoryItem]
    page: int
    per_page: int
    total: int


class ChatSession(Answer):
    """A conversation as the accounts dialect lists it."""

    session_id: str
    title: str
    created_at: When
    updated_at: When


class ChatMessage(Answer):
    """A message as the accounts dialect shows it."""

    id: str
    role: Literal["user", "assistant"]
    content: str
    timestamp: When
    status: str
    model: str


class ChatTranscript(Answer):
    """A whole conversation of the accounts dialect."""

    session_id: str
    title: str
    created_at: When
    messages: list[ChatMessage]


class Rename(Request):
    """What to change about a conversation."""

    title: str | None = Field(default=None, min_length=1, max_length=80, json_schema_extra={"pattern": TITLE_PATTERN})
    starred: bool | None = None


class Edit(Request):
    """Another text for one's last message."""

    message: str = MessageText


class Ids(Request):
    """Conversations to act on."""

    session_ids: list[str] = Field(min_length=1, max_length=500)


class Changed(Answer):
    """The conversations that were changed."""

    session_ids: list[str]


class Hit(Answer):
    """A message that a search found; `hits` are start and end of each hit in `snippet`."""

    session_id: str
    title: str
    message_id: str
    role: str
    snippet: str
    hits: list[tuple[int, int]]
    created_at: When


class SearchResults(Answer):
    """A page of hits, newest first; `next` is the cursor of the page after, or null."""

    items: list[Hit]
    next: str | None


class HistoryFeed(Answer):
    """A page of conversations by cursor; `next` is the cursor of the page after, or null."""

    items: list[HistoryItem]
    next: str | None


class ShareRequest(Request):
    """How long a link lives."""

    days: WholeNumber = Field(default=30, ge=1, le=365)


class ShareOut(Answer):
    """A read-only link; `url` only in the answer that makes it."""

    id: str
    created_at: When
    expires_at: When
    url: str = ""


class SharedMessageOut(Answer):
    """A message as strangers with the link see it."""

    seq: int
    role: str
    content: str
    created_at: When


class SharedOut(Answer):
    """A shared conversation: nothing about its owner."""

    title: str
    level: str
    topic: str
    created_at: When
    expires_at: When
    messages: list[SharedMessageOut]
    more: bool


class QuotaOut(Answer):
    """How much may still be sent today; `limit` 0: no quota."""

    limit: int
    used: int
    resets_at: When


class TopicOut(Answer):
    """A topic to practise."""

    id: str
    title: str


class ProviderOut(Answer):
    """Who can answer."""

    name: str
    label: str
    model: str
    offline: bool
    ready: bool
