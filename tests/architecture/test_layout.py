"""What import-linter cannot say: which library lives in which room, and how small the launcher and the pages stay."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
HOMES = {
    "pymongo": {"db_mongo"},
    "gridfs": {"db_mongo"},
    "bson": {"db_mongo"},
    "redis": {"cache_redis"},
    "sqlite3": {"db_sqlite"},
    "streamlit": {"pages", "ui"},
    "fastapi": {"api"},
    "openai": {"llm"},
    "confluent_kafka": {"mail"},
}
MAX_LINES = 400


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_imported_only_in_its_own_room(library: str) -> None:
    strangers = [
        str(path.relative_to(ROOT))
        for path in sources()
        if library in imported(path) and path.relative_to(ROOT).parts[0] not in HOMES[library]
    ]
    assert strangers == []


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path != ROOT / "core/settings.py"
        and any(
            isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and getattr(node.value, "id", "") == "os"
            for node in ast.walk(ast.parse(path.read_text()))
        )
    ]
    assert readers == []


def test_only_the_client_module_reads_the_browser_context() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path != ROOT / "ui/client.py"
        and any(
            isinstance(node, ast.Attribute) and node.attr == "context" and getattr(node.value, "id", "") == "st"
            for node in ast.walk(ast.parse(path.read_text()))
        )
    ]
    assert readers == []


def test_the_clock_and_chance_are_asked_only_through_core() -> None:
    """Components take time, ids and randomness as arguments."""
    forbidden = {("datetime", "now"), ("datetime", "utcnow"), ("time", "time"), ("uuid", "uuid4"), ("uuid", "uuid1")}
    offenders = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        if path.relative_to(ROOT).parts[0] != "core"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and (getattr(node.value, "id", ""), node.attr) in forbidden
    ]
    assert offenders == []


def test_the_launcher_is_short_and_names_no_component() -> None:
    launcher = ROOT / "app.py"
    assert len(launcher.read_text().splitlines()) < 60
    assert imported(launcher) <= {"streamlit", "wiring", "api", "core", "ui", "contextlib", "collections", "starlette", "sys", "functools"}


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem)
def test_a_page_is_at_most_fifty_lines(page: Path) -> None:
    assert len(page.read_text().splitlines()) <= 50


def test_every_file_can_be_read_in_one_sitting() -> None:
    long = {str(path.relative_to(ROOT)): lines for path in sources() if (lines := len(path.read_text().splitlines())) > MAX_LINES}
    assert long == {}
