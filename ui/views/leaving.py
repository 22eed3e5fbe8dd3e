"""Taking one's data along, and leaving for good."""

from collections.abc import Callable

import streamlit as st

from ui import frame, menu, state
from ui.views import fields

FIELDS = ("current_password",)


def export(*, as_json: Callable[[], str], as_text: Callable[[], str]) -> None:
    """Draw the two downloads, the whole account and what was said; nothing is gathered before one is pressed."""
    with st.container(key="card-export"):
        st.header("Your data")
        st.write(
            "Take everything with you. One file has your profile, sign-ins, conversations, exams and results; the other has your "
            "conversations to read. Recordings are named in the first, not included: you can hear them in the report of their exam."
        )
        with st.container(horizontal=True):
            st.download_button(
                "Download everything (JSON)",
                as_json,
                file_name="viva-account.json",
                mime="application/json",
                icon=":material/download:",
                on_click="ignore",
            )
            st.download_button(
                "Download conversations (Markdown)",
                as_text,
                file_name="conversations.md",
                mime="text/markdown",
                icon=":material/download:",
                on_click="ignore",
            )
        frame.link(menu.SECURITY, "Password, email and sessions", icon=":material/lock:")
        frame.link(menu.DELETE_ACCOUNT, "Delete your account", icon=":material/delete:")


def delete(*, problems: fields.Problems, attempt: int) -> str | None:
    """Draw what goes with the account and the form that ends it; return the password when it is sent."""
    st.markdown(
        "This cannot be undone. Gone for good are:\n"
        "- your profile, your email address and your password\n"
        "- every conversation, and every link that you shared\n"
        "- every exam, every recording and every result\n"
        "- every sign-in on every device\n\n"
        "If you want to keep any of it, download it on the account page first."
    )
    with st.form(state.widget("delete"), border=True):
        password = fields.text(
            "Your password", name="current_password", problems=problems, kind="password", autocomplete="current-password", version=attempt
        )
        sent = st.form_submit_button("Delete my account for good", icon=":material/delete_forever:")
    return password if sent else None
