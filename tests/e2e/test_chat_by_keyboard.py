"""Everything about conversations with the keyboard alone: the pointer is never used, and the focus can be seen wherever it is."""

import re
from itertools import count

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import App, StartApp
from tests.e2e.newcomers import newcomer
from tests.e2e.person import Visitor
from tests.e2e.slow_model import slow_model

pytestmark = pytest.mark.e2e
FIRST = "I live in a small town because my family is there."
OTHER = "I live by the sea, and every morning I swim."
_MOST_TABS = 80
_numbers = count()
_HERE = "node => node === document.activeElement || node.contains(document.activeElement)"
_SEEN = """() => {
    let node = document.activeElement
    for (let up = 0; node && up < 4; up++, node = node.parentElement) {
        const style = getComputedStyle(node)
        if (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') return true
        if (style.boxShadow !== 'none') return true
    }
    return document.activeElement.matches('input, textarea')
}"""
_NAMED = """() => {
    const node = document.activeElement
    return node.getAttribute('aria-label') || node.labels?.[0]?.textContent || node.textContent.trim()
}"""


@pytest.fixture
def email(worker_id: str) -> str:
    return f"kim.{worker_id}.{next(_numbers)}@example.com"


def reach(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, which must be visible there and have a name."""
    expect(target).to_be_visible()
    for _ in range(_MOST_TABS):
        if target.evaluate(_HERE):
            assert page.evaluate(_SEEN), "the focus cannot be seen"
            assert page.evaluate(_NAMED), "nothing to read out"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached with Tab: {target}")


def press(visitor: Visitor, name: str) -> None:
    reach(visitor.page, visitor.main.get_by_role("button", name=name, exact=True).first)
    visitor.page.keyboard.press("Enter")


def choose(visitor: Visitor, menu: str, item: str) -> None:
    """Open the first menu whose name begins so, and go down to one of its items with the arrow keys."""
    page = visitor.page
    reach(page, visitor.main.get_by_role("button", name=re.compile(f"^{menu}")).first)
    page.keyboard.press("Enter")
    found = page.get_by_role("menuitem", name=item)
    expect(found).to_be_visible()
    page.wait_for_function("() => document.activeElement.closest('[role=menu]')")
    for _ in range(12):
        if found.evaluate(_HERE):
            page.keyboard.press("Enter")
            expect(found).to_have_count(0)
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"not reached with the arrow keys: {item}")


def say(visitor: Visitor, text: str, *, bubbles: int) -> None:
    page = visitor.page
    reach(page, page.get_by_test_id("stChatInputTextArea"))
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(bubbles)
    visitor.quiet()


def test_talking_and_changing_what_was_said(page: Page, context: BrowserContext, app: App, email: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app.url)
    visitor = newcomer(page, app, "Kim Núñez", email)
    visitor.open("/practice").sees("Practice")
    press(visitor, "Start")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(1)
    visitor.quiet()
    say(visitor, FIRST, bubbles=3)

    press(visitor, "Edit")
    field = page.get_by_label("Your words", exact=True)
    reach(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.type(OTHER)
    press(visitor, "Send instead")
    visitor.changed()
    expect(visitor.main.get_by_text(OTHER)).to_be_visible()

    press(visitor, "Answer again")
    expect(visitor.main.get_by_text("Answer 2 of 2")).to_be_visible()
    visitor.quiet()
    reach(page, visitor.main.get_by_role("button", name="Copy: ").nth(1))
    page.keyboard.press("Enter")
    expect(visitor.main.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == OTHER


def test_keeping_finding_and_sharing(page: Page, app: App, email: str) -> None:
    visitor = newcomer(page, app, "Kim Núñez", email)
    visitor.open("/practice").sees("Practice")
    press(visitor, "Start")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(1)
    visitor.quiet()
    say(visitor, FIRST, bubbles=3)

    visitor.open("/history").sees("History").quiet()
    choose(visitor, "More", "Rename")
    dialog = page.get_by_role("dialog")
    title = dialog.get_by_label("Title")
    reach(page, title)
    page.keyboard.press("Control+a")
    page.keyboard.type("My town")
    reach(page, dialog.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    expect(visitor.main.get_by_role("link", name="My town")).to_be_visible()
    visitor.quiet()

    choose(visitor, "More", "Star")
    expect(visitor.main.get_by_test_id("stPageLink").first).to_contain_text("star")
    visitor.quiet()
    choose(visitor, "More", "Share")
    reach(page, dialog.get_by_role("button", name="Make a link"))
    page.keyboard.press("Enter")
    expect(dialog.get_by_test_id("stCode")).to_contain_text("/shared?link=")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    search = visitor.main.get_by_label("Search your conversations")
    reach(page, search)
    page.keyboard.type("small town")
    page.keyboard.press("Enter")
    expect(visitor.main.locator("mark")).to_have_text(["small", "town"])
    visitor.quiet()
    reach(page, visitor.main.get_by_test_id("stPageLink").first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/practice\?c=conv_.*m=msg_"))
    expect(visitor.main.get_by_text(FIRST)).to_be_visible()

    visitor.open("/history").sees("History").quiet()
    choose(visitor, "More", "Delete")
    press(visitor, "Undo")
    expect(visitor.main.get_by_role("link", name="My town")).to_be_visible()


def test_stopping_an_answer(own_app: StartApp, context: BrowserContext) -> None:
    with slow_model("Good morning and", "welcome. Where do you live?") as model:
        visitor = newcomer(context.new_page(), own_app(settings=model.settings), "Kim Núñez", "kim@example.com")
        visitor.open("/practice").sees("Practice")
        press(visitor, "Start")
        expect(visitor.page.get_by_test_id("stChatMessage").first).to_contain_text("Good morning and")
        press(visitor, "Stop")
        expect(visitor.main.get_by_text("You stopped this answer.")).to_be_visible()
