"""What the history page does: turn pages, rename, delete, bring back."""

import streamlit as st

from chat.models import HistoryCursor
from chat.service import ChatService
from core.errors import AppError
from ui import faults, messages, session, state
from ui.views import history


def cursors() -> tuple[HistoryCursor, ...]:
    """Return where the pages up to this one begin; the first page has none."""
    kept = state.get("history.cursors")
    return kept if isinstance(kept, tuple) else ()


def act(chat: ChatService, user_id: str, wish: history.HistoryIntent, *, following: HistoryCursor | None) -> None:
    """Do what the person wants with their list."""
    if wish.act == "rename":
        _rename(chat, user_id, wish.id, wish.title)
    elif wish.act == "delete":
        _delete(chat, user_id, wish.id, wish.title)
    else:
        behind = (*cursors(), following) if wish.act == "older" and following else cursors()[:-1]
        state.put("history.cursors", behind)
        st.rerun()


def bring_back(chat: ChatService, user_id: str, conversation_id: str) -> None:
    """Undo a deletion."""
    chat.restore(user_id, [conversation_id])
    state.pop("history.deleted")
    messages.later("Your conversation is back.")
    st.rerun()


def _delete(chat: ChatService, user_id: str, conversation_id: str, title: str) -> None:
    try:
        chat.delete_one(user_id, conversation_id)
    except AppError as error:
        faults.show(error)
    else:
        state.put("history.deleted", (conversation_id, title))
        st.rerun()


@st.dialog("Rename conversation")
def _rename(chat: ChatService, user_id: str, conversation_id: str, title: str) -> None:
    if session.require_person().user.id != user_id:  # a dialog runs again without its page
        st.rerun()
    typed = history.rename_form(title, state.text("history.problem"))
    if typed is None:
        return
    try:
        chat.rename(user_id, conversation_id, typed)
    except AppError as error:
        state.put("history.problem", error.message)
        st.rerun(scope="fragment")
    state.pop("history.problem")
    st.rerun()
