"""Every format in a real browser, from choosing it to its report: parts, questions and times exactly as its file says."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import App
from tests.e2e.exam_room import FORMATS, Room, format_file, turns_of
from tests.e2e.newcomers import newcomer
from tests.e2e.person import Visitor
from tests.unit.exam.engine.speaker import answers
from ui.exam import in_words

pytestmark = pytest.mark.e2e
NAMES = sorted(path.stem for path in FORMATS.glob("*.yaml"))
_numbers = count()


@pytest.fixture
def candidate(browser: Browser, app: App, worker_id: str) -> Iterator[Visitor]:
    """Somebody who takes an exam."""
    context = browser.new_context(viewport={"width": 1024, "height": 900})
    yield newcomer(context.new_page(), app, "Eva Núñez", f"formats.{worker_id}.{next(_numbers)}@example.com")
    context.close()


def test_nine_formats_ship_with_the_program() -> None:
    assert len(NAMES) == 9


@pytest.mark.parametrize("name", NAMES)
def test_a_format_goes_in_the_browser_exactly_as_its_file_says(candidate: Visitor, name: str) -> None:
    form = format_file(name)
    turns = list(turns_of(form))
    texts = answers(len(turns))
    room = Room(candidate).start(form["title"], way="Type")
    for number, (turn, text) in enumerate(zip(turns, texts, strict=True), start=1):
        expect(room.where).to_have_text(f"Part {turn.part} of {len(form['parts'])} · Question {number} of {len(turns)}")
        expect(room.main.get_by_role("heading", level=1)).to_have_text(turn.title)
        room.settled()
        terms = room.main.get_by_text(re.compile("^You have .* to answer"))
        expect(terms).to_contain_text(f"{in_words.seconds(turn.seconds)} to answer")
        expect(terms).to_contain_text(f"at least {turn.words} words" if turn.words else "to answer.")
        expect(room.face).to_have_count(0)
        for picture in room.main.locator(".viva-pictures img").all():  # its place is kept before it is loaded: nothing below it moves
            assert picture.evaluate("image => getComputedStyle(image).aspectRatio") == "auto 800 / 500"
        if turn.preparation:
            expect(terms).to_contain_text(f"{in_words.seconds(turn.preparation)} to prepare")
            candidate.press("Start preparing")
            expect(room.main.get_by_text("Time to prepare")).to_be_visible()
            candidate.press("Start answering now")
            room.by("Type")
        else:
            room.begin()
        expect(room.main.get_by_text("Time to answer")).to_be_visible()
        room.field.fill(text)
        candidate.press("Hand in")
        short = room.main.get_by_role("button", name="Hand it in as it is")
        expect(room.main.get_by_text("Your answer is stored.").or_(short)).to_be_visible()
        if short.count():
            short.click()
            room.stored()
        room.next()
    candidate.sees("All questions answered")
    expect(room.main.locator(".viva-answer")).to_have_count(len(turns))
    room.report()
    expect(room.main.get_by_role("heading", level=1)).to_have_text(f"Your report: {form['title']}")
    expect(room.main.locator(".viva-level")).to_have_text(re.compile("^[ABC][12]"))
    expect(room.main.get_by_test_id("stExpander")).to_have_count(len(turns))
    expect(room.main.get_by_text(form["honesty"]).first).to_be_visible()
