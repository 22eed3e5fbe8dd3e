"""What every act on the exam page shares: do it, draw the page anew, and look again when the stored clock says so."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from core.clock import Clock
from core.errors import AppError
from ui import state


def do(act: Callable[[], object], refused: Callable[[AppError], None] | None = None, *, done: str = "") -> None:
    """Do one thing and draw the page anew, with the reason where it was refused; `done`: the fields of that name are emptied."""
    try:
        act()
    except AppError as error:
        if refused is not None:
            refused(error)
        else:
            state.put("exam.error", error)
    else:
        moved(done)
    st.rerun()


def moved(done: str = "") -> None:
    """Remember that it was this tab that moved the exam, and forget what belonged to the moment before."""
    if done:
        state.put(f"exam.version.{done}", state.number(f"exam.version.{done}") + 1)
    for key in ("exam.again", "exam.short", "exam.refused", "exam.answer_error"):
        state.pop(key)
    state.put("exam.moved", value=True)


def look_again(clock: Clock, due: datetime) -> None:
    """Draw the page anew at `due`, by the server's clock."""
    wait = max(0.5, (due - clock.now()).total_seconds() + 0.3)

    @st.fragment(run_every=wait)
    def look() -> None:
        if clock.now() >= due:
            st.rerun()

    look()
