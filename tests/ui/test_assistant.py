"""Signing up by chatting: what a person sees, what is remembered, and what must not happen."""

import re
from datetime import timedelta
from html import escape, unescape

import pytest

from tests.ui.tabs import PASSWORD, Open, Person, Tab
from ui import assistant
from wiring import Services


def _until_password(open_page: Open) -> Tab:
    return open_page("join").press("Yes, let's start").say("it's maria@example.com").say("maria_j")


def _bubbles(tab: Tab) -> list[str]:
    """Return the words of the bubbles, from top to bottom."""
    bodies = ("\n".join(str(part.proto.body) for part in bubble.get("html")) for bubble in tab.test.chat_message)
    return [unescape(re.sub("<[^>]+>", "", body)) for body in bodies]


def _send_password(tab: Tab, password: str) -> Tab:
    return tab.fill("Password", password).press("Send")


def test_a_whole_conversation_ends_signed_in_on_the_home_page(open_page: Open, services: Services) -> None:
    tab = _send_password(_until_password(open_page), PASSWORD)
    tab.say("María").say("García").now_on("")
    assert tab.heading == "Hello, María"
    made = services.auth.login("maria_j", PASSWORD).user
    assert (made.email, made.first_name, made.last_name) == ("maria@example.com", "María", "García")


def test_the_login_is_the_browsers_and_no_refresh_token_is_remembered(open_page: Open) -> None:
    tab = _send_password(_until_password(open_page), PASSWORD).say("María").say("García")
    assert tab.test.session_state["viva.handoff"]
    assert "refresh" not in tab.remembered
    assert "signup_token" not in tab.test.query_params


def test_the_password_is_dots_on_the_page_and_nowhere_in_the_tab(open_page: Open) -> None:
    tab = _until_password(open_page)
    assert tab.test.chat_input[0].disabled
    assert "at least 8 characters" in tab.text
    _send_password(tab, PASSWORD)
    assert _bubbles(tab)[-2] == assistant.DOTS
    assert PASSWORD not in tab.text
    assert PASSWORD not in tab.remembered
    assert not tab.test.chat_input[0].disabled


def test_a_refused_password_is_not_kept_either_and_is_asked_again(open_page: Open) -> None:
    tab = _send_password(_until_password(open_page), "onlysmall")
    assert "number" in tab.text
    assert tab.field("Password") == ""
    assert "onlysmall" not in tab.text + tab.remembered


def test_a_password_sent_too_early_is_not_kept(open_page: Open) -> None:
    tab = open_page("join").press("Yes, let's start").say(f"my password is {PASSWORD}")
    assert PASSWORD not in tab.text
    assert PASSWORD not in tab.remembered


def test_nothing_begins_before_the_person_agrees(open_page: Open) -> None:
    tab = open_page("join").press("What do you need?")
    assert "signup_token" not in tab.test.query_params
    tab.press("Yes, let's start")
    assert tab.test.query_params["signup_token"]


def test_a_reload_goes_on_where_the_conversation_was(open_page: Open) -> None:
    tab = open_page("join").press("Yes, let's start").say("maria@example.com")
    address = tab.test.query_params["signup_token"]
    again = open_page("join", signup_token=address if isinstance(address, str) else address[0])
    assert "maria@example.com" in _bubbles(again)[0]
    assert "username" in _bubbles(again)[-1]
    again.say("maria_j")
    assert [field.label for field in again.test.text_input] == ["Password"]


@pytest.mark.parametrize("made_up", ["signup_nothing", "' or 1=1 --", "x" * 5000, "\x00"])
def test_a_made_up_conversation_is_kindly_begun_anew(open_page: Open, made_up: str) -> None:
    tab = open_page("join", signup_token=made_up)
    assert "shall we start again" in tab.text
    assert "signup_token" not in tab.test.query_params


def test_a_conversation_that_has_expired_says_so_and_can_begin_again(
    open_page: Open, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_page("join").press("Yes, let's start").say("maria@example.com")
    later = services.clock.now() + timedelta(hours=1)
    monkeypatch.setattr(type(services.clock), "now", lambda _: later)
    tab.say("maria_j")
    assert "This conversation has ended" in _bubbles(tab)[-1]
    tab.press("Yes, let's start")
    assert "email" in _bubbles(tab)[-1]


@pytest.mark.parametrize(
    "words", ["<b>[x](http://evil.example)</b>", "a <script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;i&gt;"]
)
def test_what_a_person_writes_is_shown_as_text_and_never_as_markup(open_page: Open, words: str) -> None:
    tab = open_page("join").press("Yes, let's start").say(words)
    body = str(tab.test.chat_message[-2].get("html")[0].proto.body)
    assert body == f'<p class="viva-words" dir="auto">{escape(words)}</p>'
    assert "evil" not in str([part.value for part in tab.test.markdown])


def test_a_taken_username_comes_with_free_ones_to_press(open_page: Open, person: Person) -> None:
    tab = open_page("join").press("Yes, let's start").say("maria@example.com").say(person.user.username)
    offered = [button.label for button in tab.test.button if str(button.label).startswith(person.user.username)]
    assert len(offered) == 3
    tab.press(offered[0])
    assert [field.label for field in tab.test.text_input] == ["Password"]


def test_one_can_go_back_from_the_password(open_page: Open) -> None:
    tab = _until_password(open_page).press("Go back")
    assert "maria_j" in _bubbles(tab)[-1]
    tab.press("Keep it")
    assert [field.label for field in tab.test.text_input] == ["Password"]


def test_the_ordinary_form_is_one_link_away_at_every_moment(open_page: Open) -> None:
    tab = open_page("join")
    assert "Use the ordinary form" in tab.links
    tab.press("Yes, let's start")
    assert "Use the ordinary form" in tab.links
    tab.say("maria@example.com").say("maria_j")
    assert "Use the ordinary form" in tab.links
    _send_password(tab, PASSWORD)
    assert "Use the ordinary form" in tab.links


def test_sign_in_and_the_form_lead_to_the_assistant(open_page: Open) -> None:
    assert "Sign up by chatting" in open_page("sign-in").links
    assert "Sign up by chatting" in open_page("create-account").links
    assert open_page("").press("Sign up by chatting").now_on("join").heading == "Sign up by chatting"


def test_somebody_who_is_signed_in_is_led_home(open_page: Open, person: Person) -> None:
    assert open_page("join", cookie=person.cookie).now_on("").heading == "Hello, Ana"


def test_what_was_gone_back_to_can_still_be_kept_after_a_reload(open_page: Open) -> None:
    tab = open_page("join").press("Yes, let's start").say("maria@example.com").say("maria_j").press("Go back")
    address = tab.test.query_params["signup_token"]
    again = open_page("join", signup_token=address if isinstance(address, str) else address[0])
    again.press("Keep it")
    assert "stays as it is" in _bubbles(again)[-1]
    assert again.field("Password") == ""
