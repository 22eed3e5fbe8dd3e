"""Buttons that look alike are told apart by their names, as a screen reader's list of buttons has them; what is seen stays short."""

import re
from collections import Counter
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import App
from tests.e2e.person import Visitor

pytestmark = pytest.mark.e2e
ANSWERS = ("I live in a small town because my family is there.", "On Sundays I cook **fish** with my father.")
_numbers = count()


@pytest.fixture
def visitor(page: Page, app: App, worker_id: str) -> Visitor:
    return Visitor(page, app.url).register("Ida Núñez", f"ida.{worker_id}.{next(_numbers)}@example.com")


def names(visitor: Visitor) -> list[str]:
    """Return the names of all buttons on the page as the browser tells them to assistive technology."""
    session = visitor.quiet().page.context.new_cdp_session(visitor.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [node["name"]["value"] for node in nodes if not node["ignored"] and node["role"]["value"] == "button"]


def alike(visitor: Visitor) -> list[str]:
    found = Counter(names(visitor))
    assert found, "there are no buttons"
    return [name for name, number in found.items() if number > 1]


def practise(visitor: Visitor, *answers: str) -> None:
    visitor.open("/practice").sees("Practice").press("Start").quiet()
    for turn, answer in enumerate(answers, start=1):
        visitor.say(answer)
        expect(visitor.page.get_by_test_id("stChatMessage")).to_have_count(1 + 2 * turn)
        visitor.quiet()


def test_below_messages(visitor: Visitor) -> None:
    practise(visitor, ANSWERS[0])
    visitor.press("Answer again")
    expect(visitor.main.get_by_text("Answer 2 of 2")).to_have_count(1)
    visitor.quiet().say(ANSWERS[1])
    expect(visitor.page.get_by_test_id("stChatMessage")).to_have_count(5)
    visitor.quiet().press("Answer again")
    expect(visitor.main.get_by_text("Answer 2 of 2")).to_have_count(2)
    assert alike(visitor) == []
    assert "Copy: On Sundays I cook fish with my father." in names(visitor)
    expect(visitor.main.get_by_role("button", name="Copy: On Sundays")).to_have_text("Copy")


def test_in_the_list_of_deleted_conversations(visitor: Visitor) -> None:
    for answer in ANSWERS:
        practise(visitor, answer)
    visitor.open("/history").sees("History")
    visitor.main.get_by_text("Select several").click()
    boxes = visitor.main.get_by_role("checkbox", name=re.compile("^Select (?!several)"))
    expect(boxes).to_have_count(len(ANSWERS))
    for box in boxes.all():
        box.check(force=True)
        visitor.quiet()
    visitor.press("Delete them")
    expect(visitor.main.get_by_role("button", name="Undo")).to_be_visible()
    visitor.quiet().main.get_by_text("Recently deleted").click()
    expect(visitor.main.get_by_role("button", name="Restore")).to_have_count(2)
    assert alike(visitor) == []


def test_in_the_list_of_links_to_a_conversation(visitor: Visitor) -> None:
    practise(visitor, ANSWERS[0])
    visitor.open("/history").sees("History").more("Share")
    dialog = visitor.page.get_by_role("dialog")
    ends = dialog.get_by_role("button", name="End it")
    for links in (1, 2):
        dialog.get_by_role("button", name="Make a link").click()
        expect(ends).to_have_count(links)
    assert alike(visitor) == []
    expect(ends.first).to_have_accessible_name(re.compile(r"^End it link 1: Made on \d+ \w+ \d{4}, works until \d+ \w+ \d{4}$"))
    hidden = ends.first.locator("em").bounding_box()
    assert hidden is not None
    assert hidden["width"] <= 1
    ends.first.click()
    expect(ends).to_have_count(1)
