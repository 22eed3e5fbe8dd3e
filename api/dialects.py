"""Where the documented APIs differ in how they say the same thing: status codes and additions to the error body."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum

from core.errors import AppError, FieldProblem, Kind, ValidationFailed


class Dialect(Enum):
    """The documented APIs, as far as their error bodies differ."""

    STANDARD = "standard"
    ACCOUNTS = "accounts"
    REGISTRATION = "registration"
    SIGNUP = "signup"


STATUS: dict[Kind, int] = {
    Kind.SYNTAX: 422,
    Kind.INVALID: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.TOO_LARGE: 413,
    Kind.LIMITED: 429,
    Kind.UNAVAILABLE: 503,
}
_DUPLICATES = frozenset({"EMAIL_ALREADY_REGISTERED", "USERNAME_TAKEN"})
REGISTRATION_PATHS = frozenset({"/register", "/login", "/logout", "/profile"})


def dialect_of(path: str) -> Dialect:
    """Return the dialect that a path belongs to."""
    if path.startswith(("/api/v1/accounts", "/api/v1/chat")):
        return Dialect.ACCOUNTS
    if path.rstrip("/") in REGISTRATION_PATHS:
        return Dialect.REGISTRATION
    if path.rstrip("/") == "/api/v1/auth/signup":
        return Dialect.SIGNUP
    return Dialect.STANDARD


def status_of(error: AppError, dialect: Dialect) -> int:
    """Return the HTTP status of `error` in `dialect` (rulings of the design, section 3)."""
    if dialect is Dialect.ACCOUNTS and error.code in _DUPLICATES:
        return 400
    if dialect is Dialect.SIGNUP and error.kind is Kind.INVALID:
        return 422
    return STATUS[error.kind]


@contextmanager
def fields_called(names: Mapping[str, str]) -> Iterator[None]:
    """Have the faults of the block name fields as a dialect does: `names` from the service's name to the dialect's."""
    try:
        yield
    except ValidationFailed as error:
        problems = [FieldProblem(names.get(problem.field, problem.field), problem.message, problem.code) for problem in error.problems]
        raise ValidationFailed(problems, error.message) from None


def error_body(code: str, message: str, problems: Sequence[FieldProblem], dialect: Dialect) -> dict[str, object]:
    """Return the one error body, with the additions of `dialect`."""
    body: dict[str, object] = {
        "status": "error",
        "code": code,
        "message": message,
        "details": [{"field": problem.field, "message": problem.message} for problem in problems],
        "detail": message,
    }
    if dialect is Dialect.SIGNUP and code == "EMAIL_ALREADY_REGISTERED":
        return body | {"details": []}  # as its document shows it
    by_field: dict[str, list[str]] = {}
    for problem in problems:
        by_field.setdefault(problem.field, []).append(problem.message)
    if dialect is Dialect.ACCOUNTS:
        return {**{name: texts for name, texts in by_field.items() if name not in body}, **body, "error": message}
    if dialect is Dialect.REGISTRATION:
        return body | {"success": False, "error_code": code, "errors": by_field}
    return body
