"""What import-linter cannot say: which library lives in which room, and how small the launcher and the pages stay."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
HOMES: dict[str, set[str]] = {
    "pymongo": {"db_mongo"},
    "gridfs": {"db_mongo"},
    "bson": {"db_mongo"},
    "redis": {"cache_redis"},
    "sqlite3": {"db_sqlite"},
    "streamlit": {"pages", "ui"},
    "fastapi": {"api"},
    "confluent_kafka": {"mail"},
    "httpx2": set(),  # a library of tests and benchmarks
    "requests": set(),  # as above; what asks other services is core/connections.py
}
MAX_LINES = 400


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


class Found(NamedTuple):
    """What the tests ask about a file, which is read once for all of them."""

    imported: frozenset[str]
    asked: tuple[tuple[str, str, int], ...]
    """Name, attribute and line of each `name.attribute`; the name is "" for what is no plain name."""


@cache
def found_in(path: Path) -> Found:
    names: set[str] = set()
    asked: list[tuple[str, str, int]] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.partition(".")[0])
        elif isinstance(node, ast.Attribute):
            asked.append((getattr(node.value, "id", ""), node.attr, node.lineno))
    return Found(frozenset(names), tuple(asked))


def those_that_ask(*wanted: tuple[str, str], but: str) -> list[str]:
    """Return file and line of everything that asks a name for an attribute, outside of the file or folder `but`."""
    return [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources()
        if not path.is_relative_to(ROOT / but)
        for name, attribute, line in found_in(path).asked
        if (name, attribute) in wanted
    ]


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_imported_only_in_its_own_room(library: str) -> None:
    strangers = [
        str(path.relative_to(ROOT))
        for path in sources()
        if library in found_in(path).imported and path.relative_to(ROOT).parts[0] not in HOMES[library]
    ]
    assert strangers == []


def test_only_the_settings_read_the_environment() -> None:
    assert those_that_ask(("os", "environ"), ("os", "getenv"), but="core/settings.py") == []


def test_only_the_client_module_reads_the_browser_context() -> None:
    assert those_that_ask(("st", "context"), but="ui/client.py") == []


def test_chance_comes_from_outside() -> None:
    """Components take ids and randomness as arguments; only a kit in memory makes keys of its own."""
    at_home = (ROOT / "core", ROOT / "wiring", ROOT / "auth/memory")
    strangers = [
        path for path in sources() if {"random", "secrets"} & found_in(path).imported and not any(map(path.is_relative_to, at_home))
    ]
    assert strangers == []


def test_the_clock_is_asked_only_through_core() -> None:
    """Components take the time as an argument."""
    forbidden = (("datetime", "now"), ("datetime", "utcnow"), ("time", "time"), ("uuid", "uuid4"), ("uuid", "uuid1"))
    assert those_that_ask(*forbidden, but="core") == []


def test_the_launcher_is_short_and_names_no_component() -> None:
    launcher = ROOT / "app.py"
    assert len(launcher.read_text().splitlines()) < 60
    known = {"streamlit", "wiring", "api", "core", "ui", "contextlib", "collections", "starlette", "sys", "functools"}
    assert found_in(launcher).imported <= known


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem)
def test_a_page_is_at_most_fifty_lines(page: Path) -> None:
    assert len(page.read_text().splitlines()) <= 50


def test_every_file_can_be_read_in_one_sitting() -> None:
    long = {str(path.relative_to(ROOT)): lines for path in sources() if (lines := len(path.read_text().splitlines())) > MAX_LINES}
    assert long == {}
