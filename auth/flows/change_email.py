"""Changing the address: the new one must be proved, the old one is told."""

from dataclasses import replace
from datetime import timedelta

from auth import names
from auth.errors import EmailTaken, TokenRefused
from auth.flows.common import account_of, change_user, new_token, prove_password, usable_token
from auth.kit import Kit
from auth.letters import letter, place, whole
from auth.models import Client, Purpose, User
from auth.results import Identity
from auth.trail import event
from core.errors import FieldProblem, ValidationFailed
from mail.models import Letter, Template


def request(kit: Kit, who: Identity, new_email: str, current_password: str, client: Client) -> None:
    """Send a link to the new address; nothing changes before it is used.

    Raises PasswordNeeded, ValidationFailed, EmailTaken, TooManyAttempts.
    """
    email = names.parse_email(new_email)
    if not isinstance(email, names.Email):
        raise ValidationFailed([email])
    if email.address == who.user.email:
        raise ValidationFailed([FieldProblem("email", "This is your address already.", "EMAIL_UNCHANGED")])
    prove_password(kit, who.user, current_password, client)
    kit.limits.hit("resend_account", who.user.id)
    if email.key != who.user.email_key and kit.stores.accounts.by_email(email.key) is not None:
        raise EmailTaken
    secret, token = new_token(
        kit,
        Purpose.CHANGE_EMAIL,
        user_id=who.user.id,
        life=kit.config.email_change_life,
        data={"email_key": who.user.email_key, "new_email": email.address, "new_key": email.key},
    )
    link = kit.config.link(kit.config.email_change_path, secret)
    words = {"confirm_link": link, "hours": whole(kit.config.email_change_life, timedelta(hours=1))}
    confirm = letter(kit, Template.EMAIL_CHANGE_CONFIRM, who.user, words, to=email.address)
    kit.stores.tokens.void(who.user.id, Purpose.CHANGE_EMAIL, now=kit.clock.now())
    made = event(kit, "account:email:change_requested", user_id=who.user.id, client=client)
    kit.stores.tokens.add(token, letters=[confirm], events=[made])


def confirm(kit: Kit, secret: str, client: Client) -> User:
    """Change the address and tell the old and the new one. Raises TokenRefused, EmailTaken.

    A reset link that went to the old address no longer works.
    """
    token = usable_token(kit, Purpose.CHANGE_EMAIL, secret)
    before = account_of(kit, token)
    new = names.Email(token.data["new_email"], token.data["new_key"])

    def apply(now: User) -> User:
        if now.email_key != before.email_key:
            raise TokenRefused
        return replace(now, email=new.address, email_key=new.key, is_verified=True)

    def notices(now: User) -> list[Letter]:
        what = f"The email address of your account was changed from {before.email} to {new.address}."
        data = {**place(kit, client), "what": what}
        return [letter(kit, Template.EMAIL_CHANGED, now, data, to=address) for address in (before.email, new.address)]

    # The account first: a crash in between leaves a link that no longer fits the account.
    user = change_user(
        kit, before.id, apply, letters=notices, events=lambda now: [event(kit, "account:email:changed", user_id=now.id, client=client)]
    )
    kit.stores.tokens.take(Purpose.CHANGE_EMAIL, token.hash, now=kit.clock.now())
    return user
