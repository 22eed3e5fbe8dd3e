"""Passwords, addresses, sessions, deletion: what a person sees and what must not happen."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from auth.errors import BadCredentials, NotSignedIn
from auth.models import Client, Role
from auth.results import Identity
from exam.errors import ConsentNeeded
from mail.models import Letter, LetterState, Template
from tests.ui.tabs import PASSWORD, Open, Person, Tab, make_person
from tests.unit.exam.engine.speaker import spoken
from ui.views import leaving
from wiring import Services, account_as_json

NEW = "Green-boat4-Porto"


def newest(services: Services, template: Template) -> Letter:
    """Return the newest letter of this kind; nothing has delivered it."""
    found = services.outbox.entries(state=LetterState.WAITING, limit=100)
    return max((entry.letter for entry in found if entry.letter.template is template), key=lambda letter: letter.created_at)


def token_in(link: str) -> str:
    return parse_qs(urlsplit(link).query)["token"][0]


def reset_token(services: Services, email: str) -> str:
    services.auth.forgot_password(email)
    return token_in(newest(services, Template.PASSWORD_RESET).data["reset_link"])


def choose(tab: Tab, *, current: str = "", new: str = NEW, again: str = "", button: str = "Change password") -> Tab:
    if current:
        tab.fill("Current password", current)
    return tab.fill("New password", new).fill("New password again", again or new).press(button)


def test_asking_for_a_letter_says_the_same_whoever_asks(open_page: Open, person: Person) -> None:
    """ASVS 6.3.8."""
    known = open_page("forgot-password").fill("Email", person.user.email).press("Send the letter").text
    unknown = open_page("forgot-password").fill("Email", "nobody@example.com").press("Send the letter").text
    assert "If there is an account" in known
    assert known == unknown


def test_the_confirmation_letter_can_be_had_without_signing_in_and_tells_nothing(
    open_page: Open, person: Person, services: Services
) -> None:
    """ASVS 6.3.8."""
    assert any("Send it again" in label for label in open_page("sign-in").links)
    confirmed = make_person(services, "bo")
    services.auth.verify_email(token_in(newest(services, Template.VERIFICATION).data["verification_link"]))
    said = {
        open_page("confirmation-letter").fill("Email", email).press("Send the letter").text
        for email in (person.user.email, confirmed.user.email, "nobody@example.com")
    }
    assert len(said) == 1
    assert "not confirmed yet" in said.pop()
    letters = [entry.letter for entry in services.outbox.entries(state=LetterState.WAITING, limit=100)]
    links = [letter for letter in letters if letter.template is Template.VERIFICATION and letter.to == person.user.email]
    assert len(links) == 2
    newer = max(links, key=lambda letter: letter.created_at)
    services.auth.verify_email(token_in(newer.data["verification_link"]))
    found = services.auth.get_user(person.user.id)
    assert found
    assert found.is_verified


def test_asking_for_confirmation_letters_is_limited(open_page: Open, person: Person, services: Services) -> None:
    """ASVS 6.3.1: five an hour for an address, whoever asks."""
    before = services.outbox.counts()[LetterState.WAITING]
    for _ in range(5):
        assert open_page("confirmation-letter").fill("Email", person.user.email).press("Send the letter").shows("Look at your email")
    tab = open_page("confirmation-letter").fill("Email", person.user.email.upper()).press("Send the letter")
    assert tab.shows("Too many attempts")
    assert services.outbox.counts()[LetterState.WAITING] == before + 5


def test_in_development_the_page_says_where_letters_lie(open_page: Open, services: Services) -> None:
    tab = open_page("forgot-password").fill("Email", "nobody@example.com").press("Send the letter")
    assert tab.shows(str(services.settings.data_dir / "mail"))


def test_in_production_no_folder_is_named(open_page: Open, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(services.settings), "is_production", property(lambda _: True))
    tab = open_page("forgot-password").fill("Email", "nobody@example.com").press("Send the letter")
    assert tab.shows("If there is an account")
    assert not tab.shows(str(services.settings.data_dir))


def test_what_is_no_address_is_said_beside_the_field(open_page: Open) -> None:
    assert 'role="alert"' in open_page("forgot-password").fill("Email", "no address").press("Send the letter").text


def test_a_letters_link_sets_a_new_password_once(open_page: Open, person: Person, services: Services) -> None:
    token = reset_token(services, person.user.email)
    tab = choose(open_page("reset-password", token=token), button="Save the new password")
    assert tab.heading == "Sign in"
    assert NEW not in tab.remembered
    assert services.auth.login(person.user.email, NEW).user.id == person.user.id
    with pytest.raises(NotSignedIn):
        services.auth.session_from_cookie(person.cookie)
    assert open_page("reset-password", token=token).shows("cannot be used")


def test_looking_at_a_reset_link_uses_nothing_up(open_page: Open, person: Person, services: Services) -> None:
    token = reset_token(services, person.user.email)
    for _ in range(3):
        assert open_page("reset-password", token=token).heading == "Choose a new password"
    assert services.auth.peek_reset(token)
    assert services.auth.session_from_cookie(person.cookie).user.id == person.user.id


def test_a_weak_new_password_is_refused_beside_its_field_and_not_kept(open_page: Open, person: Person, services: Services) -> None:
    token = reset_token(services, person.user.email)
    tab = choose(open_page("reset-password", token=token), new="weakling", again="other", button="Save the new password")
    assert "uppercase" in tab.text
    assert "not the same" in tab.text
    assert tab.field("New password") == ""
    assert "weakling" not in tab.remembered
    assert services.auth.peek_reset(token)


@pytest.mark.parametrize("token", ["", "nonsense", "' or 1=1 --"])
def test_a_made_up_reset_link_offers_no_form(open_page: Open, token: str) -> None:
    tab = open_page("reset-password", token=token)
    assert tab.shows("cannot be used")
    assert not tab.test.text_input


def test_a_password_is_changed_and_other_devices_are_out(open_page: Open, person: Person, services: Services) -> None:
    elsewhere = services.auth.login(person.user.email, PASSWORD)
    tab = choose(open_page("security", cookie=person.cookie), current=PASSWORD)
    assert tab.heading == "Security"
    assert services.auth.login(person.user.email, NEW).user.id == person.user.id
    with pytest.raises(NotSignedIn):
        services.auth.authenticate(elsewhere.access_token)
    assert PASSWORD not in tab.remembered
    assert NEW not in tab.remembered


def test_a_wrong_current_password_changes_nothing(open_page: Open, person: Person, services: Services) -> None:
    tab = choose(open_page("security", cookie=person.cookie), current="Wrong-one-1")
    assert 'role="alert"' in tab.text
    with pytest.raises(BadCredentials):
        services.auth.login(person.user.email, NEW)


@pytest.mark.parametrize("path", ["", "account", "practice", "history", "delete-account"])
def test_somebody_whose_password_is_known_to_others_can_only_choose_a_new_one(
    open_page: Open, person: Person, services: Services, path: str
) -> None:
    cookie = compromised(services, person)
    tab = open_page(path, cookie=cookie)
    assert tab.heading == "Choose a new password"
    assert not tab.shows("Where you are signed in")


def test_choosing_a_new_password_opens_everything_again(open_page: Open, person: Person, services: Services) -> None:
    tab = choose(open_page("", cookie=compromised(services, person)).now_on("security"), current=PASSWORD)
    assert tab.heading == "Hello, Ana"


def compromised(services: Services, person: Person) -> str:
    """Mark the person's password as known to others and sign them in again; return the cookie."""
    services.auth.admin.mark_compromised(admin(services), person.user.id)
    result = services.auth.login(person.user.email, PASSWORD, refreshable=False)
    return services.auth.redeem_handoff(services.auth.start_handoff(result.session.id)).cookie


def admin(services: Services) -> Identity:
    boss = make_person(services, "boss")
    services.auth.promote_to_admin(boss.user.email)
    return services.auth.session_from_cookie(boss.cookie)


def test_sessions_name_their_device_and_end_at_a_press(open_page: Open, person: Person, services: Services) -> None:
    """ASVS 7.5.2."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    elsewhere = services.auth.login(person.user.email, PASSWORD, client=Client(ip="192.0.2.7", user_agent=agent))
    tab = open_page("security", cookie=person.cookie)
    assert tab.shows("Firefox on Linux")
    assert tab.shows("192.0.2.7")
    assert elsewhere.session.id not in tab.text
    tab.press("End")
    with pytest.raises(NotSignedIn):
        services.auth.authenticate(elsewhere.access_token)
    assert services.auth.session_from_cookie(person.cookie).user.id == person.user.id


def test_all_other_sessions_end_at_once_and_this_one_stays(open_page: Open, person: Person, services: Services) -> None:
    others = [services.auth.login(person.user.email, PASSWORD) for _ in range(2)]
    tab = open_page("security", cookie=person.cookie).press("End all others")
    assert tab.heading == "Security"
    for other in others:
        with pytest.raises(NotSignedIn):
            services.auth.authenticate(other.access_token)


def grown_old(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an hour pass for everybody's logins."""
    now = services.clock.now() + timedelta(hours=1)
    monkeypatch.setattr(type(services.clock), "now", lambda _: now)


@pytest.mark.parametrize("button", ["End", "End all others"])
def test_ending_sessions_asks_for_the_password_once_the_login_is_old(
    open_page: Open, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch, button: str
) -> None:
    """ASVS 7.5.2."""
    elsewhere = services.auth.login(person.user.email, PASSWORD)
    grown_old(services, monkeypatch)
    tab = open_page("security", cookie=person.cookie).press(button)
    assert services.auth.recheck(elsewhere.session.id)
    assert tab.fill("Your password now", "Wrong-one-1").press("Sign out there").shows("not correct")
    assert tab.field("Your password now") == ""
    assert services.auth.recheck(elsewhere.session.id)
    tab.fill("Your password now", PASSWORD).press("Sign out there")
    with pytest.raises(NotSignedIn):
        services.auth.recheck(elsewhere.session.id)
    assert services.auth.session_from_cookie(person.cookie)
    assert "Your password now" not in [field.label for field in tab.test.text_input]
    assert PASSWORD not in tab.remembered


def test_somebody_who_thinks_better_of_it_ends_nothing(
    open_page: Open, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = services.auth.login(person.user.email, PASSWORD)
    grown_old(services, monkeypatch)
    tab = open_page("security", cookie=person.cookie).press("End").press("Leave it as it is")
    assert services.auth.recheck(elsewhere.session.id)
    assert "Your password now" not in [field.label for field in tab.test.text_input]


def test_the_trail_is_in_plain_words(open_page: Open, person: Person) -> None:
    tab = open_page("security", cookie=person.cookie)
    assert tab.shows("Account created")
    assert not re.search(r"account:\w+:\w+", tab.text)


def test_another_address_needs_the_password_and_the_button_behind_the_link(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("security", cookie=person.cookie).fill("New email", "new@example.com")
    tab.fill("Your password", PASSWORD).press("Send a letter to the new email")
    assert tab.shows("We sent a letter to the new address")
    token = token_in(newest(services, Template.EMAIL_CHANGE_CONFIRM).data["confirm_link"])
    looked = open_page("confirm-email", token=token)
    assert not services.auth.is_email_free(person.user.email)
    assert services.auth.is_email_free("new@example.com")
    assert looked.press("Confirm my new email").shows("now the one of your account")
    assert services.auth.login("new@example.com", PASSWORD).user.id == person.user.id
    assert open_page("confirm-email", token=token).press("Confirm my new email").shows("not valid any more")


def test_a_confirmation_link_without_its_end_says_what_to_do(open_page: Open) -> None:
    tab = open_page("confirm-email")
    assert tab.shows("This link is not complete")
    assert [link.proto.page for link in tab.test.get("page_link")] == ["security"]
    assert "Confirm my new email" not in {button.label for button in tab.test.button}


def test_another_address_without_the_right_password_sends_nothing(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("security", cookie=person.cookie).fill("New email", "new@example.com")
    tab.fill("Your password", "Wrong-one-1").press("Send a letter to the new email")
    assert 'role="alert"' in tab.text
    with pytest.raises(ValueError, match="empty"):
        newest(services, Template.EMAIL_CHANGE_CONFIRM)


def test_an_account_is_deleted_with_its_password_only(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("delete-account", cookie=person.cookie)
    tab.fill("Your password", "Wrong-one-1").press("Delete my account for good")
    assert services.auth.login(person.user.email, PASSWORD).user.id == person.user.id
    tab.fill("Your password", PASSWORD).press("Delete my account for good")
    assert services.auth.get_user(person.user.id) is None
    assert open_page("account", cookie=person.cookie).heading == "Sign in"
    assert not tab.names("Ana")


def test_a_shared_conversation_is_shown_without_its_owner(open_page: Open, person: Person, services: Services) -> None:
    sent = services.chat.start(person.user.id, level="B1")
    services.chat.finished(person.user.id, sent.reply.id, timeout=20)
    _, secret = services.chat.share(person.user.id, sent.conversation.id)
    tab = open_page("shared", link=secret)
    assert tab.bubbles
    assert not tab.names("Ana")
    for private in (person.user.email, person.user.id, sent.conversation.id):
        assert private not in tab.text


@pytest.mark.parametrize("link", ["", "nonsense", "../../etc"])
def test_an_unknown_share_link_shows_nothing(open_page: Open, link: str) -> None:
    assert open_page("shared", link=link).heading == "Not found"


def test_a_teacher_finds_no_admin_page(open_page: Open, person: Person, services: Services) -> None:
    services.auth.admin.set_role(admin(services), person.user.id, Role.TEACHER)
    assert "Admin" not in open_page("admin", cookie=person.cookie).heading


def test_an_invite_says_what_it_is_for_and_fills_the_address_in(open_page: Open, services: Services) -> None:
    invite = services.auth.create_invite(admin(services), email="new@example.com", role=Role.TEACHER)
    tab = open_page("create-account", token=invite.token)
    assert tab.shows("You are invited")
    assert tab.shows("teacher")
    assert tab.field("Email") == "new@example.com"
    tab.fill("Your name", "Nia").fill("Password", PASSWORD).fill("Password again", PASSWORD).press("Create account")
    assert services.auth.login("new@example.com", PASSWORD).user.role is Role.TEACHER


def test_where_signing_up_is_closed_the_page_says_so_and_has_no_form(
    open_page: Open, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = services.settings.model_copy(update={"auth": services.settings.auth.model_copy(update={"invite_only": True})})
    monkeypatch.setattr("ui.session.services", lambda: replace(services, settings=closed))
    tab = open_page("create-account")
    assert tab.shows("by invitation")
    assert not tab.test.text_input
    assert open_page("create-account", token="made-up").shows("cannot be used any more")


def test_the_confirmation_letter_can_be_had_again(open_page: Open, person: Person, services: Services) -> None:
    before = services.outbox.counts()[LetterState.WAITING]
    open_page("account", cookie=person.cookie).press("Send the letter again")
    assert services.outbox.counts()[LetterState.WAITING] == before + 1


def test_the_agreement_to_being_recorded_can_be_taken_back_and_what_exists_stays(
    open_page: Open, person: Person, services: Services
) -> None:
    exams, me = services.exams, person.user.id
    tab = open_page("account", cookie=person.cookie)
    assert tab.shows("You have not agreed to being recorded")
    assert "Take back my agreement" not in [button.label for button in tab.test.button]
    exams.give_consent(me)
    view = exams.start(me, format_id="quick-check", level="B1", mode="practice")
    assert view.turn
    exams.begin_answer(me, view.exam.id, view.turn.key)
    exams.submit_recording(me, view.exam.id, view.turn.key, spoken(), hand_in_anyway=True)
    tab = open_page("account", cookie=person.cookie)
    assert "stay with their exam" in tab.captions
    assert tab.press("Take back my agreement").shows("You have not agreed to being recorded")
    assert not exams.has_consent(me)
    assert exams.recording(me, view.exam.id, view.turn.key).data
    after = exams.go_on(me, view.exam.id, view.turn.key)
    assert after.turn
    exams.begin_answer(me, view.exam.id, after.turn.key)
    with pytest.raises(ConsentNeeded):
        exams.submit_recording(me, view.exam.id, after.turn.key, spoken(), hand_in_anyway=True)


def test_a_person_takes_everything_along_in_the_file_that_programs_get(
    open_page: Open, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = services.chat.start(person.user.id, level="B1")
    services.chat.finished(person.user.id, sent.reply.id, timeout=20)
    offered: list[Callable[[], str]] = []
    draw = leaving.export

    def listen(*, as_json: Callable[[], str], as_text: Callable[[], str]) -> None:
        offered.extend((as_json, as_text))
        draw(as_json=as_json, as_text=as_text)

    monkeypatch.setattr(leaving, "export", listen)
    labels = [str(button.proto.label) for button in open_page("account", cookie=person.cookie).test.get("download_button")]
    assert labels == ["Download everything (JSON)", "Download conversations (Markdown)"]
    everything, words = (gather() for gather in offered)
    by_program = json.loads("".join(account_as_json(services, services.auth.session_from_cookie(person.cookie))))
    by_page = json.loads(everything)
    assert by_page.pop("exported_at") <= by_program.pop("exported_at")
    assert by_page == by_program
    assert [conversation["session_id"] for conversation in by_page["conversations"]] == [sent.conversation.id]
    assert by_page["profile"]["email"] == person.user.email
    assert words.startswith("# ")
