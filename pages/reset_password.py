"""Choose a new password by the link of a letter. Looking at the page uses nothing up."""

import streamlit as st

from core.errors import AppError
from ui import client, faults, frame, menu, messages, session, state
from ui.views import fields, passwords

services = session.services()
token = st.query_params.get("token", "")
failed = state.pop("reset.error")
problems = fields.by_field(failed.problems) if isinstance(failed, AppError) else {}
attempt = state.number("reset.attempt")
intent = None

with st.container(key="narrow-reset"):
    st.title("Choose a new password")
    if services.auth.peek_reset(token):
        frame.lead("Choose a new password. Everywhere you are signed in now, you will be signed out.")
        if isinstance(failed, AppError) and (not problems or fields.unplaced(problems, passwords.NEW_FIELDS)):
            faults.show(failed)
        intent = passwords.choose("Save the new password", problems=problems, attempt=attempt)
    else:
        frame.lead("This link cannot be used any more. A link works once, for 30 minutes, and only until you sign in again.")
        frame.link(menu.FORGOT_PASSWORD, "Ask for a new letter", icon=":material/forward_to_inbox:")

if intent is not None:
    try:
        services.auth.reset_password(token, intent.new, confirmation=intent.confirmation, client=client.current())
    except AppError as error:
        state.put("reset.error", error)
        state.put("reset.attempt", attempt + 1)
        st.rerun()
    messages.later("Your new password is saved. Please sign in with it.")
    frame.go(menu.SIGN_IN)
