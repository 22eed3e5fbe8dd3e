"""Choose a new password by the link of a letter. Looking at the page uses nothing up."""

import streamlit as st

from core.errors import AppError
from ui import client, frame, menu, messages, session
from ui.faulty import Faulty
from ui.views import passwords

services = session.services()
token = st.query_params.get("token", "")
faulty = Faulty("reset", passwords.NEW_FIELDS)
intent = None

with st.container(key="narrow-reset"):
    st.title("Choose a new password")
    if services.auth.peek_reset(token):
        frame.lead("Choose a new password. Everywhere you are signed in now, you will be signed out.")
        faulty.show()
        intent = passwords.choose("Save the new password", problems=faulty.problems, attempt=faulty.attempt)
    else:
        frame.lead("This link cannot be used any more. A link works once, for 30 minutes, and only until you sign in again.")
        frame.link(menu.FORGOT_PASSWORD, "Ask for a new letter", icon=":material/forward_to_inbox:")

if intent is not None:
    try:
        services.auth.reset_password(token, intent.new, confirmation=intent.confirmation, client=client.current())
    except AppError as error:
        faulty.keep(error)
    messages.later("Your new password is saved. Please sign in with it.")
    frame.go(menu.SIGN_IN)
