"""Forgot your password: ask for a letter. The answer is the same whether or not there is such an account."""

import streamlit as st

from core.errors import AppError
from ui import client, faults, frame, letters, menu, session, state
from ui.views import fields, passwords

failed = state.pop("forgot.error")
problems = fields.by_field(failed.problems) if isinstance(failed, AppError) else {}

with st.container(key="narrow-forgot"):
    st.title("Forgot your password?")
    if state.get("forgot.sent"):
        passwords.letter_sent(
            "If there is an account with that address, a letter with a link is on its way. The link works once, for 30 minutes. "
            "No letter? Look among unwanted mail, or ask again in a few minutes.",
            folder=letters.folder(),
        )
        email = None
        if st.button("Ask again", icon=":material/refresh:"):
            state.pop("forgot.sent")
            st.rerun()
    else:
        frame.lead("Tell us your email. We send a letter with a link to choose a new password.")
        if isinstance(failed, AppError) and not problems:
            faults.show(failed)
        email = passwords.forgot(problems=problems)
    frame.link(menu.SIGN_IN, "Back to sign in", icon=":material/arrow_back:")

if email is not None:
    try:
        session.services().auth.forgot_password(email, client=client.current())
    except AppError as error:
        state.put("forgot.error", error)
    else:
        state.put("forgot.sent", value=True)
    st.rerun()
