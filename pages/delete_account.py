"""Delete the account: says plainly what goes, asks for the password, and ends with nobody signed in."""

import streamlit as st

from core.errors import AppError
from ui import client, frame, menu, session
from ui.faulty import Faulty
from ui.views import home, leaving

person = session.require_person()

st.title("Delete your account")
faulty = Faulty("delete", leaving.FIELDS)
faulty.show()
password = leaving.delete(problems=faulty.problems, attempt=faulty.attempt)
frame.link(menu.ACCOUNT, "Keep my account", icon=":material/arrow_back:")

if password is not None:
    try:
        session.services().auth.delete_account(person, password, client=client.current())
    except AppError as error:
        faulty.keep(error)
    session.sign_out(home.AFTER_DELETION)
