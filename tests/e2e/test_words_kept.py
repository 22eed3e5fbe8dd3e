"""What is typed into a conversation outlives a reload, a login that ended elsewhere and another page; only its own person sees it again."""

import re
from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.conftest import App, StartApp
from tests.e2e.person import PASSWORD, Visitor

pytestmark = pytest.mark.e2e
WORDS = "On Sundays I swim with my sister,\nalthough the sea is <cold> & grey."
OTHER = "I have never been to the mountains."
_numbers = count()


@pytest.fixture
def email(worker_id: str) -> str:
    return f"words.{worker_id}.{next(_numbers)}@example.com"


@pytest.fixture
def visitor(page: Page, app: App, email: str) -> Visitor:
    return practising(Visitor(page, app.url).register("Eva Núñez", email))


def practising(visitor: Visitor) -> Visitor:
    """Begin a conversation and wait for its first question."""
    visitor.open("/practice").sees("Practice").press("Start")
    expect(visitor.page).to_have_url(re.compile(r"/practice\?c=conv_"))
    expect(said(visitor)).to_have_count(1)
    visitor.quiet()
    kept(visitor)
    return visitor


def box(visitor: Visitor) -> Locator:
    return visitor.page.get_by_test_id("stChatInputTextArea")


def said(visitor: Visitor) -> Locator:
    return visitor.page.get_by_test_id("stChatMessage")


def kept(visitor: Visitor) -> None:
    """Wait until the box is watched."""
    expect(box(visitor)).to_have_attribute("data-viva-saying", re.compile("viva-saying-"))


def stored(visitor: Visitor) -> str:
    """Return everything that the tab keeps."""
    return str(visitor.page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})"))


def test_what_is_typed_survives_a_reload_and_another_page_and_is_sent_once(visitor: Visitor) -> None:
    address = visitor.page.url
    box(visitor).fill(WORDS)
    visitor.page.reload()
    expect(box(visitor)).to_have_value(WORDS)
    visitor.open("/account").sees("Your account")
    visitor.page.goto(address)
    expect(box(visitor)).to_have_value(WORDS)
    box(visitor).press("Enter")
    expect(said(visitor)).to_have_count(3)
    visitor.quiet()
    expect(box(visitor)).to_have_value("")
    visitor.page.wait_for_function("() => !JSON.stringify(sessionStorage).includes('sister')")
    visitor.page.reload()
    expect(said(visitor)).to_have_count(3)
    visitor.quiet()
    kept(visitor)
    expect(box(visitor)).to_have_value("")


def test_the_same_words_typed_once_more_are_kept_too(visitor: Visitor) -> None:
    visitor.say(OTHER)
    expect(said(visitor)).to_have_count(3)
    visitor.quiet()
    visitor.page.wait_for_function("() => !JSON.stringify(sessionStorage).includes('mountains')")
    box(visitor).fill(OTHER)
    visitor.page.reload()
    expect(box(visitor)).to_have_value(OTHER)


def test_what_was_said_after_the_login_ended_elsewhere_waits_in_the_box(visitor: Visitor, context: BrowserContext, email: str) -> None:
    address = visitor.page.url
    other = Visitor(context.new_page(), visitor.url).open("/account").sees("Your account")
    other.choose("Sign out").sees("Sign in")
    visitor.say(WORDS).sees("Sign in")
    expect(visitor.main.get_by_text("What you just said is kept in this tab")).to_be_visible()
    expect(visitor.page.get_by_text("my sister")).to_have_count(0)
    visitor.sign_in(email)
    expect(visitor.page).to_have_url(address)
    expect(box(visitor)).to_have_value(WORDS)
    expect(said(visitor)).to_have_count(1)
    visitor.quiet()
    box(visitor).press("Enter")
    expect(said(visitor)).to_have_count(3)
    expect(said(visitor).nth(1)).to_contain_text("although the sea is <cold> & grey.")
    visitor.quiet()
    expect(box(visitor)).to_have_value("")


def test_what_was_being_typed_when_the_password_was_changed_elsewhere_waits_in_the_box(
    visitor: Visitor, browser: Browser, email: str
) -> None:
    elsewhere = browser.new_context()
    other = Visitor(elsewhere.new_page(), visitor.url).open("/security")
    other.sign_in(email).sees("Security")
    other.type("Current password", PASSWORD).type("New password", PASSWORD[::-1]).type("New password again", PASSWORD[::-1])
    box(visitor).fill(WORDS)
    other.press("Change password")
    expect(other.page.get_by_text("Your password is changed")).to_be_visible()
    elsewhere.close()
    visitor.press("Answer again").sees("Sign in")
    visitor.type("Email or username", email).type("Password", PASSWORD[::-1]).press("Sign in")
    expect(box(visitor)).to_have_value(WORDS)


def test_nobody_else_who_signs_in_in_that_tab_gets_the_words(
    visitor: Visitor, browser: Browser, context: BrowserContext, email: str
) -> None:
    elsewhere = browser.new_context()
    Visitor(elsewhere.new_page(), visitor.url).register("Tom Thief", f"thief.{email}")
    elsewhere.close()
    Visitor(context.new_page(), visitor.url).open("/account").sees("Your account").choose("Sign out").sees("Sign in")
    visitor.say(WORDS).sees("Sign in")
    visitor.sign_in(f"thief.{email}").sees("Not found").kept()
    assert "sister" not in stored(visitor)
    assert "sister" not in visitor.page.content()
    practising(visitor)
    expect(box(visitor)).to_have_value("")


def test_a_tab_that_is_somebody_elses_after_a_reload_drops_the_words(
    visitor: Visitor, browser: Browser, context: BrowserContext, email: str
) -> None:
    elsewhere = browser.new_context()
    Visitor(elsewhere.new_page(), visitor.url).register("Tom Thief", f"thief.{email}")
    elsewhere.close()
    box(visitor).fill(WORDS)
    assert "sister" in stored(visitor)
    other = Visitor(context.new_page(), visitor.url).open("/account").sees("Your account").choose("Sign out").sees("Sign in")
    other.sign_in(f"thief.{email}").sees("Hello, Tom").kept()
    visitor.page.reload()
    visitor.sees("Not found")
    practising(visitor)
    expect(box(visitor)).to_have_value("")
    assert "sister" not in stored(visitor)


def test_a_change_that_is_being_typed_survives_a_reload_and_a_cancelled_one_does_not(visitor: Visitor) -> None:
    visitor.say(OTHER)
    expect(said(visitor)).to_have_count(3)
    visitor.quiet()
    field = visitor.page.get_by_label("Your words", exact=True)
    visitor.press("Edit")
    expect(field).to_have_attribute("data-viva-saying", re.compile("msg_"))
    field.fill(WORDS)
    visitor.page.reload()
    visitor.press("Edit")
    expect(field).to_have_value(WORDS)
    visitor.press("Send instead").changed()
    expect(said(visitor).nth(1)).to_contain_text("although the sea is <cold> & grey.")
    visitor.press("Edit")
    expect(field).to_have_attribute("data-viva-saying", re.compile("msg_"))
    field.fill(OTHER)
    visitor.press("Cancel")
    expect(field).to_have_count(0)
    visitor.page.reload()
    visitor.press("Edit")
    expect(field).to_have_attribute("data-viva-saying", re.compile("msg_"))
    expect(field).to_have_value(WORDS)


def test_what_could_not_be_sent_survives_a_reload(own_app: StartApp, context: BrowserContext) -> None:
    app = own_app(settings={"LIMITS__CHAT": "2/hour"})
    visitor = practising(Visitor(context.new_page(), app.url).register("Eva Núñez", "eva@example.com"))
    visitor.say(OTHER)
    expect(said(visitor)).to_have_count(3)
    visitor.quiet().say(WORDS)
    expect(visitor.main.get_by_text("Not sent")).to_be_visible()
    expect(box(visitor)).to_have_value("")
    visitor.page.reload()
    expect(box(visitor)).to_have_value(WORDS)
