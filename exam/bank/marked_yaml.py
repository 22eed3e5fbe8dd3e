"""YAML that remembers on which line each value stands.

Plain reading (`read_fast`) is for files that are known to be good; `read_marked` takes several times as long and is used
when something is wrong, when a file is checked, and for files from outside the program.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from chat.bank.plain_yaml import PlainLoader

Loc = tuple[str | int, ...]

LARGEST_FILE = 2_000_000


class AnchorUsed(yaml.YAMLError):
    """A value stands for another one, on `line`."""

    def __init__(self, line: int) -> None:
        """Say what to do."""
        super().__init__("anchors (& and *) are not allowed; write the value out")
        self.line = line


@dataclass(frozen=True, slots=True)
class Marked:
    """The value of a file, the line of every place in it, and keys that stand twice in one mapping."""

    value: Any
    lines: dict[Loc, int]
    doubles: tuple[tuple[str, int], ...]

    def line(self, loc: Loc) -> int:
        """Return the line (from 1) of `loc`, or of the nearest place around it that exists."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)


def read_fast(path: Path) -> Any:
    """Return what the file holds; raises yaml.YAMLError, OSError and UnicodeDecodeError."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506  # a safe loader


def read_marked(path: Path) -> Marked:
    """Return what the file holds, with lines; raises yaml.YAMLError, OSError and UnicodeDecodeError.

    Anchors are refused: an item file needs none, and a few lines of them can stand for billions of values.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise yaml.YAMLError(f"it is larger than {LARGEST_FILE // 1_000_000} MB; split it into several files")
    loader: Any = PlainLoader(path.read_text(encoding="utf-8"))
    walk = _Walk()
    try:
        node = loader.get_single_node()
        if node:
            walk.visit(node, ())
        value = loader.construct_document(node) if node else None
    finally:
        loader.dispose()
    return Marked(value, walk.lines, tuple(walk.doubles))


class _Walk:
    def __init__(self) -> None:
        self.lines: dict[Loc, int] = {}
        self.doubles: list[tuple[str, int]] = []
        self._seen: set[int] = set()

    def visit(self, node: yaml.Node, loc: Loc) -> None:
        if id(node) in self._seen:
            raise AnchorUsed(node.start_mark.line + 1)
        self._seen.add(id(node))
        self.lines.setdefault(loc, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            for index, child in enumerate(node.value):
                self.visit(child, (*loc, index))
        elif isinstance(node, yaml.MappingNode):
            self._visit_mapping(node, loc)

    def _visit_mapping(self, node: yaml.MappingNode, loc: Loc) -> None:
        for key, child in node.value:
            place = (*loc, str(key.value))
            if place in self.lines:
                self.doubles.append((str(key.value), key.start_mark.line + 1))
            self.lines[place] = key.start_mark.line + 1
            self.visit(child, place)
