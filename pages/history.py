"""History: every conversation, newest first, and what was said in them; open, name, star, share, download, delete, bring back."""

from functools import partial

import streamlit as st

from core.errors import AppError
from ui import client, faults, frame, session, when
from ui.conversation import archive
from ui.views import history

person = session.require_person()
chat, user_id = session.services().chat, person.user.id
zone = client.timezone()
said = partial(when.said, now=session.services().clock.now(), zone=zone)
wish = None

st.title("History")
frame.lead("Open a conversation to read it or to go on.")
wanted = history.looking_for()
archive.offer_undo(chat, user_id)
try:
    wish = archive.show(chat, user_id, wanted, said=said, zone=zone)
except AppError as error:
    faults.show(error)

if archive.has_any(chat, user_id) and history.download_all():
    archive.download_all(chat, user_id)
elif wish is not None:
    archive.act(chat, user_id, wish)
else:
    archive.watch(chat, user_id, wanted, zone)
