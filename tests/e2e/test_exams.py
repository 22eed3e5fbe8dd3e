"""Exams in a real browser: typed and spoken, through reloads, with a clock, up to the report."""

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
from tests.e2e.person import Visitor

pytestmark = pytest.mark.e2e
TALK = (
    "I remember a day when I helped my neighbour. She had lost her keys, so we looked for them everywhere and talked about "
    "her childhood. In the end we found them in the kitchen, which was funny, and she invited me to dinner because she was "
    "very happy. After that we became good friends, and we still meet every week, although she has moved to another street."
)
ANSWERS = (
    "I live in a small town near the sea with my family, because my parents found work there many years ago.",
    "At the weekend I usually cook with my brother, although he is always in a hurry, and then we visit our friends.",
    "I would like to travel to the mountains next year, since I have never seen so much snow in my life.",
    TALK,
)
_numbers = count()


@pytest.fixture
def email(worker_id: str) -> str:
    return f"exam.{worker_id}.{next(_numbers)}@example.com"


@pytest.fixture(params=[{"width": 1440, "height": 900}, {"width": 390, "height": 844}], ids=["1440px", "390px"])
def visitor(request: pytest.FixtureRequest, browser: Browser, app: App) -> Iterator[Visitor]:
    context = browser.new_context(viewport=request.param)
    yield Visitor(context.new_page(), app.url)
    context.close()


def start_quick_check(visitor: Visitor, *, practice: bool = False) -> None:
    """Begin a quick check from the list of exams."""
    visitor.open("/exams").sees("Speaking exams")
    visitor.main.get_by_role("link", name="Three-minute quick check").click()
    visitor.sees("Three-minute quick check")
    if practice:
        visitor.main.get_by_text("Practice mode").click()
        settled(visitor)
    visitor.press("Start the exam").sees("Three questions")


def settled(visitor: Visitor) -> None:
    """Wait until the page has nothing more to draw."""
    expect(visitor.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def choose_way(visitor: Visitor, way: str) -> None:
    visitor.main.get_by_role("radio", name=re.compile(way)).click()
    settled(visitor)


def answer_by_typing(visitor: Visitor, text: str) -> None:
    """Start the clock, type, hand in."""
    visitor.press("Start answering")
    settled(visitor)
    choose_way(visitor, "Type")
    visitor.type("Your answer, in the words that you would say", text).press("Hand in")
    expect(visitor.main.get_by_text("Your answer is stored.")).to_be_visible()


def test_a_whole_quick_check_typed_with_a_reload_in_the_middle_ends_in_a_report(visitor: Visitor, email: str) -> None:
    visitor.register("Eva Núñez", email)
    start_quick_check(visitor)
    answer_by_typing(visitor, ANSWERS[0])
    visitor.press("Next")
    expect(visitor.main.get_by_text("Question 2 of 4")).to_be_visible()

    visitor.press("Start answering")
    settled(visitor)
    choose_way(visitor, "Type")
    box = visitor.page.get_by_label("Your answer, in the words that you would say", exact=True)
    box.press_sequentially(ANSWERS[1])
    visitor.page.reload()
    expect(visitor.main.get_by_text("Question 2 of 4")).to_be_visible()
    face = visitor.main.locator("[data-viva-face]")
    expect(face).to_have_text(re.compile(r"0:[0-2]\d"))
    choose_way(visitor, "Type")
    expect(box).to_have_value(ANSWERS[1])
    visitor.press("Hand in")
    expect(visitor.main.get_by_text("Your answer is stored.")).to_be_visible()
    visitor.press("Next")
    expect(visitor.main.get_by_text("Question 3 of 4")).to_be_visible()

    answer_by_typing(visitor, ANSWERS[2])
    visitor.press("Next").sees("A short talk")
    answer_by_typing(visitor, ANSWERS[3])
    visitor.press("Next").sees("All questions answered").press("Get my report")
    visitor.sees("Your report: Three-minute quick check")
    expect(visitor.main.get_by_text("Practice estimate, not an official result.").first).to_be_visible()
    expect(visitor.main.get_by_text("Do this next")).to_be_visible()
    expect(visitor.main.locator(".viva-level")).to_have_text(re.compile(r"[ABC][12]|Not enough evidence"))
    expect(visitor.main.locator("canvas, svg.marks").first).to_be_visible()
    assert visitor.page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")

    visitor.open("/exams").sees("Speaking exams")
    expect(visitor.main.locator(".viva-result")).to_have_count(1)
    visitor.open("/progress").sees("Your progress")
    expect(visitor.main.get_by_text("Your range at each exam")).to_be_visible()


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with real sentences in a synthetic voice, which Chromium's fake microphone plays."""
    program = needs.program("espeak-ng", install="apt-get install espeak-ng")
    path = tmp_path_factory.mktemp("voice") / "answer.wav"
    subprocess.run([program, "-s", "150", "-w", str(path), " ".join(ANSWERS[:3])], check=True)
    return path


@pytest.fixture
def speaker(browser_type: BrowserType, browser_type_launch_args: dict[str, Any], spoken: Path, app: App) -> Iterator[Visitor]:
    """Return somebody with a microphone."""
    microphone = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-audio-capture={spoken}"]
    own = browser_type.launch(**{**browser_type_launch_args, "args": [*FLAGS, *microphone]})
    context = own.new_context(permissions=["microphone"])
    yield Visitor(context.new_page(), app.url)
    context.close()
    own.close()


def test_an_answer_is_recorded_checked_kept_and_measured(speaker: Visitor, email: str) -> None:
    speaker.register("Eva Núñez", email)
    start_quick_check(speaker)
    speaker.press("Start answering")
    settled(speaker)
    expect(speaker.main.get_by_test_id("stAudioInput")).to_have_count(0)
    speaker.press("I agree to being recorded")
    settled(speaker)
    speaker.main.get_by_role("button", name="Record", exact=True).click()
    expect(speaker.main.get_by_test_id("stAudioInputWaveformTimeCode")).to_have_text("00:05", timeout=30_000)
    speaker.main.get_by_role("button", name="Stop recording").click()
    expect(speaker.main.get_by_text("Your answer is stored.")).to_be_visible(timeout=20_000)
    expect(speaker.main.get_by_test_id("stAudio")).to_be_visible()
    speaker.page.reload()
    expect(speaker.main.get_by_text("Your answer is stored.")).to_be_visible()
    speaker.press("Next")
    expect(speaker.main.get_by_text("Question 2 of 4")).to_be_visible()
    for answer in ANSWERS[1:]:
        answer_by_typing(speaker, answer)
        speaker.press("Next")
        settled(speaker)
    speaker.sees("All questions answered").type("What you said", ANSWERS[0]).press("Get my report")
    speaker.sees("Your report: Three-minute quick check")
    speaker.main.get_by_test_id("stExpander").first.locator("summary").first.click()
    expect(speaker.main.get_by_test_id("stAudio")).to_be_visible()
    expect(speaker.main.locator(".viva-ribbon i.s").first).to_be_attached()


def test_two_tabs_store_one_answer_and_the_later_tab_says_so(visitor: Visitor, email: str) -> None:
    visitor.register("Eva Núñez", email)
    start_quick_check(visitor)
    expect(visitor.page).to_have_url(re.compile(r"\?e=exam_"))
    other = Visitor(visitor.page.context.new_page(), visitor.url)
    visitor.press("Start answering")
    settled(visitor)
    other.page.goto(visitor.page.url)
    for tab in (visitor, other):
        choose_way(tab, "Type")
        tab.type("Your answer, in the words that you would say", ANSWERS[0] if tab is visitor else ANSWERS[1])
    visitor.press("Hand in")
    expect(visitor.main.get_by_text("Your answer is stored.")).to_be_visible()
    visitor.press("Next")
    expect(visitor.main.get_by_text("Question 2 of 4")).to_be_visible()
    other.press("Hand in")
    expect(other.main.get_by_text("was answered in another tab")).to_be_visible()
    expect(other.main.get_by_text("Question 2 of 4")).to_be_visible()
    settled(other)
    expect(other.page.get_by_label("Your answer, in the words that you would say", exact=True)).to_have_count(0)
