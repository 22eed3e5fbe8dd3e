"""One conversation on a page: what was said, the answer that is being written, the next thing the learner says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from chat.models import Conversation, Message, MessageStatus
from chat.results import Ended, Piece, StillWaiting
from chat.service import ChatService
from core.errors import AppError
from ui import attention, browser, faults, frame, menu, state
from ui.conversation import reading, saying, turns
from ui.conversation.turns import Turn
from ui.views import bubbles
from ui.views import conversation as view

_LOOK_UP_SECONDS = 1.0
"""How often a silent reply lets the page look whether the person wants something else."""
_WATCH_SECONDS = 6.0
"""How often an idle page looks whether the conversation went on in another tab: one row is read, nothing is drawn."""
_UNSENT = "unsent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The conversation that is drawn, and who can answer in it (names and labels); `offline` are those who are their own model."""

    chat: ChatService
    conversation: Conversation
    answerers: Mapping[str, str]
    offline: frozenset[str]

    @property
    def user_id(self) -> str:
        """The person it belongs to."""
        return self.conversation.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unsent:
    """What could not be sent in a conversation, and why."""

    conversation_id: str
    text: str
    error: AppError


def show(chat: ChatService, user_id: str, conversation_id: str, *, found_id: str = "") -> None:
    """Draw the conversation and act on what the learner does. Says "not found" for an unknown or foreign one.

    `found_id` is a message that a search found: the page then shows what was said around it.
    """
    try:
        conversation = chat.conversation(user_id, conversation_id)
    except AppError as error:
        frame.not_found(error.message)
    around = reading.around(chat, conversation, found_id) if found_id else None
    if around is None and (text := view.box()):
        _send(chat, conversation, text)
        conversation = chat.conversation(user_id, conversation_id)  # it may have a title now
    topics = {topic.id: topic.title for topic in chat.topics()}
    view.heading(conversation, topics.get(conversation.topic, ""))
    browser.let_copy()
    browser.keep_in_view()
    room = Room(
        chat=chat,
        conversation=conversation,
        answerers={choice.name: choice.label for choice in chat.providers()},
        offline=frozenset(choice.name for choice in chat.providers() if choice.offline),
    )
    if around is not None:
        _look_back(room, around, found_id)
        return
    messages = reading.newest(chat, conversation)
    saying.keep_next(conversation, messages)
    heard = _talk(room, turns.of(messages))
    _offer_unsent(room)
    attention.aim_as_wanted()
    if heard is not None:
        fresh = heard != messages[-1]  # it was still growing when this page was begun
        attention.heard(conversation.id, message_id=heard.id, state_of_it=heard.status, fresh=fresh)
    _watch(chat, user_id, conversation_id, drawn=(messages[-1].seq if messages else 0, view.title_of(conversation)))


def _talk(room: Room, shown: list[Turn]) -> Message | None:
    """Draw what was said; return the newest answer as it is now, if the examiner spoke last."""
    mine = [number for number, turn in enumerate(shown) if turn.mine]
    newest: Message | None = None
    for number, turn in enumerate(shown):
        if turn.mine:
            _mine(room, turn.newest, last=number == mine[-1])
            newest = None
        else:
            newest = _answers(room, turn, last=number == len(shown) - 1)
    return newest


def _look_back(room: Room, messages: list[Message], found_id: str) -> None:
    for turn in turns.of(messages):
        if any(message.id == found_id for message in turn.messages):
            with view.found():
                _read(room, turn)
        else:
            _read(room, turn)
    if view.later():
        frame.go(menu.PRACTICE, c=room.conversation.id)


def _read(room: Room, turn: Turn) -> None:
    if turn.mine:
        bubbles.mine(turn.newest, edit=None)
    else:
        _answers(room, turn, last=False)


def _mine(room: Room, message: Message, *, last: bool) -> None:
    """Draw what the learner said; the last thing can be changed."""
    if not (last and state.text("editing") == message.id):
        bubbles.mine(message, edit=partial(state.put, "editing", message.id) if last else None)
        return
    act, text = bubbles.form(message.id, message.content, save="Send instead")
    saying.keep_change(message, bubbles.field_key(message.id))
    if act == "save":
        try:
            room.chat.edit(room.user_id, message.id, text=text)
        except AppError as error:
            faults.show(error)
            return
    if act:
        state.pop("editing")
        attention.aim_next(bubbles.edit_button(message.id) if act == "cancel" else attention.ANSWER_BOX)
        st.rerun()


def _answers(room: Room, turn: Turn, *, last: bool) -> Message | None:
    """Draw one of the answers to a message, with the ways to the others and, at the end of the conversation, to a new one.

    Returns the one that is drawn, None while there is none.
    """
    count, name = len(turn.messages), f"answer.{turn.key}"
    with bubbles.examiner():
        message: Message | None = turn.newest
        number = count
        if turn.newest.status is MessageStatus.STREAMING:
            message = _follow(room, turn.newest)
        else:
            number = min(state.number(name) or count, count)
            message = turn.messages[number - 1]
            bubbles.answer(message)
        if message is None:
            return None
        with bubbles.deeds():
            bubbles.facts(message, by=_by(room, message))
            if count > 1:
                bubbles.pager(turn.key, number, count, of=turn.messages[0], show=partial(state.put, name))
            wanted = bubbles.again(message, tuple(room.answerers.items())) if last and _unsent(room) is None else None
    if wanted is not None:
        _again(room, turn.newest, name, wanted)
    return message


def _by(room: Room, message: Message) -> str:
    """Return who answered: the service and its model."""
    model = "" if message.provider in room.offline else message.model
    return " · ".join(fact for fact in (room.answerers.get(message.provider, ""), model) if fact)


def _follow(room: Room, message: Message) -> Message | None:
    """Draw a reply while it is written and return its stored end."""
    ended: list[Message] = []

    def pieces() -> Iterator[str]:
        for event in room.chat.follow_on(message, wait=_LOOK_UP_SECONDS):
            if isinstance(event, Piece):
                yield event.text
            elif isinstance(event, StillWaiting):
                yield ""
            elif isinstance(event, Ended):
                ended.append(event.message)

    def stop() -> None:
        room.chat.stop(message.user_id, message.id)
        attention.aim_next(attention.ANSWER_BOX)

    bubbles.growing(message.id, pieces(), stop=stop)
    if ended and ended[0].status is not MessageStatus.COMPLETE:
        st.rerun()  # draws what became of it
    return ended[0] if ended else None


def _again(room: Room, message: Message, name: str, provider: str) -> None:
    try:
        room.chat.regenerate(room.user_id, message.id, provider=provider)
    except AppError as error:
        faults.show(error)
    else:
        state.pop(name)  # the newest answer is the one to see
        attention.aim_next(attention.ANSWER_BOX)
        st.rerun()


def _send(chat: ChatService, conversation: Conversation, text: str) -> None:
    """Send what was typed. What could not be sent is kept, with the reason, until something is."""
    state.pop(_UNSENT)
    state.pop("editing")
    try:
        chat.send(conversation.user_id, text=text, conversation_id=conversation.id)
    except AppError as error:
        state.put(_UNSENT, _Unsent(conversation_id=conversation.id, text=text, error=error))


def _unsent(room: Room) -> _Unsent | None:
    unsent = state.get(_UNSENT)
    return unsent if isinstance(unsent, _Unsent) and unsent.conversation_id == room.conversation.id else None


def _offer_unsent(room: Room) -> None:
    unsent = _unsent(room)
    if unsent is None:
        return
    faults.show(unsent.error)
    if state.text("editing") != _UNSENT:
        send_again = partial(_send, room.chat, room.conversation, unsent.text)
        bubbles.unsent(unsent.text, send_again=send_again, change=partial(state.put, "editing", _UNSENT))
        return
    act, changed = bubbles.form(_UNSENT, unsent.text, save="Send")
    if act == "save":
        _send(room.chat, room.conversation, changed)
    elif act == "cancel":
        state.pop("editing")
    if act:
        st.rerun()


@st.fragment(run_every=_WATCH_SECONDS)
def _watch(chat: ChatService, user_id: str, conversation_id: str, *, drawn: tuple[int, str]) -> None:
    """Draw the page anew, once for each change, when more was said elsewhere or the name is another one (`drawn`: what is seen here).

    Shows nothing, so it needs no guard.
    """
    try:
        found = chat.conversation(user_id, conversation_id)
        newest = (found.last_seq, view.title_of(found))
    except AppError:
        newest = (-1, "")  # it was deleted
    if newest != drawn and state.get("watched") != (conversation_id, newest):
        state.put("watched", (conversation_id, newest))
        st.rerun()
