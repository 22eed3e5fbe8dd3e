"""Bodies of the accounts dialect."""

from pydantic import Field

from api.schemas.common import EmailText, PasswordText, Request, Tokens


class AccountRegistration(Request):
    """A new account; both passwords must be the same."""

    username: str = Field(min_length=1, max_length=150, examples=["ada_l"])
    email: EmailText
    password1: PasswordText
    password2: PasswordText


class AccountLogin(Request):
    """A login by username or e-mail."""

    username: str = Field(min_length=1, max_length=320, examples=["ada_l"])
    password: PasswordText


class AccountSession(Tokens):
    """A login of this dialect; `token` is the access token."""

    token: str
    user_id: str
    username: str
    email: str
    message: str
