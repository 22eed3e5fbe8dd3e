"""What the security page does: a new password, a new address, sessions that end."""

from typing import NoReturn

import streamlit as st

from auth.devices import describe
from auth.errors import PasswordNeeded
from auth.results import Identity
from core.errors import AppError
from ui import client, frame, menu, messages, session, state, when
from ui.account import letters
from ui.faulty import Faulty
from ui.views import passwords, security

_ENDING = "security.ending_session"
_OTHERS = "all others"


def change_password(person: Identity) -> None:
    """Draw the form and do what it says; ends the page after an attempt."""
    faulty = Faulty("security.password", passwords.CHANGE_FIELDS)
    faulty.show()
    intent = passwords.choose("Change password", problems=faulty.problems, attempt=faulty.attempt, ask_current=True)
    if intent is None:
        return
    try:
        result = session.services().auth.change_password(
            person, intent.current, intent.new, confirmation=intent.confirmation, client=client.current()
        )
    except AppError as error:
        faulty.keep(error)
    faulty.empty()
    session.renew(result)
    messages.later("Your password is changed. Everywhere else you are signed out.")
    if person.user.must_change_password:
        frame.go(menu.HOME)
    st.rerun()


def change_email(person: Identity) -> None:
    """Draw the form for another address and do what it says."""
    faulty = Faulty("security.email", security.EMAIL_FIELDS)
    faulty.show()
    asked = state.pop("security.email_asked")
    if asked:
        passwords.letter_sent(
            "We sent a letter to the new address. Your email changes when you open its link and press the button there.",
            folder=letters.folder(),
        )
    intent = security.email(person.user.email, problems=faulty.problems, attempt=faulty.attempt)
    if intent is None:
        return
    try:
        session.services().auth.request_email_change(person, intent.email, intent.password, client=client.current())
    except AppError as error:
        faulty.keep(error)
    state.put("security.email_asked", value=True)
    faulty.empty()
    st.rerun()


def sessions(person: Identity) -> None:
    """Draw where the person is signed in and end what they want ended."""
    auth = session.services().auth
    views = auth.list_sessions(person)
    intent = security.sessions(views, said=when.teller())
    if intent is not None and auth.is_recent(person):
        _end(person, intent.session_id, "")
    if intent is not None:
        state.put(_ENDING, intent.session_id or _OTHERS)
    wanted = state.text(_ENDING)
    names = {_OTHERS: "everywhere else", **{view.id: f"there: {describe(view.user_agent)}" for view in views}}
    if wanted in names:
        _ask_before_ending(person, wanted, names[wanted])


def _ask_before_ending(person: Identity, wanted: str, where: str) -> None:
    faulty = Faulty("security.ending", security.ENDING_FIELDS)
    faulty.show()
    answer = security.confirm(where, problems=faulty.problems, attempt=faulty.attempt)
    if answer is False:
        return
    if answer is True:
        state.pop(_ENDING)
        st.rerun()
    try:
        _end(person, "" if wanted == _OTHERS else wanted, answer)
    except PasswordNeeded as error:
        faulty.keep(error)


def _end(person: Identity, session_id: str, password: str) -> NoReturn:
    auth = session.services().auth
    try:
        if session_id:
            auth.end_session(person, session_id, current_password=password, client=client.current())
        else:
            auth.end_other_sessions(person, current_password=password, client=client.current())
    except PasswordNeeded:
        raise
    except AppError as error:  # it ended by itself meanwhile, or there were too many wrong passwords
        messages.later(error.message, tone="note")
    else:
        messages.later("Done. Whoever was there is signed out.")
    state.pop(_ENDING)
    st.rerun()


def trail(person: Identity) -> None:
    """Draw what happened to the account."""
    security.events(session.services().auth.own_events(person, limit=30), said=when.teller())
