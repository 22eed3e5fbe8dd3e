"""Bodies of sessions, passwords, addresses and invites."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.common import Answer, EmailText, NewPassword, PasswordText, Request, Tokens, TokenText, When


class RefreshRequest(Request):
    """The refresh token of the last login or refresh."""

    refresh_token: TokenText


class FreshTokens(Tokens):
    """New tokens; the refresh token that was sent is used up."""


class SessionOut(Answer):
    """One of a person's own logins."""

    id: str
    user_agent: str
    ip: str
    created_at: When
    last_seen_at: When
    expires_at: When
    is_current: bool


class Ended(Answer):
    """How many sessions ended."""

    success: bool = True
    ended: int
    message: str


class ForgotRequest(Request):
    """Whom to send a reset letter."""

    email: EmailText


class ResetRequest(Request):
    """A new password, by the token of the letter."""

    token: TokenText
    password: NewPassword
    confirm_password: NewPassword | None = None


class PasswordChange(Request):
    """A new password, by the current one."""

    current_password: PasswordText
    new_password: NewPassword
    confirm_password: NewPassword | None = None


class EmailChange(Request):
    """A new address, by the current password."""

    new_email: EmailText
    current_password: PasswordText


class ConfirmToken(Request):
    """The token of a letter."""

    token: TokenText


class PasswordProof(Request):
    """The current password, for acts that cannot be undone."""

    current_password: PasswordText


class PasswordIfOld(Request):
    """The current password; only asked for where the login is older than ten minutes."""

    current_password: PasswordText | None = None


class AuditEventOut(Answer):
    """Something that happened to an account."""

    id: str
    name: str = Field(examples=["account:login:success"])
    at: When
    ip: str
    user_agent: str
    data: dict[str, str]


class InviteRequest(Request):
    """Whom to invite; without an address the link is for whoever has it."""

    email: Annotated[EmailText, Field(min_length=1)] | None = None
    role: Literal["learner", "teacher", "admin"] = "learner"


class InviteOut(Answer):
    """An open invite; `token` and `link` only in the answer that makes it."""

    id: str
    email: str
    role: str
    created_at: When
    expires_at: When
    token: str
    link: str
