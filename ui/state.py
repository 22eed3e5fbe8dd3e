"""What a tab remembers between reruns, and how it forgets. The only place that names keys of `st.session_state` of ours."""

from collections.abc import Iterable

import streamlit as st

_PREFIX = "viva."
_GENERATION = f"{_PREFIX}generation"


def get(name: str) -> object | None:
    """Return what is remembered under `name`, or None."""
    value: object | None = st.session_state.get(_PREFIX + name)
    return value


def text(name: str) -> str:
    """Return the remembered text, or an empty string."""
    value = get(name)
    return value if isinstance(value, str) else ""


def number(name: str) -> int:
    """Return the remembered number, or 0."""
    value = get(name)
    return value if isinstance(value, int) else 0


def put(name: str, value: object) -> None:
    """Remember `value` under `name` until the person changes."""
    st.session_state[_PREFIX + name] = value


def pop(name: str) -> object | None:
    """Return what is remembered under `name` and forget it."""
    value = get(name)
    st.session_state.pop(_PREFIX + name, None)
    return value


def widget(name: str) -> str:
    """Return the key for a widget: another one for each person, so that the browser cannot fill in what the last one typed."""
    return f"{name}-{st.session_state.get(_GENERATION, 0)}"


def typed(key: str) -> str:
    """Return what stands in the text widget with this key (of `widget`), or an empty text; for callbacks, which run before it is drawn."""
    value = st.session_state.get(key)
    return value if isinstance(value, str) else ""


def wipe(keep: Iterable[str] = ()) -> None:
    """Forget everything, widgets' values included, but the names in `keep`."""
    kept = {name: value for name in keep if (value := get(name)) is not None}
    generation = int(st.session_state.get(_GENERATION, 0)) + 1
    for key in list(st.session_state):
        del st.session_state[key]
    st.session_state[_GENERATION] = generation
    for name, value in kept.items():
        put(name, value)
