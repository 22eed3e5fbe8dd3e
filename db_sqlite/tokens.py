"""One-time tokens in SQLite (contract: `auth.ports.TokenStore`)."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from auth.models import AuditEvent, OneTimeToken, Purpose
from core.clock import to_iso
from core.records import from_record, to_record
from db_sqlite.audit import add_events
from db_sqlite.database import SqliteDatabase
from db_sqlite.outbox import add_letters
from db_sqlite.rows import insert
from mail.models import Letter


def add_tokens(connection: sqlite3.Connection, tokens: Sequence[OneTimeToken]) -> None:
    """Store tokens within the caller's transaction."""
    for token in tokens:
        insert(connection, "tokens", to_record(token))


class SqliteTokens:
    """The one-time tokens of this database."""

    def __init__(self, database: SqliteDatabase) -> None:
        """Use `database`."""
        self._database = database

    def add(self, token: OneTimeToken, *, letters: Sequence[Letter] = (), events: Sequence[AuditEvent] = ()) -> None:
        """Store a new token."""
        with self._database.write() as connection:
            add_tokens(connection, [token])
            add_letters(connection, letters)
            add_events(connection, events)

    def get(self, purpose: Purpose, token_hash: str) -> OneTimeToken | None:
        """Return the token, used or expired ones included."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM tokens WHERE purpose = ? AND hash = ?", (purpose.value, token_hash)).fetchone()
        return from_record(OneTimeToken, row) if row else None

    def take(self, purpose: Purpose, token_hash: str, *, now: datetime) -> OneTimeToken | None:
        """Use the token up: of any number of callers one gets it."""
        known = self.get(purpose, token_hash)
        if known is None or known.used_at is not None or known.expires_at <= now:
            return None  # guesses cost no write
        with self._database.write() as connection:
            row = connection.execute(
                """UPDATE tokens SET used_at = :now
                   WHERE purpose = :purpose AND hash = :hash AND used_at IS NULL AND expires_at > :now RETURNING *""",
                {"now": to_iso(now), "purpose": purpose.value, "hash": token_hash},
            ).fetchone()
        return from_record(OneTimeToken, row) if row else None

    def void(self, user_id: str, purpose: Purpose, *, now: datetime) -> None:
        """Use up every token of this person and purpose."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE tokens SET used_at = ? WHERE user_id = ? AND purpose = ? AND used_at IS NULL", (to_iso(now), user_id, purpose.value)
            )

    def pending(self, purpose: Purpose, *, now: datetime, limit: int) -> list[OneTimeToken]:
        """Return unused, unexpired tokens of a purpose, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                """SELECT * FROM tokens WHERE purpose = ? AND used_at IS NULL AND expires_at > ?
                   ORDER BY created_at DESC, hash DESC LIMIT ?""",
                (purpose.value, to_iso(now), limit),
            )
            return [from_record(OneTimeToken, row) for row in rows]

    def delete_expired(self, *, before: datetime) -> int:
        """Remove tokens that expired before `before`."""
        with self._database.write() as connection:
            return connection.execute("DELETE FROM tokens WHERE expires_at < ?", (to_iso(before),)).rowcount

    def delete_all_of(self, user_id: str) -> None:
        """Remove every token of this person."""
        if not user_id:
            return
        with self._database.write() as connection:
            connection.execute("DELETE FROM tokens WHERE user_id = ?", (user_id,))
