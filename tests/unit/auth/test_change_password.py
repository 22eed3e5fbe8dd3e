import pytest

from auth.errors import BadCredentials, NotSignedIn, PasswordNeeded
from core.errors import TooManyAttempts, ValidationFailed
from mail.models import Template

from .conftest import ANNA, AWAY, HOME, OTHER_PASSWORD, PASSWORD, World


def test_a_person_can_change_the_password(world: World) -> None:
    """ASVS 6.2.2."""
    world.register()
    world.auth.change_password(world.identity(), PASSWORD, OTHER_PASSWORD, confirmation=OTHER_PASSWORD)
    assert world.signed_in(password=OTHER_PASSWORD)
    with pytest.raises(BadCredentials):
        world.auth.login(ANNA, PASSWORD)


@pytest.mark.parametrize("current", ["", "wrong", PASSWORD + " ", OTHER_PASSWORD])
def test_the_current_password_is_needed(world: World, current: str) -> None:
    """ASVS 6.2.3, 7.5.1."""
    world.register()
    who = world.identity()
    with pytest.raises(PasswordNeeded):
        world.auth.change_password(who, current, OTHER_PASSWORD)
    assert world.signed_in()
    assert world.auth.recheck(who.session.id)


def test_the_rules_hold_for_a_changed_password_too(world: World) -> None:
    """ASVS 6.2.4, 6.2.11."""
    world.register(full_name="Anna Berg")
    who = world.identity()
    for bad in ("short", "Password123", "AnnaBerg2026!", "VivaExam2026", "alllowercase1"):
        with pytest.raises(ValidationFailed) as caught:
            world.auth.change_password(who, PASSWORD, bad)
        assert caught.value.problems[0].field == "new_password"
    with pytest.raises(ValidationFailed) as caught:
        world.auth.change_password(who, PASSWORD, OTHER_PASSWORD, confirmation="other")
    assert caught.value.problems[0].field == "confirm_password"
    assert world.signed_in()


def test_the_person_is_told(world: World) -> None:
    """ASVS 6.3.7."""
    world.register()
    world.auth.change_password(world.identity(), PASSWORD, OTHER_PASSWORD, client=AWAY)
    (letter,) = world.letters(Template.PASSWORD_CHANGED)
    assert (letter.to, letter.data["device"]) == (ANNA, "Chrome on Windows")
    assert PASSWORD not in repr(letter)
    assert OTHER_PASSWORD not in repr(letter)


def test_guessing_the_current_password_is_limited_and_signs_nobody_out(world: World) -> None:
    """ASVS 6.3.1, 6.1.3, 7.5.1: an open session is no way around the limit."""
    world.register()
    who = world.identity()
    for _ in range(10):
        with pytest.raises(PasswordNeeded):
            world.auth.change_password(who, "wrong", OTHER_PASSWORD)
    with pytest.raises(TooManyAttempts):
        world.auth.change_password(who, PASSWORD, OTHER_PASSWORD)
    with pytest.raises(TooManyAttempts):
        world.auth.delete_account(who, PASSWORD)
    with pytest.raises(TooManyAttempts):
        world.auth.request_email_change(who, "new@example.com", PASSWORD)
    assert world.auth.recheck(who.session.id, client=HOME)
    world.clock.advance(minutes=5, seconds=1)
    world.auth.change_password(who, PASSWORD, OTHER_PASSWORD)


def test_of_two_changes_at_once_the_second_does_not_overwrite_the_first(world: World) -> None:
    world.register()
    one, two = world.identity(), world.identity()
    world.clock.advance(seconds=1)
    world.auth.change_password(one, PASSWORD, OTHER_PASSWORD)
    with pytest.raises((NotSignedIn, PasswordNeeded)):
        world.auth.change_password(two, PASSWORD, "Third-Password-33")
    assert world.signed_in(password=OTHER_PASSWORD)
