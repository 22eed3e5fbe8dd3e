"""Make an account: every rule is checked on the server, each fault stands beside its field."""

import streamlit as st

from auth.flows.register import RegisterForm
from core.errors import AppError
from ui import client, frame, menu, messages, session
from ui.faulty import Faulty
from ui.views import accounts

if session.current() is not None:
    frame.go(menu.HOME)

faulty = Faulty("register", accounts.REGISTRATION_FIELDS)
services = session.services()
token = st.query_params.get("token", "")
invite = services.auth.peek_invite(token) if token else None
intent = None

with st.container(key="narrow-register"):
    st.title("Create account")
    frame.lead("One account keeps your conversations and results together.")
    faulty.show()
    if token and invite is None:
        st.warning("This invite cannot be used any more. Please ask for a new one.", icon=":material/mail:")
    if accounts.invited(invite, closed=services.settings.auth.invite_only):
        intent = accounts.register(problems=faulty.problems, attempt=faulty.attempt, address=invite.email if invite else "")
    frame.link(menu.JOIN, "Sign up by chatting", icon=":material/forum:")
    frame.link(menu.SIGN_IN, "Already have an account? Sign in", icon=":material/login:")

if intent is not None:
    form = RegisterForm(
        email=intent.email,
        password=intent.password,
        confirmation=intent.confirm_password,
        username=intent.username or None,
        full_name=intent.full_name,
        full_name_needed=True,
        speaking_language=intent.speaking_language,
        listening_language=intent.listening_language,
        invite=token,
    )
    try:
        result = services.auth.register_and_sign_in(form, client=client.current(), refreshable=False)
    except AppError as error:
        faulty.keep(error)
    messages.later("Welcome. Your account is ready.")
    session.sign_in(result)
