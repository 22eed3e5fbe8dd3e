"""Confirm a new email address by the link of a letter: nothing happens before the button is pressed."""

import streamlit as st

from core.errors import AppError
from ui import client, faults, frame, menu, session, state

outcome = state.pop("confirm_email.outcome")
token = st.query_params.get("token", "")
pressed = False

with st.container(key="narrow-confirm"):
    st.title("Confirm your new email")
    if outcome == "done":
        frame.lead("This address is now the one of your account. We told your old address too.")
        frame.link(menu.HOME, "Go to the home page", icon=":material/arrow_forward:")
    elif isinstance(outcome, AppError):
        faults.show(outcome)
        frame.link(menu.SECURITY, "Ask for a new letter on the security page", icon=":material/lock:")
    elif token:
        frame.lead("Press the button, and this address becomes the one of your account.")
        pressed = st.button("Confirm my new email", type="primary", icon=":material/check:")
    else:
        frame.lead("This link is not complete. Please open it again from the letter.")
        frame.link(menu.SECURITY, "Ask for a new letter on the security page", icon=":material/lock:")

if pressed:
    try:
        session.services().auth.confirm_email_change(token, client=client.current())
    except AppError as error:
        state.put("confirm_email.outcome", error)
    else:
        state.put("confirm_email.outcome", "done")
    st.rerun()
