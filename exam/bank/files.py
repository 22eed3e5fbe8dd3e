"""Reads one format, item or picture file; every fault comes with its line."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from exam.bank.marked_yaml import AnchorUsed, Loc, Marked, read_fast, read_marked
from exam.bank.models import ExamFormat, ExamItem, Problem
from exam.bank.problems import from_validation
from exam.bank.rules import format_faults, item_faults, item_hints
from exam.pictures import Picture

_ITEM = TypeAdapter(ExamItem)
_FORMAT = TypeAdapter(ExamFormat)
_PICTURE: TypeAdapter[Picture] = TypeAdapter(Picture)

ITEM_FIELDS = tuple(field.name for field in fields(ExamItem))
FORMAT_FIELDS = tuple(field.name for field in fields(ExamFormat))
_PICTURE_FIELDS = ("id", "alt", "scene", "things", "chart")
_TOP_FIELDS = ("defaults", "items", "pictures")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """What one file gave. `lines` tells where each item and picture begins, by id."""

    path: Path
    items: tuple[ExamItem, ...] = ()
    pictures: tuple[Picture, ...] = ()
    format: ExamFormat | None = None
    lines: dict[str, int]
    problems: tuple[Problem, ...] = ()


def is_format(value: Any) -> bool:
    """Return whether a file's value is meant as an exam format: it has parts, no items and no pictures."""
    return isinstance(value, dict) and "parts" in value and "items" not in value


def read_trusted(path: Path) -> FileContent:
    """Read a file that ships with the program, fast; on any fault it is read again with lines."""
    try:
        value = read_fast(path)
        if is_format(value):
            return FileContent(path=path, format=_FORMAT.validate_python(value), lines={})
        return FileContent(
            path=path,
            items=tuple(_ITEM.validate_python(entry) for entry in _with_defaults(value)),
            pictures=tuple(_PICTURE.validate_python(entry) for entry in value.get("pictures", ())),
            lines={},
        )
    except (ValidationError, yaml.YAMLError, OSError, UnicodeDecodeError, TypeError, AttributeError):
        return read_checked(path)


def read_checked(path: Path) -> FileContent:
    """Read any file; what is wrong with it is in `problems`, and what is right is read nevertheless."""
    try:
        marked = read_marked(path)
    except (yaml.YAMLError, OSError, UnicodeDecodeError, RecursionError) as fault:
        return FileContent(path=path, lines={}, problems=(_unreadable(path, fault),))
    problems = [
        Problem(path=path, line=line, message=f"the field {name!r} stands here a second time.", fix="Delete or rename one of the two.")
        for name, line in marked.doubles
    ]
    if is_format(marked.value):
        return _read_format(path, marked, problems)
    return _read_items(path, marked, problems)


def _unreadable(path: Path, fault: Exception) -> Problem:
    if isinstance(fault, yaml.MarkedYAMLError):
        mark = fault.problem_mark or fault.context_mark
        what = " ".join(part for part in (fault.context, fault.problem) if part)
        fix = "Look for a missing quotation mark, a tab, a colon inside a sentence, or a line that is not indented like its neighbours."
        return Problem(path=path, line=mark.line + 1 if mark else 0, message=f"this is not YAML: {what}.", fix=fix)
    if isinstance(fault, UnicodeDecodeError):
        return Problem(path=path, line=0, message="the file is not text in UTF-8.", fix="Save it again as UTF-8.")
    if isinstance(fault, OSError):
        return Problem(
            path=path, line=0, message=f"the file cannot be opened: {fault.strerror or fault}.", fix="Check its name and rights."
        )
    return Problem(path=path, line=fault.line if isinstance(fault, AnchorUsed) else 0, message=f"{fault}.", fix="")


def _read_format(path: Path, marked: Marked, problems: list[Problem]) -> FileContent:
    name = str(marked.value.get("id", path.stem))
    try:
        form = _FORMAT.validate_python(marked.value)
    except ValidationError as fault:
        found = from_validation(fault, path=path, marked=marked, within=(), fields=FORMAT_FIELDS, called=f"format {name}")
        return FileContent(path=path, lines={}, problems=(*problems, *found))
    for loc, message, fix in format_faults(form):
        problems.append(Problem(path=path, line=marked.line(loc), message=f"format {name}: {message}", fix=fix))
    return FileContent(path=path, format=form, lines={name: 1}, problems=tuple(problems))


def _read_items(path: Path, marked: Marked, problems: list[Problem]) -> FileContent:
    value = marked.value
    if not isinstance(value, dict) or not (value.get("items") or value.get("pictures")):
        fix = "Begin with a line `items:` and write each item below it as `- id: …`."
        return FileContent(path=path, lines={}, problems=(*problems, Problem(path=path, line=1, message="the file has no items.", fix=fix)))
    reader = _ItemReader(path, marked, problems)
    for name in value:
        if name not in _TOP_FIELDS:
            reader.complain((str(name),), f"the field {name!r} is not known here.", f"Use only: {', '.join(_TOP_FIELDS)}.")
    if not isinstance(value.get("defaults") or {}, dict):
        reader.complain(("defaults",), "defaults is not a set of fields.", "Write it as `defaults: {kind: interview, levels: [B1]}`.")
    items = reader.each("items", _with_defaults(value), _ITEM, ITEM_FIELDS)
    pictures = reader.each("pictures", value.get("pictures") or (), _PICTURE, _PICTURE_FIELDS)
    for index, item in items.items():
        reader.check(item, index)
    return FileContent(
        path=path, items=tuple(items.values()), pictures=tuple(pictures.values()), lines=reader.lines, problems=tuple(problems)
    )


def _with_defaults(value: Any) -> Any:
    defaults, entries = value.get("defaults") or {}, value.get("items") or []
    if not isinstance(entries, list) or not isinstance(defaults, dict):
        return entries
    return [{**defaults, **entry} if isinstance(entry, dict) else entry for entry in entries]


class _ItemReader:
    """Reads the entries of one file and gathers what is wrong with them."""

    def __init__(self, path: Path, marked: Marked, problems: list[Problem]) -> None:
        self.lines: dict[str, int] = {}
        self._path, self._marked, self._problems = path, marked, problems

    def complain(self, loc: Loc, message: str, fix: str, *, hint: bool = False) -> None:
        self._problems.append(Problem(path=self._path, line=self._marked.line(loc), message=message, fix=fix, warning=hint))

    def each(self, where: str, entries: Any, adapter: TypeAdapter[T], known: Sequence[str]) -> dict[int, T]:
        """Return the entries that can be used, by their place in the list."""
        good: dict[int, T] = {}
        if not isinstance(entries, list | tuple):
            self.complain((where,), f"{where} is not a list.", "Write each entry as `- id: …`.")
            return good
        for index, entry in enumerate(entries):
            name = entry.get("id") if isinstance(entry, dict) else None
            called = f"{where.removesuffix('s')} {name or f'number {index + 1}'}"
            try:
                read = adapter.validate_python(entry)
            except ValidationError as fault:
                within = (where, index)
                self._problems += from_validation(fault, path=self._path, marked=self._marked, within=within, fields=known, called=called)
                continue
            if read.id in self.lines:
                self.complain((where, index), f"{called}: the id is used twice.", "Give each item and picture an id of its own.")
                continue
            self.lines[read.id] = self._marked.line((where, index))
            good[index] = read
        return good

    def check(self, item: ExamItem, index: int) -> None:
        for hint, found in ((False, item_faults(item)), (True, item_hints(item))):
            for field, message, fix in found:
                self.complain(("items", index, field), f"item {item.id}: {message}", fix, hint=hint)
