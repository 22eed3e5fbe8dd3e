"""From stored conversations and messages to what goes out, once for all dialects."""

from api.schemas.chat import HistoryItem, Reply, UsageOut
from chat.models import Conversation, Message


def reply_out(message: Message) -> Reply:
    """Return an answer in the shape that satisfies both documents."""
    usage = message.usage
    return Reply(
        message_id=message.id,
        session_id=message.conversation_id,
        reply=message.content,
        message=message.content,
        status=message.status.value,
        model=message.model,
        provider=message.provider,
        usage=UsageOut(
            tokens=usage.tokens,
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
            cost_micros=usage.cost_micros,
        ),
        created_at=message.created_at,
        user_message_id=message.reply_to,
    )


def item_out(conversation: Conversation) -> HistoryItem:
    """Return a conversation as lists show it."""
    return HistoryItem(
        session_id=conversation.id,
        title=conversation.title,
        last_message=conversation.last_message,
        kind=conversation.kind.value,
        level=conversation.level,
        topic=conversation.topic,
        message_count=conversation.message_count,
        starred=conversation.starred,
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
    )
