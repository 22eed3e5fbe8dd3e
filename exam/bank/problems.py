"""What pydantic found, said to the person who wrote the file."""

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from exam.bank.marked_yaml import Loc, Marked
from exam.bank.models import Problem

_WANTED = {
    "string_type": "not a text",
    "int_type": "not a whole number",
    "int_parsing": "not a whole number",
    "bool_parsing": "neither true nor false",
    "dataclass_type": "not a set of fields",
    "tuple_type": "not a list",
    "list_type": "not a list",
}


def from_validation(
    fault: ValidationError, *, path: Path, marked: Marked, within: Loc, fields: Sequence[str], called: str
) -> Iterable[Problem]:
    """Yield one problem per fault. `within` is where the checked value stands, `called` is how to name it."""
    found = [(_place(error["loc"]), error) for error in fault.errors(include_url=False)]
    for loc, error in found:
        if error["type"] == "too_short" and any(len(loc) < len(other) and other[: len(loc)] == loc for other, _ in found):
            continue  # what stands in the list was only left out because it is at fault itself
        line = marked.line((*within, *loc))
        message, fix = _sentence(str(error["type"]), loc, error, fields)
        yield Problem(path=path, line=line, message=f"{called}: {message}", fix=fix)


def _place(loc: Loc) -> Loc:
    return tuple(part for part in loc if not (isinstance(part, str) and part.startswith("function-")))


def _sentence(kind: str, loc: Loc, error: Any, fields: Sequence[str]) -> tuple[str, str]:
    name = ".".join(str(part) for part in loc) or "this"
    last = str(loc[-1]) if loc else ""
    given = repr(error["input"])
    if kind in {"unexpected_keyword_argument", "extra_forbidden"}:
        near = difflib.get_close_matches(last, fields, n=1)
        return f"the field {name!r} is not known here.", f"Did you mean {near[0]!r}?" if near else f"Use only: {', '.join(fields)}."
    if kind in _WANTED:
        return f"{name} is {given}, which is {_WANTED[kind]}.", _type_fix(kind, last)
    expected = error.get("ctx", {}).get("expected", "")
    known = {
        "missing": (f"the field {name!r} is missing.", f"Add a line `{last}: …`."),
        "literal_error": (f"{name} is {given}.", f"Use one of {expected}."),
        "string_too_short": (f"{name} is empty.", "Write something, or delete the line if the field is not needed."),
        "string_pattern_mismatch": (f"{name} is {given}.", "Use small letters, digits and hyphens only, such as my-school-food-1."),
    }
    alias = {"missing_argument": "missing", "too_short": "string_too_short"}.get(kind, kind)
    return known.get(alias, (f"{name}: {_first_small(str(error['msg']).removeprefix('Value error, '))}.", ""))


def _type_fix(kind: str, name: str) -> str:
    if kind == "string_type":
        return "Put the text in quotation marks; a colon followed by a space makes two fields of it otherwise."
    if kind in {"tuple_type", "list_type"}:
        return f"Write it as a list: `{name}:` and then one line `- …` for each entry."
    return "Correct the value."


def _first_small(text: str) -> str:
    return text[:1].lower() + text[1:]
