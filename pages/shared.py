"""A conversation that somebody shared: read-only, open to whoever has the link, silent about whose it is."""

import streamlit as st

from core.errors import AppError
from ui import client, frame, session, state, when
from ui.views import shared

chat = session.services().chat
link = st.query_params.get("link", "")
topics = {topic.id: topic.title for topic in chat.topics()}
after = 0

try:
    pages = [chat.shared(link)]
    while pages[-1].more and len(pages) <= state.number("shared.more"):
        after = pages[-1].messages[-1].seq
        pages.append(chat.shared(link, after=after))
except AppError:
    frame.not_found("There is no conversation behind this link. It may have ended, or whoever shared it took it back.")

until = when.said(pages[0].expires_at, now=session.services().clock.now(), zone=client.timezone())
shared.heading(pages[0], topic=topics.get(pages[0].topic, ""), until=until)
shared.messages([message for page in pages for message in page.messages])
if pages[-1].more and shared.more():
    state.put("shared.more", state.number("shared.more") + 1)
    st.rerun()
