"""Admin: people and what may be done about them, invites, letters, what the models were used for. The service asks for the right again."""

import streamlit as st

from auth.models import Role
from core.errors import AppError
from ui import faults, frame, session
from ui.account import administration
from ui.views import admin

person = session.require_role(Role.ADMIN)
chosen = st.query_params.get("person", "")

st.title("Admin")
frame.lead("Every act here is written down, and the person it concerns can see it.")
try:
    if chosen:
        administration.one(person, chosen)
    else:
        part = admin.parts()
        if part == "people":
            administration.people(person)
        elif part == "invites":
            administration.invites(person)
        elif part == "letters":
            administration.letters(person)
        elif part == "trail":
            administration.trail(person)
        else:
            administration.usage(person)
except AppError as error:
    faults.show(error)
