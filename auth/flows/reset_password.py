"""A forgotten password: a letter with a link, and a new password by that link."""

from dataclasses import replace
from datetime import timedelta

from auth.errors import TokenRefused
from auth.flows import sessions
from auth.flows.common import account_of, asks_for_letter, change_user, decoy, new_token, usable_token
from auth.flows.new_password import checked_hash
from auth.kit import Kit
from auth.letters import letter, no_account, place, whole
from auth.models import Client, OneTimeToken, Purpose, User
from auth.trail import event
from core.clock import to_iso
from mail.models import Letter, Template


def forgot(kit: Kit, address: str, client: Client) -> None:
    """Queue a reset letter to the stored address of the account, or one that says that there is none.

    Answer and work are the same either way: one token, one letter, one event, in one write. Raises ValidationFailed for what is
    not an address, and TooManyAttempts.
    """
    email, user = asks_for_letter(kit, address, client, limit="reset_account", refused="account:password:reset_limited")
    if user is not None:
        notice, token = reset_letter(kit, user)
    else:
        notice, token = no_account(kit, email.address), decoy(kit, Purpose.RESET_PASSWORD)
    made = event(kit, "account:password:reset_requested", user_id=token.user_id, actor_id="", client=client)
    kit.stores.tokens.add(token, letters=[notice], events=[made])


def reset_letter(kit: Kit, user: User) -> tuple[Letter, OneTimeToken]:
    """Return a letter with a reset link, and the token that it holds.

    The token remembers the state of the account: a later login, password change or other address makes it worthless.
    """
    data = {"email_key": user.email_key, "sent_to": user.email, "state": _state(user)}
    secret, token = new_token(kit, Purpose.RESET_PASSWORD, user_id=user.id, life=kit.config.reset_life, data=data)
    link = kit.config.link(kit.config.reset_path, secret)
    words = {"reset_link": link, "minutes": whole(kit.config.reset_life, timedelta(minutes=1))}
    return letter(kit, Template.PASSWORD_RESET, user, words), token


def peek(kit: Kit, secret: str) -> bool:
    """Tell whether a link can be used, changing nothing."""
    try:
        _account(kit, usable_token(kit, Purpose.RESET_PASSWORD, secret))
    except TokenRefused:
        return False
    return True


def reset(kit: Kit, secret: str, new_password: str, confirmation: str | None, client: Client) -> User:
    """Set a new password, end every session and tell the person. Raises TokenRefused, ValidationFailed.

    A password that breaks a rule does not use the link up.
    """
    token = usable_token(kit, Purpose.RESET_PASSWORD, secret)
    user = _account(kit, token)
    made = checked_hash(kit, user, new_password, confirmation)
    if kit.stores.tokens.take(Purpose.RESET_PASSWORD, token.hash, now=kit.clock.now()) is None:
        raise TokenRefused

    def apply(now: User) -> User:
        if _state(now) != _state(user):
            raise TokenRefused
        return replace(
            now,
            password_hash=made.value,
            password_key_id=made.key_id,
            password_changed_at=kit.clock.now(),
            must_change_password=False,
            is_verified=True,  # the link went to this address alone
        )

    # Before and after: a crash in between must not leave an old session alive, nor one that began meanwhile.
    sessions.end_all(kit, user.id, reason="password_reset", client=client)
    stored = change_user(
        kit,
        user.id,
        apply,
        letters=lambda now: [letter(kit, Template.PASSWORD_CHANGED, now, place(kit, client))],
        events=lambda now: [event(kit, "account:password:reset", user_id=now.id, client=client)],
    )
    sessions.end_all(kit, user.id, reason="password_reset", client=client)
    kit.stores.tokens.void(user.id, Purpose.RESET_PASSWORD, now=kit.clock.now())
    return stored


def _account(kit: Kit, token: OneTimeToken) -> User:
    user = account_of(kit, token)
    if token.data.get("state") != _state(user) or token.data.get("sent_to", user.email) != user.email:
        raise TokenRefused
    return user


def _state(user: User) -> str:
    """Return what changes with each login and password change. To the millisecond: MongoDB keeps no more."""
    moments = (user.password_changed_at, user.last_login_at)
    return "/".join(to_iso(moment)[:23] if moment else "never" for moment in moments)
