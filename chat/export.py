"""Conversations as files for their owner: Markdown to read, JSON to process. Generators, so that a long history needs little memory."""

import json
from collections.abc import Iterator

from chat.markdown import harmless
from chat.models import Conversation, Message, MessageRole, MessageStatus
from chat.ports import ConversationStore
from core.clock import to_iso

FORMAT = "viva-conversations"
VERSION = 1
_AT_ONCE = 200
_ENDINGS = {
    MessageStatus.INTERRUPTED: "This answer was cut off.",
    MessageStatus.STOPPED: "This answer was stopped.",
    MessageStatus.FAILED: "There was no answer.",
    MessageStatus.STREAMING: "This answer was still being written.",
}


def all_messages(store: ConversationStore, conversation: Conversation) -> Iterator[Message]:
    """Yield every message of a conversation that was not replaced, by seq."""
    after = 0
    while batch := store.messages(conversation.user_id, conversation.id, limit=_AT_ONCE, after=after):
        yield from batch
        after = batch[-1].seq


def markdown(store: ConversationStore, conversation: Conversation) -> Iterator[str]:
    """Yield one conversation as Markdown that loads and runs nothing wherever it is opened. Times are UTC."""
    yield f"# {harmless(_one_line(conversation.title)) or 'Conversation'}\n\n"
    facts = [conversation.level, conversation.topic, f"begun {conversation.created_at:%Y-%m-%d %H:%M} UTC"]
    yield " · ".join(fact for fact in facts if fact) + "\n"
    for message in all_messages(store, conversation):
        who = "You" if message.role is MessageRole.USER else "Examiner"
        by = f" ({message.model})" if message.model else ""
        yield f"\n## {who}{by}, {message.created_at:%Y-%m-%d %H:%M:%S}\n\n{harmless(message.content)}\n"
        if message.status in _ENDINGS:
            yield f"\n*{_ENDINGS[message.status]}*\n"


def as_json(store: ConversationStore, conversations: Iterator[Conversation]) -> Iterator[str]:
    """Yield conversations as one JSON document: `{"format", "version", "conversations": [{…, "messages": […]}]}`."""
    yield f'{{"format": "{FORMAT}", "version": {VERSION}, "conversations": '
    yield from as_list(store, conversations)
    yield "}\n"


def as_list(store: ConversationStore, conversations: Iterator[Conversation]) -> Iterator[str]:
    """Yield conversations as one JSON list, each with its messages."""
    yield "["
    between = "\n"
    for conversation in conversations:
        yield between + json.dumps(_head(conversation), ensure_ascii=False)[:-1] + ', "messages": ['
        inner = "\n  "
        for message in all_messages(store, conversation):
            yield inner + json.dumps(_body(message), ensure_ascii=False)
            inner = ",\n  "
        yield "]}"
        between = ",\n"
    yield "]"


def all_as_markdown(store: ConversationStore, conversations: Iterator[Conversation]) -> Iterator[str]:
    """Yield conversations as one Markdown document."""
    between = ""
    for conversation in conversations:
        yield between
        yield from markdown(store, conversation)
        between = "\n---\n\n"


def _head(conversation: Conversation) -> dict[str, object]:
    deleted = {"deleted_at": to_iso(conversation.deleted_at)} if conversation.deleted_at else {}
    return deleted | {
        "session_id": conversation.id,
        "title": conversation.title,
        "kind": conversation.kind.value,
        "level": conversation.level,
        "topic": conversation.topic,
        "starred": conversation.starred,
        "created_at": to_iso(conversation.created_at),
        "updated_at": to_iso(conversation.updated_at),
    }


def _body(message: Message) -> dict[str, object]:
    return {
        "message_id": message.id,
        "seq": message.seq,
        "role": message.role.value,
        "content": message.content,
        "status": message.status.value,
        "created_at": to_iso(message.created_at),
        "reply_to": message.reply_to or None,
        "provider": message.provider or None,
        "model": message.model or None,
        "tokens": message.usage.tokens,
        "duration_ms": message.duration_ms,
    }


def _one_line(text: str) -> str:
    return " ".join(text.split()).lstrip("#").strip()
