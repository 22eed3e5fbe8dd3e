"""Every store of recordings, empty."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import mongomock
import pytest
from mongomock import gridfs
from pymongo.database import Database

from speech.ports import RecordingStore

MAX_BYTES = 1_000_000
MONGODB_TEST_URI = os.environ.get("MONGODB_TEST_URI", "")
STORES = ("files", "mongomock", *(("mongodb",) if MONGODB_TEST_URI else ()))


@pytest.fixture
def emulated() -> Database[dict[str, Any]]:
    gridfs.enable_gridfs_integration()  # type: ignore[no-untyped-call]  # mongomock ships no types for this module
    database: Database[dict[str, Any]] = mongomock.MongoClient(tz_aware=True).viva
    return database


@pytest.fixture(params=STORES)
def recordings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RecordingStore]:
    if request.param == "files":
        from db_sqlite.recordings import FileRecordings

        yield FileRecordings(tmp_path / "recordings", max_bytes=MAX_BYTES)
        return
    from db_mongo.recordings import MongoRecordings

    if request.param == "mongomock":
        yield MongoRecordings(request.getfixturevalue("emulated"), max_bytes=MAX_BYTES)
        return
    from pymongo import MongoClient

    with MongoClient[dict[str, Any]](MONGODB_TEST_URI, tz_aware=True, serverSelectionTimeoutMS=5000) as client:
        name = f"viva_recordings_{uuid4().hex[:12]}"
        yield MongoRecordings(client[name], max_bytes=MAX_BYTES)
        client.drop_database(name)
