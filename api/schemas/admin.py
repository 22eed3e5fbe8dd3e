"""Bodies of the administration."""

from typing import Literal

from pydantic import Field

from api.schemas.common import Answer, Request, When


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
