"""A whole exam without a mouse, and what a screen reader is told."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.conftest import App
from tests.e2e.exam_client import Client
from tests.e2e.exam_room import ANSWERS, Room
from tests.e2e.newcomers import newcomer
from tests.unit.exam.engine.speaker import spoken

pytestmark = pytest.mark.e2e


_numbers = count()


@pytest.fixture
def email(worker_id: str) -> str:
    return f"keyboard.{worker_id}.{next(_numbers)}@example.com"


@pytest.fixture
def room(browser: Browser, app: App, email: str) -> Iterator[Room]:
    context = browser.new_context()
    yield Room(newcomer(context.new_page(), app, "Eva Núñez", email))
    context.close()


def tab_to(room: Room, target: Locator, *, most: int) -> None:
    """Press the tab key until `target` has the focus, at most so many times."""
    room.settled()
    expect(target).to_be_visible()
    for _ in range(most):
        room.visitor.page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement || one.contains(document.activeElement)"):
            return
    where = room.visitor.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    raise AssertionError(f"not reached in {most} steps; the focus is on {where}")


def test_a_quick_check_can_be_taken_with_the_keyboard_alone(room: Room) -> None:
    keys = room.visitor.page.keyboard
    room.visitor.open("/exam?f=quick-check").sees("Three-minute quick check")
    tab_to(room, room.main.get_by_role("radio", name=re.compile("Speak")), most=20)
    keys.press("ArrowRight")
    keys.press("Enter")
    expect(room.main.get_by_role("radio", name=re.compile("Type"))).to_have_attribute("aria-checked", "true")
    tab_to(room, room.main.get_by_role("button", name="Start the exam"), most=4)
    keys.press("Enter")
    for number, text in enumerate(ANSWERS, start=1):
        room.at(number, 4).settled()
        expect(room.main.locator("[data-viva-words]")).to_be_focused()
        tab_to(room, room.main.get_by_role("button", name="Start answering", exact=True), most=3)
        keys.press("Enter")
        expect(room.main.get_by_role("radio", name=re.compile("Type"))).to_have_attribute("aria-checked", "true")
        room.settled()
        expect(room.main.locator("[data-viva-words]")).to_be_focused()
        tab_to(room, room.field, most=6)
        keys.insert_text(text)
        keys.press("Control+Enter")
        room.stored()
        expect(room.main.locator(".viva-stored")).to_be_focused()
        tab_to(room, room.main.get_by_role("button", name="Next", exact=True), most=4)
        keys.press("Enter")
    room.visitor.sees("All questions answered")
    expect(room.main.get_by_test_id("stHeading").first).to_be_focused()
    tab_to(room, room.main.get_by_role("button", name="Get my report"), most=4)
    keys.press("Enter")
    room.visitor.sees("Your report: Three-minute quick check")
    expect(room.main.get_by_role("link", name="Link to heading")).to_have_count(0)  # nobody sees where the focus is on one


def test_what_is_heard_recorded_and_timed_has_a_name_and_the_clock_does_not_chatter(room: Room, email: str) -> None:
    client = Client(room.visitor.url, email)
    exam = client.begin("b1-style", leave=8)
    client.call("PUT", "/consent", {"agreed": True})
    room.visitor.open(f"/exam?e={exam}")
    room.at(6, 13).begin("Speak")
    expect(room.main.get_by_role("timer", name="Time to answer")).to_have_count(1)
    live = room.main.locator(".viva-clock [aria-live], .viva-clock [role=status], .viva-clock [role=alert]")
    expect(live).to_have_count(1)
    expect(live).to_have_text("")
    expect(room.face).to_have_text(re.compile(r"0:[34]\d"))
    expect(room.main.get_by_role("radiogroup", name="How do you want to answer?")).to_be_visible()
    expect(room.main.get_by_role("button", name="Record", exact=True)).to_be_visible()
    expect(room.main.get_by_role("img").first).to_have_attribute("alt", re.compile(".{20,}"))
    client.speak(client.state(exam), spoken(seconds=16))
    room.visitor.page.reload()
    room.stored()
    expect(room.main.get_by_label("Your recorded answer")).to_have_count(1)
