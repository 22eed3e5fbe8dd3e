"""Forms for signing in and for making an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import streamlit as st

from auth.models import Role
from auth.results import Invite
from ui import languages, markup, state
from ui.views import fields

REGISTRATION_FIELDS = (
    "full_name",
    "email",
    "username",
    "password",
    "confirm_password",
    "speaking_language",
    "listening_language",
    "invite_token",
)
NOT_CORRECT = "The email, username or password is not correct."
"""What the sign-in page says of all three alike; programs are told of the two that their documents name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInIntent:
    """Somebody wants to sign in."""

    identifier: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterIntent:
    """Somebody wants an account; the members are what was typed, unchecked."""

    full_name: str
    email: str
    username: str
    password: str
    confirm_password: str
    speaking_language: str
    listening_language: str


def sign_in(*, attempt: int) -> SignInIntent | None:
    """Draw the sign-in form. `attempt` counts the failed ones: each starts with an empty password field."""
    with st.form(state.widget("sign-in"), border=True):
        identifier = fields.text("Email or username", name="identifier", problems={}, autocomplete="username", max_chars=254)
        password = fields.text("Password", name="password", problems={}, kind="password", autocomplete="current-password", version=attempt)
        sent = st.form_submit_button("Sign in", type="primary", width="stretch")
    return SignInIntent(identifier=identifier, password=password) if sent else None


def invited(invite: Invite | None, *, closed: bool) -> bool:
    """Draw what an invite is for, or that one is needed where signing up is `closed`; return whether the form may follow."""
    if invite is not None:
        whom = f" for {markup.plain(invite.email)}" if invite.email else ""
        as_what = "" if invite.role == Role.LEARNER else f" Your account will be one of the role “{invite.role}”."
        st.info(f"You are invited: this link makes an account{whom}.{as_what}", icon=":material/mail:")
    elif closed:
        st.info("Signing up is by invitation here. Ask whoever runs this site for an invite, and open its link.", icon=":material/lock:")
    return invite is not None or not closed


def register(*, problems: fields.Problems, attempt: int, address: str = "") -> RegisterIntent | None:
    """Draw the form for a new account, `address` filled in; what was typed stays, the password never."""
    with st.form(state.widget("register"), border=True):
        full_name = fields.text("Your name", name="full_name", problems=problems, autocomplete="name")
        email = fields.text("Email", name="email", problems=problems, kind="email", autocomplete="email", value=address)
        username = fields.text(
            "Username (optional)",
            name="username",
            problems=problems,
            autocomplete="username",
            hint="3 to 30 letters, digits, dots, dashes or underscores. Left empty, it is made from your email.",
        )
        password, confirmation = fields.password_twice("Password", name="password", problems=problems, version=attempt)
        speaking, listening = language_choices({}, problems)
        sent = st.form_submit_button("Create account", type="primary", width="stretch")
    if not sent:
        return None
    return RegisterIntent(
        full_name=full_name,
        email=email,
        username=username,
        password=password,
        confirm_password=confirmation,
        speaking_language=speaking,
        listening_language=listening,
    )


def confirm_first(reason: str, email: str) -> bool:
    """Draw why an unconfirmed account has to wait; return whether the letter is wanted again."""
    with st.container(key="card-confirm"):
        st.header("One thing first")
        st.write(reason)
        st.html(f'<p class="viva-meta">{escape(email)}</p>')
        return st.button("Send the letter again", icon=":material/forward_to_inbox:")


def language_choices(current: Mapping[str, str], problems: fields.Problems) -> tuple[str, str]:
    """Draw the choice of the languages that somebody speaks and listens to; return their tags."""
    tags = languages.common()
    left, right = st.columns(2)
    chosen: list[str] = []
    for column, name, label in (
        (left, "speaking_language", "Language you speak"),
        (right, "listening_language", "Language you listen to"),
    ):
        value = current.get(name, "en")
        options = tags if value in tags else [value, *tags]
        with column:
            tag = st.selectbox(label, options, index=options.index(value), format_func=languages.name, key=state.widget(f"field-{name}"))
            fields.problem(name, problems)
        chosen.append(tag or value)
    return chosen[0], chosen[1]
