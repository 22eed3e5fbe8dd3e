"""Where the cursor and a screen reader go when a page changes under them."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import App
from tests.e2e.newcomers import newcomer
from tests.e2e.person import PASSWORD, Visitor
from ui.attention import AIM, ANSWER_BOX

pytestmark = pytest.mark.e2e
LISTEN = """() => {
  window.heard = [];
  const seen = new MutationObserver(() => {
    const said = document.getElementById("viva-voice-over")?.textContent;
    if (said && window.heard.at(-1) !== said) window.heard.push(said);
  });
  seen.observe(document.body, {childList: true, subtree: true, characterData: true});
}"""
TEXT_FIELDS = re.compile(r"/static/js/TextInput\.[^/]+\.js$")
"""The script that Streamlit fetches when a page first shows a text field."""
_numbers = count()


@pytest.fixture
def visitor(page: Page, app: App) -> Visitor:
    return Visitor(page, app.url)


@pytest.fixture
def learner(page: Page, app: App, worker_id: str) -> Visitor:
    return newcomer(page, app, "Nora Aalto", f"attention.{worker_id}.{next(_numbers)}@example.com")


def test_a_refused_sign_in_leads_to_the_password_with_the_reason_each_time(visitor: Visitor) -> None:
    visitor.open("/sign-in")
    focused = visitor.page.locator("input:focus")  # for a moment the old, filled field stands beside the new one
    for _ in range(2):
        visitor.sign_in("nobody@example.com")
        expect(focused).to_have_accessible_name("Password")
        expect(focused).to_have_value("")
        expect(focused).to_have_accessible_description(re.compile("email, username or password is not correct"))
    expect(visitor.main.get_by_role("alert")).to_have_count(1)


def test_a_refused_form_leads_to_its_first_fault_and_ties_each_to_its_field(visitor: Visitor) -> None:
    visitor.open("/create-account").sees("Create account").press("Create account")
    name, email = visitor.page.get_by_label("Your name", exact=True), visitor.page.get_by_label("Email", exact=True)
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description(re.compile("Please tell us your name"))
    expect(email).to_have_attribute("aria-invalid", "true")
    visitor.type("Your name", "Nora").type("Email", "nora@example.com").type("Password", "short").type("Password again", "short")
    visitor.press("Create account")
    focused = visitor.page.locator("input:focus")
    expect(focused).to_have_accessible_name("Password")
    expect(focused).to_have_value("")
    expect(focused).to_have_accessible_description(re.compile(r"marked below\. .*Missing: an uppercase letter"))
    expect(name).not_to_have_attribute("aria-invalid", "true")
    expect(email).not_to_have_attribute("aria-describedby", re.compile("viva-problem"))


def test_a_refused_form_whose_fields_are_still_being_fetched_leads_to_its_first_fault_once_they_are_there(visitor: Visitor) -> None:
    page, held = visitor.page, list[Route]()
    page.clock.install()

    def hold(fetch: Route) -> None:
        held.append(fetch)

    page.route(TEXT_FIELDS, hold)
    visitor.open("/create-account").sees("Create account").press("Create account")
    expect(visitor.main.get_by_text("Please tell us your name")).to_be_visible()
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    page.clock.run_for(2_000)  # milliseconds, in which the page lies calm
    expect(visitor.main.get_by_role("textbox")).to_have_count(0)
    for fetch in held:
        fetch.continue_()
    expect(page.get_by_label("Your name", exact=True)).to_be_focused()


def test_the_rules_that_a_password_broke_are_said_once_in_their_list(visitor: Visitor) -> None:
    visitor.open("/create-account").sees("Create account").type("Password", "shorty").type("Password again", "shorty")
    visitor.press("Create account")
    expect(visitor.main.get_by_text("uppercase letter")).to_have_count(1)
    expect(visitor.main.locator("li[data-broken]")).to_have_text(
        [re.compile("8 characters"), re.compile("uppercase"), re.compile("number")]
    )
    visitor.type("Password", PASSWORD)
    expect(visitor.main.locator("li[data-met=no]")).to_have_count(0)


def test_editing_puts_the_cursor_behind_the_words_and_back_where_it_came_from(learner: Visitor) -> None:
    talk(learner).say("I like old films.").quiet()
    edit, box = learner.main.get_by_role("button", name="Edit"), learner.page.get_by_test_id("stChatInputTextArea")
    for _ in range(2):
        edit.press("Enter")
        field = learner.page.get_by_label("Your words")
        expect(field).to_be_focused()
        assert field.evaluate("field => field.selectionStart") == len("I like old films.")
        learner.main.get_by_role("button", name="Cancel").press("Enter")
        expect(edit).to_be_focused()
    edit.press("Enter")
    expect(learner.page.get_by_label("Your words")).to_be_focused()
    learner.page.keyboard.type(" And new ones.")
    learner.main.get_by_role("button", name="Send instead").press("Enter")
    expect(learner.main.get_by_text("I like old films. And new ones.")).to_be_visible()
    expect(box).to_be_focused()
    learner.quiet().main.get_by_role("button", name="Answer again").press("Enter")
    expect(learner.main.get_by_text("Answer 2 of 2")).to_be_visible()
    expect(box).to_be_focused()


def test_an_answer_is_read_out_once_when_it_is_whole_and_never_in_pieces(learner: Visitor) -> None:
    voice = talk(learner).page.locator("#viva-voice-over")
    expect(voice).not_to_have_text("")
    greeting = voice.text_content()
    learner.page.evaluate(LISTEN)
    learner.say("I like old films because my aunt showed me many of them.")
    words = learner.main.locator("[class*=st-key-viva-words-]")
    expect(words).to_have_count(2)
    expect(voice).not_to_have_text(str(greeting))
    learner.quiet()
    expect(voice).to_have_text(words.last.inner_text())
    heard = [said for said in learner.page.evaluate("window.heard") if said != greeting]
    assert heard == [voice.text_content()]


def test_what_was_there_when_the_page_was_opened_is_not_read_out(learner: Visitor) -> None:
    talk(learner).page.reload()
    expect(learner.quiet().main.locator("[class*=st-key-viva-words-]")).to_have_count(1)
    expect(learner.page.locator("#viva-heard")).to_have_attribute("data-fresh", "no")
    expect(learner.page.locator("#viva-voice-over")).to_have_text("")


def test_what_is_typed_at_once_comes_behind_what_was_said_on_a_slow_machine_too(learner: Visitor) -> None:
    talk(learner).say("I like old films.").quiet()
    learner.page.context.new_cdp_session(learner.page).send("Emulation.setCPUThrottlingRate", {"rate": 8})
    edit, field = learner.main.get_by_role("button", name="Edit"), learner.page.get_by_label("Your words")
    for _ in range(4):
        edit.press("Enter")
        expect(field).to_be_focused()
        learner.page.keyboard.type(" And new ones.")
        expect(field).to_have_value("I like old films. And new ones.")
        learner.main.get_by_role("button", name="Cancel").press("Enter")
        expect(edit).to_be_focused()


def test_who_has_gone_on_with_the_tab_key_keeps_their_place(learner: Visitor) -> None:
    page = talk(learner).quiet().page
    box = page.get_by_test_id("stChatInputTextArea")
    box.focus()
    page.evaluate(AIM)  # from here on steps are noticed
    page.keyboard.press("Shift+Tab")
    expect(box).not_to_be_focused()
    mark = f"document.querySelector('main').insertAdjacentHTML('beforeend', '<div data-viva-aim=\"{ANSWER_BOX}\"></div>');"
    page.evaluate(mark + AIM)
    page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(box).not_to_be_focused()
    page.keyboard.press("Enter")  # a press asks anew
    page.evaluate(mark + AIM)
    expect(box).to_be_focused()


def talk(learner: Visitor) -> Visitor:
    """Begin a conversation and wait for the greeting."""
    learner.open("/practice").sees("Practice").press("Start")
    expect(learner.main.locator("#viva-heard")).to_have_attribute("data-newest", re.compile("complete"))
    return learner.quiet()
