"""The admin page: people, grave acts asked about first, invites, letters, usage."""

import re

import pytest

from auth.errors import AccountDisabled, NotSignedIn
from auth.models import Role
from core.errors import TooManyAttempts
from mail.models import LetterState, Template
from tests.ui.tabs import PASSWORD, Open, Person, Tab, make_person
from wiring import Services


@pytest.fixture
def boss(services: Services) -> Person:
    """Return an administrator."""
    made = make_person(services, "boss")
    services.auth.promote_to_admin(made.user.email)
    return made


def part(tab: Tab, name: str) -> Tab:
    """Choose a part of the page."""
    tab.test.button_group[0].set_value(name).run()
    tab.check()
    return tab


def test_people_are_found_by_a_part_of_their_name(open_page: Open, boss: Person, person: Person, services: Services) -> None:
    make_person(services, "zoe")
    tab = open_page("admin", cookie=boss.cookie).fill("Find people", "GARC")
    tab.test.run()
    assert tab.shows("zoe@example.com")
    tab.fill("Find people", person.user.username).test.run()
    assert tab.shows(person.user.email)
    assert not tab.shows("zoe@example.com")
    assert tab.press("Open").shows(f"username {person.user.username}")
    assert tab.press("All people").test.text_input[0].label == "Find people"


def test_many_people_come_in_pages(open_page: Open, boss: Person, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.account import administration

    monkeypatch.setattr(administration, "_PAGE", 2)
    for name in ("ana", "bob", "eve"):
        make_person(services, name)
    tab = open_page("admin", cookie=boss.cookie)
    seen = {name for name in ("ana", "bob", "eve", "boss") if tab.shows(f"{name}@example.com")}
    assert len(seen) == 2
    tab.press("Next")
    seen |= {name for name in ("ana", "bob", "eve", "boss") if tab.shows(f"{name}@example.com")}
    assert len(seen) == 4


def test_switching_off_is_asked_about_first_and_then_acts_at_once(
    open_page: Open, boss: Person, person: Person, services: Services
) -> None:
    tab = open_page("admin", cookie=boss.cookie, person=person.user.id).press("Switch off")
    assert services.auth.session_from_cookie(person.cookie).user.is_active
    tab.press("Yes: switch off")
    assert tab.shows("switched off")
    with pytest.raises(NotSignedIn):
        services.auth.session_from_cookie(person.cookie)
    with pytest.raises(AccountDisabled):
        services.auth.login(person.user.email, PASSWORD)
    tab.press("Switch on")
    assert services.auth.login(person.user.email, PASSWORD).user.is_active


def test_no_means_no(open_page: Open, boss: Person, person: Person, services: Services) -> None:
    tab = open_page("admin", cookie=boss.cookie, person=person.user.id).press("Sign out everywhere").press("No")
    assert services.auth.session_from_cookie(person.cookie).user.id == person.user.id
    assert not tab.shows("Sign Ana García out")


def test_the_question_about_one_person_is_never_asked_about_another(
    open_page: Open, boss: Person, person: Person, services: Services
) -> None:
    other = make_person(services, "bob")
    tab = open_page("admin", cookie=boss.cookie, person=person.user.id).press("Switch off")
    tab.test.query_params["person"] = other.user.id
    tab.test.run()
    assert "Yes: switch off" not in [button.label for button in tab.test.button]


def test_a_role_changes_and_the_trail_says_who_did_it(open_page: Open, boss: Person, person: Person, services: Services) -> None:
    tab = open_page("admin", cookie=boss.cookie, person=person.user.id)
    tab.test.selectbox[0].select(Role.TEACHER).run()
    tab.press("Change role").press("Yes: give the role")
    assert services.auth.session_from_cookie(person.cookie).user.role is Role.TEACHER
    event = services.auth.own_events(services.auth.session_from_cookie(person.cookie))[0]
    assert (event.name, event.actor_id) == ("admin:user:role", boss.user.id)
    assert tab.shows("Role changed: teacher")


def test_the_last_administrator_stays_one(open_page: Open, boss: Person, services: Services) -> None:
    tab = open_page("admin", cookie=boss.cookie, person=boss.user.id).press("Switch off").press("Yes: switch off")
    assert tab.shows("only administrator")
    assert services.auth.session_from_cookie(boss.cookie).user.is_active


def test_failed_sign_ins_are_forgotten(open_page: Open, boss: Person, person: Person, services: Services) -> None:
    from auth.models import Client

    stranger = Client(ip="192.0.2.9")
    for _ in range(10):
        with pytest.raises(Exception, match="not correct"):
            services.auth.login(person.user.email, "Wrong-one-1", client=stranger)
    with pytest.raises(TooManyAttempts):
        services.auth.login(person.user.email, PASSWORD, client=stranger)
    open_page("admin", cookie=boss.cookie, person=person.user.id).press("Forget failed sign-ins")
    assert services.auth.login(person.user.email, PASSWORD, client=stranger).user.id == person.user.id


def test_a_reset_goes_to_the_person_and_is_not_shown(open_page: Open, boss: Person, person: Person, services: Services) -> None:
    tab = open_page("admin", cookie=boss.cookie, person=person.user.id).press("Send reset letter")
    letters = [entry.letter for entry in services.outbox.entries(state=LetterState.WAITING, limit=50)]
    letter = next(letter for letter in letters if letter.template is Template.PASSWORD_RESET)
    assert letter.to == person.user.email
    assert letter.data["reset_link"] not in tab.text + tab.remembered


def test_a_password_known_to_others_must_be_changed(open_page: Open, boss: Person, person: Person, services: Services) -> None:
    open_page("admin", cookie=boss.cookie, person=person.user.id).press("Password is known to others").press("Yes: mark it")
    assert services.auth.login(person.user.email, PASSWORD).user.must_change_password


def test_an_unknown_person_is_said_plainly(open_page: Open, boss: Person) -> None:
    assert open_page("admin", cookie=boss.cookie, person="usr_unknown").shows("no such account")


def test_an_invite_is_made_shown_once_and_taken_back(open_page: Open, boss: Person, services: Services) -> None:
    tab = part(open_page("admin", cookie=boss.cookie), "invites").press("Invite")
    link = str(tab.test.code[0].value)
    token = link.partition("token=")[2]
    assert services.auth.peek_invite(token) is not None
    tab.press("Take back")
    assert not tab.test.code
    assert services.auth.peek_invite(token) is None


def test_letters_that_were_given_up_are_tried_again(open_page: Open, boss: Person, services: Services) -> None:
    now = services.clock.now()
    for entry in services.outbox.claim(now=now, lease_until=now, limit=50):
        services.outbox.mark_failed(entry.letter.id, error="the mail server said no", next_try_at=None)
    tab = part(open_page("admin", cookie=boss.cookie), "letters")
    assert tab.shows("the mail server said no")
    tab.press("Try them again")
    assert services.outbox.counts().get(LetterState.DEAD, 0) == 0
    assert "admin:outbox:retried" in {event.name for event in services.auth.admin.events(services.auth.session_from_cookie(boss.cookie))}


def test_model_use_is_shown_by_person(open_page: Open, boss: Person, person: Person, services: Services) -> None:
    sent = services.chat.start(person.user.id, level="B1")
    services.chat.finished(person.user.id, sent.reply.id, timeout=20)
    tab = part(open_page("admin", cookie=boss.cookie), "usage")
    rows = dict(re.findall(r"<li><span>(.*?)</span><small>(.*?)</small>", tab.text))
    assert {who.partition("(")[2]: facts for who, facts in rows.items()} == {f"{person.user.email})": "0 messages · 1 answer"}


def test_the_trail_shows_every_act_and_whose_hand_it_was(open_page: Open, boss: Person, person: Person) -> None:
    """ASVS 16.2.1: acts that concern a person and those that concern nobody."""
    tab = open_page("admin", cookie=boss.cookie, person=person.user.id).press("Forget failed sign-ins").press("Send reset letter")
    part(tab.press("All people"), "invites").press("Invite")
    rows = re.findall(r"<li><span>(.*?)</span><small>(.*?)</small>", part(tab, "trail").text)
    told = dict(rows)
    for deed, concerns in (
        ("Failed sign-ins forgotten", person.user.email),
        ("Letter for a new password sent by an administrator", person.user.email),
        ("Invite made: learner", ""),
    ):
        assert f"by Boss García ({boss.user.email})" in told[deed]
        assert concerns in told[deed]
    assert rows[0][0] == "Invite made: learner"


def test_every_act_of_the_page_is_in_the_trail(open_page: Open, boss: Person, person: Person, services: Services) -> None:
    tab = open_page("admin", cookie=boss.cookie, person=person.user.id)
    tab.press("Forget failed sign-ins").press("Send reset letter").press("Sign out everywhere").press("Yes: sign out everywhere")
    tab.press("Password is known to others").press("Yes: mark it").press("Switch off").press("Yes: switch off").press("Switch on")
    tab.test.selectbox[0].select(Role.TEACHER).run()
    tab.press("Change role").press("Yes: give the role")
    part(tab.press("All people"), "invites").press("Invite").press("Take back")
    found = services.auth.admin.events(services.auth.session_from_cookie(boss.cookie), name_prefix="admin:")
    mine = {event.name for event in found if event.actor_id == boss.user.id}
    acts = {"unlocked", "reset_started", "sessions_ended", "compromised", "disabled", "enabled", "role"}
    assert mine == {f"admin:user:{act}" for act in acts} | {"admin:invite:created", "admin:invite:revoked"}


def test_everybody_is_signed_out_after_a_yes(open_page: Open, boss: Person, person: Person, services: Services) -> None:
    """ASVS 7.4.5."""
    tab = open_page("admin", cookie=boss.cookie).press("Sign everybody out")
    assert services.auth.session_from_cookie(person.cookie)
    tab.press("Yes: sign everybody out")
    for cookie in (person.cookie, boss.cookie):
        with pytest.raises(NotSignedIn):
            services.auth.session_from_cookie(cookie)


def test_a_demoted_administrator_is_out_at_the_next_action(open_page: Open, boss: Person, person: Person, services: Services) -> None:
    tab = open_page("admin", cookie=boss.cookie, person=person.user.id)
    second = make_person(services, "second")
    services.auth.promote_to_admin(second.user.email)
    services.auth.admin.set_role(services.auth.session_from_cookie(second.cookie), boss.user.id, Role.LEARNER)
    tab.press("Switch off")
    assert not tab.shows(person.user.email)
    assert services.auth.session_from_cookie(person.cookie).user.is_active
