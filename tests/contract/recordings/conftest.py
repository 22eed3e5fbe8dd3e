"""Every store of recordings, empty. MongoDB is the server of MONGODB_TEST_URI, or else mongomock."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from mongomock import gridfs

from db_mongo.database import MongoDatabase
from db_mongo.recordings import MongoRecordings
from db_sqlite.recordings import FileRecordings
from speech.ports import RecordingStore
from tests.fakes.mongomock_client import mock_client

MAX_BYTES = 1_000_000
MONGODB_TEST_URI = os.environ.get("MONGODB_TEST_URI", "")
STORES = ("files", "mongodb")


@pytest.fixture
def mongodb() -> Iterator[MongoDatabase]:
    """Yield an empty database of its own: on the server where there is one, else in this process."""
    if not MONGODB_TEST_URI:
        gridfs.enable_gridfs_integration()  # type: ignore[no-untyped-call]  # mongomock ships no types for this module
    client = None if MONGODB_TEST_URI else mock_client()
    database = MongoDatabase(MONGODB_TEST_URI, f"viva_{uuid4().hex[:12]}", client=client, expiring=False)
    yield database
    database.drop()
    database.close()


@pytest.fixture(params=STORES)
def recordings(request: pytest.FixtureRequest, tmp_path: Path) -> RecordingStore:
    if request.param == "files":
        return FileRecordings(tmp_path / "recordings", max_bytes=MAX_BYTES)
    return MongoRecordings(request.getfixturevalue("mongodb"), max_bytes=MAX_BYTES)
