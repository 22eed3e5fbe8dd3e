"""The whole way in a real browser: sign up, practise, come back, leave; and what a lost connection or a crash leaves behind."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import App, StartApp
from tests.e2e.newcomers import newcomer
from tests.e2e.person import Visitor
from tests.e2e.slow_model import SlowModel, slow_model

pytestmark = pytest.mark.e2e
ANSWERS = (
    "I live in a small town because my family is there.",
    "On Sundays I cook with my father, although he is always in a hurry.",
    "I would like to travel more, since I have never seen the sea.",
)
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
_numbers = count()


@pytest.fixture
def email(worker_id: str) -> str:
    return f"eva.{worker_id}.{next(_numbers)}@example.com"


@pytest.fixture(params=[DESK, PHONE], ids=["1440px", "390px"])
def visitor(request: pytest.FixtureRequest, browser: Browser, app: App) -> Iterator[Visitor]:
    context = browser.new_context(viewport=request.param)
    yield Visitor(context.new_page(), app.url)
    context.close()


def bubbles(visitor: Visitor) -> list[str]:
    return visitor.page.get_by_test_id("stChatMessage").all_inner_texts()


def practise(visitor: Visitor, *answers: str) -> None:
    """Start a conversation and say something, waiting for each reply."""
    visitor.open("/practice").sees("Practice").press("Start")
    expect(visitor.page).to_have_url(re.compile(r"/practice\?c=conv_"))
    expect(visitor.page.get_by_test_id("stChatMessage")).to_have_count(1)
    visitor.quiet()
    for turn, answer in enumerate(answers, start=1):
        visitor.say(answer)
        expect(visitor.page.get_by_test_id("stChatMessage")).to_have_count(1 + 2 * turn)
        visitor.quiet()


def test_register_practise_reload_history_continue_sign_out_back(visitor: Visitor, email: str) -> None:
    visitor.register("Eva Núñez", email)
    practise(visitor, *ANSWERS)
    said = bubbles(visitor)
    assert len(said) == 7
    for number, answer in enumerate(ANSWERS):
        assert answer in said[1 + 2 * number]

    visitor.page.reload()
    expect(visitor.page.get_by_test_id("stChatMessage")).to_have_count(7)
    visitor.quiet()
    assert bubbles(visitor) == said

    visitor.open("/history").sees("History")
    visitor.main.get_by_test_id("stPageLink").first.click()
    expect(visitor.page.get_by_test_id("stChatMessage")).to_have_count(7)
    visitor.say("One more thing: I also like music.")
    expect(visitor.page.get_by_test_id("stChatMessage")).to_have_count(9)
    visitor.quiet()

    conversation = visitor.page.url
    visitor.choose("Sign out").sees("Sign in")
    visitor.page.go_back()
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    expect(visitor.page.get_by_test_id("stChatMessage")).to_have_count(0)
    visitor.page.goto(conversation)
    visitor.sees("Sign in")
    assert ANSWERS[0] not in visitor.page.content()


def test_nothing_is_wider_than_the_window(visitor: Visitor, app: App, email: str) -> None:
    newcomer(visitor.page, app, "Eva Núñez", email)
    practise(visitor, "word" * 60)
    for path, heading in (("/", "Hello, Eva"), ("/history", "History"), ("/account", "Your account"), ("/privacy", "Privacy")):
        visitor.open(path).sees(heading)
        assert visitor.page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")


def test_a_conversation_is_renamed_deleted_and_brought_back(page: Page, app: App, email: str) -> None:
    visitor = newcomer(page, app, "Eva Núñez", email)
    practise(visitor, ANSWERS[0])
    visitor.open("/history").sees("History").more("Rename")
    visitor.page.get_by_role("dialog").get_by_label("Title").fill("My <b>best</b> talk")
    visitor.page.get_by_role("dialog").get_by_role("button", name="Save").click()
    row = visitor.main.get_by_text("My <b>best</b> talk", exact=True)
    expect(row).to_be_visible()
    visitor.more("Delete")
    expect(visitor.main.get_by_text("Nothing here yet")).to_be_visible()
    visitor.press("Undo")
    expect(row).to_be_visible()


def test_somebody_elses_conversation_is_not_found(page: Page, app: App, browser: Browser, email: str) -> None:
    visitor = newcomer(page, app, "Eva Núñez", email)
    practise(visitor, ANSWERS[0])
    elsewhere = browser.new_context()
    thief = newcomer(elsewhere.new_page(), app, "Tom Thief", f"thief.{email}")
    thief.page.goto(visitor.page.url)
    thief.sees("Not found")
    assert ANSWERS[0] not in thief.page.content()
    elsewhere.close()


def test_a_conversation_can_be_had_by_keyboard_alone(page: Page, app: App, email: str) -> None:
    visitor = newcomer(page, app, "Eva Núñez", email)
    visitor.open("/practice").sees("Practice")
    start = visitor.main.get_by_role("button", name="Start")
    for _ in range(60):
        if start.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    box = page.get_by_test_id("stChatInputTextArea")
    expect(box).to_be_visible()
    visitor.quiet()
    for _ in range(60):
        if box.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type(ANSWERS[0])
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(3)


@pytest.fixture
def model() -> Iterator[SlowModel]:
    with slow_model(first="Good morning and", rest="welcome. Where do you live?") as serving:
        yield serving


def test_a_reload_in_the_middle_of_a_reply_picks_it_up_again(own_app: StartApp, context: BrowserContext, model: SlowModel) -> None:
    app = own_app(settings=model.settings)
    visitor = newcomer(context.new_page(), app, "Eva Núñez", "eva@example.com")
    visitor.open("/practice").sees("Practice").press("Start")
    reply = visitor.page.get_by_test_id("stChatMessage").first
    expect(reply).to_contain_text("Good morning and")
    visitor.page.reload()
    expect(reply).to_contain_text("Good morning and")
    model.go_on.set()
    expect(reply).to_contain_text("Good morning and welcome. Where do you live?")
    expect(visitor.main.get_by_role("button", name="Stop")).to_have_count(0)


def test_an_answer_sent_while_a_reply_is_being_written_is_answered_too(
    own_app: StartApp, context: BrowserContext, model: SlowModel
) -> None:
    app = own_app(settings=model.settings)
    visitor = newcomer(context.new_page(), app, "Eva Núñez", "eva@example.com")
    visitor.open("/practice").sees("Practice").press("Start")
    said = visitor.page.get_by_test_id("stChatMessage")
    expect(said.first).to_contain_text("Good morning and")
    visitor.say(ANSWERS[0])
    model.go_on.set()
    expect(said).to_have_count(3)
    expect(said.first).to_contain_text("Where do you live?")
    expect(said.last).to_contain_text("Where do you live?")


def test_a_reply_that_a_crash_cut_off_is_marked_and_nothing_is_lost(own_app: StartApp, context: BrowserContext, model: SlowModel) -> None:
    app = own_app(settings=model.settings)
    visitor = newcomer(context.new_page(), app, "Eva Núñez", "eva@example.com")
    visitor.open("/practice").sees("Practice").press("Start")
    expect(visitor.page.get_by_test_id("stChatMessage").first).to_contain_text("Good morning and")
    conversation = visitor.page.url.removeprefix(app.url)
    app.process.kill()
    app.stop()
    again = own_app()
    after = Visitor(context.new_page(), again.url)
    after.open(conversation)
    expect(after.main.get_by_text(re.compile("cut off|No answer came"))).to_be_visible()
    after.press("Try again")
    expect(after.page.get_by_test_id("stChatMessage").last).to_contain_text("offline")
