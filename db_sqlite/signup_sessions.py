"""Sign-up conversations in SQLite (contract: `signup.ports.SessionStore`)."""

from datetime import datetime

from core.clock import to_iso
from core.records import from_record, to_record
from db_sqlite.database import SqliteDatabase
from db_sqlite.rows import assignments, insert
from signup.models import SignupSession


class SqliteSignupSessions:
    """The sign-up conversations of this database."""

    def __init__(self, database: SqliteDatabase) -> None:
        """Use `database`."""
        self._database = database

    def create(self, session: SignupSession) -> None:
        """Store a new conversation."""
        with self._database.write() as connection:
            insert(connection, "signup_sessions", to_record(session))

    def get(self, session_id: str) -> SignupSession | None:
        """Return the conversation, expired or not."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM signup_sessions WHERE id = ?", (session_id,)).fetchone()
        return from_record(SignupSession, row) if row else None

    def replace(self, session: SignupSession) -> bool:
        """Store `session` if the stored version is the one before it."""
        row = to_record(session)
        sql = f"UPDATE signup_sessions SET {assignments(tuple(row))} WHERE id = ? AND version = ?"  # noqa: S608 - our own column names
        with self._database.write() as connection:
            return connection.execute(sql, (*row.values(), session.id, session.version - 1)).rowcount == 1

    def delete(self, session_id: str) -> None:
        """Remove the conversation if it is there."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM signup_sessions WHERE id = ?", (session_id,))

    def delete_all_of(self, user_id: str) -> None:
        """Remove the conversations that ended with this account."""
        if not user_id:
            return
        with self._database.write() as connection:
            connection.execute("DELETE FROM signup_sessions WHERE user_id = ?", (user_id,))

    def delete_expired(self, *, before: datetime) -> int:
        """Remove conversations that expired before `before`."""
        with self._database.write() as connection:
            return connection.execute("DELETE FROM signup_sessions WHERE expires_at < ?", (to_iso(before),)).rowcount
