"""The errors that routes document: status, code and sentence of each, as examples in the OpenAPI document."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from api.dialects import Dialect, error_body
from api.fault_examples import EXAMPLES
from api.schemas.common import ErrorBody

_CODE = {"RULE_BROKEN": "VALIDATION_ERROR", "EMAIL_MALFORMED": "VALIDATION_ERROR", "CHOICE_INVALID": "INVALID_CHOICE"}
_ALWAYS = ("TOO_LARGE", "INTERNAL_ERROR", "STORE_UNAVAILABLE")
_ALSO = {
    "NOT_AUTHENTICATED": ("PASSWORD_CHANGE_REQUIRED",),
    "INVALID_CREDENTIALS": ("ACCOUNT_DISABLED", "BUSY"),
    "EMAIL_ALREADY_REGISTERED": ("BUSY",),
    "REAUTHENTICATION_REQUIRED": ("BUSY",),
    "CHAT_BUSY": ("ANSWER_FAILED", "DAILY_QUOTA_REACHED", "TOO_MANY_REPLIES", "INVALID_MESSAGE"),
    "EXAM_NOT_THIS_TURN": ("EXAM_BUSY",),
    "EXAM_NOT_COMPLETE": ("EXAM_BUSY",),
    "NOT_THE_LAST_MESSAGE": ("REPLY_IN_PROGRESS",),
}
"""What can happen wherever the fault before it can."""
_HEADERS = (
    (HTTPStatus.UNAUTHORIZED, "WWW-Authenticate", "the scheme to use", "string"),
    (HTTPStatus.TOO_MANY_REQUESTS, "Retry-After", "seconds until the next attempt", "integer"),
)


def faults(*names: str, dialect: Dialect = Dialect.STANDARD, statuses: dict[str, int] | None = None) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route for the faults `names`, each with an example in the route's dialect.

    `statuses` overrides the status of a fault where the dialect says so. 413, 500 and 503 can always happen and are always included,
    and so is what goes with a fault (a signed-in route can also ask for a new password).
    """
    found: dict[int | str, dict[str, Any]] = {}
    for name in dict.fromkeys((*_with_relatives(names), *_ALWAYS)):
        status, sentence, problems = EXAMPLES[name]
        status = (statuses or {}).get(name, status)
        entry = found.setdefault(status, {"model": ErrorBody, "description": sentence, "content": {"application/json": {"examples": {}}}})
        body = error_body(_CODE.get(name, name), sentence, problems, dialect)
        entry["content"]["application/json"]["examples"][name.lower()] = {"summary": sentence, "value": body}
    for status, header, said, kind in _HEADERS:
        if status in found:
            found[status]["headers"] = {header: {"description": said, "schema": {"type": kind}}}
    return found


def _with_relatives(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield name
        yield from _ALSO.get(name, ())
