import io
import json
import logging
from collections.abc import Iterator

import pytest

from core import log


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger("viva")
    before = root.handlers[:], root.level, root.propagate
    yield io.StringIO()
    root.handlers[:], root.propagate = before[0], before[2]
    root.setLevel(before[1])


def configured(stream: io.StringIO, *, json_lines: bool = True) -> logging.Logger:
    log.configure(json_lines=json_lines, level="DEBUG", stream=stream)
    return log.get("test")


def only_line(stream: io.StringIO) -> dict[str, str]:
    (line,) = stream.getvalue().splitlines()
    entry: dict[str, str] = json.loads(line)
    return entry


def test_a_line_is_one_object_with_its_fields(stream: io.StringIO) -> None:
    """ASVS 16.2.1."""
    configured(stream).info("hello %s", "there", extra={"user_id": "usr_1"})
    entry = only_line(stream)
    assert (entry["level"], entry["logger"], entry["message"], entry["user_id"]) == ("INFO", "viva.test", "hello there", "usr_1")
    assert entry["at"].endswith("Z")
    assert "request_id" not in entry


def test_the_request_id_stands_in_every_line_of_a_request(stream: io.StringIO) -> None:
    logger = configured(stream)
    token = log.request_id.set("req_1")
    try:
        logger.info("inside")
    finally:
        log.request_id.reset(token)
    assert only_line(stream)["request_id"] == "req_1"


@pytest.mark.parametrize(
    "text",
    [
        "password=hunter2-xyz",
        "password: 'hunter2-xyz'",
        '{"password": "hunter2-xyz"}',
        '{"new_password": "hunter2-xyz"}',
        "GET /verify?token=hunter2-xyz&a=1",
        "WebSocket /api/chat/ws?token=hunter2-xyz",
        "Authorization: Bearer hunter2-xyz",
        "Authorization: Token hunter2-xyz",
        "sent Bearer hunter2-xyzhunter2-xyz",
        "cookie=hunter2-xyz; path=/",
        "refresh_token='hunter2-xyz'",
        "SECRET_KEY=hunter2-xyz",
        "OPENAI_API_KEY=hunter2-xyz",
        "code=hunter2-xyz",
        "mongodb://user:hunter2-xyz@db.example.org/viva",
        "redis://:hunter2-xyz@cache",
        "eyJhbGciOiJIUzI1NiJ9.hunter2-xyz.hunter2-xyz",
        "sk-hunter2-xyzhunter2-xyz",
        "GET /shared?link=hunter2-xyz HTTP/1.1",
        "GET /join?lang=fr&signup_token=hunter2-xyz HTTP/1.1",
        "/api/v1/chat/shared/hunter2-xyz",
        "GET /api/v1/chat/shared/hunter2-xyz?after=200 HTTP/1.1",
        "GET /api/v1/chat/search?limit=5&q=it's-hunter2-xyz%20more HTTP/1.1",
    ],
)
def test_what_looks_like_a_secret_is_not_written(stream: io.StringIO, text: str) -> None:
    """ASVS 16.2.5."""
    configured(stream).warning("%s", text, extra={"detail": text})
    assert "hunter2" not in stream.getvalue()
    assert "[redacted]" in stream.getvalue()


@pytest.mark.parametrize("name", ["password", "new_password", "access_token", "token", "cookie", "secret", "client_secret", "pepper"])
def test_a_field_with_a_secrets_name_is_not_written_whatever_it_holds(stream: io.StringIO, name: str) -> None:
    """ASVS 16.2.5."""
    configured(stream).info("x", extra={name: "plain words"})
    configured(stream, json_lines=False).info("x", extra={name: "plain words"})
    assert "plain words" not in stream.getvalue()


def test_ordinary_fields_are_written(stream: io.StringIO) -> None:
    configured(stream).info("x", extra={"tokens_used": 12, "code": "EMAIL_TAKEN", "attempt": 3})
    entry = only_line(stream)
    assert (entry["tokens_used"], entry["code"], entry["attempt"]) == ("12", "EMAIL_TAKEN", "3")


def test_an_exception_keeps_no_secret_either(stream: io.StringIO) -> None:
    """ASVS 16.2.5."""
    logger = configured(stream)
    try:
        int("password=hunter2-xyz")
    except ValueError:
        logger.exception("failed")
    assert "hunter2" not in stream.getvalue()
    assert "ValueError" in only_line(stream)["exception"]


@pytest.mark.parametrize("breaker", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00", "\x1b[31m"])
@pytest.mark.parametrize("json_lines", [True, False])
def test_nothing_that_is_logged_can_begin_a_new_line_or_paint_a_terminal(stream: io.StringIO, breaker: str, json_lines: bool) -> None:
    """ASVS 16.4.1."""
    configured(stream, json_lines=json_lines).info("a%sb", breaker, extra={"email": f"a{breaker}INFO forged"})
    assert len(stream.getvalue().splitlines()) == 1
    assert breaker not in stream.getvalue().rstrip("\n")


def test_text_that_no_encoding_can_write_is_written_all_the_same() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8")
    root = logging.getLogger("viva")
    before = root.handlers[:], root.level, root.propagate
    try:
        configured(stream).info("a\ud800b")  # type: ignore[arg-type]  # any text stream will do
    finally:
        root.handlers[:], root.propagate = before[0], before[2]
        root.setLevel(before[1])
    stream.flush()
    assert b"\\ud800" in raw.getvalue()


def test_an_exception_in_the_plain_form_is_indented_by_its_own_lines(stream: io.StringIO) -> None:
    logger = configured(stream, json_lines=False)
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        logger.exception("failed", extra={"where": "here"})
    first, *rest = stream.getvalue().splitlines()
    assert first.startswith("ERROR   viva.test failed where=here")
    assert rest[-1] == "ZeroDivisionError: division by zero"


def test_the_servers_own_lines_hide_tokens_in_addresses(stream: io.StringIO) -> None:
    """ASVS 14.2.1, 16.2.5."""
    configured(stream)
    configured(stream)  # again, as after a reload: one filter, not two
    logger = logging.getLogger("uvicorn.access")
    handler = logging.StreamHandler(stream)
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel("INFO")
    try:
        logger.info('%s - "%s %s HTTP/%s" %d', "1.2.3.4", "GET", "/verify?token=hunter2-xyz", "1.1", 200)
        logger.info("plain token=hunter2-xyz")
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    assert "hunter2" not in stream.getvalue()
    assert '"GET /verify?token=[redacted] HTTP/1.1" 200' in stream.getvalue()
    assert len([f for f in logger.filters if type(f).__name__ == "_RedactingFilter"]) == 1


def test_the_level_is_kept(stream: io.StringIO) -> None:
    log.configure(json_lines=True, level="WARNING", stream=stream)
    log.get("test").info("too quiet")
    assert stream.getvalue() == ""


def test_the_name_of_an_event_is_no_secret() -> None:
    assert log.redact("event=account:password:changed user_id=usr_1") == "event=account:password:changed user_id=usr_1"
    assert "hunter2" not in log.redact("event=account:password:changed password:hunter2 x:password=hunter2")
