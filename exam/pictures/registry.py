"""The names under which scene files find the drawings, and the options that each drawing knows.

A drawing is a function with keyword-only options that returns SVG around its own origin: x 0 is its middle, y 0 its foot,
one unit is one unit of the 800 × 500 picture; an adult is about 160 high.
"""

import difflib
import inspect
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from exam.pictures.svg import PALETTE

Drawing = Callable[..., str]
F = TypeVar("F", bound=Drawing)

_DRAWINGS: dict[str, Drawing] = {}
_OF_EVERY_THING = ("flip", "turn")


def drawing(function: F) -> F:
    """Register a function under its own name."""
    _DRAWINGS[function.__name__.strip("_")] = function
    return function


def _all() -> dict[str, Drawing]:
    # The modules register their functions when they are imported; here, because they import this module.
    from exam.pictures import food, nature, pastimes, people, rooms, streets, things  # noqa: F401, PLC0415  # see above

    return _DRAWINGS


def thing_names() -> tuple[str, ...]:
    """Return the names of everything that can be drawn."""
    return tuple(_all())


def option_fault(name: str, options: Mapping[str, Any]) -> str:
    """Return what is wrong with the options given for the drawing `name`, or an empty text."""
    known = inspect.signature(_all()[name]).parameters
    for option, value in options.items():
        if option in _OF_EVERY_THING:
            continue
        if option not in known:
            near = difflib.get_close_matches(option, known, n=1)
            return f"{name} has no option {option!r}; {'did you mean ' + repr(near[0]) if near else 'it has ' + ', '.join(known)}"
        default = known[option].default
        if isinstance(default, str) and not isinstance(value, str):
            return f"{name}: {option} is {value!r} and should be a word"
        if default in PALETTE and value not in PALETTE:
            return f"{name}: there is no colour {value!r}; the colours are {', '.join(PALETTE)}"
    try:
        _all()[name](**{key: value for key, value in options.items() if key not in _OF_EVERY_THING})
    except (ValueError, TypeError, KeyError) as fault:
        return f"{name}: {fault}"
    return ""


def draw(name: str, options: Mapping[str, Any]) -> str:
    """Return the drawing `name` around its own origin."""
    return _all()[name](**options)
