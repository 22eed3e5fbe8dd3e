"""Every backend that the contract suites run on: the fixture yields one empty set of stores.

MongoDB is the server that MONGODB_TEST_URI names (`.ci/mongodb-server` provides one), or else mongomock in this process.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from db_mongo.database import MongoDatabase
from db_mongo.stores import stores_of
from db_sqlite.stores import open_stores
from tests.contract.bundle import Stores
from tests.fakes.mongomock_client import mock_client

MONGODB_URI = os.environ.get("MONGODB_TEST_URI", "")


@contextmanager
def sqlite(folder: Path) -> Iterator[Stores]:
    """Open a new SQLite file."""
    opened = open_stores(folder / "viva.db")
    yield opened
    opened.database.close()


@contextmanager
def mongodb(_: Path) -> Iterator[Stores]:
    """Open a new database on the MongoDB server, or in mongomock."""
    database = new_mongodb()
    yield stores_of(database)
    database.drop()
    database.close()


def new_mongodb() -> MongoDatabase:
    """Return an empty MongoDB database of its own."""
    name = f"viva_{uuid4().hex[:12]}"
    return MongoDatabase(MONGODB_URI, name, client=None if MONGODB_URI else mock_client(), expiring=False)


BACKENDS: dict[str, Callable[[Path], AbstractContextManager[Stores]]] = {"sqlite": sqlite, "mongodb": mongodb}


@pytest.fixture(params=BACKENDS)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stores]:
    """Yield the stores of one backend, empty."""
    with BACKENDS[request.param](tmp_path) as opened:
        yield opened
