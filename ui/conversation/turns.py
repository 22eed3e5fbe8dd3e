"""Messages as a reader sees them: what the person said, and beside each other the answers that one message got."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chat.models import Message, MessageRole, MessageStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message of the person, or all answers worth showing to one message, oldest first (never empty). `key` names it."""

    key: str
    messages: tuple[Message, ...]

    @property
    def mine(self) -> bool:
        """Whether the person said it."""
        return self.messages[0].role is MessageRole.USER

    @property
    def newest(self) -> Message:
        """The message itself, or the newest answer."""
        return self.messages[-1]


def of(messages: Iterable[Message]) -> list[Turn]:
    """Return the turns of a conversation, in order. Answers to one message are one turn, at the place of the first of them."""
    grouped: dict[str, list[Message]] = {}
    said = 0
    for message in messages:
        if message.role is MessageRole.USER:
            said += 1
            grouped[message.id] = [message]
        else:
            grouped.setdefault(f"to-{message.reply_to or said}", []).append(message)
    return [Turn(key=key, messages=_worth_showing(found)) for key, found in grouped.items()]


def _worth_showing(answers: Sequence[Message]) -> tuple[Message, ...]:
    """Leave out attempts that brought nothing, once there was another one after them."""
    *earlier, last = answers
    return (*(message for message in earlier if message.content and message.status is not MessageStatus.FAILED), last)
