"""Changing the password while signed in."""

from dataclasses import replace

from auth.errors import NotSignedIn
from auth.flows import sessions
from auth.flows.common import change_user, prove_password
from auth.flows.new_password import checked_hash
from auth.kit import Kit
from auth.letters import letter, place
from auth.models import Client, Purpose, User
from auth.results import Identity, SignedIn
from auth.tokens import secret_digest
from auth.trail import event
from mail.models import Template


def change(kit: Kit, who: Identity, current: str, new: str, *, confirmation: str | None, client: Client) -> SignedIn:
    """Set a new password. Raises PasswordNeeded, ValidationFailed, TooManyAttempts, NotSignedIn.

    All other sessions end. This one goes on with new tokens: its former access and refresh tokens and its cookie are dead, so a
    browser needs a new hand-off. The person is told by letter.
    """
    prove_password(kit, who.user, current, client)
    made = checked_hash(kit, who.user, new, confirmation)

    def apply(now: User) -> User:
        if now.password_changed_at != who.user.password_changed_at:
            raise NotSignedIn  # somebody else changed it after the current password was checked
        return replace(
            now,
            password_hash=made.value,
            password_key_id=made.key_id,
            password_changed_at=kit.clock.now(),
            must_change_password=False,
        )

    # Before and after: a crash in between must not leave an old session alive, nor one that began meanwhile.
    _end_others(kit, who, client)
    user = change_user(
        kit,
        who.user.id,
        apply,
        letters=lambda now: [letter(kit, Template.PASSWORD_CHANGED, now, place(kit, client))],
        events=lambda now: [event(kit, "account:password:changed", user_id=now.id, client=client)],
    )
    _end_others(kit, who, client)
    kit.stores.tokens.void(user.id, Purpose.RESET_PASSWORD, now=kit.clock.now())
    return _proved_again(kit, who, user)


def _end_others(kit: Kit, who: Identity, client: Client) -> None:
    sessions.end_all(kit, who.user.id, reason="password_changed", keep=who.session.id, client=client)


def _proved_again(kit: Kit, who: Identity, user: User) -> SignedIn:
    """Give the session a new proof of identity, refresh token and cookie; what it had before is dead."""
    now = kit.clock.now()
    kit.stores.sessions.set_authenticated(who.session.id, now)
    refresh_token = ""
    session = kit.stores.sessions.get(who.session.id)
    if session is not None and session.refresh_hash:
        refresh_token = kit.refresh.first()
        kit.stores.sessions.rotate(
            session.id,
            expected_hash=session.refresh_hash,
            new_hash=secret_digest(refresh_token),
            at=now,
            idle_expires_at=session.idle_expires_at,
        )
    if session is not None and session.cookie_hash:
        kit.stores.sessions.set_cookie(session.id, secret_digest(kit.ids.secret()))
    session = kit.stores.sessions.get(who.session.id)
    if session is None or not sessions.is_alive(kit, session):
        raise NotSignedIn
    return sessions.signed_in(kit, user, session, refresh_token=refresh_token)
