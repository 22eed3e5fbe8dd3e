"""Bodies of the signup endpoint."""

from typing import Annotated

from pydantic import Field

from api.schemas.common import Answer, EmailText, LanguageTag, NameText, NewPassword, Request, TokenText, When
from api.schemas.patterns import EMAIL_PATTERN, FULL_NAME_PATTERN, PASSWORD_PATTERN


class SignupRequest(Request):
    """A new account."""

    email: EmailText = Field(json_schema_extra={"pattern": EMAIL_PATTERN, "minLength": 1, "maxLength": 320})
    password: NewPassword = Field(json_schema_extra={"pattern": PASSWORD_PATTERN, "format": "password", "minLength": 8, "maxLength": 128})
    full_name: Annotated[NameText, Field(json_schema_extra={"pattern": FULL_NAME_PATTERN})] | None = Field(
        default=None, examples=["Ada Lovelace"]
    )
    speaking_language: LanguageTag = "en"
    listening_language: LanguageTag = "en"
    invite: str = Field(default="", max_length=4096)


class SignupResponse(Answer):
    """The public profile of the new account."""

    id: str
    email: str
    full_name: str
    username: str
    speaking_language: str
    listening_language: str
    is_active: bool
    is_verified: bool
    created_at: When


class Resend(Request):
    """Whom to send the verification letter again."""

    email: EmailText


class TokenBody(Request):
    """The token of a verification link."""

    token: TokenText


class Verified(Answer):
    """What became of a verification link."""

    success: bool = True
    status: str = Field(examples=["verified", "already_verified"])
    message: str
    email: str
