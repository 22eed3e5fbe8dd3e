"""Make an account: every rule is checked on the server, each fault stands beside its field."""

import streamlit as st

from auth.flows.register import RegisterForm
from core.errors import AppError
from ui import client, faults, frame, menu, messages, session, state
from ui.views import accounts, fields

if session.current() is not None:
    frame.go(menu.HOME)

failed = state.pop("register.error")
problems = fields.by_field(failed.problems) if isinstance(failed, AppError) else {}
attempt = state.number("register.attempt")
services = session.services()
token = st.query_params.get("token", "")
invite = services.auth.peek_invite(token) if token else None
intent = None

with st.container(key="narrow-register"):
    st.title("Create account")
    frame.lead("One account keeps your conversations and results together.")
    if isinstance(failed, AppError) and (not problems or fields.unplaced(problems, accounts.REGISTRATION_FIELDS)):
        faults.show(failed)
    if token and invite is None:
        st.warning("This invite cannot be used any more. Please ask for a new one.", icon=":material/mail:")
    if accounts.invited(invite, closed=services.settings.auth.invite_only):
        intent = accounts.register(problems=problems, attempt=attempt, address=invite.email if invite else "")
    frame.link(menu.SIGN_IN, "Already have an account? Sign in", icon=":material/login:")

if intent is not None:
    form = RegisterForm(
        email=intent.email,
        password=intent.password,
        confirmation=intent.confirm_password,
        username=intent.username or None,
        full_name=intent.full_name,
        speaking_language=intent.speaking_language,
        listening_language=intent.listening_language,
        invite=token,
    )
    try:
        result = services.auth.register_and_sign_in(form, client=client.current(), refreshable=False)
    except AppError as error:
        state.put("register.error", error)
        state.put("register.attempt", attempt + 1)
        st.rerun()
    messages.later("Welcome. Your account is ready.")
    session.sign_in(result)
