"""Keeps what a person is typing into a conversation in their tab until it is stored, across a reload and a login that ended elsewhere.

A constant script, as in `ui.browser`; what differs is data in attributes. The words stay in the browser: the server is told them only
when they are sent.
"""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from chat.models import Conversation, Message, MessageRole
from core.scripts import constant
from ui import attention, state

KEPT = constant(Path(__file__).parents[1] / "scripts" / "words_kept.js")
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


def keep_answer(mine: Sequence[str]) -> None:
    """Draw the script for the box of the sign-up by chatting; `mine` is what the person said before."""
    _draw("join", person="nobody", field=attention.ANSWER_BOX, seq=len(mine), said=mine[-1] if mine else "", drawn="")


def _keep(name: str, *, person: str, field: str, newest: Message | None, drawn: str) -> None:
    seq, said = (newest.seq, newest.content) if newest else (0, "")
    _draw(name, person=person, field=field, seq=seq, said=said, drawn=drawn)


def _draw(name: str, *, person: str, field: str, seq: int, said: str, drawn: str) -> None:
    facts = {"saying": name, "person": person, "field": field, "seq": str(seq), "said": said, "drawn": drawn}
    data = " ".join(f'data-viva-{fact}="{escape(value)}"' for fact, value in facts.items())
    with st.container(key=f"viva-quiet-saying-{name}"):
        st.html(f"<div {data}></div><script>{KEPT}</script>", unsafe_allow_javascript=True)
