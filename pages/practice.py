"""Practice: choose a level and a topic, or go on with the conversation that the address names."""

import streamlit as st

from core.errors import AppError
from ui import faults, frame, menu, session
from ui.conversation import talk
from ui.views import conversation as view

person = session.require_verified_person()
services = session.services()
conversation_id = st.query_params.get("c", "")

if conversation_id:
    talk.show(services.chat, person.user.id, conversation_id, found_id=st.query_params.get("m", ""))
else:
    st.title("Practice")
    frame.lead("The examiner greets you and asks one question at a time. Use your own words: no answer is wrong.")
    topics = [(topic.id, topic.title) for topic in services.chat.topics()]
    wish = view.choose(topics, level=person.user.target_level or "B1")
    if wish is not None:
        try:
            sent = services.chat.start(person.user.id, level=wish.level, topic=wish.topic)
        except AppError as error:
            faults.show(error)
        else:
            frame.go(menu.PRACTICE, c=sent.conversation.id)
