import pytest

from auth.errors import EmailNotVerified, NotSignedIn, TokenRefused
from auth.models import Client
from core.errors import TooManyAttempts, ValidationFailed
from mail.models import Template

from .conftest import ANNA, HOME, OTHER_PASSWORD, PASSWORD, World


def link(world: World) -> str:
    return world.token_in(world.letters(Template.VERIFICATION)[-1])


def test_the_link_proves_the_address(world: World) -> None:
    user = world.register()
    result = world.auth.verify_email(link(world))
    assert (result.user.id, result.already_verified) == (user.id, False)
    assert world.stored(user).is_verified


def test_using_the_link_again_is_fine(world: World) -> None:
    world.register()
    token = link(world)
    world.auth.verify_email(token)
    assert world.auth.verify_email(token).already_verified
    assert len(world.events("account:email:verified")) == 1


def test_looking_at_the_link_changes_nothing(world: World) -> None:
    """ASVS 3.5.3: mail scanners follow links."""
    user = world.register()
    token = link(world)
    assert world.auth.peek_verification(token) == "ready"
    assert not world.stored(user).is_verified
    world.auth.verify_email(token)
    assert world.auth.peek_verification(token) == "already_verified"
    assert world.auth.peek_verification("x") == "refused"


def test_the_link_ends_after_a_day(world: World) -> None:
    """ASVS 6.4.1."""
    user = world.register()
    token = link(world)
    world.clock.advance(hours=24)
    assert world.auth.peek_verification(token) == "refused"
    with pytest.raises(TokenRefused):
        world.auth.verify_email(token)
    assert not world.stored(user).is_verified


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 100_000, "\x00", "../../etc/passwd"])
def test_what_is_no_token_proves_nothing(world: World, token: str) -> None:
    world.register()
    with pytest.raises(TokenRefused):
        world.auth.verify_email(token)


def test_ten_codes_all_differ_and_none_is_stored(world: World) -> None:
    """ASVS 6.4.1."""
    for number in range(10):
        world.register(f"a{number}@example.com")
    tokens = {world.token_in(letter) for letter in world.letters(Template.VERIFICATION)}
    assert len(tokens) == 10
    stored = repr(world.memory.tokens)
    assert not any(token in stored for token in tokens)


def test_a_link_for_the_old_address_does_not_prove_a_new_one(world: World) -> None:
    world.register()
    token = link(world)
    world.auth.request_email_change(world.identity(), "new@example.com", PASSWORD)
    world.auth.confirm_email_change(world.token_in(world.letters(Template.EMAIL_CHANGE_CONFIRM)[0]))
    with pytest.raises(TokenRefused):
        world.auth.verify_email(token)


def test_a_verification_link_cannot_reset_a_password_or_sign_in(world: World) -> None:
    """ASVS 9.2.2, 6.3.6."""
    world.register()
    token = link(world)
    with pytest.raises(TokenRefused):
        world.auth.reset_password(token, OTHER_PASSWORD)
    with pytest.raises(TokenRefused):
        world.auth.redeem_handoff(token)
    with pytest.raises(TokenRefused):
        world.auth.confirm_email_change(token)
    with pytest.raises(NotSignedIn):
        world.auth.authenticate(token)
    assert world.auth.verify_email(token)


def test_a_new_letter_can_be_asked_for(world: World) -> None:
    user = world.register()
    world.auth.resend_verification(ANNA.upper(), client=HOME)
    assert len(world.letters(Template.VERIFICATION)) == 2
    world.auth.verify_email(link(world))
    assert world.stored(user).is_verified


def test_asking_for_a_letter_tells_nothing_about_accounts(world: World) -> None:
    """ASVS 6.3.8: same answer, one letter and one token each."""
    world.register("open@example.com")
    done = world.register("done@example.com")
    world.auth.verify_email(link(world))
    before = len(world.letters())
    tokens = len(world.memory.tokens)
    for number, address in enumerate(("open@example.com", "done@example.com", "nobody@example.com"), start=1):
        world.auth.resend_verification(address, client=HOME)
        assert len(world.letters()) == before + number
        assert len(world.memory.tokens) == tokens + number
    assert [(letter.template, letter.to) for letter in world.letters()[before:]] == [
        (Template.VERIFICATION, "open@example.com"),
        (Template.ALREADY_REGISTERED, "done@example.com"),
        (Template.NO_ACCOUNT, "nobody@example.com"),
    ]
    assert world.stored(done).is_verified


def test_letters_for_strangers_hold_no_link_with_a_token(world: World) -> None:
    world.auth.resend_verification("nobody@example.com", client=HOME)
    (letter,) = world.letters()
    assert not any("token=" in value for value in letter.data.values())


def test_asking_again_and_again_is_limited_per_account_known_or_not(world: World) -> None:
    """ASVS 6.3.1, 6.3.8."""
    world.register()
    for address in (ANNA, "nobody@example.com"):
        for number in range(5):
            world.auth.resend_verification(address, client=Client(ip=f"10.0.0.{number}"))
        with pytest.raises(TooManyAttempts):
            world.auth.resend_verification(address, client=Client(ip="10.0.1.1"))


def test_asking_for_many_addresses_is_limited_per_client(world: World) -> None:
    """ASVS 6.3.1."""
    for number in range(20):
        world.auth.resend_verification(f"a{number}@example.com", client=HOME)
    with pytest.raises(TooManyAttempts):
        world.auth.resend_verification("one.more@example.com", client=HOME)


def test_what_is_no_address_gets_no_letter(world: World) -> None:
    for address in ("", "nonsense", "a@example.com\r\nBcc: b@example.com"):
        with pytest.raises(ValidationFailed):
            world.auth.resend_verification(address, client=HOME)
    assert world.letters() == []


def test_unverified_people_are_kept_out_only_where_the_settings_say_so(world: World) -> None:
    user = world.register()
    world.auth.require_verified(user)
    world.configure(require_verified_email=True)
    with pytest.raises(EmailNotVerified):
        world.auth.require_verified(user)
    world.auth.verify_email(link(world))
    world.auth.require_verified(world.stored(user))
