"""Bodies of the administration."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from api.schemas.common import Answer, Request, When


def _written_out(value: object) -> object:
    """Refuse what pydantic would read as a day, too: seconds since 1970, and a moment at midnight."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("This must be a day, such as 2026-01-31.")
    return value


Day = Annotated[date, BeforeValidator(_written_out)]
"""A day in UTC, written as `2026-01-31`."""


class PersonOut(Answer):
    """An account as administrators see it."""

    id: str
    email: str
    username: str
    full_name: str
    role: str
    is_active: bool
    is_verified: bool
    must_change_password: bool
    created_at: When
    last_login_at: When | None


class RoleChange(Request):
    """The role to give; nothing else can be set here, least of all a password."""

    role: Literal["learner", "teacher", "admin"]


class OutboxState(Answer):
    """How many letters are where."""

    waiting: int
    sent: int
    dead: int


class DeadLetter(Answer):
    """A letter that could not be delivered."""

    id: str
    to: str
    template: str
    attempts: int
    last_error: str
    created_at: When


class Retried(Answer):
    """How many dead letters will be tried again."""

    retried: int = Field(ge=0)


class ModelUse(Answer):
    """What was asked of models: messages sent, answers finished, what the answers took.

    `cost_micros` is in millionths of a US dollar, 0 where the provider named no price.
    """

    sends: int = Field(examples=[12])
    replies: int = Field(examples=[12])
    tokens: int = Field(examples=[540])
    prompt_tokens: int = Field(examples=[420])
    completion_tokens: int = Field(examples=[120])
    cost_micros: int = Field(examples=[810])


class UseOfDay(ModelUse):
    """The use of one day (UTC)."""

    day: date = Field(examples=["2026-03-14"])


class UseOfPerson(ModelUse):
    """The use of one person over all days that were asked for."""

    user_id: str
