"""What an error of a service means for us. Knows status codes, `Retry-After` and the HTTP library's errors; keeps no text of theirs."""

import json
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from llm.errors import Fault, ProviderFault, Retry

_BY_STATUS: dict[int, tuple[Fault, Retry]] = {
    400: (Fault.BAD_REQUEST, Retry.ELSEWHERE),
    401: (Fault.KEY_REFUSED, Retry.AT_ONCE),
    402: (Fault.NO_CREDIT, Retry.AT_ONCE),
    403: (Fault.KEY_REFUSED, Retry.AT_ONCE),
    404: (Fault.UNKNOWN_MODEL, Retry.ELSEWHERE),
    408: (Fault.SERVER_ERROR, Retry.LATER),
    409: (Fault.SERVER_ERROR, Retry.LATER),
    413: (Fault.BAD_REQUEST, Retry.ELSEWHERE),
    422: (Fault.BAD_REQUEST, Retry.ELSEWHERE),
    429: (Fault.RATE_LIMITED, Retry.LATER),
}
_SERVER_ERRORS = 500
_FILTER_WORDS = ("content_filter", "content_policy", "moderation", "safety")
_QUOTA_WORDS = ("insufficient_quota", "billing")


def fault_of(error: Exception) -> ProviderFault:
    """Return the fault for what the HTTP library raised, or what reading a malformed answer did."""
    from urllib3 import exceptions  # noqa: PLC0415 - loaded already by whoever got this error

    if isinstance(error, exceptions.NewConnectionError | exceptions.ProxyError | exceptions.SSLError | exceptions.LocationValueError):
        return ProviderFault(Fault.UNREACHABLE, Retry.LATER)
    if isinstance(error, exceptions.TimeoutError):
        return ProviderFault(Fault.TIMED_OUT, Retry.LATER)
    if isinstance(error, exceptions.DecodeError | ValueError | TypeError | LookupError | AttributeError | RecursionError):
        return ProviderFault(Fault.MALFORMED, Retry.LATER)
    return ProviderFault(Fault.CUT_OFF, Retry.LATER)


def fault_of_answer(status: int, headers: Mapping[str, str], content: bytes, *, now: datetime) -> ProviderFault:
    """Return the fault for an answer whose status is no success."""
    return _of_status(status, _code_of(content), retry_after=_retry_after(headers, now))


def _of_status(status: int, code: str, *, retry_after: float) -> ProviderFault:
    if status in {400, 403} and any(word in code for word in _FILTER_WORDS):
        return ProviderFault(Fault.FILTERED, Retry.ELSEWHERE, counts=False)
    if any(word in code for word in _QUOTA_WORDS):
        return ProviderFault(Fault.NO_CREDIT, Retry.AT_ONCE)
    if status >= _SERVER_ERRORS:
        return ProviderFault(Fault.SERVER_ERROR, Retry.LATER, retry_after=retry_after)
    fault, retry = _BY_STATUS.get(status, (Fault.BAD_REQUEST, Retry.ELSEWHERE))
    return ProviderFault(fault, retry, retry_after=retry_after)


def fault_in_stream(error: object) -> ProviderFault:
    """Return the fault for an error object inside a stream that began with status 200 (OpenRouter reports upstream trouble so)."""
    code = _code_in(error)
    if code.isdigit():
        return _of_status(int(code), code, retry_after=0)
    if any(word in code for word in _FILTER_WORDS):
        return ProviderFault(Fault.FILTERED, Retry.ELSEWHERE, counts=False)
    return ProviderFault(Fault.SERVER_ERROR, Retry.LATER)


def _code_of(content: bytes) -> str:
    """Return the machine-readable code and type of an error's body, lower case; never its message."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    inner = body.get("error") if isinstance(body, Mapping) else None
    return _code_in(inner if isinstance(inner, Mapping) else body)


def _code_in(body: object) -> str:
    parts = (body.get("code"), body.get("type")) if isinstance(body, Mapping) else ()
    found = [str(part).lower() for part in parts if part is not None and str(part)]
    return found[0] if found and found[0].isdigit() else " ".join(found)


def _retry_after(headers: Mapping[str, str], now: datetime) -> float:
    """Return the seconds that the service asks us to wait: a number or a date (RFC 9110, 10.2.3); 0 if it does not say."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return 0
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return 0
