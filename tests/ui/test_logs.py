"""Lines of Streamlit and of the server: nothing secret in them, none that was switched off."""

import contextlib
import io
import json
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from streamlit import error_util
from streamlit import logger as theirs

from core import log
from tests.servers.ports import reserved_port
from ui import logs

ROOT = Path(__file__).parents[2]
NAMES = ("streamlit", "streamlit.error_util", "uvicorn", "uvicorn.error", "uvicorn.access", "websockets")


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Yield what our logs are written to, as lines of JSON; every logger is put back afterwards."""
    monkeypatch.setattr(theirs, "setup_formatter", theirs.setup_formatter)
    loggers = [logging.getLogger(name) for name in ("viva", "asyncio", "concurrent.futures", *NAMES, *theirs._loggers)]
    before = [(one, one.handlers[:], one.level, one.propagate, dict(vars(one))) for one in loggers]
    found = io.StringIO()
    log.configure(json_lines=True, level="INFO", stream=found)
    yield found
    for one, handlers, level, propagate, members in before:
        one.handlers[:], one.propagate = handlers, propagate
        one.setLevel(level)
        if "streamlit_console_handler" in members:
            one.__dict__["streamlit_console_handler"] = members["streamlit_console_handler"]


def test_a_pages_exception_is_logged_only_redacted(stream: io.StringIO, capfd: pytest.CaptureFixture[str]) -> None:
    """ASVS 16.2.5: on the very way that Streamlit takes with an exception that no page handled."""
    logs.take_over()
    fault = ValueError("password=hunter2 for token=abcdefghijklmnop")
    with contextlib.suppress(Exception):  # there is no page to show it on here
        error_util.handle_user_script_exception(fault, lambda _: True)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    (logged,) = [line for line in lines if line["message"] == "Uncaught app execution"]
    assert "password=[redacted]" in logged["exception"]
    printed = "".join(capfd.readouterr())
    assert "hunter2" not in stream.getvalue() + printed
    assert "Uncaught" not in printed


def test_a_logger_that_streamlit_makes_later_is_ours_too(stream: io.StringIO, capfd: pytest.CaptureFixture[str]) -> None:
    logs.take_over()
    theirs.get_logger("streamlit.made.later").warning("secret=hunter2")
    theirs.update_formatter()
    theirs.get_logger("streamlit.made.later").warning("secret=hunter2")
    assert [json.loads(line)["message"] for line in stream.getvalue().splitlines()] == ["secret=[redacted]"] * 2
    assert "hunter2" not in "".join(capfd.readouterr())


def test_without_our_doing_streamlit_would_print_by_itself(stream: io.StringIO) -> None:
    """A fact of the platform: when it changes, `ui/logs.py` can go."""
    made = theirs.get_logger("streamlit.made.by.itself")
    assert [type(handler) for handler in made.handlers] == [logging.StreamHandler]
    assert not stream.getvalue()


def served(folder: Path, *options: str, **settings: str) -> str:
    """Run the app as an operator does, ask it for a page, an answer and a secret address, and return everything that it printed."""
    environment = os.environ | {"DATA_DIR": str(folder / "data"), "SECURITY__BCRYPT_ROUNDS": "4", "PYTHONUNBUFFERED": "1", **settings}
    with reserved_port() as port, (folder / "printed").open("w") as printed:
        command = [sys.executable, "-m", "uvicorn", "app:app", "--port", str(port), *options]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=printed, stderr=subprocess.STDOUT)
        try:
            transport = httpx2.HTTPTransport(retries=9)  # waits longer each time, until the server listens
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}", transport=transport, timeout=60) as client:
                for path in ("/healthz", "/sign-in", "/api/v1/nothing?token=hunter2-hunter2"):
                    client.get(path)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)
    return (folder / "printed").read_text()


def test_without_an_access_log_there_are_no_access_lines(tmp_path: Path) -> None:
    printed = served(tmp_path, "--no-access-log")
    assert "startup complete" in printed
    assert not re.search(r'"GET /', printed)
    assert printed.count("startup complete") == 1
    assert "hunter2" not in printed


def test_access_lines_come_once_and_without_secrets(tmp_path: Path) -> None:
    """ASVS 14.2.1."""
    printed = served(tmp_path, LOG_FORMAT="json")
    lines = [line for line in printed.splitlines() if "GET /sign-in" in line]
    assert len(lines) == 1
    assert json.loads(lines[0])["logger"] == "uvicorn.access"
    assert "token=[redacted]" in printed
    assert "hunter2" not in printed
