"""Journeys around the account in a real browser: letters, passwords, sessions, an administrator's hand, leaving."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ROOT, App
from tests.e2e.newcomers import newcomer
from tests.e2e.person import PASSWORD, Visitor

pytestmark = pytest.mark.e2e
NEW = "Green-boat4-Porto"
_numbers = count()


@pytest.fixture
def email(worker_id: str) -> str:
    return f"account.{worker_id}.{next(_numbers)}@example.com"


@pytest.fixture
def visitor(page: Page, app: App) -> Visitor:
    return Visitor(page, app.url)


@contextmanager
def another_browser(browser: Browser, app: App) -> Iterator[Visitor]:
    context = browser.new_context()
    yield Visitor(context.new_page(), app.url)
    context.close()


def letters_to(app: App, email: str, kind: str) -> list[Message]:
    """Return the letters of this kind that lie in the data folder for this address."""
    found = [message_from_bytes(file.read_bytes()) for file in sorted((app.data_dir / "mail").glob(f"*-{kind}-*.eml"))]
    return [letter for letter in found if email in str(letter["To"])]


def wait_for_link(visitor: Visitor, app: App, email: str, kind: str) -> str:
    """Return the path and query of the link in the newest such letter, waiting for the worker to write it."""
    newest: list[str] = []

    def arrived() -> bool:
        for letter in letters_to(app, email, kind):
            text = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
            body = bytes(text.get_payload(decode=True) or b"").decode()
            newest[:] = re.findall(r"https?://\S+token=\S+", body)
        return bool(newest)

    until(visitor, arrived)
    address = urlsplit(newest[0])
    assert parse_qs(address.query)["token"]
    return f"{address.path}?{address.query}"


def until(visitor: Visitor, true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        visitor.page.wait_for_timeout(100)
    raise AssertionError("it did not come true")


def choose_new(visitor: Visitor, button: str) -> None:
    visitor.type("New password", NEW).type("New password again", NEW).press(button)


def sign_in_with_new(visitor: Visitor, email: str) -> Visitor:
    visitor.open("/sign-in").sees("Sign in").type("Email or username", email).type("Password", NEW).press("Sign in")
    return visitor


def test_a_forgotten_password_is_replaced_and_every_open_tab_is_out(visitor: Visitor, browser: Browser, app: App, email: str) -> None:
    newcomer(visitor.page, app, "Ana García", email).open("/account").sees("Your account")
    with another_browser(browser, app) as forgetful:
        forgetful.open("/sign-in").sees("Sign in").page.get_by_role("link", name="Forgot your password?").click()
        forgetful.sees("Forgot your password?").type("Email", email).press("Send the letter")
        expect(forgetful.main.get_by_text("If there is an account")).to_be_visible()
        link = wait_for_link(forgetful, app, email, "password_reset")
        forgetful.open(link).sees("Choose a new password")
        choose_new(forgetful, "Save the new password")
        forgetful.sees("Sign in")
        visitor.press("Save changes").sees("Sign in")
        forgetful.open(link).sees("Choose a new password")
        expect(forgetful.main.get_by_text("cannot be used any more")).to_be_visible()
        sign_in_with_new(forgetful, email).sees("Hello, Ana")


def test_changing_the_password_ends_the_other_browser_and_keeps_this_one(visitor: Visitor, browser: Browser, app: App, email: str) -> None:
    newcomer(visitor.page, app, "Ana García", email)
    with another_browser(browser, app) as other:
        other.open("/account").sign_in(email).sees("Your account")
        visitor.open("/security").sees("Security").type("Current password", PASSWORD)
        choose_new(visitor, "Change password")
        expect(visitor.page.get_by_text("Your password is changed")).to_be_visible()
        visitor.kept()
        other.press("Save changes").sees("Sign in")
    visitor.page.reload()
    visitor.sees("Security")


def test_an_account_that_an_administrator_switches_off_is_out_at_the_next_action(
    visitor: Visitor, browser: Browser, app: App, email: str
) -> None:
    """ASVS 7.4.2."""
    newcomer(visitor.page, app, "Carla Boss", email)
    promote(app, email)
    with another_browser(browser, app) as learner:
        newcomer(learner.page, app, "Dora Kovács", f"dora.{email}").open("/account").sees("Your account")
        visitor.open("/admin").sees("Admin").type("Find people", f"dora.{email}").page.keyboard.press("Enter")
        expect(visitor.main.get_by_role("button", name="Open")).to_have_count(1)
        open_them = visitor.main.get_by_role("button", name="Open Dora Kovács", exact=True)  # whose it is, for those who hear the page
        assert (open_them.bounding_box() or {"width": 0})["width"] < 100
        open_them.click()
        expect(visitor.main.get_by_text("Signed in on")).to_be_visible()
        visitor.main.get_by_role("button", name="Switch off").click()
        visitor.main.get_by_role("button", name="Yes: switch off").click()
        expect(visitor.main.get_by_role("button", name="Switch on")).to_be_visible()
        learner.press("Save changes").sees("Sign in")
        learner.sign_in(f"dora.{email}")
        expect(learner.main.get_by_text("switched off")).to_be_visible()


def test_a_deleted_account_leaves_nothing_and_cannot_sign_in(visitor: Visitor, app: App, email: str) -> None:
    visitor.register("Ana García", email)
    until(visitor, lambda: bool(letters_to(app, email, "verification")))
    visitor.open("/delete-account").sees("Delete your account").type("Your password", PASSWORD)
    visitor.main.get_by_role("button", name="Delete my account for good").click()
    expect(visitor.main.get_by_text("Your account is deleted")).to_be_visible()
    assert "viva" not in {cookie["name"] for cookie in visitor.page.context.cookies()}
    assert not letters_to(app, email, "*")
    visitor.open("/sign-in").sign_in(email)
    expect(visitor.main.get_by_text("not correct")).to_be_visible()


def test_a_person_downloads_the_whole_account(visitor: Visitor, app: App, email: str) -> None:
    newcomer(visitor.page, app, "Ana García", email).open("/account").sees("Your account")
    with visitor.page.expect_download() as download:
        visitor.main.get_by_role("button", name="Download everything (JSON)").click()
    assert download.value.suggested_filename == "viva-account.json"
    found = json.loads(Path(download.value.path()).read_text())
    assert (found["profile"]["email"], found["conversations"], found["exams"]) == (email, [], [])


def test_the_rules_of_a_password_tick_off_while_it_is_typed_and_nothing_is_sent(visitor: Visitor) -> None:
    sent: list[str] = []
    visitor.page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda frame: sent.append(frame if isinstance(frame, str) else frame.decode("latin-1"))),
    )
    visitor.open("/create-account").sees("Create account")
    field, met = visitor.page.get_by_label("Password", exact=True), visitor.page.locator("#viva-meter li[data-met=yes]")
    field.press_sequentially("abc")
    expect(met).to_have_count(1)
    field.press_sequentially("Xq-secret")
    expect(met).to_have_count(3)
    expect(visitor.page.locator("#viva-meter")).to_have_attribute("data-score", "1")
    field.press_sequentially("-7-words")
    expect(met).to_have_count(4)
    expect(visitor.page.locator("#viva-meter [role=status]")).to_have_text("Strong")
    assert not [frame for frame in sent if "secret" in frame]


@pytest.mark.parametrize("path", ["/shared?link=secret", "/reset-password?token=secret", "/confirm-email?token=secret"])
def test_no_search_engine_keeps_an_address_with_a_secret(visitor: Visitor, path: str) -> None:
    assert "noindex" in visitor.page.request.get(visitor.url + path).headers["x-robots-tag"]
    assert "x-robots-tag" not in visitor.page.request.get(f"{visitor.url}/privacy").headers


def promote(app: App, email: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV"}}
    command = [sys.executable, "-m", "auth", "promote", "--email", email]
    settings = {**environment, "DATA_DIR": str(app.data_dir), "SECURITY__BCRYPT_ROUNDS": "4"}
    subprocess.run(command, cwd=Path(ROOT), env=settings, check=True, capture_output=True)
