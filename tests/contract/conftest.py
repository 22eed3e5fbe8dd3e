"""Every backend that the contract suites run on: the fixture yields one empty set of stores."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from db_sqlite.stores import open_stores
from tests.contract.bundle import Stores


@contextmanager
def sqlite(folder: Path) -> Iterator[Stores]:
    """Open a new SQLite file."""
    opened = open_stores(folder / "viva.db")
    yield opened
    opened.database.close()


BACKENDS: dict[str, Callable[[Path], AbstractContextManager[Stores]]] = {"sqlite": sqlite}


@pytest.fixture(params=BACKENDS)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stores]:
    """Yield the stores of one backend, empty."""
    with BACKENDS[request.param](tmp_path) as opened:
        yield opened
