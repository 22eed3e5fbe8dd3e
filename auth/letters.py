"""The letters of this component, as values; the mail component words them."""

from collections.abc import Mapping

from auth.kit import Kit
from auth.models import Client, User
from auth.trail import short_agent
from core.clock import to_iso
from mail.models import Letter, Template


def letter(kit: Kit, template: Template, user: User, data: Mapping[str, str] | None = None, *, to: str = "", letter_id: str = "") -> Letter:
    """Return a letter to the person's stored address (or to `to`); never to an address that somebody just typed.

    `data` always has `full_name` (or the username), `app_name` and `account_email`.
    """
    return Letter(
        id=letter_id or kit.ids.new("ltr"),
        to=to or user.email,
        template=template,
        data={
            "full_name": user.full_name or user.username,
            "app_name": kit.config.app_name,
            "account_email": user.email,
            **(data or {}),
        },
        user_id=user.id,
        created_at=kit.clock.now(),
    )


def to_stranger(kit: Kit, template: Template, address: str, data: Mapping[str, str] | None = None) -> Letter:
    """Return a letter to somebody without an account."""
    return Letter(
        id=kit.ids.new("ltr"),
        to=address,
        template=template,
        data={"full_name": "", "app_name": kit.config.app_name, "account_email": address, **(data or {})},
        created_at=kit.clock.now(),
    )


def place(kit: Kit, client: Client) -> dict[str, str]:
    """Return what a notice says about where something was done from."""
    return {
        "when": to_iso(kit.clock.now()),
        "ip": client.ip,
        "user_agent": short_agent(client),
        "reset_link": kit.config.link("/forgot-password"),
    }
