"""The SQLite file: connections, transactions, and how its faults look to everybody above.

Readers take a connection each from a pool and never wait for the writer (WAL). Writers queue: one at a time in this process by a
lock, and between processes by a turnstile file beside the database, so that no process can starve another of SQLite's own lock.
Each write is one `BEGIN IMMEDIATE` transaction, flushed to disk before it returns (`synchronous=FULL`).
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import TracebackType

from core.errors import FieldProblem, StoreUnavailable, ValidationFailed
from db_sqlite.turnstile import Turnstile

BUSY_SECONDS = 15.0
_POLL_SECONDS = 0.0005
_IDLE_READERS = 16
_MERGE_PAGES = 64
_MERGED_SOMETHING = 2  # FTS5: a merge that had nothing to do counts as fewer changes

_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY: "The database is busy. Nothing was changed. Please try again in a moment.",
    sqlite3.SQLITE_LOCKED: "The database is busy. Nothing was changed. Please try again in a moment.",
    sqlite3.SQLITE_FULL: "The disk is full. Nothing was changed. Please tell the person who runs this site.",
    sqlite3.SQLITE_READONLY: "The database cannot be written to. Please tell the person who runs this site.",
    sqlite3.SQLITE_CANTOPEN: "The database cannot be opened. Please tell the person who runs this site.",
    sqlite3.SQLITE_PERM: "The database cannot be opened. Please tell the person who runs this site.",
    sqlite3.SQLITE_IOERR: "The database cannot be read or written. Please tell the person who runs this site.",
    sqlite3.SQLITE_CORRUPT: "The database file is damaged. Please tell the person who runs this site.",
    sqlite3.SQLITE_NOTADB: "The database file is damaged. Please tell the person who runs this site.",
    sqlite3.SQLITE_PROTOCOL: "The database is busy. Nothing was changed. Please try again in a moment.",
    sqlite3.SQLITE_NOMEM: "The database is out of memory. Please try again in a moment.",
}


def problem_of(error: sqlite3.Error) -> StoreUnavailable | None:
    """Return how an SQLite error looks above the stores, or None if it is not the storage's fault."""
    sentence = _UNAVAILABLE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return StoreUnavailable(sentence) if sentence else None


class SqliteDatabase:
    """One SQLite file, opened (and created, and migrated) by its first use. Safe to share between threads; survives several processes."""

    def __init__(self, path: str | Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Create the file (owner-only) if needed and bring its schema up to date.

        Raises ConfigurationError for a file that a newer version or another program wrote, StoreUnavailable if it cannot be opened.
        """
        self.path = Path(path)
        self._busy_seconds = busy_seconds
        self._lock = threading.Lock()
        self._pool_lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._writer: sqlite3.Connection | None = None
        self._closed = False
        self._create()
        self._turnstile = Turnstile(self.path.with_name(self.path.name + "-queue"))
        from db_sqlite.migrate import migrate  # noqa: PLC0415 - migrate needs this class

        migrate(self)

    def read(self) -> AbstractContextManager[sqlite3.Connection]:
        """Lend a connection that can only read; each statement sees everything that was committed before it."""
        return _Lent(self._take, self._give_back)

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection whose statements all see one moment of the database."""
        with self.read() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Lend the writing connection inside one transaction: durable when the block ends, undone when it raises. Never nest it."""
        deadline = time.monotonic() + self._busy_seconds
        with _translated():
            if not self._lock.acquire(timeout=self._busy_seconds):
                raise StoreUnavailable(_UNAVAILABLE[sqlite3.SQLITE_BUSY])
            try:
                connection = self._begin(deadline)
                try:
                    yield connection
                    connection.execute("COMMIT")
                except BaseException as error:
                    self._abandon(connection, error)
                    raise
            finally:
                self._lock.release()

    def tidy(self) -> None:
        """Let go of what was deleted: its words in the search index, and its pages in the write-ahead log. For the hourly clean-up."""
        self._merge()
        self._fold()

    def _fold(self) -> None:
        """Fold the write-ahead log into the file and empty it; somebody who reads just now puts it off until the next time."""
        with _translated(), self._lock:
            if self._closed:
                raise StoreUnavailable(_UNAVAILABLE[sqlite3.SQLITE_CANTOPEN])
            if self._writer is None:
                self._writer = self._connect(writing=True)
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _merge(self) -> None:
        """Merge the search index if something was deleted from it, in steps between which others can write."""
        with self.read() as connection:
            if connection.execute("SELECT 1 FROM chores WHERE name = 'merge'").fetchone() is None:
                return
        step = -_MERGE_PAGES  # the first step begins a merge of everything, the following ones go on with it
        while True:
            with self.write() as connection:
                connection.execute("DELETE FROM chores WHERE name = 'merge'")
                before = connection.total_changes
                connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)", (step,))
                if connection.total_changes - before < _MERGED_SOMETHING:
                    return
            step = _MERGE_PAGES

    def check(self) -> str:
        """Return one sentence on the database's state. Raises StoreUnavailable if it cannot be used."""
        with self.read() as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        return f"SQLite {sqlite3.sqlite_version}, schema {version}, {self.path}"

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it. Further use raises StoreUnavailable; closing twice is fine."""
        with self._lock, self._pool_lock:
            self._closed = True
            connections, self._idle = [*self._idle], []
            if self._writer is not None:
                with suppress(sqlite3.Error):  # nothing is lost: the log is read again at the next opening
                    self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connections.append(self._writer)
                self._writer = None
            for connection in connections:
                connection.close()
        self._turnstile.close()

    def _create(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            self.path.chmod(0o600)
        except OSError as error:
            raise StoreUnavailable(f"The database file {self.path} cannot be opened: {error.strerror}.") from error

    def _connect(self, *, writing: bool) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=0 if writing else self._busy_seconds, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            connection.row_factory = sqlite3.Row
            self._use_wal(connection)
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA secure_delete=ON")  # a deleted person's words do not stay in the file's free space
            connection.execute("PRAGMA journal_size_limit=67108864")
            connection.execute("PRAGMA cache_size=-16000" if writing else "PRAGMA cache_size=-4000")
            if not writing:
                connection.execute("PRAGMA query_only=ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _use_wal(self, connection: sqlite3.Connection) -> None:
        # Changing the journal mode answers "busy" at once, whatever the timeout, while another process does the same.
        deadline = time.monotonic() + self._busy_seconds
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if (error.sqlite_errorcode & 0xFF) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(_POLL_SECONDS)
            else:
                return

    def _begin(self, deadline: float) -> sqlite3.Connection:
        if self._closed:
            raise StoreUnavailable(_UNAVAILABLE[sqlite3.SQLITE_CANTOPEN])
        if self._writer is None:
            self._writer = self._connect(writing=True)
        with self._turnstile.passing(deadline):
            while True:
                try:
                    self._writer.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    if (error.sqlite_errorcode & 0xFF) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                        raise
                    time.sleep(_POLL_SECONDS)
                else:
                    return self._writer

    def _abandon(self, connection: sqlite3.Connection, error: BaseException) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._drop_writer()
        if isinstance(error, sqlite3.Error) and problem_of(error) is not None:
            self._drop_writer()  # a fresh connection may work again once there is room, or the file is back

    def _drop_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _take(self) -> sqlite3.Connection:
        with self._pool_lock:
            if self._closed:
                raise StoreUnavailable(_UNAVAILABLE[sqlite3.SQLITE_CANTOPEN])
            if self._idle:
                return self._idle.pop()
        return self._connect(writing=False)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._pool_lock:
            if not self._closed and len(self._idle) < _IDLE_READERS:
                self._idle.append(connection)
                return
        connection.close()


class _Lent:
    """A lent connection. Written out, because a generator as context manager takes longer than reading a row does."""

    __slots__ = ("_connection", "_give_back", "_take")

    def __init__(self, take: Callable[[], sqlite3.Connection], give_back: Callable[[sqlite3.Connection], None]) -> None:
        self._take = take
        self._give_back = give_back

    def __enter__(self) -> sqlite3.Connection:
        try:
            self._connection = self._take()
        except sqlite3.Error as error:
            _translate(error)
            raise
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, sqlite3.Error):
            self._connection.close()
        else:
            self._give_back(self._connection)
        if error is not None:
            _translate(error)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, UnicodeEncodeError) as error:
        _translate(error)
        raise


def _translate(error: BaseException) -> None:
    """Raise what an error of SQLite's is above the stores; return if it is not the storage's fault."""
    if isinstance(error, sqlite3.Error):
        problem = problem_of(error)
        if problem is not None:
            raise problem from error
    if isinstance(error, UnicodeEncodeError):
        # Half of a surrogate pair, which JSON can carry and no database can store.
        message = "The text contains characters that cannot be stored."
        raise ValidationFailed([FieldProblem("text", message)]) from error
