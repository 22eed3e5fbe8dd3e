"""What is seen of a control under the pointer: its words stay readable in both themes."""

from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import App
from tests.e2e.newcomers import newcomer
from tests.e2e.person import Visitor

pytestmark = pytest.mark.e2e
READABLE = 4.5
"""WCAG 2.2, 1.4.3."""
SEEN_APART = 3.0
"""WCAG 2.2, 1.4.11."""
CONTRAST = """control => {
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d", {willReadFrequently: true});
  const paint = colours => {
    pen.clearRect(0, 0, 1, 1);
    colours.forEach(colour => {pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1)});
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = colour => {
    const [red, green, blue] = colour.map(part => part / 255).map(part => part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * red + .7152 * green + .0722 * blue;
  };
  const below = [];
  for (let node = control; node; node = node.parentElement) below.unshift(getComputedStyle(node).backgroundColor);
  const words = control.querySelector("p") || control;
  const [one, other] = [light(paint([...below, getComputedStyle(words).color])), light(paint(below))];
  return (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
}"""
STILL = "control => Promise.allSettled(control.getAnimations({subtree: true}).map(one => one.finished))"
"""Waits until colours that change in a moment have changed."""
SEEN = """() => {
  const at = document.activeElement, field = at.closest("[data-testid=stTextInputRootElement]");
  const marked = [at, at.parentElement].map(node => getComputedStyle(node))
    .some(style => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none");
  const accent = getComputedStyle(document.querySelector("[kind*=primary]")).backgroundColor;
  return marked || (field && getComputedStyle(field).borderColor === accent);
}"""


EDGE = CONTRAST.replace("getComputedStyle(words).color", "getComputedStyle(control).borderTopColor").replace(
    "let node = control;", "let node = control.parentElement;"
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edges_of_fields_and_boxes_can_be_seen(page: Page, app: App, worker_id: str, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    visitor = newcomer(page, app, "Lea Licht", f"edges.{scheme}.{worker_id}@example.com")
    visitor.open("/account").sees("Your account").quiet()
    field, choice = page.get_by_test_id("stTextInputRootElement").first, page.get_by_test_id("stSelectbox").first.get_by_role("group")
    seen = [edge(field), edge(choice)]
    visitor.open("/practice").sees("Practice").press("Start")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(1)  # else the history may be opened before there is a conversation
    visitor.quiet().open("/history").sees("History").quiet()
    visitor.main.get_by_text("Select several").click()
    seen.append(edge(visitor.main.get_by_test_id("stCheckbox").nth(1).locator("label > span + div")))
    assert min(seen) >= SEEN_APART, seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stay_readable_under_the_pointer(page: Page, app: App, worker_id: str, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    visitor = newcomer(page, app, "Lea Licht", f"looks.{scheme}.{worker_id}@example.com")
    account = page.locator(".st-key-viva-account").get_by_role("button")
    visitor.open("/practice").sees("Practice").press("Start").quiet()
    expect(visitor.main.get_by_role("button", name="Answer again")).to_be_visible()
    again = visitor.main.get_by_role("button", name="Answer again")
    seen = [hovered(account), hovered(again)]
    visitor.open("/history").sees("History").quiet()
    seen += [hovered(visitor.main.get_by_role("button", name=name).first) for name in ("Filters", "Download all", "More")]
    seen.append(hovered(visitor.main.get_by_role("radio", name="All")))
    assert min(seen) >= READABLE, seen


def test_every_place_that_the_tab_key_comes_to_can_be_seen(page: Page, app: App) -> None:
    Visitor(page, app.url).open("/sign-in").sees("Sign in").quiet()
    for _ in range(15):
        page.keyboard.press("Tab")
        page.wait_for_function(SEEN)  # a border changes its colour in a moment
        if page.evaluate("document.activeElement.innerText") == "Privacy":
            return
    raise AssertionError("the keyboard does not come to the end of the page")


def hovered(control: Locator) -> float:
    """Return the contrast of the control's words while the pointer is on it."""
    expect(control).to_be_visible()
    control.hover()
    control.evaluate(STILL)
    return float(control.evaluate(CONTRAST))


def edge(control: Locator) -> float:
    """Return the contrast of the control's border with what it stands on."""
    expect(control).to_be_visible()
    return float(control.evaluate(EDGE))
