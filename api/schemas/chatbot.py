"""Account bodies of the chatbot dialect."""

from pydantic import Field

from api.schemas.common import Answer, EmailText, LoginName, NameText, NewPassword, PasswordText, Request, Tokens, UsernameText, When


class ChatbotRegistration(Request):
    """A new account by e-mail and password."""

    email: EmailText
    password: NewPassword
    name: NameText | None = None
    username: UsernameText | None = None
    invite: str = Field(default="", max_length=4096)


class ChatbotUser(Answer):
    """The account as its owner sees it."""

    id: str
    email: str
    username: str
    full_name: str
    role: str
    is_active: bool
    is_verified: bool
    created_at: When


class ChatbotLogin(Request):
    """A login as JSON: `email`, or `username` as in the form."""

    email: LoginName | None = None
    username: LoginName | None = None
    password: PasswordText


class ChatbotTokens(Tokens):
    """A login of this dialect."""

    user_id: str
    email: str
    username: str
