"""What happens when two things happen at the same moment: nobody gains anything, nothing is half done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from auth.errors import InviteNeeded, NotSignedIn, TokenRefused
from auth.models import User
from core.errors import ValidationFailed
from mail.models import Template

from .conftest import ANNA, OTHER_PASSWORD, PASSWORD, World


def just_before(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, act: Callable[[], object]) -> None:
    """Run `act` once, right before the next call of `owner.name`."""
    real = getattr(owner, name)

    def overtaken(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(owner, name, real)
        act()
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, overtaken)


def test_a_session_that_ends_while_its_code_is_redeemed_gets_no_cookie(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 7.4.1."""
    world.register()
    result = world.signed_in(refreshable=False)
    code = world.auth.start_handoff(result.session.id)
    just_before(monkeypatch, world.kit.stores.sessions, "set_cookie", lambda: world.auth.logout_user(result.access_token))
    with pytest.raises(TokenRefused):
        world.auth.redeem_handoff(code)


def test_a_session_that_ends_while_it_is_refreshed_stays_ended(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 7.4.1."""
    world.register()
    result = world.signed_in()
    just_before(monkeypatch, world.kit.stores.sessions, "rotate", lambda: world.auth.logout_user(result.access_token))
    with pytest.raises(NotSignedIn):
        world.auth.refresh(result.refresh_token)


def test_an_account_disabled_while_it_signs_in_gets_no_session(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 7.4.2."""
    user = world.register()
    admin = world.admin()
    just_before(monkeypatch, world.kit.stores.sessions, "add", lambda: world.auth.admin.disable(admin, user.id))
    with pytest.raises(Exception, match="not correct"):
        world.signed_in()
    assert world.kit.stores.sessions.alive(user.id, now=world.clock.now()) == []


def test_an_address_proved_twice_at_once_is_proved_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.register()
    token = world.token_in(world.letters()[0])
    just_before(monkeypatch, world.kit.stores.accounts, "replace", lambda: world.auth.verify_email(token))
    world.auth.verify_email(token)
    assert len(world.events("account:email:verified")) == 1


def test_an_address_that_changes_while_it_is_proved_is_not_proved(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    user = world.register()
    token = world.token_in(world.letters()[0])

    def change() -> None:
        now = world.stored(user)
        world.memory.users[user.id] = replace(now, email="b@example.com", email_key="b@example.com", version=now.version + 1)

    just_before(monkeypatch, world.kit.stores.accounts, "replace", change)
    with pytest.raises(TokenRefused):
        world.auth.verify_email(token)
    assert not world.stored(user).is_verified


def test_a_link_for_a_new_address_used_twice_at_once_changes_it_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.register()
    world.auth.request_email_change(world.identity(), "new@example.com", PASSWORD)
    token = world.token_in(world.letters(Template.EMAIL_CHANGE_CONFIRM)[0])
    just_before(monkeypatch, world.kit.stores.accounts, "replace", lambda: world.auth.confirm_email_change(token))
    with pytest.raises(TokenRefused):
        world.auth.confirm_email_change(token)
    assert len(world.letters(Template.EMAIL_CHANGED)) == 2


def test_a_reset_link_used_twice_at_once_sets_one_password(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 6.5.1."""
    world.register()
    world.auth.forgot_password(ANNA)
    token = world.token_in(world.letters(Template.PASSWORD_RESET)[0])
    just_before(monkeypatch, world.kit.stores.tokens, "take", lambda: world.auth.reset_password(token, OTHER_PASSWORD))
    with pytest.raises(TokenRefused):
        world.auth.reset_password(token, "Third-Password-33")
    assert world.signed_in(password=OTHER_PASSWORD)


def test_a_login_while_a_reset_is_under_way_stops_the_reset(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    user = world.register()
    world.auth.forgot_password(ANNA)
    token = world.token_in(world.letters(Template.PASSWORD_RESET)[0])
    before = world.stored(user).password_hash
    just_before(monkeypatch, world.kit.stores.sessions, "revoke_all", world.signed_in)
    with pytest.raises(TokenRefused):
        world.auth.reset_password(token, OTHER_PASSWORD)
    assert world.stored(user).password_hash == before


def test_a_logout_while_the_password_changes_leaves_no_session(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    user = world.register()
    who = world.identity()
    just_before(monkeypatch, world.kit.stores.sessions, "set_authenticated", lambda: world.auth.logout(who))
    with pytest.raises(NotSignedIn):
        world.auth.change_password(who, PASSWORD, OTHER_PASSWORD)
    assert world.kit.stores.sessions.alive(user.id, now=world.clock.now()) == []
    assert world.signed_in(password=OTHER_PASSWORD)


def test_an_invite_taken_while_its_form_is_checked_lets_the_second_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.configure(invite_only=True)
    invite = world.auth.create_invite(world.admin())
    made: list[User] = []
    just_before(monkeypatch, world.kit.stores.tokens, "take", lambda: made.append(world.register("first@example.com", invite=invite.token)))
    with pytest.raises(InviteNeeded):
        world.register("second@example.com", invite=invite.token)
    assert [user.email for user in made] == ["first@example.com"]


def test_a_session_of_an_account_that_vanished_is_nobody(world: World) -> None:
    user = world.register()
    result = world.signed_in()
    del world.memory.users[user.id]
    with pytest.raises(NotSignedIn):
        world.auth.authenticate(result.access_token)
    with pytest.raises(NotSignedIn):
        world.auth.refresh(result.refresh_token)


def test_preferences_that_cannot_be_stored_make_no_account(world: World) -> None:
    with pytest.raises(ValidationFailed):
        world.auth.register_user({"email": ANNA, "password": PASSWORD, "preferences": {"$set": 1}})
    assert not world.memory.users
