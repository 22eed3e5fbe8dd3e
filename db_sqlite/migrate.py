"""Numbered migrations: `migrations/0001_….sql` and so on, each applied once, all of them in one transaction under the writers' lock."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import ConfigurationError

if TYPE_CHECKING:
    from db_sqlite.database import SqliteDatabase

FOLDER = Path(__file__).parent / "migrations"


def latest(folder: Path = FOLDER) -> int:
    """Return the number of the newest migration."""
    return max((number for number, _ in _scripts(folder)), default=0)


def migrate(database: "SqliteDatabase", folder: Path = FOLDER) -> None:
    """Bring the schema up to date. Raises ConfigurationError for a file of a newer version or of another program."""
    with database.read() as connection:
        if _version(connection) == latest(folder):
            return
    with database.write() as connection:
        current = _version(connection)
        _refuse_foreign(connection, current, database.path, folder)
        for number, path in _scripts(folder):
            if number > current:
                for statement in statements(path.read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version={number:d}")


def statements(script: str) -> Iterator[str]:
    """Split a script into its statements (`executescript` would commit the transaction we are in)."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if pending.strip() and not all(line.startswith("--") or not line.strip() for line in pending.splitlines()):
        msg = f"a migration ends in the middle of a statement: {pending.strip()[:80]}"
        raise ValueError(msg)


def _scripts(folder: Path) -> list[tuple[int, Path]]:
    return sorted((int(path.name.split("_", 1)[0]), path) for path in folder.glob("[0-9]*_*.sql"))


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_foreign(connection: sqlite3.Connection, current: int, path: Path, folder: Path) -> None:
    newest = latest(folder)
    if current > newest:
        seen = f"schema {current}, this version knows {newest}"
        msg = f"{path} was written by a newer version of Viva ({seen}): update Viva, or use another file."
        raise ConfigurationError(msg)
    if current == 0 and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        msg = f"{path} is a database of another program: set DATABASE_URL or DATA_DIR to another place."
        raise ConfigurationError(msg)
