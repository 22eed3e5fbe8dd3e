"""Forgot your password: ask for a letter. The answer is the same whether or not there is such an account."""

import streamlit as st

from ui import client, frame, menu, session
from ui.account import by_letter

with st.container(key="narrow-forgot"):
    st.title("Forgot your password?")
    by_letter.ask(
        "forgot",
        lead="Tell us your email. We send a letter with a link to choose a new password.",
        sent="If there is an account with that address, a letter with a link is on its way. The link works once, for 30 minutes. "
        "No letter? Look among unwanted mail, or ask again in a few minutes.",
        send=lambda email: session.services().auth.forgot_password(email, client=client.current()),
    )
    frame.link(menu.SIGN_IN, "Back to sign in", icon=":material/arrow_back:")
