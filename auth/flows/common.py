"""Small steps that several flows share."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from auth import names
from auth.errors import Conflict, PasswordNeeded, TokenRefused
from auth.kit import Kit
from auth.models import AuditEvent, Client, OneTimeToken, Purpose, User
from auth.passwords import PasswordHash
from auth.tokens import secret_digest
from auth.trail import note
from core.errors import NotFound, TooManyAttempts, ValidationFailed
from mail.models import Letter

_TRIES = 8


def stored_hash(user: User) -> PasswordHash:
    """Return the person's password hash as the hasher wants it."""
    return PasswordHash(value=user.password_hash, key_id=user.password_key_id)


def change_user(
    kit: Kit,
    user_id: str,
    change: Callable[[User], User | None],
    *,
    letters: Callable[[User], Sequence[Letter]] = lambda _: (),
    events: Callable[[User], Sequence[AuditEvent]] = lambda _: (),
) -> User:
    """Read, change and write back until nobody else wrote in between; return the account as stored.

    `change` gets the newest version and returns what to store (None: nothing to do); `letters` and `events` are made once it
    is known. Raises NotFound, or Conflict when others keep winning.
    """
    for _ in range(_TRIES):
        user = kit.stores.accounts.get(user_id)
        if user is None or user.deleted_at is not None:
            raise NotFound("There is no such account.")
        wanted = change(user)
        if wanted is None:
            return user
        wanted = replace(wanted, version=user.version + 1, updated_at=kit.clock.now())
        if kit.stores.accounts.replace(wanted, letters=letters(wanted), events=events(wanted)):
            return wanted
    raise Conflict


def prove_password(kit: Kit, user: User, password: str, client: Client) -> None:
    """Check the current password before something that needs it. Raises PasswordNeeded, or TooManyAttempts (429).

    Wrong guesses are counted per person, so that somebody at an unlocked screen cannot try passwords there. They also count as failed
    logins of the account and of the address, which closes those entrances sooner; failed logins never close this one, or a stranger
    could keep the owner from changing the password.
    """
    if not password:
        raise PasswordNeeded
    try:
        kit.limits.test("password_check", user.id)
        with kit.hasher.slot():
            kit.limits.hit("password_check", user.id)
            fits = kit.hasher.verify_in_slot(password, stored_hash(user))
    except TooManyAttempts:
        note("account:password_check:limited", client=client, user_id=user.id)
        raise
    if not fits:
        _count_as_login(kit, user, client)
        note("account:password_check:failure", client=client, user_id=user.id)
        raise PasswordNeeded("The current password is not correct.")
    kit.limits.clear("password_check", user.id)


def _count_as_login(kit: Kit, user: User, client: Client) -> None:
    for name, key in (("login_account", user.email_key), ("login_ip", client.source)):
        if key:
            with suppress(TooManyAttempts):
                kit.limits.hit(name, key)


def new_token(kit: Kit, purpose: Purpose, *, user_id: str, life: timedelta, data: dict[str, str] | None = None) -> tuple[str, OneTimeToken]:
    """Return a new secret and the row that stores its digest."""
    secret = kit.ids.secret()
    now = kit.clock.now()
    token = OneTimeToken(
        hash=secret_digest(secret), purpose=purpose, user_id=user_id, data=data or {}, created_at=now, expires_at=now + life
    )
    return secret, token


def decoy(kit: Kit, purpose: Purpose) -> OneTimeToken:
    """Return a token that fits nobody, so that a request for an unknown address writes as much as one for a known one."""
    return new_token(kit, purpose, user_id="", life=kit.config.reset_life)[1]


def asks_for_letter(kit: Kit, address: str, client: Client, *, limit: str, refused: str) -> tuple[names.Email, User | None]:
    """Return the address to which anybody asks for a letter, and the living account that has it.

    `refused` is the name of the log line where `limit` is reached. Raises ValidationFailed for what is not an address, and
    TooManyAttempts.
    """
    email = names.parse_email(address)
    if not isinstance(email, names.Email):
        raise ValidationFailed([email])
    ip_limit(kit, "reset_ip", client)
    try:
        kit.limits.hit(limit, email.key)
    except TooManyAttempts:
        note(refused, client=client, subject=address)
        raise
    user = kit.stores.accounts.by_email(email.key)
    return email, user if user is not None and user.is_active and user.deleted_at is None else None


def usable_token(kit: Kit, purpose: Purpose, secret: str) -> OneTimeToken:
    """Return an unused, unexpired token without using it up. Raises TokenRefused."""
    token = kit.stores.tokens.get(purpose, secret_digest(secret))
    if token is None or token.used_at is not None or kit.clock.now() >= token.expires_at:
        raise TokenRefused
    return token


def account_of(kit: Kit, token: OneTimeToken) -> User:
    """Return the living account that a token is for, if its address is still the one the letter went to. Raises TokenRefused."""
    user = kit.stores.accounts.get(token.user_id) if token.user_id else None
    if user is None or user.deleted_at is not None or not user.is_active or token.data.get("email_key", "") != user.email_key:
        raise TokenRefused
    return user


def ip_limit(kit: Kit, name: str, client: Client) -> None:
    """Count an attempt of this address; callers inside the process have none and are not limited by it."""
    if client.ip:
        try:
            kit.limits.hit(name, client.source)
        except TooManyAttempts:
            note(f"account:{name}:limited", client=client)
            raise
