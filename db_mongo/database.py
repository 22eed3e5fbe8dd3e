"""The MongoDB connection, and how its faults look to everybody above."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pymongo
from bson.errors import InvalidDocument, InvalidStringData
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError, InvalidOperation, PyMongoError

from core.errors import ConfigurationError, FieldProblem, StoreUnavailable, ValidationFailed
from db_mongo.indexes import create_indexes

Document = dict[str, Any]
SCHEMA = 1
_UNFINISHED = "unfinished_copy"

_AWAY = "The database cannot be reached. Please try again in a moment."


class MongoDatabase:
    """One database on a MongoDB server. Safe to share between threads; one per process."""

    def __init__(
        self, uri: str, name: str, *, client: "MongoClient[Document] | None" = None, expiring: bool = True, even_unfinished: bool = False
    ) -> None:
        """Connect, and create missing indexes.

        Writes are acknowledged by a majority and retried once by the driver where the server can. `client` replaces the connection
        (tests). `expiring=False` leaves out the indexes that remove by the world's clock, and `even_unfinished` opens a half-filled
        copy (both for copying). Raises ConfigurationError for an address that cannot be read, a newer schema or a half-filled copy,
        StoreUnavailable if nobody answers.
        """
        self._client = client if client is not None else _connect(uri)
        self._name = name
        try:
            with self.using() as database:
                _refuse_newer(database, name)
                if not even_unfinished:
                    self._refuse_unfinished()
                create_indexes(database, expiring=expiring)
        except BaseException:
            if client is None:
                self._client.close()
            raise

    @contextmanager
    def using(self) -> Iterator[Database[Document]]:
        """Lend the database; errors of the driver become ours, but for DuplicateKeyError, which the stores understand."""
        try:
            yield self._client[self._name]
        except DuplicateKeyError:
            raise
        except (InvalidDocument, InvalidStringData, UnicodeEncodeError) as error:
            # Half of a surrogate pair, which JSON can carry and no database can store.
            message = "The text contains characters that cannot be stored."
            raise ValidationFailed([FieldProblem("text", message)]) from error
        except InvalidOperation as error:  # the connection was closed
            raise StoreUnavailable(_AWAY) from error
        except PyMongoError as error:
            raise StoreUnavailable(_AWAY) from error

    def _refuse_unfinished(self) -> None:
        if self.is_unfinished():
            msg = f"A copy into the MongoDB database {self._name} never ended: run `python -m wiring copy` again, or use another name."
            raise ConfigurationError(msg)

    def mark_unfinished(self, *, unfinished: bool) -> None:
        """Note that a copy into this database is under way, or that it has ended."""
        with self.using() as database:
            if unfinished:
                database["meta"].update_one({"_id": _UNFINISHED}, {"$set": {"value": 1}}, upsert=True)
            else:
                database["meta"].delete_one({"_id": _UNFINISHED})

    def is_unfinished(self) -> bool:
        """Tell whether a copy into this database was begun and never ended."""
        with self.using() as database:
            return database["meta"].find_one({"_id": _UNFINISHED}) is not None

    def tidy(self) -> None:
        """Make up for what a crash has left half done. For the hourly clean-up."""
        from db_mongo.attached import settle_everything  # noqa: PLC0415 - attached needs this class

        with self.using() as database:
            settle_everything(database)

    def check(self) -> str:
        """Return one sentence on the server's state. Raises StoreUnavailable if nobody answers."""
        with self.using() as database:
            database.command("ping")
            version = self._client.server_info()["version"]
        return f"MongoDB {version}, {self._client.topology_description.topology_type_name}, database {self._name}"

    def drop(self) -> None:
        """Remove the whole database."""
        with self.using():
            self._client.drop_database(self._name)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()


def _connect(uri: str) -> "MongoClient[Document]":
    try:
        return MongoClient(
            uri,
            appname="viva",
            w="majority",
            retryWrites=True,
            retryReads=True,
            serverSelectionTimeoutMS=3000,
            connectTimeoutMS=3000,
            socketTimeoutMS=20_000,
            wTimeoutMS=10_000,
        )
    except (PyMongoError, ValueError) as error:
        raise ConfigurationError(f"MONGODB_URI cannot be used: {error}.") from error


def _refuse_newer(database: Database[Document], name: str) -> None:
    known = database["meta"].find_one_and_update(
        {"_id": "schema"}, {"$setOnInsert": {"version": SCHEMA}}, upsert=True, return_document=pymongo.ReturnDocument.AFTER
    )
    if known and known["version"] > SCHEMA:
        seen = f"schema {known['version']}, this version knows {SCHEMA}"
        raise ConfigurationError(
            f"The MongoDB database {name} was written by a newer version of Viva ({seen}): update Viva, or use another name."
        )
