"""The letters of this component, as values; the mail component words them (`mail.models.NEEDS` says what each needs)."""

import re
from collections.abc import Mapping
from datetime import timedelta

from auth.devices import describe
from auth.kit import Kit
from auth.models import Client, User
from auth.names import email_key
from core.ids import digest
from mail.models import Letter, Template

_LONGEST_GREETING = 60
_NOT_A_NAME = re.compile(r"\w\.\w{2}|\d{4}")


def letter(kit: Kit, template: Template, user: User, data: Mapping[str, str] | None = None, *, to: str = "", letter_id: str = "") -> Letter:
    """Return a letter to the person's stored address (or to `to`); never to an address that somebody just typed.

    `data` always has `full_name`: what the person is greeted by.
    """
    return Letter(
        id=letter_id or kit.ids.new("ltr"),
        to=to or user.email,
        template=template,
        data={"full_name": greeting(user), **(data or {})},
        user_id=user.id,
        created_at=kit.clock.now(),
    )


def greeting(user: User) -> str:
    """Return the name, or the username, that a letter greets somebody by; empty for one that says more than a name does.

    Anybody can sign up with somebody else's address, and what they typed as the name is read there: it must be neither what a mail
    program makes a link of, nor a telephone number, nor a message.
    """
    name = user.full_name or user.username
    return "" if len(name) > _LONGEST_GREETING or _NOT_A_NAME.search(name) else name


def to_stranger(kit: Kit, template: Template, address: str, data: Mapping[str, str] | None = None) -> Letter:
    """Return a letter to somebody without an account."""
    return Letter(
        id=kit.ids.new("ltr"),
        to=address,
        template=template,
        data={"full_name": "", **(data or {})},
        user_id=stranger(email_key(address)),
        created_at=kit.clock.now(),
    )


def stranger(key: str) -> str:
    """Return the owner of letters to an address without an account: should one be made and deleted later, they go with it."""
    return f"to_{digest(key)[:24]}" if key else ""


def no_account(kit: Kit, address: str) -> Letter:
    """Return the letter that says that there is no account with this address."""
    return to_stranger(kit, Template.NO_ACCOUNT, address, {"sign_up_link": kit.config.link(kit.config.invite_path)})


def place(kit: Kit, client: Client) -> dict[str, str]:
    """Return what a notice says about when and where something was done, and the pages where it can be answered."""
    moment = kit.clock.now()
    return {
        "at": f"{moment.day} {moment:%B %Y, %H:%M} UTC",
        "device": describe(client.user_agent),
        "ip": client.ip or "unknown",
        "security_link": kit.config.link(kit.config.security_path),
        "reset_link": kit.config.link(kit.config.forgot_path),
    }


def whole(life: timedelta, unit: timedelta) -> str:
    """Return how many whole units (at least one) a link lives, for its letter."""
    return str(max(1, int(life / unit)))
