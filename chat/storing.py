"""What storing does to conversations and messages: said once, so that every store does the same."""

from collections.abc import Sequence
from dataclasses import replace

from chat.models import Conversation, Message, MessageDraft, ReplyOutcome, TitleSource, preview


def begun(conversation: Conversation, drafts: Sequence[MessageDraft]) -> Conversation:
    """Return a new conversation as it is stored with its first messages."""
    times = [draft.created_at for draft in drafts]
    empty = replace(conversation, last_seq=0, message_count=0, last_message="", question_ids=())
    return with_drafts(replace(empty, updated_at=max(times) if times else conversation.updated_at), drafts)


def with_drafts(before: Conversation, drafts: Sequence[MessageDraft], *, title: str = "") -> Conversation:
    """Return the conversation as it is with these messages at its end, named `title` if it had no real name yet."""
    if title and before.title_source is TitleSource.NONE:
        before = replace(before, title=title, title_source=TitleSource.CONTENT)
    asked = dict.fromkeys((*before.question_ids, *(draft.question_id for draft in drafts if draft.question_id)))
    previews = [text for text in (preview(draft.content) for draft in drafts) if text]
    return replace(
        before,
        last_seq=before.last_seq + len(drafts),
        message_count=before.message_count + len(drafts),
        updated_at=max([before.updated_at, *(draft.created_at for draft in drafts)]),
        last_message=previews[-1] if previews else before.last_message,
        question_ids=tuple(asked),
    )


def last_messages(after: Conversation, drafts: Sequence[MessageDraft]) -> tuple[Message, ...]:
    """Return the messages that the drafts became at the end of the conversation."""
    first = after.last_seq - len(drafts) + 1
    return tuple(
        Message(
            id=draft.id,
            user_id=after.user_id,
            conversation_id=after.id,
            seq=first + place,
            role=draft.role,
            content=draft.content,
            status=draft.status,
            created_at=draft.created_at,
            reply_to=draft.reply_to,
            question_id=draft.question_id,
            recording_id=draft.recording_id,
            details=draft.details,
            send_key=draft.send_key,
            send_fingerprint=draft.send_fingerprint,
            lease_until=draft.lease_until,
        )
        for place, draft in enumerate(drafts)
    )


def ended(before: Message, outcome: ReplyOutcome) -> Message:
    """Return the reply as its outcome leaves it."""
    return replace(
        before,
        content=outcome.content,
        status=outcome.status,
        finished_at=outcome.finished_at,
        provider=outcome.provider,
        model=outcome.model,
        usage=outcome.usage,
        first_token_ms=outcome.first_token_ms,
        duration_ms=outcome.duration_ms,
        error=outcome.error,
        lease_until=None,
    )
