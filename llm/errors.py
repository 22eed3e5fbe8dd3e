"""What can go wrong with a provider: faults between provider and registry, and the errors that leave the component."""

from enum import StrEnum
from typing import ClassVar

from core.errors import AppError, Kind


class Fault(StrEnum):
    """What happened, as the logs say it; never with the prompt, the answer or a key."""

    KEY_REFUSED = "key_refused"
    NO_CREDIT = "no_credit"
    RATE_LIMITED = "rate_limited"
    NO_KEY = "no_key"
    UNKNOWN_MODEL = "unknown_model"
    BAD_REQUEST = "bad_request"
    SERVER_ERROR = "server_error"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    CUT_OFF = "cut_off"
    MALFORMED = "malformed"
    EMPTY = "empty"
    FILTERED = "filtered"
    UNSUPPORTED = "unsupported"


class Retry(StrEnum):
    """What is worth trying after a fault."""

    AT_ONCE = "at_once"  # the same provider with its next key
    LATER = "later"  # the same provider after a pause
    ELSEWHERE = "elsewhere"  # only another provider


class ProviderFault(Exception):
    """A provider could not answer. Stays inside the component: the registry turns it into an answer of another provider."""

    def __init__(self, fault: Fault, retry: Retry, *, retry_after: float = 0, counts: bool = True) -> None:
        """Keep what happened, what to try, after how many seconds, and whether it counts against the provider's health."""
        super().__init__(fault.value)
        self.fault = fault
        self.retry = retry
        self.retry_after = retry_after
        self.counts = counts


class Cancelled(Exception):
    """The caller cancelled the call (the person pressed stop)."""


class ProviderUnavailable(AppError):
    """No provider could answer; nothing of an answer exists."""

    code: ClassVar[str] = "PROVIDER_UNAVAILABLE"
    kind = Kind.UNAVAILABLE

    def __init__(self, message: str = "") -> None:
        """Use the usual sentence unless another is given."""
        super().__init__(message or "The examiner cannot answer at the moment. Please try again in a minute.")


class AnswerCutOff(AppError):
    """The provider failed after the first words: what has arrived is kept."""

    code: ClassVar[str] = "ANSWER_CUT_OFF"
    kind = Kind.UNAVAILABLE

    def __init__(self, fault: Fault) -> None:
        """Keep the fault for the log."""
        super().__init__("The answer broke off. You can ask for it again.")
        self.fault = fault
