import pytest

from auth.errors import BadCredentials, EmailTaken, PasswordNeeded, TokenRefused
from core.errors import ValidationFailed
from mail.models import Template

from .conftest import ANNA, PASSWORD, World

NEW = "Anna.New@example.org"


def asked(world: World, new: str = NEW) -> str:
    world.auth.request_email_change(world.identity(), new, PASSWORD)
    return world.token_in(world.letters(Template.EMAIL_CHANGE_CONFIRM)[-1])


def test_the_address_changes_when_the_new_one_is_proved(world: World) -> None:
    user = world.register()
    token = asked(world)
    assert world.stored(user).email == ANNA
    changed = world.auth.confirm_email_change(token)
    assert (changed.email, changed.email_key, changed.is_verified) == (NEW, NEW.lower(), True)
    assert world.signed_in(NEW)
    with pytest.raises(BadCredentials):
        world.auth.login(ANNA, PASSWORD)


def test_the_link_goes_to_the_new_address_and_the_notice_to_both(world: World) -> None:
    """ASVS 6.3.7."""
    world.register()
    token = asked(world)
    assert [letter.to for letter in world.letters(Template.EMAIL_CHANGE_CONFIRM)] == [NEW]
    assert world.letters(Template.EMAIL_CHANGED) == []
    world.auth.confirm_email_change(token)
    assert sorted(letter.to for letter in world.letters(Template.EMAIL_CHANGED)) == sorted([ANNA, NEW])


def test_the_current_password_is_needed(world: World) -> None:
    """ASVS 7.5.1."""
    world.register()
    for current in ("", "wrong"):
        with pytest.raises(PasswordNeeded):
            world.auth.request_email_change(world.identity(), NEW, current)
    assert world.letters(Template.EMAIL_CHANGE_CONFIRM) == []


def test_the_address_of_somebody_else_is_refused(world: World) -> None:
    world.register()
    world.register("taken@example.com")
    with pytest.raises(EmailTaken):
        world.auth.request_email_change(world.identity(), "TAKEN@example.com", PASSWORD)


def test_an_address_taken_meanwhile_is_refused_at_the_end(world: World) -> None:
    user = world.register()
    token = asked(world)
    world.register(NEW)
    with pytest.raises(EmailTaken):
        world.auth.confirm_email_change(token)
    assert world.stored(user).email == ANNA
    assert world.letters(Template.EMAIL_CHANGED) == []


def test_the_link_works_once_and_ends_after_a_day(world: World) -> None:
    """ASVS 6.4.1."""
    world.register()
    token = asked(world)
    world.auth.confirm_email_change(token)
    with pytest.raises(TokenRefused):
        world.auth.confirm_email_change(token)
    world.auth.request_email_change(world.identity(NEW), "third@example.org", PASSWORD)
    late = world.token_in(world.letters(Template.EMAIL_CHANGE_CONFIRM)[-1])
    world.clock.advance(hours=24)
    with pytest.raises(TokenRefused):
        world.auth.confirm_email_change(late)


def test_a_second_request_voids_the_first(world: World) -> None:
    user = world.register()
    first, second = asked(world, "one@example.org"), asked(world, "two@example.org")
    with pytest.raises(TokenRefused):
        world.auth.confirm_email_change(first)
    world.auth.confirm_email_change(second)
    assert world.stored(user).email == "two@example.org"


def test_the_spelling_of_the_own_address_can_be_changed(world: World) -> None:
    user = world.register()
    world.auth.confirm_email_change(asked(world, "Anna.Berg@Example.com"))
    assert world.stored(user).email == "Anna.Berg@Example.com"


@pytest.mark.parametrize("bad", [ANNA, "nonsense", "", "a@example.com\r\nBcc: x@example.org"])
def test_what_is_no_new_address_is_refused(world: World, bad: str) -> None:
    world.register()
    with pytest.raises(ValidationFailed):
        world.auth.request_email_change(world.identity(), bad, PASSWORD)
