"""Bodies of the registration dialect."""

from typing import Annotated, Any

from pydantic import Field

from api.schemas.common import (
    Answer,
    EmailText,
    LanguageTag,
    LoginName,
    NameText,
    NewPassword,
    PasswordText,
    Request,
    Tokens,
    TokenText,
    UsernameText,
    When,
)


class RegisterRequest(Request):
    """A new account."""

    email: EmailText
    password: NewPassword
    name: Annotated[NameText, Field(min_length=1, examples=["Ada Lovelace"])]
    confirm_password: NewPassword
    username: UsernameText | None = None
    speaking_language: LanguageTag = "en"
    listening_language: LanguageTag = "en"
    preferences: dict[str, Any] | None = None
    invite: str = Field(default="", max_length=4096)


class LoginRequest(Request):
    """A login by e-mail (or username in the same field)."""

    email: LoginName
    password: PasswordText


class LogoutRequest(Request):
    """The token, for clients that cannot set the header; not looked at when there is one."""

    token: TokenText | None = None


class RegisterResponse(Tokens):
    """A login of this dialect; `token` is the access token."""

    user_id: str
    email: str
    name: str
    token: str
    message: str


LoginResponse = RegisterResponse


class ProfileUpdate(Request):
    """What to change; what is absent stays. `preferences` are merged, a null value removes one."""

    name: NameText | None = None
    first_name: NameText | None = None
    last_name: NameText | None = None
    full_name: NameText | None = None
    username: UsernameText | None = None
    speaking_language: LanguageTag | None = None
    listening_language: LanguageTag | None = None
    target_level: str | None = Field(default=None, max_length=2, examples=["B2"])
    preferences: dict[str, Any] | None = None


class Profile(Answer):
    """The account as its owner sees it."""

    id: str
    user_id: str
    email: str
    username: str
    name: str
    full_name: str
    first_name: str
    last_name: str
    role: str
    permissions: list[str]
    is_active: bool
    is_verified: bool
    must_change_password: bool
    speaking_language: str
    listening_language: str
    target_level: str
    preferences: dict[str, Any]
    created_at: When
    updated_at: When
    last_login: When | None
