"""A shared conversation, for readers who may be anybody."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from chat.models import MessageRole
from chat.results import SharedConversation, SharedMessage
from ui import markup, shell

_EXAMINER = str(shell.ASSETS / "mark.svg")


def heading(conversation: SharedConversation, *, topic: str, until: str) -> None:
    """Draw what the conversation is about and until when the link works."""
    st.title(markup.plain(conversation.title or "A practice conversation"))
    level = f"Level {conversation.level}" if conversation.level else ""
    facts = " · ".join(fact for fact in ("Shared with you to read", level, topic, f"until {until}") if fact)
    st.html(f'<p class="viva-meta">{escape(facts)}</p>')


def messages(found: Sequence[SharedMessage]) -> None:
    """Draw what was said. Answers that follow each other are answers to the same message, and are said to be."""
    before: MessageRole | None = None
    for message in found:
        if not message.content:  # an attempt that brought nothing
            continue
        if message.role is MessageRole.USER:
            with st.chat_message("user", avatar=":material/person:"):
                st.markdown(markup.plain(message.content))
        else:
            with st.chat_message("assistant", avatar=_EXAMINER):
                if before is MessageRole.ASSISTANT:
                    st.caption("Another version of this answer")
                st.markdown(markup.rich(message.content))
        before = message.role


def more() -> bool:
    """Draw the button that brings later messages; return whether it was pressed."""
    return st.button("Show more", type="tertiary", icon=":material/expand_more:")
