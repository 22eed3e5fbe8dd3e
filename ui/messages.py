"""Short messages that survive the change to another page."""

from typing import Literal

import streamlit as st

from ui import state

Tone = Literal["done", "note"]
_ICONS = {"done": ":material/check_circle:", "note": ":material/info:"}


def later(text: str, tone: Tone = "done") -> None:
    """Show `text` (ours, never a person's) at the next rerun, on whatever page that is."""
    state.put("message", (text, tone))


def draw() -> None:
    """Show what `later` kept, once."""
    kept = state.pop("message")
    if isinstance(kept, tuple):
        text, tone = kept
        st.toast(text, icon=_ICONS[tone])
