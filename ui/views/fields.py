"""Form fields with their problems beside them."""

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Literal

import streamlit as st

from core.errors import FieldProblem
from ui import attention, browser, state

Problems = Mapping[str, Sequence[str]]
Kind = Literal["default", "password", "email"]
_RULES = {
    "length": "at least 8 characters",
    "upper": "an uppercase letter",
    "lower": "a lowercase letter",
    "digit": "a number",
}
PASSWORD_HINT = "At least 8 characters with an uppercase letter, a lowercase letter and a number."
BROKEN = "rules of the password"
"""The name under which `by_field` keeps the rules of `meter` that were broken; no field is called so."""
_MARKED = "Please keep the rules that are marked below."
_RULE_OF = {
    "PASSWORD_TOO_SHORT": "length",
    "PASSWORD_NO_UPPERCASE": "upper",
    "PASSWORD_NO_LOWERCASE": "lower",
    "PASSWORD_NO_NUMBER": "digit",
}


def by_field(problems: Sequence[FieldProblem]) -> dict[str, list[str]]:
    """Return the messages of `problems` under the names of their fields, in order, each once.

    The rules that the list below a new password names are not said a second time: they are kept under `BROKEN`, for `meter` to mark.
    """
    found: dict[str, list[str]] = {}
    for problem in problems:
        rule = _RULE_OF.get(problem.code)
        if rule:
            found.setdefault(BROKEN, []).append(rule)
        messages = found.setdefault(problem.field, [])
        message = _MARKED if rule else problem.message
        if message not in messages:
            messages.append(message)
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
    its_key = key(name, version)
    typed = st.text_input(
        label,
        value=value,
        key=its_key,
        type=kind,
        autocomplete=autocomplete,
        help=hint,
        max_chars=max_chars,
        validate="",
        placeholder="",
        icon="",
    )
    problem(name, problems, field=its_key)
    return typed or ""


def password_twice(label: str, *, name: str, problems: Problems, version: int) -> tuple[str, str]:
    """Draw a field for a password that is to be chosen, the rules that tick off, and the field to repeat it; return both texts."""
    chosen = text(label, name=name, problems=problems, kind="password", autocomplete="new-password", hint=PASSWORD_HINT, version=version)
    meter(problems=problems)
    repeated = text(
        f"{label} again", name="confirm_password", problems=problems, kind="password", autocomplete="new-password", version=version
    )
    return chosen, repeated


def problem(name: str, problems: Problems, *, field: str = "") -> None:
    """Draw what is wrong with the field `name`, if anything is; `field` is the key of its text field, which is tied to it."""
    messages = problems.get(name, ())
    if messages:
        lines = "<br>".join(escape(message) for message in messages)
        with st.container(key=f"problem-{name}"):
            tied = f' id="viva-problem-{escape(name)}" data-viva-field="{attention.css_class(field)}"' if field else ""
            tied += ' data-viva-with="viva-rules"' if _MARKED in messages else ""
            st.html(f'<p class="viva-problem" role="alert"{tied}>{lines}</p>')


def unplaced(problems: Problems, shown: Sequence[str]) -> list[str]:
    """Return the messages of problems whose field is not among those `shown`."""
    return [message for name, messages in problems.items() if name not in {*shown, BROKEN} for message in messages]


def meter(labels: Mapping[str, str] = _RULES, *, problems: Problems = MappingProxyType({}), worded: bool = True, version: int = 0) -> None:
    """Draw the rules of a new password, which tick off while it is typed, and how hard it is to guess.

    It works in the browser alone: nothing is sent before the form is, and without scripts the list still says what is asked.
    Those that the last password broke are marked. `labels` name the rules in another language; `worded=False` leaves out the verdict,
    which is in English. A new `version` starts anew, as the field beside it does.
    """
    broken = problems.get(BROKEN, ())
    rules = "".join(
        f'<li data-rule="{name}" data-broken="yes"><span class="viva-unseen">Missing: </span>{escape(label)}</li>'
        if name in broken
        else f'<li data-rule="{name}">{escape(label)}</li>'
        for name, label in labels.items()
    )
    verdict = '<p role="status"></p>' if worded else "<p hidden></p>"
    st.html(
        f'<div class="viva-meter" id="viva-meter" data-score="" data-version="{version}">'
        f'<ul id="viva-rules">{rules}</ul><div class="viva-bar" aria-hidden="true"><i></i></div>{verdict}</div>'
        f"<script>{browser.METER}</script>",
        unsafe_allow_javascript=True,
    )
