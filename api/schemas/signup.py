"""Bodies of the signup endpoint."""

from pydantic import Field

from api.schemas.common import Answer, EmailText, LanguageTag, NameText, PasswordText, Request, When


class SignupRequest(Request):
    """A new account."""

    email: EmailText
    password: PasswordText
    full_name: NameText | None = Field(default=None, examples=["Ada Lovelace"])
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


class Verified(Answer):
    """What became of a verification link."""

    success: bool = True
    status: str = Field(examples=["verified", "already_verified"])
    message: str
    email: str
