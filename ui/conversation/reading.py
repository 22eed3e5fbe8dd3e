"""Which part of a conversation a page shows: its end, more of it on demand, or what was said around one message."""

import streamlit as st

from chat.models import Conversation, Message
from chat.service import ChatService
from core.errors import AppError
from ui import state
from ui.views import conversation as view

WINDOW = 50
"""Messages drawn at first, and more at each press of "Show earlier messages"."""
_FETCH = 200
_BEFORE, _AFTER = 4, 46
"""Messages before and after one that a search found."""


def newest(chat: ChatService, conversation: Conversation) -> list[Message]:
    """Return the messages to draw: the newest ones, and as many older ones as were asked for.

    A tab that stays open for a long conversation lets go of its oldest messages again, unless the person asked for them.
    """
    name, asked = f"first-shown.{conversation.id}", f"earlier.{conversation.id}"
    first = state.number(name)
    messages = _from(chat, conversation, first) if first else []
    if not first or (len(messages) > 2 * WINDOW and not state.get(asked)):
        messages = chat.messages(conversation.user_id, conversation.id, limit=WINDOW)
        first = messages[0].seq if messages and messages[0].seq > 1 else 1
        state.put(name, first)
    if first > 1 and view.earlier():
        older = chat.messages(conversation.user_id, conversation.id, limit=WINDOW, before=first)
        state.put(name, older[0].seq if older else 1)
        state.put(asked, value=True)
        st.rerun()
    return messages


def around(chat: ChatService, conversation: Conversation, message_id: str) -> list[Message] | None:
    """Return the messages around one of them; None if it is not in this conversation, or so new that the end shows it anyway."""
    try:
        message = chat.message(conversation.user_id, message_id)
    except AppError:
        return None
    if message.conversation_id != conversation.id or message.replaced_by:
        return None
    before = chat.messages(conversation.user_id, conversation.id, limit=_BEFORE, before=message.seq)
    after = chat.messages(conversation.user_id, conversation.id, limit=_AFTER, after=message.seq - 1)
    return [*before, *after] if len(after) == _AFTER else None


def _from(chat: ChatService, conversation: Conversation, first: int) -> list[Message]:
    messages: list[Message] = []
    after = first - 1
    while True:
        found = chat.messages(conversation.user_id, conversation.id, limit=_FETCH, after=after)
        messages += found
        if len(found) < _FETCH:
            return messages
        after = found[-1].seq
