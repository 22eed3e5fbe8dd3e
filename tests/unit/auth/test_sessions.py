from collections.abc import Callable
from dataclasses import replace

import pytest

from auth.errors import NotAllowed, NotSignedIn, PasswordNeeded
from auth.models import Role
from auth.permissions import Permission
from auth.results import Identity
from core.errors import NotFound

from .conftest import AWAY, HOME, OTHER_PASSWORD, PASSWORD, World, lives


def test_a_session_ends_after_its_idle_time(world: World) -> None:
    """ASVS 7.3.1."""
    world.register()
    session = world.signed_in().session
    world.clock.advance(days=7, seconds=-1)
    assert world.auth.recheck(session.id)
    world.clock.advance(days=7)
    with pytest.raises(NotSignedIn):
        world.auth.recheck(session.id)


def test_use_keeps_a_session_alive_but_never_beyond_its_absolute_end(world: World) -> None:
    """ASVS 7.3.2, NIST SP 800-63B-4 2.1.3: 30 days."""
    world.register()
    session = world.signed_in().session
    for _ in range(29):
        world.clock.advance(days=1)
        assert world.auth.recheck(session.id)
    world.clock.advance(hours=23, minutes=59)
    assert world.auth.recheck(session.id)
    world.clock.advance(minutes=1)
    with pytest.raises(NotSignedIn):
        world.auth.recheck(session.id)


def test_refreshing_cannot_stretch_a_session_beyond_its_absolute_end(world: World) -> None:
    """ASVS 7.3.2."""
    world.register()
    token = world.signed_in().refresh_token
    for _ in range(29):
        world.clock.advance(days=1)
        token = world.auth.refresh(token).refresh_token
    world.clock.advance(days=1)
    with pytest.raises(NotSignedIn):
        world.auth.refresh(token)


def test_use_is_written_down_at_most_once_a_minute(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.register()
    token = world.signed_in().access_token
    writes: list[str] = []
    monkeypatch.setattr(world.kit.stores.sessions, "touch", lambda session_id, **_: writes.append(session_id))
    for _ in range(59):
        world.clock.advance(seconds=1)
        world.auth.authenticate(token)
    assert writes == []
    world.clock.advance(seconds=1)
    world.auth.authenticate(token)
    assert len(writes) == 1


def test_recognising_writes_nothing_and_tells_when_the_use_is_to_be_noted(world: World) -> None:
    world.register()
    token = world.signed_in().access_token
    assert not world.auth.is_use_due(world.auth.recognise(token))
    world.clock.advance(minutes=1)
    who = world.auth.recognise(token)
    assert world.auth.is_use_due(who)
    assert world.auth.recognise(token) == who
    world.auth.note_use(who, client=AWAY)
    noted = world.auth.recognise(token).session
    assert (noted.last_seen_at, noted.ip) == (world.clock.now(), AWAY.ip)
    assert noted.idle_expires_at > who.session.idle_expires_at
    assert not world.auth.is_use_due(world.auth.recognise(token))


def test_logout_ends_every_token_of_the_session_at_once(world: World) -> None:
    """ASVS 7.4.1."""
    world.register()
    result = world.signed_in()
    other = world.signed_in()
    assert world.auth.logout_user(result.access_token)
    assert not lives(world, result.access_token)
    with pytest.raises(NotSignedIn):
        world.auth.refresh(result.refresh_token)
    assert lives(world, other.access_token)
    assert not world.auth.logout_user(result.access_token)


def test_logout_takes_an_expired_access_token_or_a_refresh_token_too(world: World) -> None:
    """ASVS 7.4.1."""
    world.register()
    old, other = world.signed_in(), world.signed_in()
    world.clock.advance(hours=1)
    assert world.auth.logout_user(old.access_token)
    assert world.auth.logout_user(other.refresh_token)
    assert world.kit.stores.sessions.alive(old.user.id, now=world.clock.now()) == []


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "x" * 5000])
def test_logout_with_what_is_no_token_ends_nothing(world: World, token: str) -> None:
    world.register()
    inside = world.signed_in()
    assert not world.auth.logout_user(token)
    assert lives(world, inside.access_token)


def test_a_token_for_a_session_of_somebody_else_is_refused(world: World) -> None:
    """ASVS 7.2.1."""
    world.register()
    world.register("other@example.com")
    mine, theirs = world.signed_in(), world.signed_in("other@example.com")
    forged = world.kit.access.make(replace(theirs.session, user_id=mine.user.id))
    assert not lives(world, forged.value)
    assert not world.auth.logout_user(forged.value)
    assert lives(world, theirs.access_token)


def test_disabling_an_account_acts_on_the_next_use_of_every_token(world: World) -> None:
    """ASVS 7.4.2."""
    user = world.register()
    admin = world.admin()
    result = world.signed_in()
    world.auth.admin.disable(admin, user.id)
    assert not lives(world, result.access_token)
    with pytest.raises(NotSignedIn):
        world.auth.refresh(result.refresh_token)
    world.auth.admin.enable(admin, user.id)
    assert not lives(world, result.access_token)
    assert world.signed_in()


def test_an_account_disabled_in_the_database_alone_is_out_at_once(world: World) -> None:
    """ASVS 7.4.2: the account is read again each time."""
    user = world.register()
    result = world.signed_in()
    world.memory.users[user.id] = replace(world.stored(user), is_active=False)
    assert not lives(world, result.access_token)
    with pytest.raises(NotSignedIn):
        world.auth.refresh(result.refresh_token)


def test_a_demoted_administrator_is_refused_with_the_same_token(world: World) -> None:
    """ASVS 8.3.2."""
    admin, second = world.admin(), world.admin("second@example.com")
    token = world.auth.access_token_for(second.session).value
    world.auth.require(world.auth.authenticate(token), Permission.USERS)
    world.auth.admin.set_role(admin, second.user.id, Role.TEACHER)
    who = world.auth.authenticate(token)
    assert who.user.role is Role.TEACHER
    with pytest.raises(NotAllowed):
        world.auth.require(who, Permission.USERS)
    with pytest.raises(NotAllowed):
        world.auth.admin.find(second)


def test_people_see_their_sessions_and_nothing_secret(world: World) -> None:
    """ASVS 7.5.2."""
    world.register()
    first = world.signed_in(client=HOME)
    world.clock.advance(minutes=5)
    who = world.identity(client=AWAY)
    shown = world.auth.list_sessions(who)
    assert [(view.ip, view.user_agent, view.is_current) for view in shown] == [
        (AWAY.ip, AWAY.user_agent, True),
        (HOME.ip, HOME.user_agent, False),
    ]
    assert first.session.refresh_hash not in repr(shown)
    assert first.refresh_token not in repr(shown)


def test_people_end_one_of_their_sessions_and_only_that_one_ends(world: World) -> None:
    """ASVS 7.5.2."""
    world.register()
    one, two = world.signed_in(), world.signed_in()
    who = world.identity()
    assert world.auth.end_session(who, one.session.id)
    assert [lives(world, result.access_token) for result in (one, two)] == [False, True]


ENDINGS: dict[str, Callable[[World, Identity, str, str], object]] = {
    "one": lambda world, who, other, password: world.auth.end_session(who, other, current_password=password, client=HOME),
    "others": lambda world, who, _, password: world.auth.end_other_sessions(who, current_password=password, client=HOME),
    "all": lambda world, who, _, password: world.auth.logout_everywhere(who, current_password=password, client=HOME),
}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
def test_ending_other_sessions_asks_for_the_password_once_the_login_is_old(
    world: World, end: Callable[[World, Identity, str, str], object]
) -> None:
    """ASVS 7.5.2."""
    world.register()
    other = world.signed_in()
    mine = world.signed_in()
    world.clock.advance(minutes=10)
    who = world.auth.recheck(mine.session.id)
    assert not world.auth.is_recent(who)
    for wrong in ("", "wrong", OTHER_PASSWORD):
        with pytest.raises(PasswordNeeded):
            end(world, who, other.session.id, wrong)
    assert lives(world, other.access_token)
    end(world, who, other.session.id, PASSWORD)
    assert not lives(world, other.access_token)


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
def test_ending_other_sessions_right_after_signing_in_asks_for_nothing(
    world: World, end: Callable[[World, Identity, str, str], object]
) -> None:
    world.register()
    other = world.signed_in()
    who = world.identity()
    world.clock.advance(minutes=9, seconds=59)
    end(world, world.auth.recheck(who.session.id), other.session.id, "")
    assert not lives(world, other.access_token)


def test_signing_out_of_ones_own_session_never_asks(world: World) -> None:
    world.register()
    who, again = world.identity(), world.signed_in()
    world.clock.advance(hours=5)
    assert world.auth.end_session(world.auth.recheck(who.session.id), who.session.id)
    assert world.auth.logout(world.auth.recheck(again.session.id))


def test_using_a_session_does_not_make_its_login_young_again(world: World) -> None:
    world.register()
    mine = world.signed_in()
    world.clock.advance(minutes=11)
    fresh = world.auth.refresh(mine.refresh_token, client=HOME)
    assert not world.auth.is_recent(world.auth.authenticate(fresh.access_token))


def test_nobody_ends_the_session_of_somebody_else(world: World) -> None:
    """ASVS 8.2.2, 7.5.2: not theirs looks like not there."""
    world.register()
    world.register("other@example.com")
    theirs = world.signed_in("other@example.com")
    for session_id in (theirs.session.id, "ses_unknown", ""):
        with pytest.raises(NotFound):
            world.auth.end_session(world.identity(), session_id)
    assert lives(world, theirs.access_token)


def test_people_end_all_other_sessions_or_all(world: World) -> None:
    """ASVS 7.4.3."""
    world.register()
    others = [world.signed_in() for _ in range(3)]
    result = world.signed_in()
    who = world.auth.authenticate(result.access_token)
    assert world.auth.end_other_sessions(who) == 3
    assert not any(lives(world, other.access_token) for other in others)
    assert lives(world, result.access_token)
    assert world.auth.logout_everywhere(who) == 1
    assert not lives(world, result.access_token)


def test_changing_the_password_ends_the_other_sessions_and_renews_this_one(world: World) -> None:
    """ASVS 7.4.3, 7.2.4."""
    world.register()
    other, mine = world.signed_in(), world.signed_in()
    who = world.auth.authenticate(mine.access_token)
    world.clock.advance(seconds=1)
    changed = world.auth.change_password(who, PASSWORD, OTHER_PASSWORD)
    assert not lives(world, other.access_token)
    assert not lives(world, mine.access_token)
    assert lives(world, changed.access_token)
    assert changed.session.id == mine.session.id
    with pytest.raises(NotSignedIn):
        world.auth.refresh(mine.refresh_token)
    assert world.auth.refresh(changed.refresh_token)


def test_ended_sessions_are_removed_after_a_day(world: World) -> None:
    user = world.register()
    world.auth.logout_user(world.signed_in().access_token)
    world.clock.advance(hours=23)
    world.auth.tidy()
    assert len(world.memory.sessions) == 1
    world.clock.advance(hours=2)
    assert world.auth.tidy() >= 1
    assert world.memory.sessions == {}
    assert world.stored(user)
