"""Values of the mail component."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Template(StrEnum):
    """The letters we write; each has a subject, a text and an HTML file of this name in `mail/templates/`."""

    VERIFICATION = "verification"
    ALREADY_REGISTERED = "already_registered"
    PASSWORD_RESET = "password_reset"
    NO_ACCOUNT = "no_account"
    PASSWORD_CHANGED = "password_changed"
    EMAIL_CHANGE_CONFIRM = "email_change_confirm"
    EMAIL_CHANGED = "email_changed"
    NEW_DEVICE = "new_device"
    REFRESH_REUSE = "refresh_reuse"
    ACCOUNT_DELETED = "account_deleted"
    INVITE = "invite"


NEEDS: Mapping[Template, frozenset[str]] = {
    Template.VERIFICATION: frozenset({"verification_link", "hours"}),
    Template.ALREADY_REGISTERED: frozenset({"sign_in_link"}),
    Template.PASSWORD_RESET: frozenset({"reset_link", "minutes"}),
    Template.NO_ACCOUNT: frozenset({"sign_up_link"}),
    Template.PASSWORD_CHANGED: frozenset({"at", "reset_link"}),
    Template.EMAIL_CHANGE_CONFIRM: frozenset({"confirm_link", "hours"}),
    Template.EMAIL_CHANGED: frozenset({"what", "reset_link"}),
    Template.NEW_DEVICE: frozenset({"at", "device", "ip", "security_link"}),
    Template.REFRESH_REUSE: frozenset({"at", "device", "security_link"}),
    Template.ACCOUNT_DELETED: frozenset(),
    Template.INVITE: frozenset({"invited_by", "invite_link", "days"}),
}
"""The values that each letter's `data` must hold; `full_name` is welcome in all of them, `failures` in NEW_DEVICE."""


class LetterState(StrEnum):
    """Where a letter is on its way."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to one person, not yet rendered.

    `id` also makes the Message-ID, so that a letter sent twice after a crash is recognised as one.
    `data` holds strings for the template only (`full_name`, `verification_link`, ...); it may hold a secret link and is
    erased once the letter has left. `user_id` is empty for somebody without an account.
    """

    id: str
    to: str
    template: Template
    data: Mapping[str, str] = field(default_factory=dict)
    user_id: str = ""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """A letter with its delivery state."""

    letter: Letter
    state: LetterState
    attempts: int = 0
    next_try_at: datetime
    leased_until: datetime | None = None
    last_error: str = ""
    sent_at: datetime | None = None
