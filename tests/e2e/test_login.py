"""The browser's login in a real browser: where it survives, where it ends, and what a script can see of it."""

from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from tests.e2e.conftest import FLAGS, App, StartApp
from tests.e2e.newcomers import account, newcomer
from tests.e2e.person import Visitor
from ui.browser import HANDOFF

pytestmark = pytest.mark.e2e
_numbers = count()


@pytest.fixture
def email(worker_id: str) -> str:
    return f"ana.{worker_id}.{next(_numbers)}@example.com"


@pytest.fixture
def visitor(page: Page, app: App) -> Visitor:
    return Visitor(page, app.url)


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Collect what the browser refuses under the content policy, and scripts' own faults."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_a_login_survives_a_reload_and_opens_in_a_second_tab(visitor: Visitor, context: BrowserContext, email: str) -> None:
    visitor.register("Ana García", email)
    visitor.page.reload()
    visitor.sees("Hello, Ana")
    second = Visitor(context.new_page(), visitor.url).open("/account").sees("Your account")
    expect(second.page.get_by_label("Name", exact=True)).to_have_value("Ana García")


def test_a_login_survives_a_restart_of_the_browser(app: App, browser_type: BrowserType, email: str, tmp_path: Path) -> None:
    from tests import needs

    chromium = needs.program("chromium", "chromium-browser", install="apt-get install chromium")
    first = browser_type.launch_persistent_context(tmp_path, executable_path=chromium, args=list(FLAGS))
    Visitor(first.new_page(), app.url).register("Ana García", email)
    first.close()
    second = browser_type.launch_persistent_context(tmp_path, executable_path=chromium, args=list(FLAGS))
    Visitor(second.new_page(), app.url).open("/").sees("Hello, Ana")
    second.close()


def test_no_script_can_read_the_login_and_no_address_holds_it(visitor: Visitor, context: BrowserContext, email: str) -> None:
    """ASVS 3.3.2, 3.3.4, 14.2.1."""
    addresses: list[str] = []
    visitor.page.on("request", lambda request: addresses.append(request.url))
    visitor.register("Ana García", email)
    cookie = next(cookie for cookie in context.cookies() if cookie["name"] == "viva")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert len(cookie["value"]) < 100
    assert cookie["value"] not in str(visitor.page.evaluate("document.cookie + JSON.stringify({...localStorage, ...sessionStorage})"))
    assert cookie["value"] not in visitor.page.content()
    assert not [address for address in addresses if cookie["value"] in address or "code=" in address]


def test_the_hand_over_code_is_not_left_in_the_page(visitor: Visitor, email: str) -> None:
    visitor.register("Ana García", email)
    assert visitor.page.locator("#viva-handoff").get_attribute("data-code") is None


def test_a_page_that_is_drawn_twice_hands_its_code_over_once(visitor: Visitor) -> None:
    """The second time it would be refused, with an error in the browser's console."""
    page = visitor.open("/privacy").sees("Privacy").page
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/auth/browser/session" in request.url else None)
    draw = (
        "document.querySelector('#viva-handoff')?.remove();"
        "document.body.insertAdjacentHTML('beforeend', '<div id=viva-handoff data-code={}></div>');"
    )
    for code in ("one-code-of-a-login", "one-code-of-a-login", "the-code-of-another"):
        page.evaluate(draw.format(code) + HANDOFF)
        page.wait_for_selector("#viva-handoff[data-state=refused]", state="attached")
    assert len(sent) == 2


def test_signing_out_in_one_tab_ends_the_other_at_its_next_action(visitor: Visitor, context: BrowserContext, app: App, email: str) -> None:
    """ASVS 7.4.1."""
    newcomer(visitor.page, app, "Ana García", email).open("/").sees("Hello, Ana")
    other = Visitor(context.new_page(), visitor.url).open("/account").sees("Your account")
    visitor.choose("Sign out").sees("Sign in")
    other.press("Save changes").sees("Sign in")
    assert "viva" not in {cookie["name"] for cookie in context.cookies()}
    expect(other.page.get_by_text("Ana")).to_have_count(0)


def test_after_signing_out_the_back_button_shows_nothing(visitor: Visitor, email: str) -> None:
    visitor.register("Ana García", email)
    visitor.open("/account").sees("Your account")
    visitor.choose("Sign out").sees("Sign in")
    visitor.page.go_back()
    expect(visitor.page.get_by_role("heading", level=1)).not_to_have_text("Your account")
    visitor.page.go_back()
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    expect(visitor.page.get_by_text(email)).to_have_count(0)


def test_somebody_who_followed_a_link_gets_there_after_signing_in(browser: Browser, email: str, app: App) -> None:
    account(app.data_dir, "Ana García", email)
    elsewhere = browser.new_context()
    friend = Visitor(elsewhere.new_page(), app.url).open("/account")
    friend.sign_in(email).sees("Your account")
    elsewhere.close()


def test_the_first_request_after_a_restart_sees_only_sign_in(own_app: StartApp, browser: Browser) -> None:
    """With `pages/` beside the script the first visitor would get in without the gate."""
    for path in ("/practice", "/history", "/account"):
        app = own_app()
        context = browser.new_context()
        Visitor(context.new_page(), app.url).open(path).sees("Sign in")
        context.close()
        app.stop()


def test_a_login_survives_a_restart_of_the_app(own_app: StartApp, browser: Browser) -> None:
    app = own_app()
    context = browser.new_context()
    newcomer(context.new_page(), app, "Ana García", "ana@example.com").open("/").sees("Hello, Ana")
    app.stop()
    again = own_app()
    page = context.new_page()
    Visitor(page, again.url).open("/").sees("Hello, Ana")
    context.close()


def test_the_content_policy_breaks_nothing(visitor: Visitor, complaints: list[str], email: str) -> None:
    visitor.register("Ana García", email)
    for path, heading in (("/account", "Your account"), ("/privacy", "Privacy")):
        visitor.open(path).sees(heading)
    visitor.choose("Sign out").sees("Sign in")
    assert complaints == []


def test_an_injected_script_does_not_run(visitor: Visitor) -> None:
    visitor.open("/").page.wait_for_selector("h1")
    ran = visitor.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.stolen = 1'; document.body.append(s);"
        " return window.stolen }"
    )
    assert ran is None


def test_every_title_names_the_product(visitor: Visitor) -> None:
    for path in ("/", "/sign-in", "/create-account", "/privacy", "/account"):
        visitor.open(path).page.wait_for_selector("h1")
        assert "CEFR Speaking Exam Simulator" in visitor.page.title(), path


def test_fields_tell_password_managers_what_they_are(visitor: Visitor) -> None:
    """ASVS 6.2.6, 6.2.7."""
    visitor.open("/create-account").sees("Create account")
    for label, purpose in (("Email", "email"), ("Your name", "name"), ("Password", "new-password"), ("Password again", "new-password")):
        expect(visitor.page.get_by_label(label, exact=True)).to_have_attribute("autocomplete", purpose)
    for label in ("Password", "Password again"):
        field = visitor.page.get_by_label(label, exact=True)
        expect(field).to_have_attribute("type", "password")
        assert field.evaluate("field => field.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true}))"), "no pasting"
    visitor.open("/sign-in").sees("Sign in")
    expect(visitor.page.get_by_label("Password", exact=True)).to_have_attribute("autocomplete", "current-password")
    expect(visitor.page.get_by_label("Password", exact=True)).to_have_attribute("type", "password")
    expect(visitor.page.get_by_label("Email or username")).to_have_attribute("autocomplete", "username")


def test_nothing_of_streamlit_itself_is_offered(visitor: Visitor) -> None:
    visitor.open("/").page.wait_for_selector("h1")
    for name in ("Deploy", "Rerun", "Settings", "Print", "Record screen"):
        expect(visitor.page.get_by_text(name, exact=True)).to_have_count(0)
    expect(visitor.page.get_by_test_id("stMainMenu")).to_have_count(0)
