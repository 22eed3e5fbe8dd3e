"""History: every conversation, newest first; open, rename, delete and bring back."""

import streamlit as st

from ui import archive, client, frame, session, state, when
from ui.views import history

person = session.require_person()
services = session.services()
cursors = archive.cursors()
page = services.chat.history(person.user.id, after=cursors[-1] if cursors else None)
topics = {topic.id: topic.title for topic in services.chat.topics()}
now, zone = services.clock.now(), client.timezone()

st.title("History")
gone = state.get("history.deleted")
wants_back = history.deleted(gone[1]) if isinstance(gone, tuple) else False
if page.items or cursors:
    frame.lead("Open a conversation to read it or to go on.")
    wish = history.rows(page.items, said=lambda at: when.said(at, now=now, zone=zone), topic=lambda key: topics.get(key, ""))
    wish = history.turn(newer=bool(cursors), older=page.next is not None) or wish
else:
    wish = None
    history.empty()

if wants_back and isinstance(gone, tuple):
    archive.bring_back(services.chat, person.user.id, gone[0])
if wish is not None:
    archive.act(services.chat, person.user.id, wish, following=page.next)
