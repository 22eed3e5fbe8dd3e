"""Home: what this is for a stranger, what to do next for somebody who is back."""

import streamlit as st

from ui import frame, menu, session, when
from ui.home import desk
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
    found = desk(services, person.user.id)
    wish = home.at_home(name=frame.short_name(person.user), desk=found, said=when.teller())
    if wish == "resume" and found.last is not None:
        frame.go(menu.PRACTICE, c=found.last.id)
    if wish == "start":
        frame.go(menu.PRACTICE)
