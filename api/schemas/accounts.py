"""Bodies of the accounts dialect."""

from typing import Annotated

from pydantic import Field

from api.schemas.common import EmailText, LoginName, NewPassword, PasswordText, Request, Tokens, UsernameText


class AccountRegistration(Request):
    """A new account; both passwords must be the same."""

    username: UsernameText
    email: EmailText
    password1: NewPassword
    password2: NewPassword


class AccountLogin(Request):
    """A login by username or e-mail."""

    username: Annotated[LoginName, Field(examples=["ada_l"])]
    password: PasswordText


class AccountSession(Tokens):
    """A login of this dialect; `token` is the access token."""

    token: str
    user_id: str
    username: str
    email: str
    message: str
