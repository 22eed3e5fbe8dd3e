"""The exam's constant scripts: a clock that counts down between two looks at the server, and a keeper of what is being typed.

What differs from time to time is data in attributes.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal

from core.scripts import constant

_FILES = Path(__file__).parents[1] / "scripts"
CLOCK = constant(_FILES / "exam_clock.js")
DRAFT = constant(_FILES / "exam_typing.js")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Which text of an exam a field is for, and whose."""

    user_id: str
    exam_id: str
    turn_key: str
    kind: Literal["answer", "notes"] = "answer"

    @property
    def name(self) -> str:
        """The text's name in the tab's storage, which is also a class that CSS can name."""
        return f"viva-{self.kind}-{self.exam_id}-{self.turn_key}"


def draft(typed: Typed, *, drawn: str, step: str = "") -> str:
    """Return markup that keeps what is typed in the text area of the container whose key is the name of `typed`.

    `drawn` is the text with which the area was drawn: what it holds beyond that was typed before the script was there. Another `step`
    means another area.
    """
    data = {
        "person": typed.user_id,
        "exam": typed.exam_id,
        "turn": typed.turn_key,
        "kind": typed.kind,
        "drawn": drawn,
        "step": step,
        "done": "no",
    }
    return _draft(typed.name, field=typed.name, **data)


def forget(typed: Typed) -> str:
    """Return markup that has the tab forget a text that is handed in."""
    return _draft(typed.name, person=typed.user_id, done="yes")


def _draft(name: str, **data: str) -> str:
    attributes = " ".join(f'data-viva-{key}="{escape(value)}"' for key, value in data.items())
    return f'<div data-viva-draft="{escape(name)}" {attributes}></div><script>{DRAFT}</script>'


def focus(selector: str, *, step: str, top: bool = False) -> str:
    """Return markup that puts a lost focus on the first element that fits `selector`, once for each `step`; `top`: and scrolls up."""
    shown = "yes" if top else "no"
    return (
        f'<div data-viva-focus="{escape(selector)}" data-viva-step="{escape(step)}" data-viva-top="{shown}"></div><script>{CLOCK}</script>'
    )


def countdown(*, left: float, whole: float, label: str, over: str, face: str) -> str:
    """Return markup of a clock with `left` of `whole` seconds; `over` is what it says when it has run out, `face` its first face."""
    return (
        f'<div class="viva-clock" data-viva-clock data-left="{left:.1f}" data-whole="{whole:.1f}" data-over="{escape(over)}" role="timer" '
        f'aria-label="{escape(label)}"><span class="viva-clock-label">{escape(label)}</span><span class="viva-clock-face" data-viva-face>'
        f'{escape(face)}</span><span class="viva-clock-line"><span data-viva-bar></span></span>'
        f'<span class="viva-clock-said" role="status" data-viva-said></span></div><script>{CLOCK}</script>'
    )
