"""The signup assistant without a mouse, by ear, on a small screen and in other languages."""

import json
import re
from importlib import resources
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from signup.texts import Texts
from tests.e2e.conftest import App
from tests.e2e.joiner import Joiner
from tests.e2e.person import PASSWORD

pytestmark = pytest.mark.e2e
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LISTEN = """() => {
  window.heard = [];
  new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(
    node => node.textContent.trim() && window.heard.push(node.textContent.trim())))
  ).observe(document.querySelector("[role=log]"), {childList: true, subtree: true});
}"""
_numbers = count()


@pytest.fixture
def name(worker_id: str) -> str:
    """Return a name that nobody has yet."""
    return f"access_{worker_id}_{next(_numbers)}"


@pytest.fixture
def joiner(page: Page, app: App) -> Joiner:
    return Joiner(page, app.url)


def test_the_whole_way_is_open_to_a_keyboard_alone(joiner: Joiner, name: str) -> None:
    keys = joiner.page.keyboard
    joiner.open("/join").sees("Sign up by chat")
    joiner.hears("Shall we start")
    expect(joiner.box).to_be_focused()
    expect(joiner.box).to_have_accessible_description(re.compile("Shall we start"))
    go_to(joiner, "Yes, let's start")
    keys.press("Enter")
    joiner.hears("email address").quiet()
    for typed, answer in ((f"{name}@example.com", "Which username"), (name, "choose a password")):
        expect(joiner.box).to_be_focused()
        expect(joiner.box).to_have_accessible_description("")
        keys.type(typed)
        keys.press("Enter")
        joiner.hears(answer).quiet()
    for typed, answer in (("short", "cannot be used"), (PASSWORD, "first name")):
        expect(joiner.secret).to_be_focused()
        expect(joiner.secret).to_have_value("")
        keys.type(typed)
        keys.press("Enter")
        joiner.hears(answer).quiet()
    expect(joiner.box).to_be_focused()
    go_to(joiner, "Go back")
    keys.press("Enter")
    joiner.hears("chosen a password already")
    expect(joiner.secret).to_be_focused()


def test_each_new_message_is_read_out_once_and_no_old_one_again(joiner: Joiner, name: str) -> None:
    joiner.begin()
    expect(joiner.log).to_have_attribute("aria-live", "polite")
    joiner.quiet().page.evaluate(LISTEN)
    joiner.answer(f"{name}@example.com").hears("Which username").answer(name).hears("choose a password")
    joiner.answer_secretly(PASSWORD).hears("first name")
    heard = joiner.quiet().page.evaluate("window.heard")
    assert len([text for text in heard if text.endswith(f"{name}@example.com")]) == 1, heard
    for said in ("Which username", "choose a password", "set and stored safely"):
        assert len([text for text in heard if said in text]) == 1, (said, heard)
    assert not [text for text in heard if "Shall we start" in text or "What's your email" in text]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checker_of_accessibility_finds_nothing_at_any_step(joiner: Joiner, name: str, scheme: Any) -> None:
    joiner.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    joiner.open("/join").sees("Sign up by chat")
    joiner.hears("Shall we start")
    found = faults(joiner, "start")
    joiner.reply("Yes, let's start").hears("email address")
    joiner.answer("no address").hears("email address")
    found += faults(joiner, "email")
    joiner.answer(f"{name}@example.com").hears("Which username").answer("admin").hears("cannot be used")
    found += faults(joiner, "username")
    joiner.answer(name).hears("choose a password")
    joiner.secret.press_sequentially("abcD")
    found += faults(joiner, "password")
    joiner.answer_secretly(PASSWORD).hears("first name")
    found += faults(joiner, "name")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["en", "fr", "es", "de"])
def test_nothing_is_cut_off_on_a_small_phone_in_any_language(joiner: Joiner, name: str, language: str) -> None:
    texts, page = Texts(language), joiner.page
    page.set_viewport_size({"width": 320, "height": 640})
    joiner.label, joiner.speaker = texts.say("page.placeholder"), texts.say("page.assistant")
    joiner.open(f"/join?lang={language}").sees(texts.say("page.title"))
    expect(joiner.log.locator("[lang]").first).to_have_attribute("lang", language)
    joiner.reply(texts.say("page.yes")).hears(texts.say("ask.email"))
    joiner.answer(f"{name}.{'long' * 10}@{'sub.' * 12}example.com").hears(texts.say("ask.username"))
    assert wider_than_the_screen(page) == []
    joiner.answer(name).hears(texts.say("ask.password"))
    expect(page.get_by_label(texts.say("page.password_label"), exact=True)).to_be_in_viewport()
    assert wider_than_the_screen(page) == []


def test_words_that_run_from_right_to_left_do_so(joiner: Joiner, name: str) -> None:
    joiner.until_password(name).answer_secretly(PASSWORD).hears("first name").answer("محمد").hears("last name")
    expect(joiner.bubbles.nth(-2).get_by_role("paragraph")).to_have_css("direction", "rtl")
    expect(joiner.bubbles.last.get_by_role("paragraph").first).to_have_css("direction", "ltr")


def go_to(joiner: Joiner, label: str) -> None:
    """Press Shift and Tab until the button has the cursor, which can be seen."""
    for _ in range(20):
        joiner.page.keyboard.press("Shift+Tab")
        at = joiner.page.evaluate("[document.activeElement.innerText, getComputedStyle(document.activeElement).boxShadow]")
        if at[0] == label:
            assert at[1] != "none"
            return
    raise AssertionError(f"the keyboard does not come to {label}")


def faults(joiner: Joiner, step: str) -> list[str]:
    """Return what axe finds wrong on the page: rules of WCAG 2.2 A and AA."""
    page = joiner.quiet().page
    page.evaluate(AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("options => axe.run(document, options)", {"runOnly": tags, "resultTypes": ["violations"]})
    assert found["passes"], "nothing was checked"
    return [f"{step}: {fault['id']} {json.dumps([node['html'][:200] for node in fault['nodes']])}" for fault in found["violations"]]


def wider_than_the_screen(page: Page) -> list[str]:
    """Return the parts of the conversation that stand out of the screen."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("[class*='st-key-viva-join-'], [class*='st-key-viva-join-'] *, [data-testid=stBottom] *")]
        .filter(part => part.getClientRects().length && part.getBoundingClientRect().right > innerWidth + 1)
        .map(part => part.outerHTML.slice(0, 120))"""
    )
    return found
