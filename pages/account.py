"""Your account: name, username, languages and level."""

import streamlit as st

from core.errors import AppError
from ui import client, faults, frame, messages, session, when
from ui.account import letters
from ui.faulty import Faulty
from ui.views import consent, leaving, profile
from wiring import account_as_json

person = session.require_person()

faulty = Faulty("profile", profile.FIELDS)

st.title("Your account")
frame.lead("What you say here shapes your practice. Other learners do not see it.")
faulty.show()
intent = profile.profile(person.user, problems=faulty.problems)
again = profile.address(person.user, folder=letters.folder())
services = session.services()
agreed = services.exams.agreed_at(person.user.id)
withdrawn = consent.recording(when.day(agreed, client.timezone()) if agreed else "")
leaving.export(
    as_json=lambda: "".join(account_as_json(services, person)),
    as_text=lambda: "".join(services.chat.export_all(person.user.id, as_json=False)),
)

if withdrawn:
    services.exams.withdraw_consent(person.user.id)
    messages.later("You are not recorded any more. Recordings that exist stay with their exams.")
    st.rerun()
if again:
    try:
        services.auth.resend_verification(person.user.email, client=client.current())
    except AppError as error:
        faults.show(error)
    else:
        messages.later("A new letter is on its way.")
        st.rerun()
if intent is not None:
    try:
        services.auth.update_profile(person, intent.changes(), client=client.current())
    except AppError as error:
        faulty.keep(error)
    messages.later("Your profile is saved.")
    st.rerun()
