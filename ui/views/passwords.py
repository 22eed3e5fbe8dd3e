"""Forms around passwords: ask for a letter, choose a new password, change the present one."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from ui import state
from ui.views import fields

LETTER_FIELDS = ("email",)
NEW_FIELDS = ("new_password", "confirm_password")
CHANGE_FIELDS = ("current_password", *NEW_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasswordIntent:
    """Somebody wants this password from now on; `current` is empty where a letter's link stands for it."""

    current: str = ""
    new: str
    confirmation: str


def letter(*, problems: fields.Problems) -> str | None:
    """Draw the form that asks for a letter; return the address when it is sent."""
    with st.form(state.widget("letter"), border=True):
        email = fields.text("Email", name="email", problems=problems, kind="email", autocomplete="email", max_chars=254)
        sent = st.form_submit_button("Send the letter", type="primary", width="stretch")
    return email if sent else None


def letter_sent(text: str, *, folder: str) -> None:
    """Draw what happens next; where letters go to files, `folder` says where they are."""
    with st.container(key="card-sent"):
        st.header("Look at your email")
        st.write(text)
        letters_folder(folder)


def letters_folder(folder: str) -> None:
    """Draw where letters lie on a machine that sends none, for the person who runs it; nothing for an empty `folder`."""
    if folder:
        st.html(
            f'<p class="viva-meta">This site writes letters to files instead of sending them. They are in:</p><code>{escape(folder)}</code>'
        )


def choose(label: str, *, problems: fields.Problems, attempt: int, ask_current: bool = False) -> NewPasswordIntent | None:
    """Draw the form for a new password; each failed attempt starts with empty fields."""
    current = ""
    with st.form(state.widget("new-password"), border=True):
        if ask_current:
            current = fields.text(
                "Current password",
                name="current_password",
                problems=problems,
                kind="password",
                autocomplete="current-password",
                version=attempt,
            )
        new, confirmation = fields.password_twice("New password", name="new_password", problems=problems, version=attempt)
        sent = st.form_submit_button(label, type="primary")
    return NewPasswordIntent(current=current, new=new, confirmation=confirmation) if sent else None
