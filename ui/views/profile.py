"""What a person says about themselves."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from auth.models import User
from ui import state
from ui.views import accounts, fields, passwords

LEVELS = ("", "A1", "A2", "B1", "B2", "C1", "C2")
FIELDS = ("full_name", "username", "speaking_language", "listening_language", "target_level")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileIntent:
    """Somebody wants their profile to say this; unchecked."""

    full_name: str
    username: str
    speaking_language: str
    listening_language: str
    target_level: str

    def changes(self) -> dict[str, object]:
        """Return the members by name, as the service takes them."""
        return {name: getattr(self, name) for name in FIELDS}


def profile(user: User, *, problems: fields.Problems) -> ProfileIntent | None:
    """Draw the form."""
    with st.form(state.widget("profile"), border=True):
        st.header("Profile")
        full_name = fields.text("Name", name="full_name", problems=problems, autocomplete="name", value=user.full_name)
        username = fields.text("Username", name="username", problems=problems, autocomplete="username", value=user.username)
        speaking, listening = accounts.language_choices(
            {"speaking_language": user.speaking_language, "listening_language": user.listening_language}, problems
        )
        level = st.selectbox(
            "Level you are working towards",
            LEVELS,
            index=LEVELS.index(user.target_level) if user.target_level in LEVELS else 0,
            format_func=lambda value: value or "Not decided yet",
            key=state.widget("field-target_level"),
        )
        fields.problem("target_level", problems)
        sent = st.form_submit_button("Save changes", type="primary")
    if not sent:
        return None
    return ProfileIntent(
        full_name=full_name, username=username, speaking_language=speaking, listening_language=listening, target_level=level
    )


def address(user: User, *, folder: str) -> bool:
    """Draw the e-mail address and whether it is confirmed; return whether the letter is wanted again.

    Where letters go to files, `folder` says where they are.
    """
    with st.container(key="card-address"):
        st.header("Email")
        st.html(f"<p>{escape(user.email)}</p>")
        if user.is_verified:
            st.badge("Confirmed", icon=":material/check:", color="green")
            return False
        st.badge("Not confirmed yet", icon=":material/mark_email_unread:", color="orange")
        st.caption("We sent you a letter with a link. Open it to confirm that this address is yours.")
        passwords.letters_folder(folder)
        return st.button("Send the letter again", icon=":material/forward_to_inbox:", key=state.widget("resend"))
