"""The first page: what this is for somebody new, what to do next for somebody who is back."""

from html import escape
from typing import Literal

import streamlit as st

from chat.models import Conversation
from ui import frame, markup
from ui.views.conversation import title_of

Start = Literal["create-account", "join", "sign-in"]
_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


AFTER_DELETION = "?account=deleted"
"""The address of the home page for somebody whose account has just been deleted."""


def welcome(*, farewell: bool = False) -> Start | None:
    """Draw the page for a stranger; return where they want to go. `farewell`: their account has just been deleted."""
    if farewell:
        st.success(
            "Your account is deleted, and with it your conversations, exams, recordings and results. You are signed out everywhere. "
            "Thank you for practising here.",
            icon=":material/check_circle:",
        )
    levels = "".join(f"<span>{level}</span>" for level in _LEVELS)
    st.html(
        '<section class="viva-hero">'
        f'<div class="viva-levels">{levels}</div>'
        "<h1>Speak before it counts.</h1>"
        "<p>Practise for your CEFR speaking exam with an examiner who asks, listens and asks on. "
        "Every conversation is kept for you, so you can see how far you have come.</p>"
        "</section>"
    )
    chosen: Start | None = None
    with st.container(horizontal=True, key="viva-start"):
        if st.button("Create account", type="primary", icon=":material/person_add:"):
            chosen = "create-account"
        if st.button("Sign up by chatting", icon=":material/forum:"):
            chosen = "join"
        if st.button("Sign in"):
            chosen = "sign-in"
    st.html(
        '<section class="viva-steps">'
        "<div><h2>Pick a level and a topic</h2><p>From A1 to C2, from family to science. The questions fit both, and none comes "
        "twice in a row.</p></div>"
        "<div><h2>Answer in your own words</h2><p>The examiner takes up what you said. Leave whenever you like: your conversation "
        "waits for you.</p></div>"
        "<div><h2>Get an honest answer</h2><p>Feedback says what it is based on. Where there is too little to go by, it says that "
        "too.</p></div>"
        "</section>"
    )
    return chosen


def at_home(*, name: str, last: Conversation | None, when: str) -> Literal["start", "resume"] | None:
    """Draw the page for somebody who is signed in; `last` is their newest conversation, `when` its time in words."""
    st.title(f"Hello, {markup.plain(name)}")
    chosen: Literal["start", "resume"] | None = None
    if last is None:
        frame.lead("Your first conversation takes about five minutes. Pick a level that feels comfortable; you can change it any time.")
        with st.container(key="card-first"):
            st.subheader("Start your first practice")
            st.write("The examiner greets you, asks one question at a time and takes up what you answer.")
            if st.button("Choose a level and a topic", type="primary", icon=":material/arrow_forward:", icon_position="right"):
                chosen = "start"
        return chosen
    frame.lead("Pick up where you left off, or begin something new.")
    with st.container(key="card-last"):
        st.html(f'<p class="viva-meta">{escape(" · ".join(fact for fact in (last.level, when) if fact))}</p>')
        st.subheader(markup.plain(title_of(last)))
        if last.last_message:
            st.html(f'<p class="viva-quote">{escape(last.last_message)}</p>')
        if st.button("Go on with this conversation", type="primary", icon=":material/arrow_forward:", icon_position="right"):
            chosen = "resume"
    if st.button("Start something new", icon=":material/add:"):
        chosen = "start"
    return chosen
