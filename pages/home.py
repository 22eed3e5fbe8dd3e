"""Home: what this is for a stranger, what to do next for somebody who is back."""

import streamlit as st

from ui import client, frame, menu, session, when
from ui.views import home

person = session.current()
if person is None:
    where = home.welcome(farewell=st.query_params.get("account") == "deleted")
    if where == "create-account":
        frame.go(menu.CREATE_ACCOUNT)
    if where == "join":
        frame.go(menu.JOIN)
    if where == "sign-in":
        frame.go(menu.SIGN_IN)
else:
    person = session.require_person()  # somebody who must choose a new password does that first
    services = session.services()
    newest = services.chat.history(person.user.id, limit=1).items
    last = newest[0] if newest else None
    wish = home.at_home(
        name=frame.short_name(person.user),
        last=last,
        when=when.said(last.updated_at, now=services.clock.now(), zone=client.timezone()) if last else "",
    )
    frame.link(menu.EXAMS, "Or take a mock exam: the quick check takes three minutes", icon=":material/record_voice_over:")
    if wish == "resume" and last is not None:
        frame.go(menu.PRACTICE, c=last.id)
    if wish == "start":
        frame.go(menu.PRACTICE)
