"""Sign in with an email or username and a password."""

import streamlit as st

from core.errors import AppError
from ui import client, faults, frame, menu, session, state
from ui.views import accounts

if session.current() is not None:
    frame.go(menu.HOME)

with st.container(key="narrow-sign-in"):
    st.title("Sign in")
    if state.get("wanted"):
        frame.lead("Please sign in to open that page.")
    place = st.container()
    attempt = state.number("sign_in.attempt")
    intent = accounts.sign_in(problems={}, attempt=attempt)
    frame.link(menu.FORGOT_PASSWORD, "Forgot your password?", icon=":material/key:")
    frame.link(menu.CONFIRMATION_LETTER, "No letter to confirm your email? Send it again", icon=":material/mail:")
    frame.link(menu.CREATE_ACCOUNT, "No account yet? Create one", icon=":material/person_add:")
    frame.link(menu.JOIN, "Sign up by chatting", icon=":material/forum:")

if intent is not None:
    try:
        result = session.services().auth.login(intent.identifier, intent.password, client=client.current(), refreshable=False)
    except AppError as error:
        state.put("sign_in.attempt", attempt + 1)
        state.put("sign_in.error", error)
        st.rerun()
    session.sign_in(result)

failed = state.pop("sign_in.error")
if isinstance(failed, AppError):
    with place:
        faults.show(failed)
