"""Sessions in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from auth.memory.state import Memory, later
from auth.models import AuditEvent, Session
from auth.ports import RefreshMatch
from mail.models import Letter


class MemorySessions:
    """`auth.ports.SessionStore` in memory."""

    def __init__(self, memory: Memory) -> None:
        """Share `memory` with the other stores."""
        self._memory = memory

    def add(self, session: Session, *, letters: Sequence[Letter] = (), events: Sequence[AuditEvent] = ()) -> None:
        """Store a new session and the account's last login."""
        with self._memory.lock:
            self._memory.sessions[session.id] = session
            if session.refresh_hash:
                self._memory.refresh[session.refresh_hash] = session.id
            user = self._memory.users.get(session.user_id)
            if user is not None:
                self._memory.users[user.id] = replace(user, last_login_at=later(user.last_login_at, session.created_at))
            self._memory.also((), letters, events)

    def get(self, session_id: str) -> Session | None:
        """Return the session, dead ones included, or None."""
        return self._memory.sessions.get(session_id)

    def by_cookie(self, cookie_hash: str) -> Session | None:
        """Return the session with this cookie."""
        with self._memory.lock:
            found = (s for s in self._memory.sessions.values() if s.cookie_hash == cookie_hash)
            return next(found, None) if cookie_hash else None

    def by_refresh(self, refresh_hash: str) -> RefreshMatch | None:
        """Return the session that this refresh token was ever issued for."""
        with self._memory.lock:
            session = self._memory.sessions.get(self._memory.refresh.get(refresh_hash, ""))
        if session is None or not refresh_hash:
            return None
        age = {session.refresh_hash: 0, session.previous_refresh_hash: 1}.get(refresh_hash, 2)
        return RefreshMatch(session=session, age=age)

    def rotate(self, session_id: str, *, expected_hash: str, new_hash: str, at: datetime, idle_expires_at: datetime) -> bool:
        """Replace the refresh token if the expected one is current."""
        with self._memory.lock:
            session = self._memory.sessions.get(session_id)
            if session is None or session.revoked_at is not None or session.refresh_hash != expected_hash:
                return False
            self._memory.refresh[new_hash] = session_id
            self._memory.sessions[session_id] = replace(
                session,
                refresh_hash=new_hash,
                previous_refresh_hash=expected_hash,
                rotated_at=at,
                last_seen_at=max(session.last_seen_at, at),
                idle_expires_at=max(session.idle_expires_at, idle_expires_at),
            )
            return True

    def set_cookie(self, session_id: str, cookie_hash: str) -> bool:
        """Give the session a new cookie."""
        return self._change(session_id, lambda session: replace(session, cookie_hash=cookie_hash))

    def set_authenticated(self, session_id: str, at: datetime) -> None:
        """Record a new proof of identity."""
        self._change(session_id, lambda session: replace(session, authenticated_at=at))

    def touch(self, session_id: str, *, at: datetime, idle_expires_at: datetime, ip: str) -> None:
        """Record use."""

        def used(session: Session) -> Session:
            if at >= min(session.idle_expires_at, session.expires_at):
                return session
            return replace(
                session,
                last_seen_at=max(session.last_seen_at, at),
                idle_expires_at=max(session.idle_expires_at, idle_expires_at),
                ip=ip,
            )

        self._change(session_id, used)

    def revoke(self, session_id: str, *, at: datetime, reason: str) -> bool:
        """End one session."""
        with self._memory.lock:
            session = self._memory.sessions.get(session_id)
            if session is None or at >= min(session.idle_expires_at, session.expires_at):
                return False
            return self._change(session_id, lambda alive: replace(alive, revoked_at=at, revoked_reason=reason))

    def revoke_all(self, user_id: str, *, at: datetime, reason: str, keep: str = "") -> int:
        """End all sessions of a person but one."""
        with self._memory.lock:
            wanted = [s.id for s in self._memory.sessions.values() if s.user_id == user_id and s.id != keep]
            return sum(self.revoke(session_id, at=at, reason=reason) for session_id in wanted)

    def alive(self, user_id: str, *, now: datetime) -> list[Session]:
        """Return the living sessions, most recently seen first."""
        with self._memory.lock:
            found = [
                s
                for s in self._memory.sessions.values()
                if s.user_id == user_id and s.revoked_at is None and now < s.idle_expires_at and now < s.expires_at
            ]
        return sorted(found, key=lambda s: (s.last_seen_at, s.id), reverse=True)

    def revoke_everyone(self, *, at: datetime, reason: str) -> int:
        """End every session of everybody."""
        with self._memory.lock:
            return sum(self.revoke(session_id, at=at, reason=reason) for session_id in list(self._memory.sessions))

    def delete_expired(self, *, before: datetime) -> int:
        """Remove sessions that ended before a time."""
        with self._memory.lock:
            gone = [
                s.id
                for s in self._memory.sessions.values()
                if min(s.idle_expires_at, s.expires_at) < before or (s.revoked_at is not None and s.revoked_at < before)
            ]
            self._remove(gone)
            return len(gone)

    def delete_all_of(self, user_id: str) -> None:
        """Remove every session of this person."""
        with self._memory.lock:
            self._remove([s.id for s in self._memory.sessions.values() if s.user_id == user_id])

    def _change(self, session_id: str, change: Callable[[Session], Session]) -> bool:
        with self._memory.lock:
            session = self._memory.sessions.get(session_id)
            if session is None or session.revoked_at is not None:
                return False
            self._memory.sessions[session_id] = change(session)
            return True

    def _remove(self, session_ids: Sequence[str]) -> None:
        for session_id in session_ids:
            del self._memory.sessions[session_id]
        self._memory.refresh = {key: sid for key, sid in self._memory.refresh.items() if sid in self._memory.sessions}
