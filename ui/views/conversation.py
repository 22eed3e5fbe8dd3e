"""A conversation with the examiner: choosing what about, its heading, where the learner answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from chat.models import Conversation
from ui import markup, state
from ui.conversation import saying

LEVELS = {
    "A1": "First words: yourself, your family, your day",
    "A2": "Simple talk about what you know well",
    "B1": "Telling, explaining, giving reasons",
    "B2": "Discussing, comparing, arguing a point",
    "C1": "Fluent and precise on complex matters",
    "C2": "Every shade of meaning",
}
ANY_TOPIC = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartIntent:
    """Somebody wants to begin a conversation; `topic` is an id or "" for any."""

    level: str
    topic: str


def choose(topics: Sequence[tuple[str, str]], *, level: str) -> StartIntent | None:
    """Draw the choice of level and topic (`topics`: id and title); `level` is chosen to begin with."""
    titles = {ANY_TOPIC: "Surprise me", **dict(topics)}
    with st.container(key="card-choose"):
        st.header("Your level")
        chosen = st.segmented_control(
            "Your level", list(LEVELS), default=level, required=True, key=state.widget("practice-level"), label_visibility="collapsed"
        )
        st.html(f'<p class="viva-meta">{escape(LEVELS[chosen or level])}</p>')
        st.header("A topic")
        topic = st.pills(
            "A topic",
            list(titles),
            default=ANY_TOPIC,
            required=True,
            format_func=lambda key: titles[key],
            key=state.widget("practice-topic"),
            label_visibility="collapsed",
        )
        started = st.button("Start", type="primary", icon=":material/arrow_forward:", icon_position="right")
    return StartIntent(level=chosen or level, topic=topic or ANY_TOPIC) if started else None


def title_of(conversation: Conversation) -> str:
    """Return what to call the conversation, also while it has no title of its own."""
    if conversation.title and conversation.title != conversation.level:
        return conversation.title
    return f"Practice at {conversation.level}" if conversation.level else "Conversation"


def heading(conversation: Conversation, topic: str) -> None:
    """Draw what the conversation is about."""
    with st.container(key="viva-topic", gap="xxsmall"):
        st.title(markup.plain(title_of(conversation)))
        facts = " · ".join(fact for fact in (f"Level {conversation.level}" if conversation.level else "", topic) if fact)
        if facts:
            st.html(f'<p class="viva-meta">{escape(facts)}</p>')


def earlier() -> bool:
    """Draw the button that brings older messages; return whether it was pressed."""
    with st.container(horizontal_alignment="center", key="viva-earlier"):
        return st.button("Show earlier messages", type="tertiary", icon=":material/expand_less:")


def later() -> bool:
    """Draw the button that leaves old messages for the end of the conversation; return whether it was pressed."""
    with st.container(horizontal_alignment="center"):
        return st.button("Go on with this conversation", icon=":material/arrow_downward:")


def found() -> DeltaGenerator:
    """Return the frame of the message that a search found, to be filled."""
    return st.container(key="viva-found")


def box() -> str:
    """Draw where the learner answers, at the foot of the page; return what was sent, or an empty string.

    Not inside a container: only there does the page keep its newest words in sight.
    """
    return st.chat_input("Type your answer", key=state.widget(saying.ANSWER)) or ""
