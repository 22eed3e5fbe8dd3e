"""The only scripts of our own that run in the browser. They are constant, so that the content policy can allow exactly them.

What each does stands at its top, in `ui/scripts/`.
"""

from html import escape
from pathlib import Path

import streamlit as st

from core.scripts import constant
from signup.texts import Texts
from speech import voice
from ui import attention
from ui.conversation import saying
from ui.exam import scripts

_FILES = Path(__file__).parent / "scripts"
HANDOFF = constant(_FILES / "login_kept.js")
LEAVE = constant(_FILES / "login_ended.js")
METER = constant(_FILES / "password_meter.js")
COPY = constant(_FILES / "copying.js")
LOG = constant(_FILES / "assistant_log.js")
IN_VIEW = constant(_FILES / "in_view.js")
SCRIPTS = (HANDOFF, LEAVE, COPY, METER, LOG, IN_VIEW, scripts.CLOCK, scripts.DRAFT, saying.KEPT, voice.SCRIPT, *attention.SCRIPTS)


def keep_login(code: str, *, user_id: str) -> None:
    """Draw the script that swaps `code` for the cookie of this person. Drawn again with the same code it does nothing more."""
    data = f'data-code="{escape(code)}" data-person="{escape(user_id)}"'
    with st.container(key="viva-quiet-handoff"):
        st.html(f'<div id="viva-handoff" {data}></div><script>{HANDOFF}</script>', unsafe_allow_javascript=True)


def forget_login(then: str) -> None:
    """Draw the script that ends the browser's login and opens the page at `then` (ours, without the first slash)."""
    with st.container(key="viva-quiet-leave"):
        st.html(f'<div id="viva-leave" data-next="{escape(then)}"></div><script>{LEAVE}</script>', unsafe_allow_javascript=True)


def let_copy() -> None:
    """Draw the script behind the copy buttons of a conversation."""
    with st.container(key="viva-quiet-copy"):
        st.html(f"<script>{COPY}</script>", unsafe_allow_javascript=True)


def keep_in_view() -> None:
    """Draw the script that keeps what is read in its place, and what was just said in sight."""
    with st.container(key="viva-quiet-in-view"):
        st.html(f"<script>{IN_VIEW}</script>", unsafe_allow_javascript=True)


def let_log(texts: Texts, *, turn: int, secret: bool) -> None:
    """Draw the script behind the assistant's bubbles, once more at each `turn`; `secret`: the answer goes into the password's field."""
    label, lost, why = (escape(texts.say(f"page.{name}")) for name in ("assistant", "lost_title", "lost"))
    said = f'data-label="{label}" data-lost-title="{lost}" data-lost="{why}"'
    data = f'{said} data-language="{escape(texts.language)}" data-turn="{turn}" data-secret="{"yes" if secret else ""}"'
    with st.container(key="viva-quiet-log"):
        st.html(f'<div id="viva-join" {data}></div><script>{LOG}</script>', unsafe_allow_javascript=True)
