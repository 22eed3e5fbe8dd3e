"""Letters waiting to leave, in SQLite (contract: `mail.ports.Outbox`)."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from core.clock import from_iso, to_iso
from core.records import Record, from_record, to_record
from db_sqlite.database import SqliteDatabase
from db_sqlite.rows import insert
from mail.models import Letter, LetterState, OutboxEntry

WAITING, SENT, DEAD = LetterState.WAITING.value, LetterState.SENT.value, LetterState.DEAD.value


def add_letters(connection: sqlite3.Connection, letters: Sequence[Letter]) -> None:
    """Put letters into the outbox within the caller's transaction; known ids are ignored."""
    for letter in letters:
        insert(connection, "outbox", waiting(letter), on_conflict="ON CONFLICT (id) DO NOTHING")


def waiting(letter: Letter) -> Record:
    """Return the row of a letter that nobody has tried to send yet: due since it was written."""
    return to_record(letter) | {
        "state": WAITING,
        "attempts": 0,
        "next_try_at": to_iso(letter.created_at),
        "leased_until": None,
        "last_error": "",
        "sent_at": None,
    }


class SqliteOutbox:
    """The outbox of this database."""

    def __init__(self, database: SqliteDatabase) -> None:
        """Use `database`."""
        self._database = database

    def add(self, letters: Sequence[Letter]) -> None:
        """Store letters that belong to no other write."""
        if not letters:
            return
        with self._database.write() as connection:
            add_letters(connection, letters)

    def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> list[OutboxEntry]:
        """Lease the oldest letters that are due."""
        due = "state = 'waiting' AND next_try_at <= :now AND (leased_until IS NULL OR leased_until <= :now)"
        arguments = {"now": to_iso(now), "until": to_iso(lease_until), "limit": limit}
        # A worker polls every second: only a reader looks as long as there is nothing to do.
        with self._database.read() as connection:
            if connection.execute(f"SELECT 1 FROM outbox WHERE {due} LIMIT 1", arguments).fetchone() is None:  # noqa: S608 - a constant
                return []
        with self._database.write() as connection:
            rows = connection.execute(
                f"""UPDATE outbox SET leased_until = :until, attempts = attempts + 1
                    WHERE id IN (SELECT id FROM outbox WHERE {due} ORDER BY created_at, id LIMIT :limit) RETURNING *""",  # noqa: S608 - a constant
                arguments,
            ).fetchall()
        return [_entry(row) for row in sorted(rows, key=lambda row: (row["created_at"], row["id"]))]

    def mark_sent(self, letter_id: str, *, at: datetime) -> bool:
        """Mark as sent and erase the letter's data; False if it was removed meanwhile."""
        with self._database.write() as connection:
            changed = connection.execute(
                "UPDATE outbox SET state = 'sent', sent_at = ?, leased_until = NULL, last_error = '', data = '{}' WHERE id = ?",
                (to_iso(at), letter_id),
            ).rowcount
        return changed == 1

    def mark_failed(self, letter_id: str, *, error: str, next_try_at: datetime | None) -> None:
        """End the lease; try again at `next_try_at`, or never."""
        with self._database.write() as connection:
            connection.execute(
                """UPDATE outbox SET state = ?, next_try_at = coalesce(?, next_try_at), leased_until = NULL, last_error = ?
                   WHERE id = ? AND state = 'waiting'""",
                (DEAD if next_try_at is None else WAITING, to_iso(next_try_at) if next_try_at else None, error, letter_id),
            )

    def counts(self) -> Mapping[LetterState, int]:
        """Return how many letters are in each state."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
        return dict.fromkeys(LetterState, 0) | {LetterState(state): count for state, count in rows}

    def entries(self, *, state: LetterState, limit: int) -> list[OutboxEntry]:
        """Return the newest letters in `state`."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM outbox WHERE state = ? ORDER BY created_at DESC, id DESC LIMIT ?", (state.value, limit)
            )
            return [_entry(row) for row in rows]

    def retry_dead(self, *, now: datetime) -> int:
        """Make every dead letter waiting and due."""
        with self._database.write() as connection:
            return connection.execute(
                "UPDATE outbox SET state = 'waiting', attempts = 0, next_try_at = ?, leased_until = NULL WHERE state = 'dead'",
                (to_iso(now),),
            ).rowcount

    def delete_all_of(self, user_id: str) -> None:
        """Remove every letter of this person."""
        if not user_id:
            return
        with self._database.write() as connection:
            connection.execute("DELETE FROM outbox WHERE user_id = ?", (user_id,))

    def delete_sent(self, *, before: datetime) -> int:
        """Remove letters sent before `before`."""
        with self._database.write() as connection:
            return connection.execute("DELETE FROM outbox WHERE state = 'sent' AND sent_at < ?", (to_iso(before),)).rowcount


def _entry(row: sqlite3.Row) -> OutboxEntry:
    return OutboxEntry(
        letter=from_record(Letter, row),
        state=LetterState(row["state"]),
        attempts=row["attempts"],
        next_try_at=from_iso(row["next_try_at"]),
        leased_until=from_iso(row["leased_until"]) if row["leased_until"] else None,
        last_error=row["last_error"],
        sent_at=from_iso(row["sent_at"]) if row["sent_at"] else None,
    )
