"""Proving that an address is the person's own."""

from dataclasses import replace
from datetime import timedelta

from auth.errors import EmailNotVerified, TokenRefused
from auth.flows.common import account_of, asks_for_letter, change_user, decoy, new_token
from auth.kit import Kit
from auth.letters import letter, no_account, whole
from auth.models import Client, OneTimeToken, Purpose, User
from auth.results import Verification
from auth.tokens import secret_digest
from auth.trail import event
from mail.models import Letter, Template


def verification_letter(kit: Kit, user: User) -> tuple[list[Letter], list[OneTimeToken]]:
    """Return the letter with a new link, and the token that it holds."""
    secret, token = new_token(
        kit,
        Purpose.VERIFY_EMAIL,
        user_id=user.id,
        life=kit.config.verification_life,
        data={"email_key": user.email_key},
    )
    link = kit.config.link(kit.config.verify_path, secret)
    data = {"verification_link": link, "hours": whole(kit.config.verification_life, timedelta(hours=1))}
    return [letter(kit, Template.VERIFICATION, user, data)], [token]


def verify(kit: Kit, secret: str, client: Client) -> Verification:
    """Mark the address as proved. Using the link again is fine (`already_verified`). Raises TokenRefused."""
    token = kit.stores.tokens.get(Purpose.VERIFY_EMAIL, secret_digest(secret))
    if token is None:
        raise TokenRefused
    user = account_of(kit, token)
    if user.is_verified:
        return Verification(user=user, already_verified=True)
    if token.used_at is not None or kit.clock.now() >= token.expires_at:
        raise TokenRefused
    # The account first: a crash in between leaves a link that can be used again, which does no harm.
    user = change_user(
        kit,
        user.id,
        lambda now: None if now.is_verified or now.email_key != user.email_key else replace(now, is_verified=True),
        events=lambda now: [event(kit, "account:email:verified", user_id=now.id, client=client)],
    )
    kit.stores.tokens.take(Purpose.VERIFY_EMAIL, token.hash, now=kit.clock.now())
    if not user.is_verified:
        raise TokenRefused
    return Verification(user=user, already_verified=False)


def peek(kit: Kit, secret: str) -> str:
    """Return `ready`, `already_verified` or `refused` for a link, changing nothing (what the page with the button shows)."""
    token = kit.stores.tokens.get(Purpose.VERIFY_EMAIL, secret_digest(secret))
    try:
        user = account_of(kit, token) if token is not None else None
    except TokenRefused:
        return "refused"
    if token is None or user is None:
        return "refused"
    if user.is_verified:
        return "already_verified"
    return "ready" if token.used_at is None and kit.clock.now() < token.expires_at else "refused"


def resend(kit: Kit, address: str, client: Client) -> None:
    """Send a new verification letter. The answer and the work are the same whether or not there is such an account.

    Raises ValidationFailed for what is not an address, and TooManyAttempts.
    """
    email, user = asks_for_letter(kit, address, client, limit="resend_account", refused="account:verification:limited")
    if user is not None and not user.is_verified:
        letters, (token,) = verification_letter(kit, user)
    else:
        letters, token = [_other_letter(kit, user, email.address)], decoy(kit, Purpose.VERIFY_EMAIL)
    kit.stores.tokens.add(token, letters=letters)


def require_verified(kit: Kit, user: User) -> None:
    """Raise EmailNotVerified where the settings keep unverified accounts out."""
    if kit.config.require_verified_email and not user.is_verified:
        raise EmailNotVerified


def _other_letter(kit: Kit, user: User | None, address: str) -> Letter:
    if user is None:
        return no_account(kit, address)
    return letter(kit, Template.ALREADY_REGISTERED, user, {"sign_in_link": kit.config.link(kit.config.sign_in_path)})
