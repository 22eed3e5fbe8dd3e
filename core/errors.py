"""Errors that a person may be shown.

Every error that a component raises on purpose is an `AppError`: a stable code for programs, a sentence for people and,
where fields are at fault, one entry per field. Faces (pages, HTTP dialects) decide how it looks; they never parse texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar


class Kind(Enum):
    """What sort of fault it is; faces map it to a status or a tone."""

    SYNTAX = "syntax"  # JSON, type, missing field, length, range: 422 over HTTP
    INVALID = "invalid"  # a rule about the value is broken: 400 over HTTP
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    TOO_LARGE = "too_large"
    LIMITED = "limited"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One broken rule of one field, in the words the person sees."""

    field: str
    message: str
    code: str = ""


class AppError(Exception):
    """An expected fault. Subclasses set `code` and `kind`; `message` is shown to the person as it is."""

    code: ClassVar[str] = "INTERNAL_ERROR"
    kind: ClassVar[Kind] = Kind.INVALID

    def __init__(self, message: str, *, problems: Sequence[FieldProblem] = ()) -> None:
        """Keep the sentence and the broken rules, in the order in which they are shown."""
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)


class ValidationFailed(AppError):
    """One or more fields break a rule; `problems` names each of them."""

    code = "VALIDATION_ERROR"
    kind = Kind.INVALID

    def __init__(self, problems: Sequence[FieldProblem], message: str = "") -> None:
        """Use the first problem's sentence where no overall `message` is given."""
        super().__init__(message or problems[0].message, problems=problems)


class NotFound(AppError):
    """It does not exist, or it belongs to somebody else: both look the same."""

    code = "NOT_FOUND"
    kind = Kind.NOT_FOUND


class TooManyAttempts(AppError):
    """A limit was reached; `retry_after` says in whole seconds (at least 1) when to try again."""

    code = "RATE_LIMITED"
    kind = Kind.LIMITED

    def __init__(self, message: str, *, retry_after: int) -> None:
        """Keep the sentence and the wait in seconds."""
        super().__init__(message)
        self.retry_after = max(1, retry_after)


class StoreUnavailable(AppError):
    """The database cannot be reached or is out of space: nothing was changed."""

    code = "STORE_UNAVAILABLE"
    kind = Kind.UNAVAILABLE


class ConfigurationError(Exception):
    """The settings contradict each other or are unsafe; one sentence says which and what to do."""
