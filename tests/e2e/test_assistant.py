"""Signing up by chatting in a real browser: the whole way, its turnings, and what happens when time or the server stops."""

import re
import sqlite3
from contextlib import closing
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NO_LIMITS, App, StartApp
from tests.e2e.joiner import Joiner
from tests.e2e.newcomers import account
from tests.e2e.person import PASSWORD, Visitor

pytestmark = pytest.mark.e2e
_numbers = count()


@pytest.fixture
def name(worker_id: str) -> str:
    """Return a name that nobody has yet."""
    return f"join_{worker_id}_{next(_numbers)}"


@pytest.fixture
def joiner(page: Page, app: App) -> Joiner:
    return Joiner(page, app.url)


def test_a_conversation_survives_a_reload_and_ends_signed_in(joiner: Joiner, name: str) -> None:
    page, complaints = joiner.page, joiner.complaints()
    Visitor(page, joiner.url).open("/").press("Sign up by chatting")
    joiner.sees("Sign up by chat")
    joiner.hears("Shall we start")
    assert joiner.progress == "0 % · 0 of 6 steps done"
    joiner.reply("Yes, let's start").hears("email address").can_use_the_form()
    joiner.answer(f"it's {name}@example.com").hears("Which username").can_use_the_form()
    assert joiner.progress == "17 % · 1 of 6 steps done"
    page.reload()
    joiner.hears("Which username")
    expect(joiner.bubbles.first).to_contain_text(f"{name}@example.com")
    assert joiner.progress == "17 % · 1 of 6 steps done"
    joiner.answer(name).hears("Please choose a password").can_use_the_form()
    joiner.answer_secretly(PASSWORD).hears("first name").can_use_the_form()
    joiner.answer("María").hears("last name").can_use_the_form()
    assert joiner.progress == "67 % · 4 of 6 steps done"
    joiner.write("García")
    joiner.sees("Hello, María").kept()
    page.reload()
    joiner.sees("Hello, María")
    assert "signup_token" not in page.url
    assert not complaints


def test_an_answer_that_is_being_typed_survives_a_reload_and_is_gone_once_it_was_sent(joiner: Joiner, name: str) -> None:
    joiner.begin().box.press_sequentially(f"{name}@exam")
    joiner.page.reload()
    joiner.hears("email address")
    expect(joiner.box).to_have_value(f"{name}@exam")
    joiner.answer(f"{name}@example.com").hears("Which username").quiet()
    joiner.page.reload()
    joiner.hears("Which username").quiet()
    expect(joiner.box).to_have_value("")


def test_the_password_is_hidden_its_rules_tick_off_and_it_stays_nowhere(joiner: Joiner, name: str) -> None:
    page = joiner.until_password(name).page
    expect(joiner.secret).to_have_attribute("type", "password")
    expect(joiner.secret).to_have_attribute("autocomplete", "new-password")
    expect(joiner.secret).to_be_in_viewport()
    expect(joiner.bubbles.last).to_be_in_viewport()
    met = page.locator("#viva-meter li[data-met=yes]")
    joiner.secret.press_sequentially("abc")
    expect(met).to_have_text(["a lowercase letter"])
    joiner.answer_secretly("abc").hears("cannot be used").quiet()  # for a moment the old field stands beside the new one
    expect(joiner.secret).to_have_value("")
    expect(met).to_have_count(0)
    joiner.secret.press_sequentially(PASSWORD)
    expect(met).to_have_count(4)
    joiner.answer_secretly(PASSWORD).hears("first name")
    expect(joiner.bubbles.nth(-2).get_by_role("paragraph")).to_have_text("•" * 8)
    stored = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, [...document.querySelectorAll('input')].map(i => i.value)])"
    )
    assert PASSWORD not in page.content() + page.url + stored
    joiner.answer("what have you got so far?").hears("never shown")
    assert PASSWORD not in page.content()


def test_a_taken_username_comes_with_three_to_press_and_one_can_go_back(joiner: Joiner, app: App, name: str) -> None:
    account(app.data_dir, "Ana García", f"{name}@example.com")
    joiner.begin().answer(f"other.{name}@example.com").hears("Which username")
    joiner.answer(name).hears("already taken")
    offered = joiner.replies.filter(has_text=re.compile(f"^{name}"))
    expect(offered).to_have_count(3)
    chosen = offered.first.inner_text()
    joiner.reply(chosen).hears("choose a password")
    joiner.reply("Go back").hears(f"Your username is {chosen}")
    joiner.reply("Keep it").hears("choose a password")
    joiner.reply("Start over").hears("email address")
    assert joiner.progress == "0 % · 0 of 6 steps done"


def test_a_conversation_that_has_expired_says_so_kindly_and_can_begin_again(joiner: Joiner, app: App, name: str) -> None:
    joiner.begin().answer(f"{name}@example.com").hears("Which username")
    _let_time_pass(app, joiner)
    joiner.answer(name).hears("shall we start again")
    expect(joiner.page).not_to_have_url(re.compile("signup_token"))
    joiner.reply("Yes, let's start").hears("email address")
    _let_time_pass(app, joiner)
    joiner.page.reload()
    joiner.hears("shall we start again")
    assert f"{name}@example.com" not in joiner.page.content()
    joiner.reply("Yes, let's start").hears("email address")


def test_the_page_goes_on_after_the_server_was_killed_and_started_again(joiner: Joiner, own_app: StartApp, port: int, name: str) -> None:
    first = own_app(settings=NO_LIMITS, port=port)
    joiner.url = first.url
    joiner.begin().answer(f"{name}@example.com").hears("Which username")
    first.process.kill()
    first.stop()
    expect(joiner.box).to_be_disabled()
    second = own_app(settings=NO_LIMITS, port=port)
    assert second.url == first.url
    expect(joiner.box).to_be_enabled()
    joiner.write(name)
    joiner.hears("choose a password")
    expect(joiner.bubbles.first).to_contain_text(f"Email: {name}@example.com")
    assert joiner.progress == "33 % · 2 of 6 steps done"
    joiner.answer_secretly(PASSWORD).hears("first name").answer("Ana").hears("last name")
    joiner.write("Bell")
    joiner.sees("Hello, Ana").kept()


def _let_time_pass(app: App, joiner: Joiner) -> None:
    """Put the end of the tab's conversation into the past."""
    session = re.findall(r"signup_token=([^&]+)", joiner.page.url)[0]
    with closing(sqlite3.connect(app.data_dir / "viva.db")) as database:
        changed = database.execute("UPDATE signup_sessions SET expires_at = '2020-01-01T00:00:00.000000Z' WHERE id = ?", [session]).rowcount
        database.commit()
    assert changed == 1


def test_who_loses_the_server_is_told_so_in_the_language_of_the_conversation(
    joiner: Joiner, own_app: StartApp, port: int, name: str
) -> None:
    running = own_app(settings=NO_LIMITS, port=port)
    joiner.url = running.url
    joiner.label = "Écrivez votre réponse"
    joiner.open("/join?lang=fr").sees("S'inscrire par chat")
    joiner.box.fill(name)
    running.process.kill()
    running.stop()
    told = joiner.page.get_by_role("dialog")
    expect(told.get_by_role("heading")).to_have_accessible_name(re.compile("Pas de connexion"))
    said = "window => getComputedStyle(window, '::after').content"
    assert "Le serveur est injoignable" in told.locator("h2 + div").evaluate(said)
    assert told.get_by_role("heading").evaluate("heading => getComputedStyle(heading).fontSize") == "0px"
    own_app(settings=NO_LIMITS, port=port)
    expect(told).to_have_count(0)
    expect(joiner.box).to_have_value(name)
    joiner.open("/sign-in").sees("Sign in")
    assert not joiner.page.evaluate("document.documentElement.matches(':has(#viva-join)')")
