"""Sign in with an email or username and a password."""

import streamlit as st

from auth.errors import BadCredentials
from core.errors import AppError
from ui import client, frame, menu, session, state
from ui.faulty import Faulty
from ui.views import accounts, fields

if session.current() is not None:
    frame.go(menu.HOME)

faulty = Faulty("sign_in", ())

with st.container(key="narrow-sign-in"):
    st.title("Sign in")
    if state.get("words_wait"):
        frame.lead("Your login has ended. What you just said is kept in this tab: sign in again, and send it.")
    elif state.get("wanted"):
        frame.lead("Please sign in to open that page.")
    faulty.show(retry=fields.key("password", faulty.attempt))
    intent = accounts.sign_in(attempt=faulty.attempt)
    frame.link(menu.FORGOT_PASSWORD, "Forgot your password?", icon=":material/key:")
    frame.link(menu.CONFIRMATION_LETTER, "No letter to confirm your email? Send it again", icon=":material/mail:")
    frame.link(menu.CREATE_ACCOUNT, "No account yet? Create one", icon=":material/person_add:")
    frame.link(menu.JOIN, "Sign up by chatting", icon=":material/forum:")

if intent is not None:
    try:
        result = session.services().auth.login(intent.identifier, intent.password, client=client.current(), refreshable=False)
    except BadCredentials:
        faulty.keep(BadCredentials(accounts.NOT_CORRECT))
    except AppError as error:
        faulty.keep(error)
    session.sign_in(result)
