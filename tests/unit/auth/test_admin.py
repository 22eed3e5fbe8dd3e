import inspect
from collections.abc import Callable

import pytest

from auth.errors import LastAdmin, NotAllowed, NotSignedIn
from auth.flows.admin import Admin
from auth.models import Client, Role, User
from auth.permissions import Permission, permissions_of
from auth.results import Identity
from core.errors import AppError, NotFound
from mail.models import Template

from .conftest import ANNA, HOME, PASSWORD, World

ACTS: dict[str, Callable[[Admin, Identity, User], object]] = {
    "find": lambda admin, actor, user: admin.find(actor, user.email),
    "get": lambda admin, actor, user: admin.get(actor, user.id),
    "sessions": lambda admin, actor, user: admin.sessions(actor, user.id),
    "events": lambda admin, actor, user: admin.events(actor, user_id=user.id),
    "set_role": lambda admin, actor, user: admin.set_role(actor, user.id, Role.TEACHER),
    "disable": lambda admin, actor, user: admin.disable(actor, user.id),
    "enable": lambda admin, actor, user: admin.enable(actor, user.id),
    "unlock": lambda admin, actor, user: admin.unlock(actor, user.id),
    "end_sessions": lambda admin, actor, user: admin.end_sessions(actor, user.id),
    "end_everybodys_sessions": lambda admin, actor, _: admin.end_everybodys_sessions(actor),
    "start_reset": lambda admin, actor, user: admin.start_reset(actor, user.id),
    "mark_compromised": lambda admin, actor, user: admin.mark_compromised(actor, user.id),
    "note_letters_retried": lambda admin, actor, _: admin.note_letters_retried(actor),
}
ABOUT_NOBODY = {"end_everybodys_sessions", "note_letters_retried"}


def test_every_act_is_held_by_the_tests_below() -> None:
    assert set(ACTS) == {name for name, _ in inspect.getmembers(Admin, inspect.isfunction) if not name.startswith("_")}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("role", [Role.LEARNER, Role.TEACHER])
def test_nobody_but_an_administrator_does_any_of_it(world: World, name: str, role: Role) -> None:
    """ASVS 8.2.1."""
    user = world.register("other@example.com")
    actor = world.register()
    world.set_role(actor, role)
    who = world.identity()
    before = (dict(world.memory.users), dict(world.memory.sessions), len(world.memory.events), len(world.letters()))
    with pytest.raises(NotAllowed):
        ACTS[name](world.auth.admin, who, user)
    assert (dict(world.memory.users), dict(world.memory.sessions), len(world.memory.events), len(world.letters())) == before


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"find", "get", "sessions", "events"}))
def test_every_act_leaves_an_audit_event_with_who_did_it(world: World, name: str) -> None:
    """ASVS 16.3.1."""
    user = world.register()
    admin = world.admin()
    if name == "enable":
        world.auth.admin.disable(admin, user.id)
    ACTS[name](world.auth.admin, admin, user)
    event = [event for event in world.memory.events if event.name.startswith(("admin:user:", "admin:outbox:"))][-1]
    assert event.actor_id == admin.user.id
    assert event.user_id == ("" if name in ABOUT_NOBODY else user.id)


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"find", "events"} - ABOUT_NOBODY))
def test_an_unknown_person_is_not_found(world: World, name: str) -> None:
    ghost = world.register("ghost@example.com")
    admin = world.admin()
    del world.memory.users[ghost.id]
    with pytest.raises(NotFound):
        ACTS[name](world.auth.admin, admin, ghost)


def test_no_act_takes_or_shows_a_password(world: World) -> None:
    """ASVS 6.4.6."""
    for _, act in inspect.getmembers(Admin, inspect.isfunction):
        assert not any("password" in parameter for parameter in inspect.signature(act).parameters)
    assert not world.memory.users


def test_people_are_found_by_parts_of_what_they_are_called(world: World) -> None:
    for email, name in (("anna@example.com", "Zoë Quill"), ("ben@example.org", "Ben Holm"), ("cyd@example.org", "")):
        world.register(email, full_name=name)
    admin = world.admin()
    for text, found in (("ANNA", ["anna"]), ("zoë", ["anna"]), ("example.org", ["ben", "cyd"]), ("%", []), ("nobody", [])):
        assert sorted(user.username for user in world.auth.admin.find(admin, text)) == found


def test_a_long_list_comes_in_pages(world: World) -> None:
    for number in range(5):
        world.register(f"a{number}@example.org")
    admin = world.admin()
    first = world.auth.admin.find(admin, "example.org", limit=3)
    second = world.auth.admin.find(admin, "example.org", after=first[-1].id, limit=3)
    assert len({user.id for user in (*first, *second)}) == 5


def test_the_last_administrator_cannot_be_lost(world: World) -> None:
    admin = world.admin()
    for act in (
        lambda: world.auth.admin.set_role(admin, admin.user.id, Role.LEARNER),
        lambda: world.auth.admin.disable(admin, admin.user.id),
        lambda: world.auth.delete_account(admin, PASSWORD),
    ):
        with pytest.raises(LastAdmin):
            act()
    assert world.stored(admin.user).role is Role.ADMIN
    assert world.stored(admin.user).is_active


def test_one_of_two_administrators_may_go(world: World) -> None:
    admin, second = world.admin(), world.admin("second@example.com")
    world.auth.admin.set_role(admin, admin.user.id, Role.LEARNER)
    assert world.stored(admin.user).role is Role.LEARNER
    with pytest.raises(LastAdmin):
        world.auth.admin.set_role(second, second.user.id, Role.LEARNER)


def test_two_administrators_who_demote_each_other_at_once_are_not_both_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin, second = world.admin(), world.admin("second@example.com")
    real = world.kit.stores.accounts.count

    def both_count_before_either_writes(*, role: Role | None = None) -> int:
        monkeypatch.setattr(world.kit.stores.accounts, "count", real)
        counted = real(role=role)
        world.set_role(admin.user, Role.LEARNER)
        return counted

    monkeypatch.setattr(world.kit.stores.accounts, "count", both_count_before_either_writes)
    with pytest.raises(LastAdmin):
        world.auth.admin.set_role(admin, second.user.id, Role.LEARNER)
    assert world.kit.stores.accounts.count(role=Role.ADMIN) == 1


def test_unlocking_lets_a_person_in_again_before_the_wait_is_over(world: World) -> None:
    """ASVS 6.1.1."""
    user = world.register()
    for _ in range(10):
        with pytest.raises(AppError):
            world.auth.login(ANNA, "wrong", client=HOME)
    for number in range(50):
        with pytest.raises(AppError):
            world.auth.login(ANNA, "wrong", client=Client(ip=f"10.0.0.{number}"))
    with pytest.raises(AppError):
        world.auth.login(ANNA, PASSWORD, client=HOME)
    world.auth.admin.unlock(world.admin(), user.id)
    assert world.auth.login(ANNA, PASSWORD, client=HOME)


def test_an_administrator_ends_the_sessions_of_one_or_of_everybody(world: World) -> None:
    """ASVS 7.4.5."""
    user = world.register()
    world.register("other@example.com")
    mine, theirs = world.signed_in(), world.signed_in("other@example.com")
    admin = world.admin()
    assert world.auth.admin.end_sessions(admin, user.id) == 1
    with pytest.raises(NotSignedIn):
        world.auth.authenticate(mine.access_token)
    assert world.auth.authenticate(theirs.access_token)
    assert world.auth.admin.end_everybodys_sessions(admin) == 2
    for session_id in (theirs.session.id, admin.session.id):
        with pytest.raises(NotSignedIn):
            world.auth.recheck(session_id)


def test_an_administrator_sees_events_and_sessions_of_a_person(world: World) -> None:
    user = world.register()
    world.signed_in()
    admin = world.admin()
    assert {event.name for event in world.auth.admin.events(admin, user_id=user.id)} == {
        "account:register:success",
        "account:login:success",
    }
    assert {event.name for event in world.auth.admin.events(admin, name_prefix="admin:")} == {"admin:user:role"}
    assert [view.is_current for view in world.auth.admin.sessions(admin, user.id)] == [False]


def test_people_see_their_own_events_only(world: World) -> None:
    user = world.register()
    world.register("other@example.com")
    events = world.auth.own_events(world.identity())
    assert events
    assert {event.user_id for event in events} == {user.id}


def test_each_role_has_the_rights_of_those_before_it() -> None:
    learner, teacher, admin = (set(permissions_of(role)) for role in (Role.LEARNER, Role.TEACHER, Role.ADMIN))
    assert learner < teacher < admin == set(Permission)
    assert Permission.USERS not in teacher


def test_a_reset_started_by_an_administrator_names_no_place_of_theirs(world: World) -> None:
    user = world.register()
    world.auth.admin.start_reset(world.admin(), user.id, client=Client(ip="10.9.9.9"))
    (letter,) = world.letters(Template.PASSWORD_RESET)
    assert "10.9.9.9" not in repr(letter)
