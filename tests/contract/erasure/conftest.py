"""The whole program over each database, and a look at everything that it has written anywhere."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

import wiring
from core.ids import RandomIds
from core.setting_groups import Limits
from core.settings import Settings
from db_mongo.indexes import create_indexes
from tests.contract.conftest import MONGODB_URI
from tests.factories import FrozenClock
from tests.fakes.mongomock_client import mock_client
from wiring import Services

Found = Iterator[tuple[str, str]]
"""Where something is stored, and all of it as text."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """One running program; nothing runs in its background."""

    services: Services
    clock: FrozenClock
    rows: Callable[[], Found]

    def everything(self) -> Found:
        """Yield every row or document of the database, and every file of the data folder: its path and its bytes."""
        yield from self.rows()
        folder = self.services.settings.data_dir
        for path in sorted(folder.rglob("*")):
            name = str(path.relative_to(folder))
            yield name, name + (path.read_bytes().decode("latin-1") if path.is_file() else "")

    def where(self, word: str) -> list[str]:
        """Return where this word stands, whatever its letter case."""
        return [place for place, text in self.everything() if word.casefold() in text.casefold()]


@pytest.fixture(params=["sqlite", "mongodb"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Yield the program over an empty database; MongoDB is a server, or mongomock where there is none."""
    monkeypatch.chdir(tmp_path)
    clock = FrozenClock()
    given: dict[str, Any] = {
        "data_dir": tmp_path / "data",
        "security": {"bcrypt_rounds": 4},
        "limits": dict.fromkeys(Limits.model_fields, ""),
    }
    name = f"viva_{uuid4().hex[:12]}"
    client: Any = None
    if request.param == "mongodb":
        given |= {"mongodb_uri": MONGODB_URI or "mongodb://mongomock.invalid", "mongodb_db": name}
        client = MongoClient(MONGODB_URI) if MONGODB_URI else mock_client()
        # A server that removes what has expired does so by the world's clock, which is not the one of this test.
        monkeypatch.setattr("db_mongo.database.create_indexes", _lasting_only)
        if not MONGODB_URI:
            monkeypatch.setattr("db_mongo.database._connect", lambda _: client)
    services = wiring.build(Settings(**given), clock=clock, ids=RandomIds())
    rows = (lambda: _documents(client[name])) if client else (lambda: _tables(services.settings.sqlite_path))
    yield Site(services=services, clock=clock, rows=rows)
    if client:
        client.drop_database(name)
    services.close()
    if client:
        client.close()


def _lasting_only(database: Any, *, expiring: bool) -> None:
    del expiring
    create_indexes(database, expiring=False)


def _tables(path: Path) -> Found:
    with sqlite3.connect(path) as database:
        database.execute("pragma query_only = on")
        for (table,) in database.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in database.execute(f'select * from "{table}"') if table != "search_index" else []:
                yield table, " ".join(value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row)
    database.close()


def _documents(database: Any) -> Found:
    for collection in database.list_collection_names():
        for document in database[collection].find():
            text = json.dumps(document, default=lambda value: value.decode("latin-1") if isinstance(value, bytes) else str(value))
            yield collection, text
