"""The two sides of a copy: which store an address names, how it is opened, and how an unfinished target is undone."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from core.errors import ConfigurationError
from core.records import Record
from core.settings import load
from db_mongo.database import MongoDatabase
from db_mongo.recordings import MongoRecordings
from db_mongo.transfer import MongoTransfer
from db_sqlite.database import SqliteDatabase
from db_sqlite.recordings import FileRecordings
from db_sqlite.transfer import SqliteTransfer
from speech.ports import RecordingStore

_ANY_SIZE = 1_000_000_000
_DEFAULT_NAME = "viva"
_SIDECARS = ("-wal", "-shm", "-queue")


class Transfer(Protocol):
    """The records of one store (`db_sqlite.transfer`, `db_mongo.transfer`)."""

    def settle(self) -> None:
        """Make up for what a crash has left half done."""
        ...

    def rows(self, collection: str, fields: Sequence[str]) -> Iterator[Record]:
        """Yield every record of a collection."""
        ...

    def add(self, collection: str, records: Sequence[Record]) -> None:
        """Store records."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """An opened store."""

    transfer: Transfer
    recordings: RecordingStore


def place(address: str) -> tuple[str, str]:
    """Return what an address names: its kind and where it is. Raises ConfigurationError for any other address."""
    scheme = urlsplit(address).scheme
    if scheme == "sqlite":
        return "sqlite", str(sqlite_path(address).resolve())
    if scheme in {"mongodb", "mongodb+srv"}:
        return "mongodb", f"{urlsplit(address).netloc.rsplit('@', 1)[-1]}/{_mongodb_name(address)}"
    raise ConfigurationError("copy knows sqlite:///path and mongodb://host/database.")


def sqlite_path(address: str) -> Path:
    """Return the file of `sqlite:///relative`, `sqlite:////absolute` or `sqlite:path`."""
    return Path(address.removeprefix("sqlite:///") if address.startswith("sqlite:///") else address.removeprefix("sqlite:"))


@contextlib.contextmanager
def open_source(address: str) -> Iterator[Side]:
    """Open the store that is copied. Raises ConfigurationError if there is none."""
    if place(address)[0] == "mongodb":
        mongodb = MongoDatabase(address, _mongodb_name(address), expiring=False)
        with contextlib.closing(mongodb):
            yield _mongodb_side(mongodb)
        return
    path = sqlite_path(address)
    if not path.is_file():
        raise ConfigurationError(f"{path} does not exist.")
    with contextlib.closing(SqliteDatabase(path)) as sqlite:
        yield Side(transfer=SqliteTransfer(sqlite), recordings=_recordings_of(path))


@contextlib.contextmanager
def open_target(address: str, collections: tuple[str, ...]) -> Iterator[Side]:
    """Open the store that is filled; it stays only if the block ends well. Raises ConfigurationError if it is not empty."""
    if place(address)[0] == "mongodb":
        with contextlib.closing(MongoDatabase(address, _mongodb_name(address), expiring=False, even_unfinished=True)) as mongodb:
            yield from _fill_mongodb(mongodb, collections)
    else:
        yield from _fill_sqlite(sqlite_path(address), collections)


def _fill_mongodb(database: MongoDatabase, collections: tuple[str, ...]) -> Iterator[Side]:
    """Fill the database in place, with a mark that keeps the app from using a half of it."""
    transfer = MongoTransfer(database)
    if database.is_unfinished():
        transfer.clear(collections)
    elif not transfer.is_empty(collections):
        raise ConfigurationError("The target is not empty: copy into a database without data.")
    database.mark_unfinished(unfinished=True)
    try:
        yield _mongodb_side(database)
    except BaseException:
        transfer.clear(collections)
        database.mark_unfinished(unfinished=False)
        raise
    database.mark_unfinished(unfinished=False)


def _fill_sqlite(path: Path, collections: tuple[str, ...]) -> Iterator[Side]:
    """Fill a file beside the real one, and move it there in one step when it is complete."""
    if path.exists():
        with contextlib.closing(SqliteDatabase(path)) as present:
            if not SqliteTransfer(present).is_empty(collections):
                raise ConfigurationError(f"{path} is not empty: copy into a new file.")
    part = path.with_name(path.name + ".part")
    _remove(part)
    try:
        with contextlib.closing(SqliteDatabase(part)) as database:
            yield Side(transfer=SqliteTransfer(database), recordings=_recordings_of(path))
    except BaseException:
        _remove(part)
        raise
    _remove(path)
    part.replace(path)
    _remove(part)


def _remove(path: Path) -> None:
    for name in (path.name, *(path.name + suffix for suffix in _SIDECARS)):
        path.with_name(name).unlink(missing_ok=True)


def _mongodb_side(database: MongoDatabase) -> Side:
    return Side(transfer=MongoTransfer(database), recordings=MongoRecordings(database, max_bytes=_ANY_SIZE))


def _mongodb_name(address: str) -> str:
    return urlsplit(address).path.strip("/") or _DEFAULT_NAME


def _recordings_of(path: Path) -> FileRecordings:
    """Return the recordings that belong to a file: in the data folder if it is the configured one, else beside it."""
    folder = path.parent
    with contextlib.suppress(ConfigurationError):
        settings = load()
        if settings.sqlite_path.resolve() == path.resolve():
            folder = settings.data_dir
    return FileRecordings(folder / "recordings", max_bytes=_ANY_SIZE)
