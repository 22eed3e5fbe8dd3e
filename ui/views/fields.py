"""Form fields with their problems beside them."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal

import streamlit as st

from core.errors import FieldProblem
from ui import browser, state

Problems = Mapping[str, Sequence[str]]
Kind = Literal["default", "password", "email"]
_RULES = {
    "length": "8 characters or more",
    "upper": "an upper-case letter",
    "lower": "a lower-case letter",
    "digit": "a digit",
}


def by_field(problems: Sequence[FieldProblem]) -> dict[str, list[str]]:
    """Return the messages of `problems` under the names of their fields, in order, each once."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        messages = found.setdefault(problem.field, [])
        if problem.message not in messages:
            messages.append(problem.message)
    return found


def key(name: str, version: int = 0) -> str:
    """Return the key of the widget that `text` draws."""
    return state.widget(f"field-{name}-{version}")


def text(
    label: str,
    *,
    name: str,
    problems: Problems,
    autocomplete: str,
    kind: Kind = "default",
    value: str = "",
    hint: str | None = None,
    max_chars: int | None = None,
    version: int = 0,
) -> str:
    """Draw a text field and below it what is wrong with it; return what was typed.

    Checks in the browser are off: the server's answer is the only one, and it stands beside the field. A new `version` is a new,
    empty field, which is how a password is never kept.
    """
    typed = st.text_input(
        label,
        value=value,
        key=key(name, version),
        type=kind,
        autocomplete=autocomplete,
        help=hint,
        max_chars=max_chars,
        validate="",
        placeholder="",
        icon="",
    )
    problem(name, problems)
    return typed or ""


def problem(name: str, problems: Problems) -> None:
    """Draw what is wrong with the field `name`, if anything is."""
    messages = problems.get(name, ())
    if messages:
        lines = "<br>".join(escape(message) for message in messages)
        with st.container(key=f"problem-{name}"):
            st.html(f'<p class="viva-problem" role="alert">{lines}</p>')


def unplaced(problems: Problems, shown: Sequence[str]) -> list[str]:
    """Return the messages of problems whose field is not among those `shown`."""
    return [message for name, messages in problems.items() if name not in shown for message in messages]


def meter(labels: Mapping[str, str] = _RULES, *, worded: bool = True, version: int = 0) -> None:
    """Draw the rules of a new password, which tick off while it is typed, and how hard it is to guess.

    It works in the browser alone: nothing is sent before the form is, and without scripts the list still says what is asked.
    `labels` name the rules in another language; `worded=False` leaves out the verdict, which is in English. A new `version` starts
    anew, as the field beside it does.
    """
    rules = "".join(f'<li data-rule="{name}">{escape(label)}</li>' for name, label in labels.items())
    verdict = '<p role="status"></p>' if worded else "<p hidden></p>"
    st.html(
        f'<div class="viva-meter" id="viva-meter" data-score="" data-version="{version}">'
        f'<ul>{rules}</ul><div class="viva-bar" aria-hidden="true"><i></i></div>{verdict}</div>'
        f"<script>{browser.METER}</script>",
        unsafe_allow_javascript=True,
    )
