"""What the documents name exists, and the map of the code is complete."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "TECH_PRACTICES.md", *(ROOT / "docs").rglob("*.md")])
ROOMS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
FOLDERS = [*ROOMS, "benchmarks", "docs", "tests", ".ci", ".streamlit"]
PATH = re.compile(rf"`((?:{'|'.join(map(re.escape, FOLDERS))})/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")
MODULE = re.compile(r"python -m ([\w.]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_a_document_names_exists(document: Path) -> None:
    text = document.read_text()
    missing = [path for path in PATH.findall(text) if not (ROOT / path).exists()]
    missing += [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    for module in MODULE.findall(text):
        place = ROOT / module.replace(".", "/")
        if not (place.with_suffix(".py").exists() or (place / "__main__.py").exists() or module in {"venv", "pytest"}):
            missing.append(f"python -m {module}")
    assert missing == []


def test_the_map_shows_every_room() -> None:
    practices = (ROOT / "TECH_PRACTICES.md").read_text()
    assert [room for room in ROOMS if f"`{room}/`" not in practices] == []


def test_every_library_has_its_reason() -> None:
    practices = (ROOT / "TECH_PRACTICES.md").read_text().lower()
    names = [
        re.split(r"[=\[]", line)[0].lower()
        for file in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / file).read_text().splitlines()
        if line and not line.startswith(("#", "-r"))
    ]
    unexplained = [
        name for name in names if name not in practices and not name.startswith("types-") and name.removeprefix("pytest-") not in practices
    ]
    assert unexplained == []


def test_every_library_is_pinned() -> None:
    loose = [
        line
        for file in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / file).read_text().splitlines()
        if line and not line.startswith(("#", "-r")) and not re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+(; sys_platform .+)?", line)
    ]
    assert loose == []


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs/decisions").glob("*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
