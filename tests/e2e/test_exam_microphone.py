"""Recording in a real browser with Chromium's fake microphone: consent, refusals in words, once more, files, and words by a provider."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, expect

from tests import needs
from tests.e2e.conftest import FLAGS, NO_LIMITS, App, StartApp
from tests.e2e.exam_client import Client
from tests.e2e.exam_room import ANSWERS, Room
from tests.e2e.listener import listening
from tests.e2e.newcomers import newcomer
from tests.e2e.test_exam_clock import SHORT as SHORT_TIMES
from tests.unit.exam.engine.speaker import silence, spoken

pytestmark = pytest.mark.e2e
AGREE = "I agree to being recorded"
TALK_FOR_LONG = "{ask: main, answer_seconds: 25, min_seconds: 20, min_words: 5}"
_numbers = count()


@pytest.fixture
def email(worker_id: str) -> str:
    return f"microphone.{worker_id}.{next(_numbers)}@example.com"


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return real sentences in a synthetic voice."""
    program = needs.program("espeak-ng", install="apt-get install espeak-ng")
    path = tmp_path_factory.mktemp("voice") / "answer.wav"
    subprocess.run([program, "-s", "150", "-w", str(path), " ".join(ANSWERS[:3])], check=True)
    return path


@contextmanager
def somebody(browser_type: BrowserType, launch: dict[str, Any], app: App, hears: Path, email: str) -> Iterator[Room]:
    """Put somebody with an account in front of a browser whose microphone hears a file."""
    microphone = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-audio-capture={hears}"]
    own = browser_type.launch(**{**launch, "args": [*FLAGS, *microphone]})
    context = own.new_context(permissions=["microphone"])
    yield Room(newcomer(context.new_page(), app, "Eva Núñez", email))
    context.close()
    own.close()


def record(room: Room, until: str) -> None:
    """Press the microphone, speak until the recorder shows this time, press it again."""
    room.settled().main.get_by_role("button", name="Record", exact=True).click()
    expect(room.main.get_by_test_id("stAudioInputWaveformTimeCode")).to_have_text(until)
    room.main.get_by_role("button", name="Stop recording").click()


def too_short(room: Room, *, least: int) -> None:
    """Wait until the page says so, and that the recording is kept."""
    expect(room.main.get_by_role("alert").filter(has_text=re.compile(rf"Too short: \d+ s of at least {least} s"))).to_be_visible()
    expect(room.main.get_by_text("It is kept.")).to_be_visible()


def test_consent_is_asked_once_and_a_recording_can_be_made_again(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], app: App, voice: Path, email: str
) -> None:
    with somebody(browser_type, browser_type_launch_args, app, voice, email) as room:
        room.start().begin("Speak")
        expect(room.main.get_by_text("May we record your answers?")).to_be_visible()
        expect(room.main.get_by_test_id("stAudioInput")).to_have_count(0)
        room.visitor.press(AGREE)
        record(room, "00:03")
        room.stored()
        expect(room.main.get_by_test_id("stAudio")).to_be_visible()
        first = room.main.get_by_test_id("stAudio").get_attribute("src")
        room.settled().visitor.press("Record again")
        record(room, "00:04")
        room.stored()
        expect(room.main.get_by_test_id("stAudio")).not_to_have_attribute("src", first or "")
        exam = room.visitor.page.url.rpartition("e=")[2]
        (answer,) = Client(app.url, email).answers(exam)
        assert (answer["mode"], answer["has_recording"]) == ("spoken", True)
        assert answer["seconds"] > 3

        room.settled().next().at(2, 4).begin("Speak")
        expect(room.main.get_by_test_id("stAudioInput")).to_be_visible()
        expect(room.main.get_by_text("May we record your answers?")).to_have_count(0)


def test_a_recording_that_is_too_short_says_so_and_can_be_handed_in_all_the_same_after_a_reload(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], app: App, voice: Path, email: str
) -> None:
    with somebody(browser_type, browser_type_launch_args, app, voice, email) as room:
        client = Client(app.url, email)
        exam = client.begin("quick-check", leave=1)
        room.visitor.open(f"/exam?e={exam}")
        room.at(4, 4).begin("Speak").visitor.press(AGREE)
        record(room, "00:03")
        too_short(room, least=15)
        assert client.said(exam) == ["-"] * 3
        expect(room.main.get_by_test_id("stAudio")).to_have_count(0)
        room.settled().visitor.page.reload()
        too_short(room, least=15)
        expect(room.main.get_by_test_id("stAudio")).to_be_visible()
        expect(room.main.get_by_role("button", name="Record", exact=True)).to_be_visible()
        room.settled().visitor.press("Hand it in as it is")
        room.stored()
        (last,) = client.answers(exam)[3:]
        assert (last["short"], last["late"]) == (True, False)
        assert last["seconds"] >= 3


@pytest.fixture
def impatient(own_app: StartApp, tmp_path: Path) -> App:
    """Return an app of a school that gives 25 seconds for 20 seconds of speech."""
    school = tmp_path / "school"
    school.mkdir()
    talk = SHORT_TIMES.replace("{ask: main, preparation_seconds: 6, answer_seconds: 12, min_words: 5}", TALK_FOR_LONG)
    (school / "short-times.yaml").write_text(talk, encoding="utf-8")
    return own_app(settings={**NO_LIMITS, "EXAM__ITEMS_FOLDER": str(school), "EXAM__GRACE_SECONDS": "3"})


def test_a_recording_that_was_too_short_is_the_answer_of_a_tab_that_nobody_touches_any_more(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], impatient: App, voice: Path
) -> None:
    with somebody(browser_type, browser_type_launch_args, impatient, voice, "patience@example.com") as room:
        room.start("Short times").begin("Speak").visitor.press(AGREE)
        record(room, "00:03")
        too_short(room, least=20)
        exam = room.visitor.page.url.rpartition("e=")[2]
        room.settled().visitor.page.reload()
        expect(room.main.get_by_test_id("stAudio")).to_be_visible()
        room.at(2, 2)
        expect(room.main.get_by_text("Your recording was handed in.")).to_be_visible()
        (answer,) = Client(impatient.url, "patience@example.com").answers(exam)
        assert (answer["mode"], answer["short"], answer["late"], answer["has_recording"]) == ("spoken", True, True, True)


def test_a_silent_microphone_is_refused_in_words_and_nothing_counts(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], app: App, tmp_path: Path, email: str
) -> None:
    quiet = tmp_path / "silence.wav"
    quiet.write_bytes(silence(20))
    with somebody(browser_type, browser_type_launch_args, app, quiet, email) as room:
        room.start().begin("Speak").visitor.press(AGREE)
        exam = room.visitor.page.url.rpartition("e=")[2]
        record(room, "00:03")
        expect(room.main.get_by_text(re.compile("silent", re.IGNORECASE))).to_be_visible()
        expect(room.main.get_by_role("button", name="Hand it in as it is")).to_have_count(0)
        room.by("Type").hand_in(ANSWERS[0])
        assert Client(app.url, email).said(exam) == [ANSWERS[0]]


def test_a_file_can_be_handed_in_instead_and_one_that_is_no_sound_is_refused_in_words(
    browser: Browser, app: App, voice: Path, tmp_path: Path, email: str
) -> None:
    context = browser.new_context()
    room = Room(newcomer(context.new_page(), app, "Eva Núñez", email)).start().begin("Upload")
    room.visitor.press(AGREE)
    field = room.main.locator("input[type=file]")
    wrong = tmp_path / "answer.wav"
    wrong.write_text("This is no sound.", encoding="utf-8")
    field.set_input_files(wrong)
    expect(room.main.get_by_role("alert").filter(has_text=re.compile("WAV"))).to_be_visible()
    room.settled()
    field.set_input_files(voice)
    room.stored()
    expect(room.main.get_by_test_id("stAudio")).to_be_visible()
    context.close()


def test_words_that_a_provider_could_not_hear_are_asked_for_again_and_corrected(browser: Browser, own_app: StartApp, email: str) -> None:
    context = browser.new_context()
    with listening() as listener:
        running = own_app(settings={**NO_LIMITS, **listener.settings})
        room = Room(newcomer(context.new_page(), running, "Eva Núñez", email))
        client = Client(running.url, email)
        exam = client.begin("quick-check", leave=1)
        client.act(client.speak(client.state(exam), spoken(seconds=16)), "next")
        room.visitor.open(f"/exam?e={exam}").sees("All questions answered")
        expect(room.main.get_by_text("Your words are being written down.")).to_be_visible()
        listener.go_on.set()
        expect(room.main.get_by_text(re.compile("could not be written down"))).to_be_visible()
        listener.words = "I live in a small town near the see"
        room.settled().main.get_by_role("button", name="Write it down again").click()
        words = room.visitor.page.get_by_label("What you said", exact=True)
        # for a moment the old, empty field stands beside the new one
        expect(words.first).to_have_value("I live in a small town near the see")
        expect(words).to_have_count(1)
        expect(room.main.get_by_text("correct what was heard wrongly")).to_be_visible()
        words.fill(ANSWERS[0])
        room.settled().report()
        assert client.said(exam)[3] == ANSWERS[0]
        assert listener.heard >= 2
    context.close()
