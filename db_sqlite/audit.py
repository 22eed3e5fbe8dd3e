"""The audit trail in SQLite (contract: `auth.ports.AuditStore`)."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from auth.models import AuditEvent
from core.clock import to_iso
from core.records import from_record, to_record
from db_sqlite.database import SqliteDatabase
from db_sqlite.rows import insert_many

_LATEST = "9"  # sorts behind every time that to_iso writes

_TRIM_BATCH = 1000
_FIRST_TOO_MANY = "SELECT at, rowid FROM audit WHERE user_id = '' AND actor_id = '' ORDER BY at DESC, rowid DESC LIMIT 1 OFFSET ?"
_TRIM = """
DELETE FROM audit WHERE rowid IN (
    SELECT rowid FROM audit WHERE user_id = '' AND actor_id = '' AND (at < :before OR (at, rowid) <= (:at, :row)) LIMIT :batch
)"""


def add_events(connection: sqlite3.Connection, events: Sequence[AuditEvent]) -> None:
    """Append events within the caller's transaction."""
    insert_many(connection, "audit", [to_record(event) for event in events], on_conflict="ON CONFLICT (id) DO NOTHING")


class SqliteAudit:
    """The audit trail of this database."""

    def __init__(self, database: SqliteDatabase) -> None:
        """Use `database`."""
        self._database = database

    def append(self, events: Sequence[AuditEvent]) -> None:
        """Store events."""
        if not events:
            return
        with self._database.write() as connection:
            add_events(connection, events)

    def of_user(self, user_id: str, *, before: datetime | None, limit: int) -> list[AuditEvent]:
        """Return the newest events about a person."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM audit WHERE user_id = ? AND at < ? ORDER BY at DESC, rowid DESC LIMIT ?",
                (user_id, to_iso(before) if before else _LATEST, limit),
            )
            return [from_record(AuditEvent, row) for row in rows]

    def recent(self, *, name_prefix: str, before: datetime | None, limit: int) -> list[AuditEvent]:
        """Return the newest events of everybody whose name starts with `name_prefix`."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM audit WHERE at < ? AND substr(name, 1, ?) = ? ORDER BY at DESC, rowid DESC LIMIT ?",
                (to_iso(before) if before else _LATEST, len(name_prefix), name_prefix, limit),
            )
            return [from_record(AuditEvent, row) for row in rows]

    def trim_nobodys(self, *, before: datetime, keep: int) -> int:
        """Remove old events of nobody, and all but the newest `keep`, in batches that let others write in between."""
        with self._database.read() as connection:
            at, row = connection.execute(_FIRST_TOO_MANY, (keep,)).fetchone() or ("", 0)
        removed = 0
        while True:
            with self._database.write() as connection:
                count = connection.execute(_TRIM, {"before": to_iso(before), "at": at, "row": row, "batch": _TRIM_BATCH}).rowcount
            removed += count
            if count < _TRIM_BATCH:
                return removed

    def delete_all_of(self, user_id: str) -> None:
        """Remove every event about this person, and their name, address and browser from events about others."""
        if not user_id:
            return
        with self._database.write() as connection:
            connection.execute("DELETE FROM audit WHERE user_id = ?", (user_id,))
            connection.execute("UPDATE audit SET actor_id = '', ip = '', user_agent = '' WHERE actor_id = ?", (user_id,))
