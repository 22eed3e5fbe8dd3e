"""Accounts in SQLite (contract: `auth.ports.AccountStore`)."""

import sqlite3
from collections.abc import Sequence

from auth.errors import EmailTaken, UsernameTaken
from auth.models import AuditEvent, OneTimeToken, Role, User
from core.records import Record, from_record, to_record
from db_sqlite.audit import add_events
from db_sqlite.database import SqliteDatabase
from db_sqlite.outbox import add_letters
from db_sqlite.rows import assignments, insert, remembered
from db_sqlite.tokens import add_tokens
from mail.models import Letter


class SqliteAccounts:
    """The accounts of this database."""

    def __init__(self, database: SqliteDatabase) -> None:
        """Use `database`."""
        self._database = database

    def add(
        self,
        user: User,
        *,
        tokens: Sequence[OneTimeToken] = (),
        letters: Sequence[Letter] = (),
        events: Sequence[AuditEvent] = (),
    ) -> None:
        """Store a new account."""
        with self._database.write() as connection:
            _refuse_taken(connection, user)
            insert(connection, "users", _row(user))
            add_tokens(connection, tokens)
            add_letters(connection, letters)
            add_events(connection, events)

    def get(self, user_id: str) -> User | None:
        """Return the account."""
        return self._one("SELECT * FROM users WHERE id = ?", user_id)

    def by_email(self, email_key: str) -> User | None:
        """Return the account with this e-mail key."""
        return self._one("SELECT * FROM users WHERE email_key = ?", email_key)

    def by_username(self, username_key: str) -> User | None:
        """Return the account with this username key."""
        return self._one("SELECT * FROM users WHERE username_key = ?", username_key)

    def replace(
        self,
        user: User,
        *,
        tokens: Sequence[OneTimeToken] = (),
        letters: Sequence[Letter] = (),
        events: Sequence[AuditEvent] = (),
    ) -> bool:
        """Store `user` if the stored version is the one before it."""
        row = _row(user)
        last_login = row.pop("last_login_at")
        sql = (
            f"UPDATE users SET {assignments(tuple(row))}, "  # noqa: S608 - our own column names; values are bound
            "last_login_at = nullif(max(coalesce(last_login_at, ''), coalesce(?, '')), '') WHERE id = ? AND version = ?"
        )
        with self._database.write() as connection:
            found = connection.execute("SELECT 1 FROM users WHERE id = ? AND version = ?", (user.id, user.version - 1)).fetchone()
            if found is None:
                return False
            _refuse_taken(connection, user)
            connection.execute(sql, (*row.values(), last_login, user.id, user.version - 1))
            add_tokens(connection, tokens)
            add_letters(connection, letters)
            add_events(connection, events)
        return True

    def delete(self, user_id: str) -> None:
        """Remove the account row."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM users WHERE id = ?", (user_id,))

    def search(self, text: str, *, after: str, limit: int) -> list[User]:
        """Return accounts that contain `text`, ordered by id."""
        with self._database.read() as connection:
            rows = connection.execute(
                """SELECT * FROM users WHERE id > :after AND
                       (instr(email_key, :text) OR instr(username_key, :text) OR instr(name_key, :text)) ORDER BY id LIMIT :limit""",
                {"after": after, "text": text.casefold(), "limit": limit},
            )
            return [from_record(User, row) for row in rows]

    def count(self, *, role: Role | None = None) -> int:
        """Return how many accounts there are, or how many usable ones of a role."""
        with self._database.read() as connection:
            if role is None:
                return int(connection.execute("SELECT count(*) FROM users").fetchone()[0])
            sql = "SELECT count(*) FROM users WHERE role = ? AND is_active AND deleted_at IS NULL"
            return int(connection.execute(sql, (role.value,)).fetchone()[0])

    def marked_deleted(self, *, limit: int) -> list[User]:
        """Return accounts whose deletion was interrupted."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM users WHERE deleted_at IS NOT NULL ORDER BY id LIMIT ?", (limit,))
            return [from_record(User, row) for row in rows]

    def _one(self, sql: str, value: str) -> User | None:
        with self._database.read() as connection:
            row = connection.execute(sql, (value,)).fetchone()
        return remembered(User, row) if row else None


def _row(user: User) -> Record:
    return to_record(user) | {"name_key": user.full_name.casefold()}


def _refuse_taken(connection: sqlite3.Connection, user: User) -> None:
    # Nobody else can write between this look and our write, so it decides; the unique indexes are the net below it.
    if connection.execute("SELECT 1 FROM users WHERE email_key = ? AND id <> ?", (user.email_key, user.id)).fetchone():
        raise EmailTaken
    if connection.execute("SELECT 1 FROM users WHERE username_key = ? AND id <> ?", (user.username_key, user.id)).fetchone():
        raise UsernameTaken
