"""Structured logs: one JSON object a line (or plain text on a laptop), with the request id and without secrets."""

import json
import logging
import re
import sys
from contextvars import ContextVar
from typing import TextIO

from core.clock import SystemClock, to_iso

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Set by the HTTP edge for the time of one request; empty elsewhere."""

_SECRET_NAMES = r"(?:password\w*|passwd|secret\w*|token\w*|access_token|refresh_token|api[_-]?key\w*|authorization|cookie|code)"
_NO_EVENT = rf"(?!(?<=[a-z]:){_SECRET_NAMES}:[a-z_]+(?:\s|$))"
"""The middle of an event's name (`account:password:changed`) is no secret's name."""
_PATTERNS = (
    (
        re.compile(rf"(?i)(?<![A-Za-z0-9]){_NO_EVENT}({_SECRET_NAMES})([\"']?\s*[=:]\s*[\"']?)(?:(?:bearer|token)\s+)?[^\s\"'&,;}}]+"),
        r"\1\2[redacted]",
    ),
    (re.compile(r"(?i)\b(bearer|token)\s+[A-Za-z0-9._~+/=-]{16,}"), r"\1 [redacted]"),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*"), "[redacted]"),
    (re.compile(r"\b(?:sk|gsk|AIza)[-_A-Za-z0-9]{16,}"), "[redacted]"),
    (re.compile(r"([?&](?:link|q)=)[^\s&]+"), r"\1[redacted]"),  # a link that opens a conversation; the words that somebody looks for
    (re.compile(r"(/chat/shared/)[^\s/?\"']+"), r"\1[redacted]"),
    (re.compile(r"(?i)\b(mongodb(?:\+srv)?|rediss?|smtps?|https?)://[^\s:/@]*:[^\s@]+@"), r"\1://[redacted]@"),
)
_SECRET_MEMBER = re.compile(r"(?i)(?:\w*_)?(?:password|passwd|secret|token|api_?key|authorization|cookie|pepper)")
_ACCESS = "uvicorn.access"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message", "websocket"}


def redact(text: str) -> str:
    """Return `text` with everything that looks like a secret replaced, and line breaks and control characters made visible."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def _member(name: str, value: object) -> str:
    """Return an `extra` field as it may be written: nothing of it where its very name says that it is a secret."""
    return "[redacted]" if _SECRET_MEMBER.fullmatch(name) else redact(str(value))


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON; `extra` fields become members."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        entry: dict[str, object] = {
            "at": to_iso(SystemClock().now()),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if request_id.get():
            entry["request_id"] = request_id.get()
        for name, value in vars(record).items():
            if name not in _STANDARD:
                entry[name] = _member(name, value)
        if record.exc_info:
            entry["exception"] = redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


class TextFormatter(JsonFormatter):
    """Formats a record as one readable line for a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        extras = " ".join(f"{name}={_member(name, value)}" for name, value in vars(record).items() if name not in _STANDARD)
        rid = f" [{request_id.get()}]" if request_id.get() else ""
        line = f"{record.levelname:<7} {record.name}{rid} {redact(record.getMessage())} {extras}".rstrip()
        if record.exc_info:
            line += "\n" + "\n".join(redact(part) for part in self.formatException(record.exc_info).splitlines())
        return line


class _RedactingFilter(logging.Filter):
    """Keeps `?token=` and its like out of lines that other libraries format (uvicorn's access log)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's arguments; never drops it."""
        if isinstance(record.args, tuple):
            record.args = tuple(redact(arg) if isinstance(arg, str) else arg for arg in record.args)
        if isinstance(record.msg, str) and not record.args:
            record.msg = redact(record.msg)
        return True


class _Relay(logging.Handler):
    """Hands the lines of other libraries to our handlers as they are configured at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line where ours go."""
        for handler in logging.getLogger("viva").handlers:
            handler.handle(record)


def adopt(logger: logging.Logger) -> None:
    """Let another library's logger write through ours, and nowhere else.

    uvicorn's access log keeps the handlers that the server gave it: none after `--no-access-log`.
    """
    if logger.name != _ACCESS:
        logger.handlers[:] = [_Relay()]


def configure(*, json_lines: bool, level: str, stream: TextIO | None = None) -> None:
    """Send our logs to `stream` (standard error) and redact the servers' own lines. Safe to call again."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if json_lines else TextFormatter())
    root = logging.getLogger("viva")
    root.handlers[:] = [handler]
    root.setLevel(level)
    root.propagate = False
    for access in logging.getLogger(_ACCESS).handlers if json_lines else ():
        access.setFormatter(JsonFormatter())
    for name in ("asyncio", "concurrent.futures"):  # what nobody handled: it may hold anything
        logging.getLogger(name).handlers[:] = [_Relay()]
    for name in (_ACCESS, "uvicorn.error", "uvicorn", "websockets.server", "urllib3.connectionpool"):
        logger = logging.getLogger(name)
        logger.filters[:] = [f for f in logger.filters if not isinstance(f, _RedactingFilter)]
        logger.addFilter(_RedactingFilter())
    logging.getLogger("urllib3").setLevel(logging.WARNING)


def get(name: str) -> logging.Logger:
    """Return the logger `viva.<name>`."""
    return logging.getLogger(f"viva.{name}")
