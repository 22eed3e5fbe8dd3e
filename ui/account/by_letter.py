"""Asking for a letter by giving one's address: the answer is the same whether or not there is such an account."""

from collections.abc import Callable

import streamlit as st

from core.errors import AppError
from ui import frame, state
from ui.account import letters
from ui.faulty import Faulty
from ui.views import passwords


def ask(name: str, *, lead: str, sent: str, send: Callable[[str], None]) -> None:
    """Draw the form `name`, or what was said after it; `send` asks the service for the letter to an address."""
    done = f"{name}.sent"
    if state.get(done):
        passwords.letter_sent(sent, folder=letters.folder())
        if st.button("Ask again", icon=":material/refresh:"):
            state.pop(done)
            st.rerun()
        return
    frame.lead(lead)
    faulty = Faulty(name, passwords.LETTER_FIELDS)
    faulty.show()
    address = passwords.letter(problems=faulty.problems)
    if address is None:
        return
    try:
        send(address)
    except AppError as error:
        faulty.keep(error)
    state.put(done, value=True)
    st.rerun()
