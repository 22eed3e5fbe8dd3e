"""A MongoDB in this process, for machines without a server. What it cannot do is tested on a server only.

mongomock 4.3 does not know the `sort` that pymongo 4.20 passes with bulk updates, cannot keep an array unique, and promises nothing to
several threads. The first is mended here, the second left out (`UNIQUE_ARRAYS`), the third held by one lock around every operation.
"""

import functools
import threading
from collections.abc import Callable
from typing import Any

import mongomock
from mongomock.collection import BulkOperationBuilder, Collection
from mongomock.gridfs import enable_gridfs_integration

UNIQUE_ARRAYS = {"send_keys"}
_lock = threading.RLock()
_LOCKED = (
    "aggregate",
    "bulk_write",
    "count_documents",
    "create_indexes",
    "delete_many",
    "delete_one",
    "find_one",
    "find_one_and_update",
    "insert_many",
    "insert_one",
    "update_many",
    "update_one",
)


def mock_client() -> Any:
    """Return a new, empty client."""
    return mongomock.MongoClient()


def _locked(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(*arguments: Any, **options: Any) -> Any:
        with _lock:
            return method(*arguments, **options)

    return call


def _mend() -> None:
    bulk: Any = BulkOperationBuilder
    collection: Any = Collection
    plain_add, plain_index = bulk.add_update, collection.create_index

    def add_update(self: Any, *arguments: Any, sort: object = None, **options: Any) -> Any:
        assert sort is None
        return plain_add(self, *arguments, **options)

    def create_index(self: Any, keys: Any, **options: Any) -> Any:
        keys = list(keys)
        if keys[0][0] in UNIQUE_ARRAYS:
            options["unique"] = False
        return plain_index(self, keys, **options)

    bulk.add_update, collection.create_index = add_update, create_index
    for name in _LOCKED:
        setattr(collection, name, _locked(getattr(collection, name)))


_mend()
enable_gridfs_integration()  # type: ignore[no-untyped-call]  # mongomock ships no types for this module
