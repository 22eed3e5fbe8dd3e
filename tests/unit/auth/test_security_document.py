"""docs/security.md names only tests that exist, and misses no line of the chapters that it answers."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LINES = [line for line in TEXT.splitlines() if re.match(r"\| \d", line)]
V7 = ("7.1.1", "7.1.2", *(f"7.2.{n}" for n in range(1, 5)), "7.3.1", "7.3.2", *(f"7.4.{n}" for n in range(1, 6)), "7.5.1", "7.5.2", "7.6.2")
V9 = ("9.1.1", "9.1.2", "9.1.3", "9.2.1", "9.2.2", "9.2.3", "9.2.4")
V6 = (
    "6.1.1",
    "6.1.2",
    "6.1.3",
    *(f"6.2.{n}" for n in range(1, 13)),
    *(f"6.3.{n}" for n in range(1, 9)),
    "6.4.1",
    "6.4.2",
    "6.4.6",
)


def test_every_test_that_it_names_exists() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    existing = set(re.findall(r"def (test_\w+)", written))
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    assert len(named) > 80
    assert named <= existing, sorted(named - existing)


def test_every_line_of_the_three_chapters_is_answered() -> None:
    answered = " ".join(line.split("|")[1] for line in LINES)
    assert [line for line in (*V6, *V7, *V9) if line not in answered] == []


def test_whatever_it_calls_met_is_held_by_a_test() -> None:
    assert [line for line in LINES if line.split("|")[2].strip().startswith("met") and "`test_" not in line] == []


def test_each_test_of_the_three_chapters_says_which_line_it_holds() -> None:
    said: dict[str, str] = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        of_file = ast.get_docstring(tree) or ""
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                said[node.name] = f"{said.get(node.name, '')} {of_file} {ast.get_docstring(node) or ''}"
    silent = [
        (numbers, name)
        for numbers, line in ((line.split("|")[1], line) for line in LINES if re.match(r"\| [679]\.\d+\.\d", line))
        for name in re.findall(r"`(test_\w+)`", line)
        if not any(re.search(rf"\b{re.escape(number)}\b", said.get(name, "")) for number in re.findall(r"\d+\.\d+\.\d+", numbers))
    ]
    assert silent == []
