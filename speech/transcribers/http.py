"""One HTTP call to a provider: time limits, tries again, and faults in our own words.

What a provider writes into an error is never passed on: it can quote the key or the recording.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from speech.errors import AudioTooLarge, NoWordsHeard, TranscriptionFailed

FAILED = "Your recording could not be written down just now. Type what you said, or try again later."
TOO_LARGE = "This recording is too long to be written down in one piece. Type what you said."
UNHEARD = "No words could be made out in this recording. Type what you said, or record again."

_OK, _TOO_LARGE = 200, 413
_TRY_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
_LABEL = re.compile(r"[A-Za-z0-9_.-]{1,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a provider may take. `tries` counts the first one; waits grow from `first_wait` by factors of two.

    `total_seconds` bounds one try from connecting to the last byte, however a provider trickles. One that asks for a wait
    longer than `longest_wait` is given up at once, so that the next one can be asked.
    """

    tries: int = 3
    connect_seconds: float = 5.0
    total_seconds: float = 60.0
    first_wait: float = 0.5
    longest_wait: float = 10.0
    most_bytes: int = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What is posted, and its media type."""

    content: bytes = field(repr=False)
    media_type: str


def json_body(value: object) -> Body:
    """Return `value` as JSON."""
    return Body(content=json.dumps(value, separators=(",", ":"), allow_nan=False).encode(), media_type="application/json")


def form_body(fields: Mapping[str, str | list[str]], *, files: Mapping[str, tuple[str, bytes, str]]) -> Body:
    """Return a multipart form. A list is a field that comes several times; a file is its name, its bytes and its media type."""
    from urllib3.filepost import encode_multipart_formdata  # noqa: PLC0415 - see `_attempt`

    texts = [(name, value) for name, given in fields.items() for value in ([given] if isinstance(given, str) else given)]
    content, media_type = encode_multipart_formdata([*texts, *files.items()])
    return Body(content=content, media_type=media_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Http:
    """Posts to one provider. `sleep` and `now` (a monotonic clock in seconds) are replaced in tests."""

    provider: str
    patience: Patience = field(default_factory=Patience)
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic

    def post(self, url: str, body: Body, *, key: str, headers: Mapping[str, str]) -> bytes:
        """Return the answer's bytes.

        Tries again on connection faults and on answers that say "later". Raises `AudioTooLarge` on 413 and
        `TranscriptionFailed` on everything else that is no success; a time limit is not tried again.
        """
        if not key or not key.isascii() or not key.isprintable():
            raise self.failed("the key is empty or has characters that no key has")
        later = _Later("no try was allowed")
        for attempt in range(self.patience.tries):
            if attempt:
                self.sleep(max(self.patience.first_wait * 2 ** (attempt - 1), later.wait))
            try:
                return self._attempt(url, headers, body)
            except _Later as error:
                later = error
        raise self.failed(f"{later.reason}, {self.patience.tries} tries")

    def post_for_json(self, url: str, body: Body, *, key: str, headers: Mapping[str, str]) -> dict[str, Any]:
        """Return the answer as a JSON object; anything else raises `TranscriptionFailed`."""
        content = self.post(url, body, key=key, headers=headers)
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError):
            raise self.failed("the answer is no JSON") from None
        if not isinstance(answer, dict):
            raise self.failed("the answer is no JSON object")
        return answer

    def failed(self, reason: str, *, retry_after: float | None = None) -> TranscriptionFailed:
        """Return the error for this provider."""
        return TranscriptionFailed(FAILED, provider=self.provider, reason=reason, retry_after=retry_after)

    def unheard(self) -> NoWordsHeard:
        """Return the error for an answer without words."""
        return NoWordsHeard(UNHEARD, provider=self.provider, reason="the answer has no words")

    def _attempt(self, url: str, headers: Mapping[str, str], body: Body) -> bytes:
        """Return the answer, raise `_Later` where another try makes sense, or the final error."""
        from urllib3 import exceptions as faults  # noqa: PLC0415 - takes up to 100 ms, and is needed only with a provider

        try:
            status, answer_headers, content = self._once(url, headers, body)
        except (faults.NewConnectionError, faults.ProxyError, faults.SSLError, faults.ProtocolError) as error:
            raise _Later(f"the connection failed ({type(error).__name__})") from None
        except faults.TimeoutError as error:  # after NewConnectionError, which is one of them
            raise self.failed(f"no answer within the time limit ({type(error).__name__})") from None
        except faults.HTTPError as error:
            raise self.failed(f"the request or its answer cannot be used ({type(error).__name__})") from None
        if status == _OK:
            return content
        if status == _TOO_LARGE:
            raise AudioTooLarge(TOO_LARGE)
        reason = f"HTTP {status}{_label(content)}"
        if status not in _TRY_AGAIN:
            raise self.failed(reason)
        asked = _retry_after(answer_headers)
        if asked > self.patience.longest_wait:
            raise self.failed(reason, retry_after=asked)
        raise _Later(reason, wait=asked)

    def _once(self, url: str, headers: Mapping[str, str], body: Body) -> tuple[int, Mapping[str, str], bytes]:
        """Send one request."""
        from core.connections import Connections, Deadline  # noqa: PLC0415 - as there

        patience = self.patience
        call = Deadline(patience.total_seconds, now=self.now)
        sent = {"Content-Type": body.media_type, **headers}
        with (
            Connections(url) as connections,
            connections.post(body.content, sent, call=call, connect_seconds=patience.connect_seconds) as answer,
        ):
            content = answer.read(patience.most_bytes + 1)
            if len(content) > patience.most_bytes:
                raise self.failed("the answer is too large")
            return answer.status, answer.headers, content


class _Later(Exception):
    """Another try makes sense, after `wait` seconds at least."""

    def __init__(self, reason: str, *, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.wait = reason, wait


def _label(content: bytes) -> str:
    """Return the provider's error code in brackets if it is a short plain word, e.g. ` (rate_limit_exceeded)`."""
    try:
        error = json.loads(content)["error"]
    except (ValueError, RecursionError, TypeError, KeyError):
        return ""
    for name in ("code", "status", "type"):
        label = error.get(name) if isinstance(error, dict) else None
        if isinstance(label, str) and _LABEL.fullmatch(label):
            return f" ({label})"
    return ""


def _retry_after(headers: Mapping[str, str]) -> float:
    """Return the seconds of a `Retry-After`, 0 without one; its other form, a date, is taken as a long wait."""
    value = headers.get("retry-after")
    if value is None:
        return 0.0
    try:
        return max(0.0, float(value))
    except ValueError:
        return float("inf")
