"""Values of the signup assistant."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self


class Step(StrEnum):
    """Where a conversation stands; the values are those of the documented API."""

    START = "start"
    EMAIL = "email"
    USERNAME = "username"
    PASSWORD = "password"
    FIRSTNAME = "firstname"
    LASTNAME = "lastname"
    COMPLETE = "complete"


ASKED = (Step.EMAIL, Step.USERNAME, Step.PASSWORD, Step.FIRSTNAME, Step.LASTNAME)
"""The steps that each collect one field, in the order in which they are asked."""

TOTAL_STEPS = 6


class Phase(StrEnum):
    """What a stored conversation is doing."""

    OPEN = "open"
    CREATING = "creating"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a person has given so far; `None` is missing. The password exists only as its hash.

    `password_hash` is hidden from `repr`, so that no log line and no traceback can show it.
    """

    email: str | None = None
    username: str | None = None
    password_hash: str | None = field(default=None, repr=False)
    password_key_id: str = field(default="", repr=False)
    firstname: str | None = None
    lastname: str | None = None

    def value(self, step: Step) -> str | None:
        """Return what the step `step` (one of `ASKED`) collects, or None while it is missing."""
        return {
            Step.EMAIL: self.email,
            Step.USERNAME: self.username,
            Step.PASSWORD: self.password_hash,
            Step.FIRSTNAME: self.firstname,
            Step.LASTNAME: self.lastname,
        }[step]

    def with_value(self, step: Step, value: str | None) -> Self:
        """Return a copy with another value for `step`; passwords go through `with_password`."""
        return replace(self, **{step.value: value})  # type: ignore[arg-type]  # the names of the steps are those of the fields

    def with_password(self, password_hash: str | None, key_id: str = "") -> Self:
        """Return a copy with another password hash, or without one."""
        return replace(self, password_hash=password_hash, password_key_id=key_id)

    def without(self, step: Step) -> Self:
        """Return a copy in which `step` has to be asked again."""
        return self.with_password(None) if step is Step.PASSWORD else self.with_value(step, None)

    def done(self) -> int:
        """Return how many of the five fields are there."""
        return sum(self.value(step) is not None for step in ASKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupSession:
    """One conversation as it is stored. `version` rises by one with each write (compare-and-swap).

    It is dead from `expires_at` on, whatever the store still holds. In phase `CREATING` exactly one message is making the
    account (since `updated_at`); in `COMPLETE` it exists as `user_id` and nothing collected is kept. `offered` is what the last answers
    proposed for the step that is asked, in order, so that "the first one" means something.
    """

    id: str
    step: Step
    collected: Collected = field(default_factory=Collected)
    phase: Phase = Phase.OPEN
    offered: tuple[str, ...] = ()
    user_id: str = ""
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HashedPassword:
    """A password as it may be stored: the bcrypt hash and the id of the key (pepper) it was made with."""

    hash: str = field(repr=False)
    key_id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """Everything an account is made from; all fields are valid when `Accounts.create_account` gets them."""

    email: str
    username: str
    first_name: str
    last_name: str
    password: HashedPassword = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An account that exists, with a login for the person who made it."""

    user_id: str
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the person is: fields that are done, of six steps, and the rounded percentage."""

    current_step: int
    total_steps: int = TOTAL_STEPS
    percentage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer of the assistant, in the documented shape (`as_dict`).

    `session_id` is None until the person agrees to begin and again when a conversation has ended without an account.
    `validation_errors` is None when nothing was refused. `user_id` and the tokens are there only at the end.
    """

    success: bool
    message: str
    next_step: Step
    session_id: str | None
    validation_errors: tuple[str, ...] | None = None
    progress: Progress
    user_id: str | None = None
    access_token: str | None = field(default=None, repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    suggestions: tuple[str, ...] = ()
    """Free usernames to choose from, or the address that was probably meant, for the page's buttons; not part of the documented shape,
    as they stand in `message` too."""
    revisiting: bool = False
    """Whether the step asked is one that has an answer already, which may be kept; for the page's buttons."""
    collected: Mapping[str, str] = field(default_factory=dict)
    """What the person has given so far, for the page's overview; never the password, and not part of the documented shape."""

    def as_dict(self) -> dict[str, object]:
        """Return the documented JSON object; the three fields of the end appear only there."""
        body: dict[str, object] = {
            "success": self.success,
            "message": self.message,
            "next_step": self.next_step.value,
            "session_id": self.session_id,
            "validation_errors": None if self.validation_errors is None else list(self.validation_errors),
            "progress": {
                "current_step": self.progress.current_step,
                "total_steps": self.progress.total_steps,
                "percentage": self.progress.percentage,
            },
        }
        if self.user_id is not None:
            body |= {"user_id": self.user_id, "access_token": self.access_token, "refresh_token": self.refresh_token}
        return body
