"""A conversation with the examiner: choosing what about, the bubbles, the reply while it grows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from chat.models import Conversation, Message, MessageRole, MessageStatus
from ui import markup, shell, state

LEVELS = {
    "A1": "First words: yourself, your family, your day",
    "A2": "Simple talk about what you know well",
    "B1": "Telling, explaining, giving reasons",
    "B2": "Discussing, comparing, arguing a point",
    "C1": "Fluent and precise on complex matters",
    "C2": "Every shade of meaning",
}
ANY_TOPIC = ""
_EXAMINER = str(shell.ASSETS / "mark.svg")
_NOTES = {
    MessageStatus.INTERRUPTED: "This answer was cut off.",
    MessageStatus.STOPPED: "You stopped this answer.",
    MessageStatus.FAILED: "No answer came.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartIntent:
    """Somebody wants to begin a conversation; `topic` is an id or "" for any."""

    level: str
    topic: str


def choose(topics: Sequence[tuple[str, str]], *, level: str) -> StartIntent | None:
    """Draw the choice of level and topic (`topics`: id and title); `level` is chosen to begin with."""
    titles = {ANY_TOPIC: "Surprise me", **dict(topics)}
    with st.container(key="card-choose"):
        st.subheader("Your level")
        chosen = st.segmented_control(
            "Your level", list(LEVELS), default=level, required=True, key=state.widget("practice-level"), label_visibility="collapsed"
        )
        st.html(f'<p class="viva-meta">{escape(LEVELS[chosen or level])}</p>')
        st.subheader("A topic")
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
    with st.container(horizontal_alignment="center"):
        return st.button("Show earlier messages", type="tertiary", icon=":material/expand_less:")


def bubble(message: Message) -> None:
    """Draw one finished message."""
    if message.role is MessageRole.USER:
        with st.chat_message("user", avatar=":material/person:"):
            st.markdown(markup.plain(message.content))
        return
    with st.chat_message("assistant", avatar=_EXAMINER):
        if message.content:
            st.markdown(markup.rich(message.content))
        note = _NOTES.get(message.status)
        if note:
            st.caption(f":material/content_cut: {note}")


def growing(message_id: str, pieces: Iterable[str], *, stop: Callable[[], None]) -> None:
    """Draw a reply while it is written, with a button that stops it; `pieces` are its parts from the beginning."""
    with st.chat_message("assistant", avatar=_EXAMINER):
        place = st.empty()
    place.markdown("…")
    below = st.empty()
    if below.button("Stop", icon=":material/stop_circle:", type="tertiary", key=state.widget(f"stop-{message_id}")):
        stop()
    text = ""
    for piece in pieces:
        text += piece
        place.markdown(markup.rich(text) or "…")
    below.empty()


def unsent(text: str, *, send_again: Callable[[], None]) -> None:
    """Draw what could not be sent, with a button that sends it again."""
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown(markup.plain(text))
        st.caption(":material/error: Not sent")
    st.button("Send again", icon=":material/refresh:", key=state.widget("send-again"), on_click=send_again)


def box() -> str:
    """Draw where the learner answers, at the foot of the page; return what was sent, or an empty string.

    Not inside a container: only there does the page keep its newest words in sight. Recording joins typing here later.
    """
    return st.chat_input("Type your answer", key=state.widget("answer")) or ""


def retry() -> bool:
    """Draw the button that asks for the failed reply again; return whether it was pressed."""
    return st.button("Try again", icon=":material/refresh:", key=state.widget("retry"))
