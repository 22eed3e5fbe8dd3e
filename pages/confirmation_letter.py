"""The confirmation letter again, for somebody who lost it and is not signed in. The answer is the same whoever asks."""

import streamlit as st

from ui import client, frame, menu, session
from ui.account import by_letter

with st.container(key="narrow-confirmation"):
    st.title("Confirm your email")
    by_letter.ask(
        "confirmation",
        lead="Lost the letter, or is its link too old? Tell us your email, and we send a new one.",
        sent="If there is an account with that address that is not confirmed yet, a new letter is on its way. Its link works for "
        f"{session.services().settings.auth.verification_hours} hours. "
        "No letter? Look among unwanted mail, or ask again in a few minutes.",
        send=lambda email: session.services().auth.resend_verification(email, client=client.current()),
    )
    frame.link(menu.SIGN_IN, "Back to sign in", icon=":material/arrow_back:")
