"""What the security page does: a new password, a new address, sessions that end."""

import streamlit as st

from auth.results import Identity
from core.errors import AppError
from ui import client, frame, letters, menu, messages, session, state, when
from ui.faulty import Faulty
from ui.views import passwords, security


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
    intent = security.sessions(auth.list_sessions(person), said=_said())
    if intent is None:
        return
    try:
        if intent.session_id:
            auth.end_session(person, intent.session_id, client=client.current())
        else:
            auth.end_other_sessions(person, client=client.current())
    except AppError as error:  # it ended by itself meanwhile
        messages.later(error.message, tone="note")
    else:
        messages.later("Done. Whoever was there is signed out.")
    st.rerun()


def trail(person: Identity) -> None:
    """Draw what happened to the account."""
    security.events(session.services().auth.own_events(person, limit=30), said=_said())


def _said() -> security.Said:
    now, zone = session.services().clock.now(), client.timezone()
    return lambda moment: when.said(moment, now=now, zone=zone)
