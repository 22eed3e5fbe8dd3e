"""Exams in a real browser, on a wide and a narrow screen: typed and spoken, through a reload, up to report, list and progress."""

import re
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, expect

from tests import needs
from tests.e2e.conftest import FLAGS, App
from tests.e2e.exam_room import ANSWERS, FIELD, FORMATS, Room
from tests.e2e.newcomers import newcomer
from tests.e2e.person import Visitor

pytestmark = pytest.mark.e2e
TITLE = "Your report: Three-minute quick check"
_numbers = count()


@pytest.fixture
def email(worker_id: str) -> str:
    return f"exam.{worker_id}.{next(_numbers)}@example.com"


@pytest.fixture(params=[{"width": 1440, "height": 900}, {"width": 390, "height": 844}], ids=["1440px", "390px"])
def room(request: pytest.FixtureRequest, browser: Browser, app: App, email: str) -> Iterator[Room]:
    context = browser.new_context(viewport=request.param)
    yield Room(newcomer(context.new_page(), app, "Eva Núñez", email))
    context.close()


def test_a_whole_quick_check_typed_with_a_reload_in_the_middle_ends_in_a_report(room: Room) -> None:
    page = room.visitor.page
    room.start()
    expect(room.main.locator("[data-viva-words]")).to_be_focused()
    expect(room.main.get_by_role("heading", level=1)).to_be_in_viewport()
    room.begin().hand_in(ANSWERS[0]).next().at(2, 4)

    room.begin().kept().field.press_sequentially(ANSWERS[1])
    page.reload()
    room.at(2, 4)
    expect(room.face).to_have_text(re.compile(r"0:[0-2]\d"))
    room.by("Type")
    expect(room.field).to_have_value(ANSWERS[1])
    room.visitor.press("Hand in")
    room.stored().next().at(3, 4)

    room.begin().hand_in(ANSWERS[2]).next().visitor.sees("A short talk")
    room.begin().hand_in(ANSWERS[3]).next().visitor.sees("All questions answered")
    room.report().visitor.sees(TITLE)
    for said in ("Practice estimate, not an official result.", "Your best strength", "Do this next"):
        expect(room.main.get_by_text(said).first).to_be_in_viewport()
    expect(room.main.locator(".viva-level")).to_have_text(re.compile(r"^[ABC][12]"))
    expect(room.main.get_by_text(re.compile("(Low|Medium|Good) confidence"))).to_be_in_viewport()
    expect(room.main.locator("canvas, svg.marks").first).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")

    room.visitor.open("/exams").sees("Speaking exams")
    expect(room.main.locator(".viva-result")).to_have_count(1)
    room.visitor.open("/progress").sees("Your progress")
    expect(room.main.get_by_text("Your range at each exam")).to_be_visible()


def test_cards_beside_each_other_end_at_the_same_line(room: Room) -> None:
    room.visitor.page.set_viewport_size({"width": 1440, "height": 900})
    room.visitor.open("/exams").sees("Speaking exams")
    room.settled()
    cards = room.main.locator('[class*="st-key-card-format-"]')
    expect(cards).to_have_count(len(list(FORMATS.glob("*.yaml"))))
    # All at one moment: a font that arrives between two looks moves every line of the page.
    boxes = cards.evaluate_all("cards => cards.map(card => card.getBoundingClientRect()).map(({top, bottom}) => [top, bottom])")
    rows: dict[int, set[int]] = {}
    for top, bottom in boxes:
        rows.setdefault(round(top), set()).add(round(bottom))
    assert len(rows) < len(boxes)
    assert [len(bottoms) for bottoms in rows.values()] == [1] * len(rows)


def test_a_tab_that_is_a_question_behind_says_so_and_stores_nothing(room: Room) -> None:
    room.start()
    expect(room.visitor.page).to_have_url(re.compile(r"\?e=exam_"))
    other = Room(Visitor(room.visitor.page.context.new_page(), room.visitor.url))
    room.begin()
    other.visitor.page.goto(room.visitor.page.url)
    other.by("Type").field.fill(ANSWERS[1])
    room.hand_in(ANSWERS[0]).next().at(2, 4)
    other.visitor.press("Hand in")
    expect(other.main.get_by_text("was answered in another tab")).to_be_visible()
    other.at(2, 4).settled()
    expect(other.visitor.page.get_by_label(FIELD, exact=True)).to_have_count(0)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with real sentences in a synthetic voice, which Chromium's fake microphone plays."""
    program = needs.program("espeak-ng", install="apt-get install espeak-ng")
    path = tmp_path_factory.mktemp("voice") / "answer.wav"
    subprocess.run([program, "-s", "150", "-w", str(path), " ".join(ANSWERS[:3])], check=True)
    return path


@pytest.fixture
def speaker(browser_type: BrowserType, browser_type_launch_args: dict[str, Any], spoken: Path, app: App, email: str) -> Iterator[Room]:
    """Return somebody with a microphone."""
    microphone = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-audio-capture={spoken}"]
    own = browser_type.launch(**{**browser_type_launch_args, "args": [*FLAGS, *microphone]})
    context = own.new_context(permissions=["microphone"])
    yield Room(newcomer(context.new_page(), app, "Eva Núñez", email))
    context.close()
    own.close()


def test_an_answer_is_recorded_checked_kept_and_measured(speaker: Room) -> None:
    speaker.start().begin("Speak")
    expect(speaker.main.get_by_test_id("stAudioInput")).to_have_count(0)
    speaker.visitor.press("I agree to being recorded")
    speaker.settled().main.get_by_role("button", name="Record", exact=True).click()
    expect(speaker.main.get_by_test_id("stAudioInputWaveformTimeCode")).to_have_text("00:05")
    speaker.main.get_by_role("button", name="Stop recording").click()
    speaker.stored()
    expect(speaker.main.get_by_test_id("stAudio")).to_be_visible()
    speaker.visitor.page.reload()
    speaker.stored().next().at(2, 4)
    speaker.answer_the_rest(ANSWERS[1:]).visitor.type("What you said", ANSWERS[0])
    speaker.report().visitor.sees(TITLE)
    speaker.main.get_by_test_id("stExpander").first.locator("summary").first.click()
    expect(speaker.main.get_by_test_id("stAudio")).to_be_visible()
    expect(speaker.main.locator(".viva-ribbon i.s").first).to_be_attached()
