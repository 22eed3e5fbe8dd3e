"""Sign in, take a mock exam, read the report, find it in the list: with the network blocked for the browser and for the server."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, expect

from tests.e2e.conftest import FLAGS, NO_LIMITS, StartApp
from tests.e2e.exam_room import ANSWERS, Room
from tests.e2e.person import Visitor

pytestmark = pytest.mark.e2e
TITLE = "Your report: Three-minute quick check"
WALL = """
import os, socket

def _watched(real):
    def to(self, address, *more):
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in ("127.0.0.1", "::1", "localhost"):
            with open(os.environ["VIVA_TEST_ATTEMPTS"], "a") as found:
                found.write(f"{address}\\n")
            raise OSError("the network is blocked")
        return real(self, address, *more)
    return to

open(os.environ["VIVA_TEST_ATTEMPTS"] + ".watched", "w").close()
socket.socket.connect = _watched(socket.socket.connect)
socket.socket.connect_ex = _watched(socket.socket.connect_ex)
"""


def test_everything_works_without_any_network(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], own_app: StartApp, tmp_path: Path
) -> None:
    attempts = tmp_path / "attempts"
    wall = tmp_path / "wall"
    wall.mkdir()
    (wall / "sitecustomize.py").write_text(WALL, encoding="utf-8")
    running = own_app(settings={**NO_LIMITS, "PYTHONPATH": str(wall), "VIVA_TEST_ATTEMPTS": str(attempts)})
    flags = [*FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]
    own = browser_type.launch(**{**browser_type_launch_args, "args": flags})
    context = own.new_context()
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url.split("/")[2] if request.url.startswith("http") else "local"))
    room = Room(Visitor(context.new_page(), running.url).register("Eva Núñez", "alone@example.com"))
    room.visitor.choose("Sign out").sees("Sign in")
    room.visitor.sign_in("alone@example.com").sees("Hello, Eva").kept()

    room.start().answer_the_rest(ANSWERS)
    room.report()
    expect(room.main.locator("canvas, svg.marks").first).to_be_visible()
    room.visitor.sees(TITLE)
    room.visitor.page.reload()
    expect(room.main.locator("canvas, svg.marks").first).to_be_visible()

    room.visitor.open("/exams").sees("Speaking exams")
    room.main.get_by_role("link", name="Three-minute quick check").first.click()  # results stand above the formats
    room.visitor.sees(TITLE)
    context.close()
    own.close()
    assert asked <= {running.url.removeprefix("http://"), "local"}
    assert attempts.with_suffix(".watched").exists()
    assert not attempts.exists(), attempts.read_text()
