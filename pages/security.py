"""Security: password, email, where you are signed in, what happened. Somebody who must choose a new password finds nothing else."""

import streamlit as st

from ui import frame, session
from ui.account import safety

person = session.require_person(even_if_must_change=True)

if person.user.must_change_password:
    st.title("Choose a new password")
    frame.lead("The current one may be known to somebody else. Choose a new one, then you can go on.")
    safety.change_password(person)
    st.stop()

st.title("Security")
frame.lead("Who can get into your account, and how to keep it that way.")
st.header("Password")
safety.change_password(person)
st.header("Email")
safety.change_email(person)
st.header("Where you are signed in")
safety.sessions(person)
st.header("What happened lately")
safety.trail(person)
