"""Logins in SQLite (contract: `auth.ports.SessionStore`)."""

from collections.abc import Sequence
from datetime import datetime

from auth.models import AuditEvent, Session
from auth.ports import RefreshMatch
from core.clock import to_iso
from core.records import from_record, to_record
from db_sqlite.audit import add_events
from db_sqlite.database import SqliteDatabase
from db_sqlite.outbox import add_letters
from db_sqlite.rows import insert, remembered
from mail.models import Letter

_ALIVE = "revoked_at IS NULL AND idle_expires_at > :at AND expires_at > :at"
_KNOWN = "ON CONFLICT (refresh_hash) DO NOTHING"


class SqliteSessions:
    """The logins of this database."""

    def __init__(self, database: SqliteDatabase) -> None:
        """Use `database`."""
        self._database = database

    def add(self, session: Session, *, letters: Sequence[Letter] = (), events: Sequence[AuditEvent] = ()) -> None:
        """Store a new session and move the account's last login."""
        digests = {session.refresh_hash, session.previous_refresh_hash} - {""}
        with self._database.write() as connection:
            insert(connection, "sessions", to_record(session))
            for refresh_hash in digests:
                insert(connection, "session_refresh", {"refresh_hash": refresh_hash, "session_id": session.id}, on_conflict=_KNOWN)
            connection.execute(
                "UPDATE users SET last_login_at = max(coalesce(last_login_at, ''), ?) WHERE id = ?",
                (to_iso(session.created_at), session.user_id),
            )
            add_letters(connection, letters)
            add_events(connection, events)

    def get(self, session_id: str) -> Session | None:
        """Return the session, revoked or expired ones included."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM sessions WHERE id = ?", (session_id,)).fetchone()
        return remembered(Session, row) if row else None

    def by_cookie(self, cookie_hash: str) -> Session | None:
        """Return the session whose current cookie has this digest."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM sessions WHERE cookie_hash = ? AND cookie_hash <> ''", (cookie_hash,)).fetchone()
        return remembered(Session, row) if row else None

    def by_refresh(self, refresh_hash: str) -> RefreshMatch | None:
        """Return the session that this refresh token was ever issued for."""
        if not refresh_hash:
            return None
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT s.* FROM session_refresh AS r JOIN sessions AS s ON s.id = r.session_id WHERE r.refresh_hash = ?", (refresh_hash,)
            ).fetchone()
        if row is None:
            return None
        session = from_record(Session, row)
        issued = [session.refresh_hash, session.previous_refresh_hash, refresh_hash]
        return RefreshMatch(session=session, age=issued.index(refresh_hash))

    def rotate(self, session_id: str, *, expected_hash: str, new_hash: str, at: datetime, idle_expires_at: datetime) -> bool:
        """Make `new_hash` current, only if `expected_hash` is."""
        with self._database.write() as connection:
            changed = connection.execute(
                """UPDATE sessions SET refresh_hash = :new, previous_refresh_hash = :expected, rotated_at = :at,
                       last_seen_at = max(last_seen_at, :at), idle_expires_at = max(idle_expires_at, :idle)
                   WHERE id = :id AND refresh_hash = :expected AND revoked_at IS NULL""",
                {"new": new_hash, "expected": expected_hash, "at": to_iso(at), "idle": to_iso(idle_expires_at), "id": session_id},
            ).rowcount
            if changed:
                insert(connection, "session_refresh", {"refresh_hash": new_hash, "session_id": session_id}, on_conflict=_KNOWN)
        return bool(changed)

    def set_cookie(self, session_id: str, cookie_hash: str) -> bool:
        """Give the session a new cookie."""
        with self._database.write() as connection:
            sql = "UPDATE sessions SET cookie_hash = ? WHERE id = ? AND revoked_at IS NULL"
            return bool(connection.execute(sql, (cookie_hash, session_id)).rowcount)

    def set_authenticated(self, session_id: str, at: datetime) -> None:
        """Record that the person proved who they are."""
        with self._database.write() as connection:
            connection.execute("UPDATE sessions SET authenticated_at = max(authenticated_at, ?) WHERE id = ?", (to_iso(at), session_id))

    def touch(self, session_id: str, *, at: datetime, idle_expires_at: datetime, ip: str) -> None:
        """Record use; times never move backwards."""
        with self._database.write() as connection:
            connection.execute(
                """UPDATE sessions SET last_seen_at = max(last_seen_at, ?), idle_expires_at = max(idle_expires_at, ?), ip = ?
                   WHERE id = ? AND revoked_at IS NULL""",
                (to_iso(at), to_iso(idle_expires_at), ip, session_id),
            )

    def revoke(self, session_id: str, *, at: datetime, reason: str) -> bool:
        """End one session; False if it was not alive."""
        return self._revoke("id = :id", {"id": session_id}, at=at, reason=reason) == 1

    def revoke_all(self, user_id: str, *, at: datetime, reason: str, keep: str = "") -> int:
        """End all sessions of a person but `keep`."""
        return self._revoke("user_id = :user AND id <> :keep", {"user": user_id, "keep": keep}, at=at, reason=reason)

    def alive(self, user_id: str, *, now: datetime) -> list[Session]:
        """Return the living sessions, most recently seen first."""
        sql = f"SELECT * FROM sessions WHERE user_id = :user AND {_ALIVE} ORDER BY last_seen_at DESC, id DESC"  # noqa: S608 - a constant
        with self._database.read() as connection:
            return [from_record(Session, row) for row in connection.execute(sql, {"user": user_id, "at": to_iso(now)})]

    def revoke_everyone(self, *, at: datetime, reason: str) -> int:
        """End every session of everybody."""
        return self._revoke("TRUE", {}, at=at, reason=reason)

    def delete_expired(self, *, before: datetime) -> int:
        """Remove sessions that ended before `before`."""
        with self._database.write() as connection:
            return connection.execute(
                "DELETE FROM sessions WHERE expires_at < :before OR idle_expires_at < :before OR revoked_at < :before",
                {"before": to_iso(before)},
            ).rowcount

    def delete_all_of(self, user_id: str) -> None:
        """Remove every session of this person."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM sessions WHERE user_id = ?", (user_id,))

    def _revoke(self, which: str, arguments: dict[str, str], *, at: datetime, reason: str) -> int:
        """Revoke what is not revoked; count what was alive (an expired session is marked too, so that nothing can revive it)."""
        values = arguments | {"at": to_iso(at), "reason": reason}
        change = f"UPDATE sessions SET revoked_at = :at, revoked_reason = :reason WHERE {which} AND "  # noqa: S608 - `which` is ours
        with self._database.write() as connection:
            ended = connection.execute(change + _ALIVE, values).rowcount
            connection.execute(change + "revoked_at IS NULL", values)
        return ended
