"""What can go wrong in a conversation, with stable codes."""

from core.errors import AppError, FieldProblem, Kind, NotFound


class ConversationNotFound(NotFound):
    """There is no such conversation for this person."""

    code = "CONVERSATION_NOT_FOUND"

    def __init__(self) -> None:
        """Use the one sentence that says nothing about whose it is."""
        super().__init__("This conversation does not exist or is not yours.")


class MessageNotFound(NotFound):
    """There is no such message for this person."""

    code = "MESSAGE_NOT_FOUND"

    def __init__(self) -> None:
        """Use the one sentence that says nothing about whose it is."""
        super().__init__("This message does not exist or is not yours.")


class ShareNotFound(NotFound):
    """The link is unknown, expired or revoked, or its conversation is gone."""

    code = "SHARE_NOT_FOUND"

    def __init__(self) -> None:
        """Use one sentence for all of these."""
        super().__init__("This link does not work any more. Ask the person who sent it for a new one.")


class InvalidMessage(AppError):
    """The text of a message breaks a rule; the field is `message`."""

    code = "INVALID_MESSAGE"
    kind = Kind.SYNTAX

    def __init__(self, message: str, *, code: str) -> None:
        """Name the broken rule by `code` (`NOT_TEXT`, `EMPTY`, `TOO_LONG`, `CONTROL_CHARACTERS`)."""
        super().__init__(message, problems=[FieldProblem("message", message, code)])


class InvalidChoice(AppError):
    """A level, topic, cursor or other value is not one of the possible ones."""

    code = "INVALID_CHOICE"
    kind = Kind.INVALID

    def __init__(self, field: str, message: str) -> None:
        """Name the field at fault."""
        super().__init__(message, problems=[FieldProblem(field, message, "INVALID_CHOICE")])


class OutOfRange(AppError):
    """A number or a length is outside what is possible, or of the wrong type."""

    code = "OUT_OF_RANGE"
    kind = Kind.SYNTAX

    def __init__(self, field: str, message: str) -> None:
        """Name the field at fault."""
        super().__init__(message, problems=[FieldProblem(field, message, "OUT_OF_RANGE")])


class SendKeyReused(AppError):
    """The idempotency key was used before for something else: other words, another conversation or message, another provider."""

    code = "IDEMPOTENCY_KEY_REUSED"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This idempotency key was used for a different request. Use a new key for a new request.")


class NotTheLastMessage(AppError):
    """Only the last exchange of a conversation can be edited or answered again."""

    code = "NOT_THE_LAST_MESSAGE"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Only the last message can be changed or answered again. Reload the conversation to see what is new.")


class ReplyInProgress(AppError):
    """The last answer is still being written."""

    code = "REPLY_IN_PROGRESS"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The answer is still being written. Wait for it or stop it first.")


class DailyQuotaReached(AppError):
    """The person has sent as many messages today as allowed; `retry_after` is the wait in seconds until midnight UTC."""

    code = "DAILY_QUOTA_REACHED"
    kind = Kind.LIMITED

    def __init__(self, *, retry_after: int) -> None:
        """Keep the wait in whole seconds (at least 1)."""
        super().__init__("You have reached today's number of messages. You can go on tomorrow.")
        self.retry_after = max(1, retry_after)


class TooManyReplies(AppError):
    """Too many answers for this person are waiting already."""

    code = "TOO_MANY_REPLIES"
    kind = Kind.LIMITED

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Several answers for you are still being written. Wait for one of them and send again.")
        self.retry_after = 2


class AnswerFailed(AppError):
    """Nobody could answer; the message is stored and can be answered again."""

    code = "ANSWER_FAILED"
    kind = Kind.UNAVAILABLE

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("No answer could be made. Your message is stored; please try again in a moment.")


class Busy(AppError):
    """The server is writing as many answers as it can; nothing was stored."""

    code = "CHAT_BUSY"
    kind = Kind.UNAVAILABLE

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The examiner is very busy at the moment. Your message was not sent; please send it again in a few seconds.")
        self.retry_after = 3
