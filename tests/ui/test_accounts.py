"""Signing in, making an account, the profile: what a person sees and what must not happen."""

import pytest

from auth.errors import NotSignedIn
from auth.models import Client
from core.errors import TooManyAttempts
from tests.ui.tabs import PASSWORD, Open, Person, make_person
from ui import menu
from wiring import Services

PRIVATE = [entry.path for entry in menu.ENTRIES if entry.audience not in {menu.Audience.EVERYBODY, menu.Audience.STRANGERS}]


@pytest.mark.parametrize("path", PRIVATE)
def test_a_stranger_on_a_private_page_sees_sign_in_and_nothing_else(open_page: Open, path: str) -> None:
    tab = open_page(path)
    assert tab.heading == "Sign in"


@pytest.mark.parametrize("path", PRIVATE)
@pytest.mark.parametrize("cookie", ["nonsense", "' or 1=1 --", "\x00", "a" * 10_000])
def test_a_made_up_cookie_opens_nothing(open_page: Open, path: str, cookie: str) -> None:
    assert open_page(path, cookie=cookie).heading == "Sign in"


def test_a_wrong_password_is_refused_without_saying_which_part_was_wrong(open_page: Open, person: Person) -> None:
    tab = open_page("sign-in").fill("Email or username", person.user.email).fill("Password", "wrong-Password-1").press("Sign in")
    wrong_password = tab.text
    tab = open_page("sign-in").fill("Email or username", "nobody@example.com").fill("Password", "wrong-Password-1").press("Sign in")
    assert "not correct" in wrong_password
    assert tab.text == wrong_password


@pytest.mark.parametrize("path", [entry.path for entry in menu.ENTRIES])
def test_signing_out_is_offered_on_every_page(open_page: Open, person: Person, services: Services, path: str) -> None:
    """ASVS 7.4.4: whoever is signed in, whatever the page; and it works from there."""
    services.auth.promote_to_admin(person.user.email)
    tab = open_page(path, cookie=person.cookie)
    tab.choose("sign-out")
    with pytest.raises(NotSignedIn):
        services.auth.session_from_cookie(person.cookie)


def test_the_page_and_programs_count_failed_logins_together(open_page: Open, person: Person, services: Services) -> None:
    """ASVS 6.1.3, 6.3.4."""
    tab = open_page("sign-in")
    for _ in range(10):
        tab.fill("Email or username", person.user.email).fill("Password", "wrong-Password-1").press("Sign in")
        assert tab.shows("not correct")
    with pytest.raises(TooManyAttempts):
        services.auth.login(person.user.username, PASSWORD, client=Client(ip="127.0.0.1"))


def test_after_a_failed_login_the_name_is_kept_and_the_password_is_not(open_page: Open, person: Person) -> None:
    tab = open_page("sign-in").fill("Email or username", person.user.email).fill("Password", "wrong-Password-1").press("Sign in")
    assert tab.field("Email or username") == person.user.email
    assert tab.field("Password") == ""
    assert "wrong-Password-1" not in tab.remembered


def test_the_right_password_leads_home(open_page: Open, person: Person) -> None:
    tab = open_page("sign-in").fill("Email or username", person.user.username).fill("Password", PASSWORD).press("Sign in")
    assert tab.heading == "Hello, Ana"
    assert PASSWORD not in tab.remembered


def test_somebody_who_wanted_a_page_gets_there_after_signing_in(open_page: Open, person: Person) -> None:
    tab = open_page("account").now_on("sign-in").fill("Email or username", person.user.email).fill("Password", PASSWORD).press("Sign in")
    assert tab.heading == "Your account"


def test_an_account_is_made_and_signed_in(open_page: Open, services: Services) -> None:
    tab = open_page("create-account").fill("Your name", "María José").fill("Email", "Maria@Example.com")
    tab.fill("Password", PASSWORD).fill("Password again", PASSWORD).press("Create account")
    assert tab.heading == "Hello, María"
    assert services.auth.login("maria@example.com", PASSWORD).user.full_name == "María José"


@pytest.mark.parametrize("name", ["", "   "])
def test_an_account_without_a_name_is_refused_beside_the_field(open_page: Open, services: Services, name: str) -> None:
    tab = open_page("create-account").fill("Your name", name).fill("Email", "maria@example.com")
    tab.fill("Password", PASSWORD).fill("Password again", PASSWORD).press("Create account")
    assert tab.heading == "Create account"
    (said,) = [text for text in tab.text.splitlines() if 'role="alert"' in text and "<p" in text]
    assert said.endswith(">Please tell us your name. A first name is enough.</p>")
    assert 'id="viva-problem-full_name"' in said
    assert services.auth.is_email_free("maria@example.com")
    assert tab.field("Email") == "maria@example.com"


def test_each_fault_stands_beside_its_field_and_what_was_typed_is_kept(open_page: Open, services: Services) -> None:
    tab = open_page("create-account").fill("Your name", "Ana").fill("Email", "no address").fill("Username (optional)", "a@b")
    tab.fill("Password", "short").fill("Password again", "other").press("Create account")
    for message in ("valid email address", "Username", "at least 8 characters", "not the same"):
        assert message in tab.text
    assert (tab.field("Your name"), tab.field("Email"), tab.field("Username (optional)")) == ("Ana", "no address", "a@b")
    assert (tab.field("Password"), tab.field("Password again")) == ("", "")
    assert not services.auth.is_email_free("no address")


def test_a_taken_email_is_said_beside_the_field_and_nothing_changes(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("create-account").fill("Your name", "Eve").fill("Email", "ANA@example.com")
    tab.fill("Password", "Other-pass7-word").fill("Password again", "Other-pass7-word").press("Create account")
    assert tab.heading == "Create account"
    assert tab.shows("already exists")
    assert services.auth.login(person.user.email, PASSWORD).user.full_name == "Ana García"


def test_markup_in_a_name_is_refused_or_shown_as_text(open_page: Open) -> None:
    tab = open_page("create-account").fill("Your name", "<img src=x onerror=alert(1)>").fill("Email", "eve@example.com")
    tab.fill("Password", PASSWORD).fill("Password again", PASSWORD).press("Create account")
    assert tab.heading == "Create account"


def test_a_profile_change_is_saved(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("account", cookie=person.cookie).fill("Name", "Ana María").press("Save changes")
    assert tab.field("Name") == "Ana María"
    user = services.auth.get_user(person.user.id)
    assert user is not None
    assert user.full_name == "Ana María"


def test_a_profile_fault_stands_beside_its_field_and_saves_nothing(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("account", cookie=person.cookie).fill("Name", "Ana 😀").press("Save changes")
    assert 'role="alert"' in tab.text
    user = services.auth.get_user(person.user.id)
    assert user is not None
    assert user.full_name == "Ana García"


def test_a_login_that_ended_elsewhere_ends_here_at_the_next_action(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("account", cookie=person.cookie)
    services.auth.logout_everywhere(services.auth.session_from_cookie(person.cookie))
    tab.press("Save changes")
    assert tab.heading == "Sign in"
    assert not tab.names("Ana")


def test_another_person_in_the_same_tab_finds_no_trace_of_the_former(open_page: Open, person: Person, services: Services) -> None:
    other = make_person(services, "bob")
    tab = open_page("account", cookie=person.cookie)
    tab.test.session_state["draft"] = "something private of Ana"
    services.auth.logout_everywhere(services.auth.session_from_cookie(person.cookie))
    tab.press("Save changes").now_on("sign-in")
    tab.fill("Email or username", other.user.email).fill("Password", PASSWORD).press("Sign in")
    assert services.auth.authenticate(str(tab.test.session_state["viva.access_token"])).user.id == other.user.id
    remembered = tab.remembered
    assert "private" not in remembered
    assert not tab.names("Ana")
    assert person.user.id not in remembered


def test_signing_out_ends_the_session_everywhere(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("account", cookie=person.cookie)
    other_tab = open_page("account", cookie=person.cookie)
    tab.choose("sign-out")
    with pytest.raises(NotSignedIn):
        services.auth.session_from_cookie(person.cookie)
    assert other_tab.press("Save changes").heading == "Sign in"


def test_a_disabled_account_is_out_at_the_next_action(open_page: Open, person: Person, services: Services) -> None:
    from dataclasses import replace

    tab = open_page("account", cookie=person.cookie)
    user = services.auth.get_user(person.user.id)
    assert user is not None
    assert services.auth.kit.stores.accounts.replace(replace(user, is_active=False, version=user.version + 1))
    assert tab.press("Save changes").heading == "Sign in"


def test_the_privacy_page_is_open_to_everybody(open_page: Open) -> None:
    tab = open_page("privacy")
    assert tab.heading == "Privacy"
    assert tab.shows("How to have it deleted")
