"""Reloads, closed tabs, a killed server, a cut line and a second tab in the middle of an exam: nothing is lost, nothing counts twice."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import NO_LIMITS, App, StartApp
from tests.e2e.exam_client import Client
from tests.e2e.exam_room import ANSWERS, FIELD, TALK, Room
from tests.e2e.line import line_to
from tests.e2e.newcomers import newcomer
from tests.e2e.person import Visitor
from tests.unit.exam.engine.speaker import spoken

pytestmark = pytest.mark.e2e
NOTES = "Your notes (only you see them)"
SECONDS = 60_000
_numbers = count()


@pytest.fixture
def email(worker_id: str) -> str:
    return f"survives.{worker_id}.{next(_numbers)}@example.com"


@pytest.fixture
def room(browser: Browser, app: App, email: str) -> Iterator[Room]:
    context = browser.new_context()
    yield Room(newcomer(context.new_page(), app, "Eva Núñez", email))
    context.close()


def saved(page: Page) -> None:
    """Wait until the server has what is typed: the tab says so in what it keeps."""
    page.wait_for_function(
        "() => Object.entries(sessionStorage).filter(([name]) => name.startsWith('viva-draft-'))"
        ".every(([, kept]) => !JSON.parse(kept).unsent)"
    )


def test_a_reload_in_every_phase_and_a_closed_tab_come_back_to_the_same_moment(room: Room, email: str) -> None:
    exam = Client(room.visitor.url, email).begin("aptis-style", leave=1)
    page = room.visitor.open(f"/exam?e={exam}").page
    room.at(10, 10)
    question = room.main.locator("[data-viva-words]").inner_text()

    def reloaded() -> None:
        room.settled().visitor.page.reload()
        room.at(10, 10).settled()
        assert room.main.locator("[data-viva-words]").inner_text() == question

    reloaded()
    room.visitor.press("Start preparing")
    expect(room.main.get_by_text("Time to prepare")).to_be_visible()
    notes = page.get_by_label(NOTES, exact=True)
    expect(notes).to_have_attribute("data-viva-kept", re.compile("notes"))
    notes.fill("keys, neighbour, kitchen")
    reloaded()
    expect(room.main.get_by_text("Time to prepare")).to_be_visible()
    expect(room.face).to_have_text(re.compile(r"0:[0-5]\d"))
    expect(notes).to_have_value("keys, neighbour, kitchen")

    room.visitor.press("Start answering now")
    room.by("Type").kept().field.press_sequentially(TALK[:60])
    reloaded()
    room.by("Type")
    expect(room.field).to_have_value(TALK[:60])
    expect(room.face).to_have_text(re.compile(r"1:[0-5]\d"))
    expect(notes).to_have_value("keys, neighbour, kitchen")

    room.field.fill(TALK)
    saved(page)
    other = room.visitor.page = page.context.new_page()
    page.close()
    room.visitor.open(f"/exam?e={exam}")
    room.at(10, 10).by("Type")
    expect(room.field).to_have_value(TALK)
    room.visitor.press("Hand in")
    room.stored()
    other.reload()
    room.at(10, 10).stored().next()
    room.visitor.sees("All questions answered")
    assert Client(room.visitor.url, email).said(exam) == ["-"] * 9 + [TALK]


def test_words_that_are_being_corrected_survive_a_reload_and_a_closed_tab(room: Room, email: str) -> None:
    client = Client(room.visitor.url, email)
    exam = client.begin("quick-check", leave=2)
    client.act(client.speak(client.state(exam), spoken()), "next")
    client.act(client.state(exam), "begin")
    client.act(client.act(client.state(exam), "answer", {"text": TALK}), "next")
    page = room.visitor.open(f"/exam?e={exam}").sees("All questions answered").page
    words = page.get_by_label("What you said", exact=True)
    expect(room.main.get_by_test_id("stAudio")).to_be_visible()
    words.fill(ANSWERS[0])
    page.reload()
    room.visitor.sees("All questions answered")
    expect(words).to_have_value(ANSWERS[0])
    saved(page)
    room.visitor.page = page.context.new_page()
    page.close()
    room.visitor.open(f"/exam?e={exam}").sees("All questions answered")
    expect(room.visitor.page.get_by_label("What you said", exact=True)).to_have_value(ANSWERS[0])
    room.settled().report()
    assert client.said(exam) == ["-", "-", ANSWERS[0], TALK]


def test_a_killed_server_comes_back_to_the_same_question_with_what_was_typed(
    browser: Browser, own_app: StartApp, port: int, email: str
) -> None:
    def killed_and_started(before: App) -> App:
        before.process.kill()
        before.stop()
        return own_app(settings=NO_LIMITS, port=port)

    running = own_app(settings=NO_LIMITS, port=port)
    context = browser.new_context()
    room = Room(newcomer(context.new_page(), running, "Eva Núñez", email)).start().begin()
    expect(room.visitor.page).to_have_url(re.compile("e=exam_"))
    exam = room.visitor.page.url.rpartition("e=")[2]
    room.kept().field.fill(ANSWERS[0])
    running = killed_and_started(running)
    room.at(1, 4)
    expect(room.main.get_by_text("Time to answer")).to_be_visible(timeout=SECONDS)
    room.settled().by("Type")
    expect(room.field).to_have_value(ANSWERS[0], timeout=SECONDS)
    room.visitor.press("Hand in")
    room.stored()
    running = killed_and_started(running)
    room.visitor.page.reload()
    room.stored().next().at(2, 4)
    assert Client(running.url, email).said(exam) == [ANSWERS[0]]
    context.close()


def test_who_loses_the_server_in_an_exam_is_not_asked_to_start_a_program(
    browser: Browser, own_app: StartApp, port: int, email: str
) -> None:
    running = own_app(settings=NO_LIMITS, port=port)
    context = browser.new_context()
    room = Room(newcomer(context.new_page(), running, "Eva Núñez", email)).start().begin()
    running.process.kill()
    running.stop()
    told = room.visitor.page.get_by_role("dialog", name="Connection error")
    expect(told).to_be_visible()
    expect(told.get_by_test_id("stErrorCodeBlock")).to_be_hidden()
    expect(told.get_by_text("Is Streamlit still running?")).to_be_hidden()
    body = told.locator("h2 + div").evaluate("body => getComputedStyle(body, '::after').content")
    assert "leave this page open" in body
    own_app(settings=NO_LIMITS, port=port)
    expect(told).to_have_count(0)
    room.at(1, 4)
    context.close()


def test_a_line_that_breaks_while_an_answer_is_handed_in_loses_nothing_and_stores_it_once(browser: Browser, app: App, email: str) -> None:
    context = browser.new_context()
    with line_to(app.url) as line:
        room = Room(newcomer(context.new_page(), app, "Eva Núñez", email, url=line.url)).start().begin()
        expect(room.visitor.page).to_have_url(re.compile("e=exam_"))
        exam = room.visitor.page.url.rpartition("e=")[2]
        room.kept().field.fill(ANSWERS[0])
        line.cut()
        room.main.get_by_role("button", name="Hand in", exact=True).click(force=True, no_wait_after=True)
        assert Client(app.url, email).said(exam) == []
        line.mend()
        stored = room.main.get_by_text("Your answer is stored.")
        again = room.main.locator("button:enabled", has_text="Hand in")
        expect(stored.or_(again)).to_be_visible(timeout=SECONDS)
        room.settled()
        if not stored.count():
            expect(room.field).to_have_value(ANSWERS[0])
            room.visitor.press("Hand in")
        room.stored().next().at(2, 4)
        assert Client(app.url, email).said(exam) == [ANSWERS[0]]
    context.close()


def test_the_second_of_two_tabs_is_told_that_the_question_is_answered(room: Room, email: str) -> None:
    room.start().begin()
    expect(room.visitor.page).to_have_url(re.compile("e=exam_"))
    exam = room.visitor.page.url.rpartition("e=")[2]
    other = Room(Visitor(room.visitor.page.context.new_page(), room.visitor.url))
    other.visitor.page.goto(room.visitor.page.url)
    other.by("Type").field.fill(ANSWERS[1])
    room.hand_in(ANSWERS[0])
    other.visitor.press("Hand in")
    expect(other.main.get_by_text("This question was answered in another tab.")).to_be_visible()
    expect(other.main.get_by_text(ANSWERS[0])).to_be_visible()
    expect(other.visitor.page.get_by_label(FIELD, exact=True)).to_have_count(0)
    assert Client(room.visitor.url, email).said(exam) == [ANSWERS[0]]


def test_what_was_being_typed_is_gone_from_the_tab_when_somebody_else_signs_in_there(
    room: Room, browser: Browser, app: App, email: str
) -> None:
    elsewhere = browser.new_context()
    newcomer(elsewhere.new_page(), app, "Tom Thief", f"thief.{email}")
    elsewhere.close()
    room.start().begin().kept()
    room.field.fill("My neighbour keeps the key of my kitchen.")
    page = room.visitor.page
    assert "neighbour" in str(page.evaluate("JSON.stringify({...sessionStorage})"))
    other = Visitor(page.context.new_page(), app.url).open("/account").sees("Your account")
    other.choose("Sign out").sees("Sign in")
    room.visitor.press("Hand in").sees("Sign in")
    room.visitor.sign_in(f"thief.{email}").sees("Not found").kept()
    assert "neighbour" not in str(page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})"))
    assert "neighbour" not in page.content()
