"""Values of the chat component: what is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

PREVIEW_CHARACTERS = 200


class ConversationKind(StrEnum):
    """What a conversation is for."""

    PRACTICE = "practice"
    CHAT = "chat"


class TitleSource(StrEnum):
    """Who named the conversation: nobody yet, we (from its content), or the person."""

    NONE = "none"
    CONTENT = "content"
    PERSON = "person"


class MessageRole(StrEnum):
    """Who wrote a message."""

    USER = "user"
    ASSISTANT = "assistant"


class MessageStatus(StrEnum):
    """How far a message got. Only STREAMING ever changes (and INTERRUPTED, if its writer turns out to be alive)."""

    COMPLETE = "complete"
    STREAMING = "streaming"
    INTERRUPTED = "interrupted"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What an answer cost. Zero tokens: the provider did not say. `cost_micros`: millionths of a US dollar."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_micros: int = 0

    @property
    def tokens(self) -> int:
        """Prompt and completion together."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation of one person.

    `updated_at` is the time of its newest message or finished reply and orders the history; it never moves backwards.
    `last_message` is `preview()` of the newest message that has content. `last_seq` is the highest number given to a message
    (0 for none); `message_count` counts every stored message, replaced ones included. `question_ids` are the bank questions
    asked so far, oldest first. `summary` retells the messages up to `summary_upto` for the provider's context.
    """

    id: str
    user_id: str
    kind: ConversationKind = ConversationKind.PRACTICE
    level: str = ""
    topic: str = ""
    title: str = ""
    title_source: TitleSource = TitleSource.NONE
    created_at: datetime
    updated_at: datetime
    last_message: str = ""
    last_seq: int = 0
    message_count: int = 0
    question_ids: tuple[str, ...] = ()
    starred: bool = False
    deleted_at: datetime | None = None
    summary: str = ""
    summary_upto: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDraft:
    """A message about to be stored: everything but its place in the conversation.

    `send_key` is the client's idempotency key, unique per person ("" for none), on what the request asked to be stored: the person's
    message, or the answer where an earlier message is answered again; `send_fingerprint` is a digest of the request. `reply_to` is the
    id of the message that an assistant's message answers; several answers to one message are alternatives of each other. `lease_until`
    is set on streaming drafts only.
    `details` holds small facts (what the examiner was to ask, ...), never more than 2 KB.
    """

    id: str
    role: MessageRole
    content: str
    status: MessageStatus = MessageStatus.COMPLETE
    created_at: datetime
    reply_to: str = ""
    question_id: str = ""
    recording_id: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    send_key: str = ""
    send_fingerprint: str = ""
    lease_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A stored message. `seq` orders the conversation: unique in it, rising in order of storing, gaps allowed.

    `replaced_by` names the message that was sent instead of this one ("" while it is current): the person edited it, or it
    answered a message that was edited. `error` is the stable code of what went wrong (FAILED, INTERRUPTED). `model` and
    `provider` say who answered, `duration_ms` from the request to the last word, `first_token_ms` to the first.
    """

    id: str
    user_id: str
    conversation_id: str
    seq: int
    role: MessageRole
    content: str
    status: MessageStatus
    created_at: datetime
    finished_at: datetime | None = None
    reply_to: str = ""
    replaced_by: str = ""
    question_id: str = ""
    recording_id: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    send_key: str = ""
    send_fingerprint: str = ""
    lease_until: datetime | None = None
    stop_requested: bool = False
    provider: str = ""
    model: str = ""
    usage: Usage = Usage()
    first_token_ms: int = 0
    duration_ms: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a streaming reply has come. `content` is all of it so far, or None to renew the lease only."""

    user_id: str
    message_id: str
    content: str | None
    lease_until: datetime


class ReplyState(StrEnum):
    """What the writer of a reply learns when it saves its progress."""

    WANTED = "wanted"
    STOP = "stop"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyOutcome:
    """The end of a reply: its whole content and how it was made. `status` is never STREAMING."""

    content: str
    status: MessageStatus
    finished_at: datetime
    provider: str = ""
    model: str = ""
    usage: Usage = Usage()
    first_token_ms: int = 0
    duration_ms: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What an append stored.

    `replayed`: the send key was known and nothing was stored; `messages` are then those of the first time: the message with the key,
    and every answer to it, by `seq`.
    """

    conversation: Conversation
    messages: tuple[Message, ...]
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DailySends:
    """Count a send on this day (UTC), if fewer than `limit` are counted on it yet (0: no limit).

    `seconds_left` until the day is over are for the error of a send that is refused.
    """

    day: date
    limit: int = 0
    seconds_left: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageDay:
    """What one person ("": everybody) used on one day (UTC): messages sent, answers finished, tokens and cost of the answers.

    `cost_micros` is in millionths of a US dollar.
    """

    user_id: str
    day: date
    sends: int = 0
    replies: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_micros: int = 0

    @property
    def tokens(self) -> int:
        """Tokens read and written together."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLink:
    """A read-only link to the messages of a conversation up to `upto_seq`. Only the token's digest is stored.

    Dead when `revoked_at` is set, at `expires_at`, or while the conversation is deleted.
    """

    id: str
    token_hash: str
    user_id: str
    conversation_id: str
    upto_seq: int
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


def preview(content: str) -> str:
    """Return `content` on one line, cut to 200 characters: what `Conversation.last_message` holds."""
    line = " ".join(content[: PREVIEW_CHARACTERS * 8].split())
    if len(line) <= PREVIEW_CHARACTERS:
        return line
    return line[: PREVIEW_CHARACTERS - 1].rstrip() + "…"
