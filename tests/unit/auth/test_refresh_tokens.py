"""Refresh tokens: one use each, with a short grace, and an alarm at a later reuse."""

from datetime import timedelta

import pytest

from auth.errors import NotSignedIn
from mail.models import Template

from .conftest import ANNA, AWAY, OTHER_PASSWORD, PASSWORD, World, lives


def test_a_refresh_token_is_swapped_for_its_successor(world: World) -> None:
    world.register()
    result = world.signed_in()
    world.clock.advance(minutes=10)
    renewed = world.auth.refresh(result.refresh_token)
    assert renewed.refresh_token != result.refresh_token
    assert lives(world, renewed.access_token)
    assert renewed.session.id == result.session.id
    assert world.auth.refresh(renewed.refresh_token).refresh_token not in {renewed.refresh_token, result.refresh_token}


def test_refresh_tokens_are_stored_as_digests_only(world: World) -> None:
    world.register()
    result = world.signed_in()
    renewed = world.auth.refresh(result.refresh_token)
    assert result.refresh_token not in repr(world.memory)
    assert renewed.refresh_token not in repr(world.memory)


def test_a_second_use_within_the_grace_time_gets_the_same_successor(world: World) -> None:
    world.register()
    result = world.signed_in()
    first = world.auth.refresh(result.refresh_token)
    world.clock.advance(seconds=20)
    second = world.auth.refresh(result.refresh_token)
    assert second.refresh_token == first.refresh_token
    assert lives(world, second.access_token)
    assert world.letters(Template.REFRESH_REUSE) == []


def test_two_that_refresh_at_the_same_moment_get_the_same_successor(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.register()
    result = world.signed_in()
    real = world.kit.stores.sessions.rotate
    inner: list[str] = []

    def overtaken(*args: object, **kwargs: object) -> bool:
        monkeypatch.setattr(world.kit.stores.sessions, "rotate", real)
        inner.append(world.auth.refresh(result.refresh_token).refresh_token)
        return real(*args, **kwargs)  # type: ignore[arg-type]  # passes on what the flow gave

    monkeypatch.setattr(world.kit.stores.sessions, "rotate", overtaken)
    assert [world.auth.refresh(result.refresh_token).refresh_token] == inner


def test_a_later_reuse_ends_the_whole_session_and_tells_the_person(world: World) -> None:
    """ASVS 7.2.4: reuse is theft until shown otherwise."""
    world.register()
    result = world.signed_in()
    renewed = world.auth.refresh(result.refresh_token)
    bystander = world.signed_in()
    world.clock.advance(seconds=21)
    with pytest.raises(NotSignedIn):
        world.auth.refresh(result.refresh_token, client=AWAY)
    assert not lives(world, renewed.access_token)
    with pytest.raises(NotSignedIn):
        world.auth.refresh(renewed.refresh_token)
    assert lives(world, bystander.access_token)
    (letter,) = world.letters(Template.REFRESH_REUSE)
    assert (letter.to, letter.data["ip"]) == (ANNA, AWAY.ip)
    assert [event.ip for event in world.events("account:session:reuse")] == [AWAY.ip]


def test_a_token_from_before_the_last_swap_is_reuse_even_within_the_grace_time(world: World) -> None:
    world.register()
    first = world.signed_in()
    second = world.auth.refresh(first.refresh_token)
    third = world.auth.refresh(second.refresh_token)
    with pytest.raises(NotSignedIn):
        world.auth.refresh(first.refresh_token)
    assert not lives(world, third.access_token)


def test_repeated_reuse_sends_one_letter(world: World) -> None:
    world.register()
    result = world.signed_in()
    world.auth.refresh(result.refresh_token)
    world.clock.advance(minutes=1)
    for _ in range(3):
        with pytest.raises(NotSignedIn):
            world.auth.refresh(result.refresh_token)
    assert len(world.letters(Template.REFRESH_REUSE)) == 1
    assert len(world.events("account:session:reuse")) == 1


def test_the_former_token_is_dead_right_after_a_password_change_but_raises_no_alarm_then(world: World) -> None:
    world.register()
    mine = world.signed_in()
    world.auth.change_password(world.auth.authenticate(mine.access_token), PASSWORD, OTHER_PASSWORD)
    with pytest.raises(NotSignedIn):
        world.auth.refresh(mine.refresh_token)
    assert world.letters(Template.REFRESH_REUSE) == []


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 100_000])
def test_what_is_no_refresh_token_is_refused(world: World, token: str) -> None:
    world.register()
    world.signed_in(refreshable=False)
    with pytest.raises(NotSignedIn):
        world.auth.refresh(token)


def test_no_token_of_one_kind_passes_as_another(world: World) -> None:
    """ASVS 9.2.2."""
    world.register()
    result = world.signed_in()
    verification = world.token_in(world.letters(Template.VERIFICATION)[0])
    code = world.auth.start_handoff(result.session.id)
    for token in (result.refresh_token, verification, code, result.session.id):
        assert not lives(world, token)
        with pytest.raises(NotSignedIn):
            world.auth.session_from_cookie(token)
    for token in (result.access_token, verification, code, result.session.id):
        with pytest.raises(NotSignedIn):
            world.auth.refresh(token)


def test_an_access_token_never_outlives_the_session(world: World) -> None:
    world.configure(session_idle=timedelta(minutes=5))
    world.register()
    result = world.signed_in()
    assert result.expires_in == 300
