import pytest

from auth.errors import BadCredentials, NotSignedIn, TokenRefused
from auth.models import Client
from core.errors import TooManyAttempts, ValidationFailed
from mail.models import Template

from .conftest import ANNA, AWAY, HOME, OTHER_PASSWORD, PASSWORD, World


def forgotten(world: World, email: str = ANNA) -> str:
    world.auth.forgot_password(email, client=HOME)
    return world.token_in(world.letters(Template.PASSWORD_RESET)[-1])


def test_the_link_sets_a_new_password(world: World) -> None:
    user = world.register()
    token = forgotten(world)
    assert world.auth.peek_reset(token)
    world.auth.reset_password(token, OTHER_PASSWORD, confirmation=OTHER_PASSWORD, client=HOME)
    assert world.signed_in(password=OTHER_PASSWORD).user.id == user.id
    with pytest.raises(BadCredentials):
        world.auth.login(ANNA, PASSWORD)


def test_a_used_reset_token_is_refused(world: World) -> None:
    """ASVS 6.4.1, 6.5.1."""
    world.register()
    token = forgotten(world)
    world.auth.reset_password(token, OTHER_PASSWORD)
    assert not world.auth.peek_reset(token)
    with pytest.raises(TokenRefused):
        world.auth.reset_password(token, "Third-Password-33")
    assert world.signed_in(password=OTHER_PASSWORD)


def test_the_link_ends_after_half_an_hour(world: World) -> None:
    """ASVS 6.4.1."""
    world.register()
    token = forgotten(world)
    world.clock.advance(minutes=30)
    with pytest.raises(TokenRefused):
        world.auth.reset_password(token, OTHER_PASSWORD)
    assert world.signed_in()


def test_a_login_voids_the_links_asked_for_before(world: World) -> None:
    world.register()
    token = forgotten(world)
    world.clock.advance(seconds=1)
    world.signed_in()
    assert not world.auth.peek_reset(token)
    with pytest.raises(TokenRefused):
        world.auth.reset_password(token, OTHER_PASSWORD)


def test_a_password_change_voids_the_links_asked_for_before(world: World) -> None:
    world.register()
    who = world.identity()
    token = forgotten(world)
    world.clock.advance(seconds=1)
    world.auth.change_password(who, PASSWORD, OTHER_PASSWORD)
    with pytest.raises(TokenRefused):
        world.auth.reset_password(token, "Third-Password-33")
    assert world.signed_in(password=OTHER_PASSWORD)


def test_of_two_links_the_first_used_voids_the_other(world: World) -> None:
    world.register()
    one, two = forgotten(world), forgotten(world)
    world.clock.advance(seconds=1)
    world.auth.reset_password(two, OTHER_PASSWORD)
    with pytest.raises(TokenRefused):
        world.auth.reset_password(one, "Third-Password-33")


def test_a_reset_ends_every_session(world: World) -> None:
    """ASVS 7.4.3."""
    world.register()
    inside = [world.signed_in() for _ in range(3)]
    world.auth.reset_password(forgotten(world), OTHER_PASSWORD)
    for result in inside:
        with pytest.raises(NotSignedIn):
            world.auth.authenticate(result.access_token)
        with pytest.raises(NotSignedIn):
            world.auth.refresh(result.refresh_token)


def test_a_reset_signs_nobody_in(world: World) -> None:
    """ASVS 6.3.6: a letter is no way to sign in."""
    world.register()
    world.auth.reset_password(forgotten(world), OTHER_PASSWORD)
    assert all(session.revoked_at for session in world.memory.sessions.values())


def test_a_reset_is_told_to_the_person(world: World) -> None:
    """ASVS 6.3.7."""
    world.register()
    world.auth.reset_password(forgotten(world), OTHER_PASSWORD, client=AWAY)
    (letter,) = world.letters(Template.PASSWORD_CHANGED)
    assert (letter.to, letter.data["ip"]) == (ANNA, AWAY.ip)


def test_a_bad_new_password_does_not_use_the_link_up(world: World) -> None:
    world.register()
    token = forgotten(world)
    for bad, confirmation in (("short", None), ("Password123", None), ("Anna.Berg2026", None), (OTHER_PASSWORD, "other")):
        with pytest.raises(ValidationFailed):
            world.auth.reset_password(token, bad, confirmation=confirmation)
    world.auth.reset_password(token, OTHER_PASSWORD)


def test_asking_tells_nothing_about_accounts(world: World) -> None:
    """ASVS 6.3.8: same answer, one letter, one token and one event each."""
    world.register()
    gone = world.register("gone@example.com")
    world.auth.admin.disable(world.admin(), gone.id)
    sizes = []
    for address in (ANNA, "gone@example.com", "nobody@example.com"):
        before = (len(world.letters()), len(world.memory.tokens), len(world.memory.events))
        world.auth.forgot_password(address, client=HOME)
        after = (len(world.letters()), len(world.memory.tokens), len(world.memory.events))
        sizes.append(tuple(b - a for a, b in zip(before, after, strict=True)))
    assert sizes == [(1, 1, 1)] * 3


def test_an_unknown_address_gets_a_letter_without_a_token(world: World) -> None:
    world.auth.forgot_password("nobody@example.com", client=HOME)
    (letter,) = world.letters()
    assert (letter.template, letter.to) == (Template.NO_ACCOUNT, "nobody@example.com")
    assert not any("token=" in value for value in letter.data.values())


def test_the_letter_goes_to_the_stored_address_not_to_the_typed_one(world: World) -> None:
    world.register("mike@example.com")
    world.auth.forgot_password("MI\u212aE@example.com", client=HOME)
    (letter,) = world.letters(Template.PASSWORD_RESET)
    assert letter.to == "mike@example.com"


def test_asking_is_limited_per_account_known_or_not(world: World) -> None:
    """ASVS 6.3.1: 5 an hour."""
    world.register()
    for address in (ANNA, "nobody@example.com"):
        for number in range(5):
            world.auth.forgot_password(address, client=Client(ip=f"10.0.0.{number}"))
        with pytest.raises(TooManyAttempts):
            world.auth.forgot_password(address.upper(), client=Client(ip="10.0.1.1"))


def test_a_reset_link_that_went_to_an_old_address_is_refused(world: World) -> None:
    world.register()
    who = world.identity()
    token = forgotten(world)
    world.auth.request_email_change(who, "new@example.com", PASSWORD)
    world.auth.confirm_email_change(world.token_in(world.letters(Template.EMAIL_CHANGE_CONFIRM)[0]))
    with pytest.raises(TokenRefused):
        world.auth.reset_password(token, OTHER_PASSWORD)


def test_a_reset_link_is_worth_nothing_once_the_address_is_another_mailbox_with_the_same_key(world: World) -> None:
    user = world.register("strasse@example.com")
    who = world.identity("strasse@example.com")  # before the link is asked for: a login voids it
    token = forgotten(world, "strasse@example.com")
    world.auth.request_email_change(who, "straße@example.com", PASSWORD)
    world.auth.confirm_email_change(world.token_in(world.letters(Template.EMAIL_CHANGE_CONFIRM)[-1]))
    with pytest.raises(TokenRefused):
        world.auth.reset_password(token, OTHER_PASSWORD)
    assert world.stored(user).email == "straße@example.com"
    assert world.letters(Template.PASSWORD_CHANGED) == []


def test_whoever_types_another_mailbox_with_the_same_key_gets_no_letter_there(world: World) -> None:
    world.register("strasse@example.com")
    for ask in (world.auth.forgot_password, world.auth.resend_verification):
        ask("straße@example.com", client=HOME)
    sent = [*world.letters(Template.PASSWORD_RESET), *world.letters(Template.VERIFICATION)]
    assert len(sent) >= 2
    assert {letter.to for letter in sent} == {"strasse@example.com"}


def test_a_disabled_account_cannot_be_entered_by_a_reset(world: World) -> None:
    user = world.register()
    token = forgotten(world)
    world.auth.admin.disable(world.admin(), user.id)
    with pytest.raises(TokenRefused):
        world.auth.reset_password(token, OTHER_PASSWORD)


def test_an_administrator_starts_a_reset_without_choosing_the_password(world: World) -> None:
    """ASVS 6.4.6."""
    user = world.register()
    admin = world.admin()
    world.auth.admin.start_reset(admin, user.id)
    token = world.token_in(world.letters(Template.PASSWORD_RESET)[0])
    assert world.signed_in()  # nothing has changed yet
    world.auth.admin.start_reset(admin, user.id)
    world.auth.reset_password(world.token_in(world.letters(Template.PASSWORD_RESET)[1]), OTHER_PASSWORD)
    assert not world.auth.peek_reset(token)


@pytest.mark.parametrize("token", ["", "x" * 43, "x" * 100_000])
def test_what_is_no_token_resets_nothing(world: World, token: str) -> None:
    world.register()
    with pytest.raises(TokenRefused):
        world.auth.reset_password(token, OTHER_PASSWORD)
    assert world.signed_in()
