"""The list of conversations: open, rename, delete, bring back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal

import streamlit as st

from chat.models import Conversation
from ui import frame, markup, menu, state
from ui.views.conversation import title_of

Act = Literal["rename", "delete", "undo", "newer", "older"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryIntent:
    """What the person wants; `id` and `title` are those of the conversation it is about."""

    act: Act
    id: str = ""
    title: str = ""


def empty() -> None:
    """Draw what stands there before the first conversation."""
    with st.container(key="card-empty"):
        st.subheader("Nothing here yet")
        st.write("Your conversations appear here as soon as you have had one, newest first.")
        frame.link(menu.PRACTICE, "Start your first practice", icon=":material/arrow_forward:")


def deleted(title: str) -> bool:
    """Draw the notice about the conversation just deleted; return whether the person wants it back."""
    with st.container(horizontal=True, vertical_alignment="center", key="card-undo"):
        st.markdown(f"Deleted: {markup.plain(title)}", width="stretch")
        return st.button("Undo", icon=":material/undo:")


def rows(conversations: Sequence[Conversation], *, said: Callable[[datetime], str], topic: Callable[[str], str]) -> HistoryIntent | None:
    """Draw one row for each conversation. `said` words a time, `topic` an id."""
    intent: HistoryIntent | None = None
    for conversation in conversations:
        with st.container(key=f"card-row-{conversation.id}", horizontal=True, vertical_alignment="center"):
            with st.container(gap=None, width="stretch"):
                title = title_of(conversation)
                frame.link(menu.PRACTICE, markup.plain(title), icon="", c=conversation.id)
                facts = " · ".join(fact for fact in (conversation.level, topic(conversation.topic), said(conversation.updated_at)) if fact)
                st.html(f'<p class="viva-meta">{escape(facts)}</p><p class="viva-snippet">{escape(conversation.last_message)}</p>')
            act = st.menu_button(
                "More",
                ["rename", "delete"],
                format_func={"rename": ":material/edit: Rename", "delete": ":material/delete: Delete"}.__getitem__,
                type="tertiary",
                icon=":material/more_horiz:",
                key=state.widget(f"more-{conversation.id}"),
            )
        if act == "rename":
            intent = HistoryIntent(act="rename", id=conversation.id, title=title)
        elif act == "delete":
            intent = HistoryIntent(act="delete", id=conversation.id, title=title)
    return intent


def turn(*, newer: bool, older: bool) -> HistoryIntent | None:
    """Draw the buttons to the pages before and after this one."""
    if not (newer or older):
        return None
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        back = st.button("Newer", icon=":material/arrow_back:", disabled=not newer)
        on = st.button("Older", icon=":material/arrow_forward:", icon_position="right", disabled=not older)
    if back:
        return HistoryIntent(act="newer")
    return HistoryIntent(act="older") if on else None


def rename_form(title: str, problem: str) -> str | None:
    """Draw the field for a new title and return it when it is sent."""
    with st.form(state.widget("rename"), border=False):
        typed = st.text_input("Title", value=title, max_chars=80, key=state.widget("field-title"))
        if problem:
            st.html(f'<p class="viva-problem" role="alert">{escape(problem)}</p>')
        sent = st.form_submit_button("Save", type="primary")
    return (typed or "") if sent else None
