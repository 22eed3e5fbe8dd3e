"""What a person sees when a page fails: one neutral line with a number that finds the fault in the log."""

import streamlit as st

from core import log
from core.errors import AppError, Kind
from core.ids import RandomIds

_log = log.get("pages")
_ids = RandomIds()


def on_script_error(error: Exception) -> bool:
    """Log an exception that no page handled and show one line instead of Streamlit's own; returns True: it is dealt with."""
    number = _ids.new("req")
    if isinstance(error, AppError):
        _log.warning("page refused", extra={"request_id": number, "code": error.code})
    else:
        _log.error("page failed", exc_info=error, extra={"request_id": number})
    st.error(f"{sentence(error)} If it happens again, tell whoever runs this site this number: `{number}`", icon=":material/error:")
    return True


def sentence(error: Exception) -> str:
    """Return what to tell the person; nothing of an unexpected exception is told."""
    if isinstance(error, AppError):
        return error.message
    return "Something went wrong on our side. Nothing that you saved is lost. Please load the page again."


def show(error: AppError) -> None:
    """Show an expected fault where it happened."""
    waiting = error.kind in {Kind.LIMITED, Kind.UNAVAILABLE}
    if waiting:
        st.warning(error.message, icon=":material/hourglass_top:")
    else:
        st.error(error.message, icon=":material/error:")
