"""What the chat component needs from outside. The docstrings are the contract; `tests/contract/conversations/` checks it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from chat.listing import Found, HistoryCursor, HistoryFilter, NumberedPage, SearchCursor, SearchQuery
from chat.models import (
    Appended,
    Conversation,
    DailySends,
    Message,
    MessageDraft,
    Progress,
    ReplyOutcome,
    ReplyState,
    ShareLink,
    TitleSource,
    UsageDay,
)


class ConversationStore(Protocol):
    """Conversations and messages, each the property of one person.

    Every method that takes `user_id` sees only what belongs to that person: a foreign id is treated exactly like an unknown one.
    Every method may raise `core.errors.StoreUnavailable`. A write is durable when the method returns. "Alive" means
    `deleted_at is None`. Unless a method says otherwise it also works on deleted conversations (they can be read until purged).
    """

    # --- writing messages ------------------------------------------------------------------------------------------------

    def start(self, conversation: Conversation, drafts: Sequence[MessageDraft], *, counted: DailySends | None = None) -> Appended:
        """Store a new conversation together with its first messages (possibly none), all or nothing.

        Messages get `seq` 1, 2, … in the order given. `last_seq`, `message_count`, `last_message`, `question_ids` of the stored
        conversation follow from the drafts, whatever `conversation` says; `updated_at` is the latest `created_at` of the drafts,
        or `conversation.updated_at` without drafts. If a draft's `send_key` is known for this person, nothing is stored and the
        first result is returned (`replayed`). The person's conversation counter rises by one.

        `counted`: count a send of the person on that day, or store nothing and raise DailyQuotaReached if the limit is reached; of
        racing sends never more pass. What stores nothing is not counted.
        """
        ...

    def append(
        self,
        user_id: str,
        conversation_id: str,
        drafts: Sequence[MessageDraft],
        *,
        replaces: Sequence[str] = (),
        title: str = "",
        counted: DailySends | None = None,
    ) -> Appended | None:
        """Store messages at the end of an alive conversation in one write; None if there is none.

        `seq` numbers are given out atomically: of any number of parallel appends none is lost, the numbers are unique, and the
        drafts of one append are in the order given with nothing of another append between them. Raises `last_seq`,
        `message_count`, `updated_at`, `last_message` and `question_ids` with it. The messages named in `replaces`
        and every answer to them get `replaced_by` = the first draft's id (unknown ids are ignored). A known `send_key` of
        this person (in any conversation) stores nothing and returns the first result (`replayed`), even when two appends race.
        `title` becomes the conversation's name (source CONTENT) if its source is NONE. `counted`: as in `start`.
        """
        ...

    def by_send_key(self, user_id: str, send_key: str) -> Appended | None:
        """Return what the send with this key stored (as `replayed`), or None. Keys live as long as their message."""
        ...

    def save_progress(self, updates: Sequence[Progress]) -> Mapping[str, ReplyState]:
        """Save how far these replies have come, in as few writes as possible; return the state of each by message id.

        A reply that is STREAMING, or INTERRUPTED by a recovery that was too early (its lease is still set), gets `content` (where
        given), `lease_until` and the status STREAMING: the answer is STOP if a stop was requested, else WANTED. Any other, and an
        unknown one: GONE, and nothing is changed.
        """
        ...

    def finish_reply(self, user_id: str, message_id: str, outcome: ReplyOutcome) -> Message | None:
        """End a STREAMING (or too early recovered) reply; return it as stored, or None if it had ended already or is unknown.

        Of several callers exactly one ends it. The message becomes searchable, its lease is cleared. `last_message` of the
        conversation follows if no later message with content exists and the content is not empty; `updated_at` becomes
        `finished_at` unless it is later already. `outcome.usage` and one reply are added to the person's usage of that UTC day,
        never twice.
        """
        ...

    def request_stop(self, user_id: str, message_id: str) -> bool:
        """Ask the writer of a STREAMING reply, in whatever process, to stop; False if it is not streaming."""
        ...

    def recover_replies(self, *, now: datetime, expired_only: bool) -> int:
        """Mark STREAMING replies as INTERRUPTED (content and lease kept, `finished_at` = now, made searchable); return how many.

        The lease tells them from replies that their writer ended as INTERRUPTED (which have none): only the former may go on.

        `expired_only`: only those with `lease_until < now`; otherwise all of them, for the start of the only process.
        """
        ...

    # --- reading messages ------------------------------------------------------------------------------------------------

    def get(self, user_id: str, conversation_id: str) -> Conversation | None:
        """Return the conversation, deleted or not, or None."""
        ...

    def message(self, user_id: str, message_id: str) -> Message | None:
        """Return one message, replaced or not, or None."""
        ...

    def messages(
        self,
        user_id: str,
        conversation_id: str,
        *,
        limit: int,
        before: int | None = None,
        after: int | None = None,
    ) -> list[Message]:
        """Return at most `limit` messages that were not replaced, in rising `seq`; [] for an unknown conversation.

        With `after`: the first ones with `seq > after` (and `< before` where both are given). Otherwise the last ones, of those with
        `seq < before` where given.
        """
        ...

    def answers_to(self, user_id: str, message_id: str) -> list[Message]:
        """Return the answers to a message (alternatives of each other), replaced ones included, by `seq`."""
        ...

    def recent_question_ids(self, user_id: str, *, conversations: int) -> list[str]:
        """Return the questions asked in this person's newest `conversations` (by `created_at`, deleted ones included)."""
        ...

    # --- history ---------------------------------------------------------------------------------------------------------

    def history(self, user_id: str, *, where: HistoryFilter, after: HistoryCursor | None, limit: int) -> list[Conversation]:
        """Return up to `limit` conversations after the cursor, newest first: by `updated_at`, then `id`, both falling.

        Cost depends on `limit`, not on how many conversations there are. Deleted ones only with `where.deleted`.
        """
        ...

    def numbered(self, user_id: str, *, page: int, per_page: int) -> NumberedPage:
        """Return page `page` (from 1) of the alive conversations in the same order; past the end: no items.

        `total` comes from a counter that each write maintains, not from counting.
        """
        ...

    def search(self, user_id: str, query: SearchQuery, *, where: HistoryFilter, after: SearchCursor | None, limit: int) -> list[Found]:
        """Return up to `limit` hits after the cursor, newest first: by the message's `created_at`, then `id`, both falling.

        Searched are messages of this person's conversations that match `where` (alive ones unless `where.deleted`), of either role,
        not replaced, not STREAMING. What matches is defined by `chat.search.terms` and `SearchQuery` alone: index the result of
        `terms(content)` (each prefixed with something that stands for the person, so that cost depends on the person's own
        messages), never a database's own idea of words.
        """
        ...

    # --- changing conversations --------------------------------------------------------------------------------------------

    def set_title(self, user_id: str, conversation_id: str, title: str, source: TitleSource) -> Conversation | None:
        """Name an alive conversation and return it, or None if there is none.

        CONTENT never replaces a title that the PERSON gave: the conversation is then returned unchanged. `updated_at` stays.
        """
        ...

    def set_starred(self, user_id: str, conversation_id: str, *, starred: bool) -> Conversation | None:
        """Star or unstar an alive conversation and return it, or None if there is none. `updated_at` stays."""
        ...

    def set_summary(self, user_id: str, conversation_id: str, summary: str, *, upto: int) -> None:
        """Keep the retelling of the messages up to seq `upto`, unless one that reaches at least as far is stored already."""
        ...

    def delete(self, user_id: str, conversation_ids: Sequence[str], *, at: datetime) -> list[str]:
        """Mark alive conversations deleted; return the ids that were changed. The counter falls by as many."""
        ...

    def delete_all(self, user_id: str, *, at: datetime) -> int:
        """Mark every alive conversation of the person deleted; return how many."""
        ...

    def restore(self, user_id: str, conversation_ids: Sequence[str]) -> list[str]:
        """Bring deleted conversations back; return the ids that were changed. The counter rises by as many."""
        ...

    def purge(self, *, deleted_before: datetime, limit: int) -> int:
        """Remove up to `limit` conversations deleted before the time, with messages, index entries and links; return how many."""
        ...

    def erase(self, user_id: str, conversation_ids: Sequence[str]) -> int:
        """Remove deleted conversations of this person at once, as `purge` does; return how many."""
        ...

    def delete_all_of(self, user_id: str) -> None:
        """Remove everything of this person: conversations, messages, index entries, links, usage, counters."""
        ...

    # --- quotas and usage --------------------------------------------------------------------------------------------------

    def sent_on(self, user_id: str, day: date) -> int:
        """Return how much this person has sent on a day."""
        ...

    def usage(self, user_id: str, *, first: date, last: date) -> list[UsageDay]:
        """Return the days with any use from `first` to `last` inclusive, rising."""
        ...

    def usage_of_all(self, *, first: date, last: date, limit: int, skip: int = 0) -> list[UsageDay]:
        """Return per person the sum over the days (`day` is `last`), most tokens first, then most sends, then user id.

        The first `skip` are left out; people without any use are not counted.
        """
        ...

    def usage_by_day(self, *, first: date, last: date) -> list[UsageDay]:
        """Return the days with any use from `first` to `last` inclusive, each the sum over all people (`user_id` is ""), rising."""
        ...

    # --- share links ---------------------------------------------------------------------------------------------------------

    def add_share(self, link: ShareLink) -> bool:
        """Store a link to an alive conversation of `link.user_id`; False if there is none."""
        ...

    def share_by_hash(self, token_hash: str) -> ShareLink | None:
        """Return the link, dead or alive, or None. The only read without an owner: the token is the right to read."""
        ...

    def shares(self, user_id: str, conversation_id: str) -> list[ShareLink]:
        """Return the links of a conversation that are not revoked, newest first."""
        ...

    def revoke_share(self, user_id: str, share_id: str, *, at: datetime) -> bool:
        """Revoke a link; False if it is unknown or was revoked already."""
        ...


class FeedReader(Protocol):
    """One follower of one reply. Not to be shared between threads, except that `notify` is called by the writer's."""

    @property
    def lost(self) -> bool:
        """Whether it ended only because the line to the writer was lost: the rest of the reply is to be looked for in the store."""
        ...

    def take(self) -> tuple[Sequence[str], bool]:
        """Return the pieces written since the last take (neighbours may have become one) and whether the reply has ended. Never blocks."""
        ...

    def wait(self, seconds: float) -> bool:
        """Block until `take` has something to say, at most so long; return whether it has."""
        ...

    def notify(self, callback: Callable[[], None]) -> None:
        """Call back, once after each `take` and from another thread, when there is something to take; at once if there is already."""
        ...

    def close(self) -> None:
        """Stop following."""
        ...


class ReplyFeed(Protocol):
    """Where replies are written while they are being made, and followed by any number of readers at any time.

    One process keeps it in memory (`chat.replies.MemoryFeed`); several processes share it through Redis (`cache_redis.reply_feed`).
    A closed reply is forgotten: the store has it then.
    """

    def open(self, message_id: str) -> None:
        """Begin a reply without text."""
        ...

    def write(self, message_id: str, piece: str) -> None:
        """Add a piece to an open reply; ignored if there is none."""
        ...

    def close(self, message_id: str) -> None:
        """End the reply, after it was stored: followers read the ending from the store."""
        ...

    def reader(self, message_id: str, *, after: int) -> FeedReader | None:
        """Return a reader that starts behind the first `after` characters, or None if no such reply is open."""
        ...

    def shut_down(self) -> None:
        """Pass on what was written and free everything: the process ends. No other method may be called afterwards."""
        ...


class Limits(Protocol):
    """Named limits (`core.limits.RateLimits` fits)."""

    def hit(self, name: str, *key: str) -> None:
        """Count one attempt. Raises `core.errors.TooManyAttempts` when the limit `name` is used up for `key`."""
        ...
