"""The speech bubbles of a conversation, and what can be done with each."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from chat.models import Message, MessageStatus
from ui import attention, markup, shell, state

_EXAMINER = str(shell.ASSETS / "mark.svg")
_LEARNER = ":material/person:"
_NOTES = {
    MessageStatus.INTERRUPTED: ":material/content_cut: This answer was cut off.",
    MessageStatus.STOPPED: ":material/content_cut: You stopped this answer.",
    MessageStatus.FAILED: ":material/error: No answer came.",
}
_REASONS = {
    "PROVIDER_UNAVAILABLE": "The examiner could not be reached.",
    "SHUTTING_DOWN": "The site was being restarted.",
    "INTERNAL_ERROR": "Something went wrong on our side.",
}
_FAILED = {MessageStatus.FAILED, MessageStatus.INTERRUPTED}


def mine(message: Message, *, edit: Callable[[], None] | None) -> None:
    """Draw what the person said; `edit` opens it for a change (None: it cannot be changed any more)."""
    with st.chat_message("user", avatar=_LEARNER):
        st.markdown(markup.plain(message.content))
        with deeds():
            st.html(f'<p class="viva-said">{_copy(message)}</p>', width="content")
            if edit is not None:
                st.button("Edit", icon=":material/edit:", type="tertiary", key=_edit_key(message.id), on_click=edit)


def edit_button(message_id: str) -> str:
    """Return the selector of the button that opens a message for a change."""
    return f".{attention.css_class(_edit_key(message_id))} button"


def form(name: str, text: str, *, save: str) -> tuple[Literal["", "save", "cancel"], str]:
    """Draw a field with what was said or could not be sent, the cursor in it; return what is wanted and the text as it stands."""
    key = field_key(name)
    with st.chat_message("user", avatar=_LEARNER), st.form(state.widget(f"form-{name}"), border=False):
        typed = st.text_area("Your words", value=text, key=key, label_visibility="collapsed")
        with st.container(horizontal=True):
            saved = st.form_submit_button(save, type="primary")
            cancelled = st.form_submit_button("Cancel", key=state.widget(f"cancel-{name}"))
        attention.aim(key)
    return ("save" if saved else "cancel" if cancelled else ""), typed or ""


def field_key(name: str) -> str:
    """Return the key of the field of a `form`."""
    return state.widget(f"text-{name}")


def answer(message: Message) -> None:
    """Draw the words of a finished answer, and what became of it if it is not whole. Stands inside an `examiner()`."""
    with _words(message.id):
        if message.content:
            st.markdown(markup.rich(message.content))
        note = _NOTES.get(message.status)
        if note:
            reason = _REASONS.get(message.error, "")
            st.caption(f"{note} {reason}".strip())


def examiner() -> DeltaGenerator:
    """Return the bubble of an answer, to be filled."""
    return st.chat_message("assistant", avatar=_EXAMINER)


def facts(message: Message, *, by: str) -> None:
    """Draw who answered and how long it took, with the button that copies the answer."""
    took = f"{max(message.duration_ms / 1000, 0.1):.1f} s" if message.duration_ms else ""
    said = " · ".join(fact for fact in (by, took) if fact)
    copy = _copy(message) if message.content else ""
    if said or copy:
        st.html(f'<p class="viva-said"><span>{escape(said)}</span>{copy}</p>', width="content")


def pager(name: str, number: int, count: int, *, of: Message, show: Callable[[int], None]) -> None:
    """Draw the way between several answers to one message; `show` is called with the number of the wanted one (from 1).

    `of` is one of them, always the same: the buttons are named by its first words.
    """
    whose = f"beside “{markup.begins(of.content)}”"
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", width="content", key=f"viva-pager-{name}"):
        back, on = state.widget(f"back-{name}"), state.widget(f"on-{name}")
        st.button(
            markup.named("Earlier answer", whose),
            icon=":material/chevron_left:",
            type="tertiary",
            key=back,
            disabled=number == 1,
            on_click=show,
            args=(number - 1,),
        )
        st.html(f'<p class="viva-meta">Answer {number} of {count}</p>', width="content")
        st.button(
            markup.named("Later answer", whose),
            icon=":material/chevron_right:",
            type="tertiary",
            key=on,
            disabled=number == count,
            on_click=show,
            args=(number + 1,),
        )


def again(message: Message, choices: Sequence[tuple[str, str]]) -> str | None:
    """Draw the ways to another answer; return the name of who is to give it ("" for whoever comes next), or None."""
    if message.status in _FAILED:
        pressed = st.button("Try again", icon=":material/refresh:", key=state.widget("retry"))
    else:
        pressed = st.button("Answer again", icon=":material/refresh:", type="tertiary", key=state.widget(f"again-{message.id}"))
    wanted = None
    if len(choices) > 1:
        labels = dict(choices)
        wanted = st.menu_button(
            "Ask another",
            list(labels),
            format_func=lambda name: markup.plain(labels[name]),
            icon=":material/forum:",
            type="tertiary",
            key=state.widget(f"ask-{message.id}"),
        )
    return "" if pressed else wanted


def growing(message_id: str, pieces: Iterable[str], *, stop: Callable[[], None]) -> None:
    """Draw a reply while it is written, with a button that stops it; `pieces` are its parts from the beginning."""
    with _words(message_id):
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


def unsent(text: str, *, send_again: Callable[[], None], change: Callable[[], None]) -> None:
    """Draw what could not be sent, with the ways to send it after all."""
    with st.chat_message("user", avatar=_LEARNER):
        st.markdown(markup.plain(text))
        st.caption(":material/error: Not sent")
        with deeds():
            st.button("Send again", icon=":material/refresh:", key=state.widget("send-again"), on_click=send_again)
            st.button("Change it", icon=":material/edit:", type="tertiary", key=state.widget("change-unsent"), on_click=change)


def _copy(message: Message) -> str:
    """Return the button that copies a message, named by its first words: a screen reader's list of buttons holds one for each bubble."""
    name = f"Copy: {markup.begins(message.content)}"
    return f'<button type="button" class="viva-copy" aria-label="{escape(name)}"><span aria-live="polite">Copy</span></button>'


def _words(message_id: str) -> DeltaGenerator:
    """Return the place of an answer's words, growing or finished: one element, so that the row below it keeps its place.

    With another number of elements than before, the old row would be seen beside the new one until the page is drawn to its end.
    By its name a screen reader is given the words (`ui.attention`).
    """
    return st.container(key=f"{attention.WORDS}{message_id}")


def _edit_key(message_id: str) -> str:
    return state.widget(f"edit-{message_id}")


def deeds() -> DeltaGenerator:
    """Return the row below a message, to be filled."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small")
