"""Where the cursor and a screen reader go when a page changes under them: to a field that was opened, to what was refused, to an answer.

Constant scripts, as in `ui.browser`; what differs is data in attributes.
"""

from html import escape
from pathlib import Path

import streamlit as st

from core.scripts import constant
from ui import state

_FILES = Path(__file__).parent / "scripts"
AIM = constant(_FILES / "cursor.js")
REFUSED = constant(_FILES / "refused_form.js")
HEARD = constant(_FILES / "answer_heard.js")
SCRIPTS = (AIM, REFUSED, HEARD)
_AIM_NEXT, _AIMED = "aim", "aimed"
WORDS = "viva-words-"
"""Begins the key of the container that holds the words of a message."""
ANSWER_BOX = "[data-testid=stChatInputTextArea]"
"""Where the next answer is typed, for `aim_next`."""


def aim(key: str) -> None:
    """Draw the script that puts the cursor into the field with this key (of `state.widget`), behind the text that it begins with."""
    _draw("aim", f'<div data-viva-aim=".{css_class(key)} :is(textarea,input)" data-viva-filled="yes"></div><script>{AIM}</script>')


def aim_next(selector: str) -> None:
    """Put the cursor on `selector` when the page is drawn the next time, for what a press took away from under it."""
    state.put(_AIM_NEXT, selector)


def aim_as_wanted() -> None:
    """Draw the script for what `aim_next` kept, once; not on a touch screen, where the keyboard would hide what was said."""
    wanted = state.pop(_AIM_NEXT)
    if isinstance(wanted, str):
        time = state.number(_AIMED) + 1  # drawn again with the same words a script does not run again
        state.put(_AIMED, time)
        data = f'data-viva-aim="{escape(wanted)}" data-viva-gently="yes" data-time="{time}"'
        _draw("aim-next", f"<div {data}></div><script>{AIM}</script>")


def refused(form: str, *, attempt: int, failed: bool, retry: str = "") -> None:
    """Draw the script that leads to what was refused in the form; `attempt` makes it run anew.

    The field with the key `retry` is where a fault without a field of its own is to be mended.
    """
    data = f'data-viva-form="{form}" data-attempt="{attempt}" data-viva-refused="{"yes" if failed else "no"}"'
    _draw(f"refused-{form}", f'<div {data} data-viva-retry="{css_class(retry) if retry else ""}"></div><script>{REFUSED}</script>')


def heard(conversation_id: str, *, message_id: str, state_of_it: str, fresh: bool) -> None:
    """Draw the script that has the newest answer said; `fresh`: it was written before the person's eyes just now."""
    newest = f"{message_id}-{state_of_it}" if message_id else ""
    data = f'data-room="{escape(conversation_id)}" data-newest="{escape(newest)}" data-message="{escape(message_id)}"'
    _draw("heard", f'<div id="viva-heard" {data} data-fresh="{"yes" if fresh else "no"}"></div><script>{HEARD}</script>')


def css_class(key: str) -> str:
    """Return the class that Streamlit gives to the element with this key."""
    return "st-key-" + "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_-") else "-" for sign in key.strip())


def _draw(name: str, html: str) -> None:
    with st.container(key=f"viva-quiet-{name}"):
        st.html(html, unsafe_allow_javascript=True)
