"""Keeps what a person is typing into a conversation in their tab until it is stored, across a reload and a login that ended elsewhere.

A constant script, as in `ui.browser`; what differs is data in attributes. The words stay in the browser: the server is told them only
when they are sent.
"""

from collections.abc import Iterable
from html import escape
from pathlib import Path

import streamlit as st

from chat.models import Conversation, Message, MessageRole
from core.scripts import constant
from ui import attention, state

KEPT = constant(Path(__file__).parent / "scripts" / "words_kept.js")
ANSWER = "answer"
"""The name of the widget at the foot of a conversation."""


def was_sent() -> bool:
    """Tell whether this run of the page began with something said."""
    return bool(state.typed(state.widget(ANSWER)))


def keep_next(conversation: Conversation, messages: Iterable[Message]) -> None:
    """Draw the script for the box at the foot of the page; `messages` are those that are drawn."""
    said = [message for message in messages if message.role is MessageRole.USER]
    _keep(conversation.id, person=conversation.user_id, field=attention.ANSWER_BOX, newest=said[-1] if said else None, drawn="")


def keep_change(message: Message, key: str) -> None:
    """Draw the script for the field with this key (of `state.widget`), where a message is changed."""
    field = f".{attention.css_class(key)} textarea"
    _keep(message.id, person=message.user_id, field=field, newest=message, drawn=message.content)


def _keep(name: str, *, person: str, field: str, newest: Message | None, drawn: str) -> None:
    facts = {
        "saying": name,
        "person": person,
        "field": field,
        "seq": str(newest.seq if newest else 0),
        "said": newest.content if newest else "",
        "drawn": drawn,
    }
    data = " ".join(f'data-viva-{fact}="{escape(value)}"' for fact, value in facts.items())
    with st.container(key=f"viva-quiet-saying-{name}"):
        st.html(f"<div {data}></div><script>{KEPT}</script>", unsafe_allow_javascript=True)
