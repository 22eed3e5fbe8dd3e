"""What people do with their conversations in a real browser: stop, change, ask again, copy, search, share, delete for good."""

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
FIRST = "I live in a small town because my family is there."
OTHER = "I live by the sea, and every morning I swim."
_numbers = count()


@pytest.fixture
def email(worker_id: str) -> str:
    return f"nora.{worker_id}.{next(_numbers)}@example.com"


@pytest.fixture
def model() -> Iterator[SlowModel]:
    with slow_model("Good morning and", "welcome. Where do you live?") as running:
        yield running


def practise(visitor: Visitor, answer: str) -> None:
    """Start a conversation and say something."""
    visitor.open("/practice").sees("Practice").press("Start").quiet()
    visitor.say(answer)
    expect(visitor.page.get_by_test_id("stChatMessage")).to_have_count(3)
    visitor.quiet()


def test_change_ask_again_copy_search_and_share(page: Page, context: BrowserContext, browser: Browser, app: App, email: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app.url)
    visitor = newcomer(page, app, "Nora Núñez", email)
    practise(visitor, FIRST)

    visitor.change(OTHER)
    expect(visitor.main.get_by_text(OTHER)).to_be_visible()
    expect(visitor.main.get_by_text(FIRST)).to_have_count(0)

    visitor.press("Answer again")
    expect(visitor.main.get_by_text("Answer 2 of 2")).to_be_visible()
    visitor.main.get_by_role("button", name="Earlier answer").click()
    expect(visitor.main.get_by_text("Answer 1 of 2")).to_be_visible()

    visitor.main.get_by_role("button", name="Copy: ").nth(1).click()
    expect(visitor.main.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == OTHER

    visitor.open("/history").sees("History")
    field = visitor.main.get_by_label("Search your conversations")
    field.fill("morning swim")
    field.press("Enter")
    expect(visitor.main.locator("mark")).to_have_text(["morning", "swim"])
    visitor.main.get_by_test_id("stPageLink").first.click()
    expect(visitor.page).to_have_url(re.compile(r"/practice\?c=conv_.*m=msg_"))
    expect(visitor.main.get_by_text(OTHER)).to_be_visible()

    visitor.open("/history").sees("History").more("Share")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Make a link").click()
    address = dialog.get_by_test_id("stCode")
    expect(address).to_contain_text("/shared?link=")
    link = address.inner_text().strip().partition("/shared")[2]

    elsewhere = browser.new_context()
    reader = Visitor(elsewhere.new_page(), app.url).open(f"/shared{link}")
    expect(reader.main.get_by_text(OTHER)).to_be_visible()
    shown = reader.page.content()
    assert email not in shown
    assert "Nora N" not in shown
    assert "Nora" not in reader.page.locator("body").inner_text()
    assert "Núñez" not in shown
    expect(reader.page.get_by_test_id("stChatInputTextArea")).to_have_count(0)

    dialog.get_by_role("button", name="End it").click()
    expect(dialog.get_by_role("button", name="End it")).to_have_count(0)
    reader.open(f"/shared{link}")
    reader.sees("Not found")
    assert OTHER not in reader.page.content()
    elsewhere.close()


def test_deleting_for_good_asks_first(page: Page, app: App, email: str) -> None:
    visitor = newcomer(page, app, "Nora Núñez", email)
    practise(visitor, FIRST)
    visitor.open("/history").sees("History").more("Delete")
    expect(visitor.main.get_by_role("button", name="Undo")).to_be_visible()
    visitor.quiet().main.get_by_text("Recently deleted").click()
    visitor.main.get_by_role("button", name="Delete now").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("cannot be brought back")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(visitor.main.get_by_role("button", name="Restore")).to_be_visible()
    visitor.main.get_by_role("button", name="Delete now").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
    expect(visitor.main.get_by_text("Nothing was deleted")).to_be_visible()


def test_the_whole_history_is_downloaded_in_both_forms(page: Page, app: App, email: str) -> None:
    visitor = newcomer(page, app, "Nora Núñez", email)
    practise(visitor, FIRST)
    visitor.open("/history").sees("History").press("Download all")
    for form, name in (("Markdown", "conversations.md"), ("JSON", "conversations.json")):
        with page.expect_download() as waiting:
            page.get_by_role("dialog").get_by_role("button", name=form).click()
        assert waiting.value.suggested_filename == name
        assert FIRST in waiting.value.path().read_text(encoding="utf-8")


def test_a_tab_shows_by_itself_what_was_said_in_another(page: Page, context: BrowserContext, app: App, email: str) -> None:
    visitor = newcomer(page, app, "Nora Núñez", email)
    practise(visitor, FIRST)
    second = Visitor(context.new_page(), app.url)
    second.page.goto(page.url)
    expect(second.page.get_by_test_id("stChatMessage")).to_have_count(3)
    visitor.quiet().say(OTHER)
    expect(second.main.get_by_text(OTHER)).to_be_visible()
    expect(second.page.get_by_test_id("stChatMessage")).to_have_count(5)


def test_a_stopped_answer_is_kept_and_another_one_stands_beside_it(own_app: StartApp, context: BrowserContext, model: SlowModel) -> None:
    app = own_app(settings=model.settings)
    visitor = newcomer(context.new_page(), app, "Nora Núñez", "nora@example.com")
    visitor.open("/practice").sees("Practice").press("Start")
    bubble = visitor.page.get_by_test_id("stChatMessage").first
    expect(bubble).to_contain_text("Good morning and")
    visitor.press("Stop")
    expect(visitor.main.get_by_text("You stopped this answer.")).to_be_visible()
    model.go_on.set()
    visitor.main.get_by_role("button", name="Ask another").click()
    option = visitor.page.get_by_role("menuitem", name=re.compile("Offline")).or_(
        visitor.page.get_by_role("option", name=re.compile("Offline"))
    )
    option.click()
    expect(bubble).to_contain_text("Answer 2 of 2")
    expect(bubble).to_contain_text("Offline examiner")
    visitor.quiet().main.get_by_role("button", name="Earlier answer").click()
    expect(bubble).to_contain_text("Good morning and")
    expect(bubble).to_contain_text("Answer 1 of 2")
    expect(visitor.main.get_by_text("You stopped this answer.")).to_be_visible()


def test_tables_and_quotations_of_a_model_are_drawn_as_such(own_app: StartApp, context: BrowserContext) -> None:
    words = "two:\n\n| Word | Level: |\n|:-----|------:|\n| dog | A1 |\n| `:red[reluctant]` | B2 |\n\n> Well said: you, me."
    with slow_model("Here are", words) as model:
        model.go_on.set()
        visitor = Visitor(context.new_page(), own_app(settings=model.settings).url).register("Nora Núñez", "nora@example.com")
        visitor.open("/practice").sees("Practice").press("Start")
        bubble = visitor.page.get_by_test_id("stChatMessage").first
        expect(bubble.get_by_role("columnheader")).to_have_text(["Word", "Level:"])
        expect(bubble.get_by_role("cell")).to_have_text(["dog", "A1", ":red[reluctant]", "B2"])
        expect(bubble.locator("blockquote")).to_have_text("Well said: you, me.")


def test_a_new_name_a_star_and_a_deletion_arrive_in_the_other_tabs(page: Page, context: BrowserContext, app: App, email: str) -> None:
    visitor = newcomer(page, app, "Nora Núñez", email)
    practise(visitor, FIRST)
    conversation = page.url
    listed = Visitor(context.new_page(), app.url).open("/history").sees("History")
    other = Visitor(context.new_page(), app.url).open("/history").sees("History")
    listed.more("Rename")
    dialog = listed.page.get_by_role("dialog")
    dialog.get_by_label("Title").fill("My town")
    dialog.get_by_role("button", name="Save").click()
    visitor.sees("My town")
    expect(other.main.get_by_role("link", name="My town")).to_be_visible()
    listed.more("Star")
    expect(other.main.get_by_test_id("stPageLink").first).to_contain_text("star")
    other.more("Share")
    listed.more("Delete")
    visitor.sees("Not found")
    expect(other.page.get_by_role("dialog").get_by_role("button", name="Make a link")).to_be_visible()
    other.page.keyboard.press("Escape")
    expect(other.main.get_by_text("Nothing here yet")).to_be_visible()
    listed.press("Undo")
    page.goto(conversation)
    visitor.sees("My town")
