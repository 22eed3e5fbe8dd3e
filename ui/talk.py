"""One conversation on a page: what was said, the answer that is being written, the next thing the learner says."""

from collections.abc import Iterator

import streamlit as st

from chat.models import Conversation, Ended, Message, MessageRole, MessageStatus, Piece, StillWaiting
from chat.service import ChatService
from core.errors import AppError
from ui import faults, frame, state
from ui.views import conversation as view

WINDOW = 50
"""Messages drawn at first, and more at each press of "Show earlier messages"."""
_FETCH = 200
_LOOK_UP_SECONDS = 1.0
"""How often a silent reply lets the page look whether the person wants something else."""
_RETRIABLE = {MessageStatus.FAILED, MessageStatus.INTERRUPTED}


def show(chat: ChatService, user_id: str, conversation_id: str) -> None:
    """Draw the conversation and act on what the learner does. Says "not found" for an unknown or foreign one."""
    try:
        conversation = chat.conversation(user_id, conversation_id)
    except AppError as error:
        frame.not_found(error.message)
    topics = {topic.id: topic.title for topic in chat.topics()}
    view.heading(conversation, topics.get(conversation.topic, ""))
    _send(chat, conversation, view.box())
    messages = _window(chat, conversation)
    for message in messages:
        if message.status is MessageStatus.STREAMING:
            _follow(chat, message)
        else:
            view.bubble(message)
    if not _offer_unsent(chat, conversation) and messages and _wants_retry(messages[-1]) and view.retry():
        _again(chat, messages[-1])


def _send(chat: ChatService, conversation: Conversation, text: str) -> None:
    """Send what was typed. What could not be sent is kept, with the reason, until something is."""
    if not text:
        return
    state.pop("unsent")
    try:
        chat.send(conversation.user_id, text=text, conversation_id=conversation.id)
    except AppError as error:
        state.put("unsent", (conversation.id, text, error))


def _offer_unsent(chat: ChatService, conversation: Conversation) -> bool:
    unsent = state.get("unsent")
    if not isinstance(unsent, tuple) or unsent[0] != conversation.id:
        return False
    _, text, error = unsent
    faults.show(error)
    view.unsent(text, send_again=lambda: _send(chat, conversation, text))
    return True


def _window(chat: ChatService, conversation: Conversation) -> list[Message]:
    """Return the messages to draw: the newest ones, and as many older ones as were asked for."""
    name = f"first-shown.{conversation.id}"
    first = state.number(name)
    if not first:
        messages = chat.messages(conversation.user_id, conversation.id, limit=WINDOW)
        first = messages[0].seq if messages else 1
        state.put(name, first)
    if first > 1 and view.earlier():
        older = chat.messages(conversation.user_id, conversation.id, limit=WINDOW, before=first)
        state.put(name, older[0].seq if older else 1)
        st.rerun()
    return list(_from(chat, conversation, first))


def _from(chat: ChatService, conversation: Conversation, first: int) -> Iterator[Message]:
    after = first - 1
    while True:
        found = chat.messages(conversation.user_id, conversation.id, limit=_FETCH, after=after)
        yield from found
        if len(found) < _FETCH:
            return
        after = found[-1].seq


def _follow(chat: ChatService, message: Message) -> None:
    ended: list[Message] = []

    def pieces() -> Iterator[str]:
        for event in chat.follow(message.user_id, message.id, wait=_LOOK_UP_SECONDS):
            if isinstance(event, Piece):
                yield event.text
            elif isinstance(event, StillWaiting):
                yield ""
            elif isinstance(event, Ended):
                ended.append(event.message)

    view.growing(message.id, pieces(), stop=lambda: chat.stop(message.user_id, message.id))
    if ended and ended[0].status is not MessageStatus.COMPLETE:
        st.rerun()  # draws what became of it


def _wants_retry(last: Message) -> bool:
    return last.role is MessageRole.ASSISTANT and last.status in _RETRIABLE


def _again(chat: ChatService, message: Message) -> None:
    try:
        chat.regenerate(message.user_id, message.id)
    except AppError as error:
        faults.show(error)
    else:
        st.rerun()
