"""Logins in MongoDB (contract: `auth.ports.SessionStore`).

A session document holds its current and its previous refresh digest; older ones stand in `session_refresh`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pymongo.database import Database

from auth.models import AuditEvent, Session
from auth.ports import RefreshMatch
from core.clock import from_iso, to_iso
from db_mongo.attached import event_items, insert_missing, letter_items, settle_quietly
from db_mongo.database import Document, MongoDatabase
from db_mongo.documents import from_document, purge_at, to_document
from mail.models import Letter


class MongoSessions:
    """The logins of this database."""

    def __init__(self, database: MongoDatabase) -> None:
        """Use `database`."""
        self._database = database

    def add(self, session: Session, *, letters: Sequence[Letter] = (), events: Sequence[AuditEvent] = ()) -> None:
        """Store a new session and move the account's last login."""
        document = session_document(session) | {"attached": [*letter_items(letters), *event_items(events)]}
        with self._database.using() as db:
            db["sessions"].insert_one(document)
            db["users"].update_one({"_id": session.user_id}, {"$max": {"last_login_at": to_iso(session.created_at)}})
        settle_quietly(self._database, "sessions", [document])

    def get(self, session_id: str) -> Session | None:
        """Return the session, revoked or expired ones included."""
        return self._one({"_id": session_id})

    def by_cookie(self, cookie_hash: str) -> Session | None:
        """Return the session whose current cookie has this digest."""
        return self._one({"cookie_hash": cookie_hash}) if cookie_hash else None

    def by_refresh(self, refresh_hash: str) -> RefreshMatch | None:
        """Return the session that this refresh token was ever issued for."""
        if not refresh_hash:
            return None
        for age, field in enumerate(("refresh_hash", "previous_refresh_hash")):
            session = self._one({field: refresh_hash})
            if session is not None:
                return RefreshMatch(session=session, age=age)
        with self._database.using() as db:
            older = db["session_refresh"].find_one({"_id": refresh_hash})
        session = self.get(older["session_id"]) if older else None
        return RefreshMatch(session=session, age=2) if session else None

    def rotate(self, session_id: str, *, expected_hash: str, new_hash: str, at: datetime, idle_expires_at: datetime) -> bool:
        """Make `new_hash` current, only if `expected_hash` is."""
        current = {"_id": session_id, "refresh_hash": expected_hash, "revoked_at": None}
        change = {
            "$set": {"refresh_hash": new_hash, "previous_refresh_hash": expected_hash, "rotated_at": to_iso(at)},
            "$max": {"last_seen_at": to_iso(at), "idle_expires_at": to_iso(idle_expires_at)},
        }
        with self._database.using() as db:
            found = db["sessions"].find_one(current, {"expires_at": 1})
            if found is None:
                return False
            # Before the change, so that no crash lets a used token be forgotten.
            insert_missing(db, "session_refresh", [refresh_document(expected_hash, session_id, found["expires_at"])])
            return db["sessions"].update_one(current, change).modified_count == 1

    def set_cookie(self, session_id: str, cookie_hash: str) -> bool:
        """Give the session a new cookie."""
        with self._database.using() as db:
            return (
                db["sessions"].update_one({"_id": session_id, "revoked_at": None}, {"$set": {"cookie_hash": cookie_hash}}).matched_count
                == 1
            )

    def set_authenticated(self, session_id: str, at: datetime) -> None:
        """Record that the person proved who they are."""
        with self._database.using() as db:
            db["sessions"].update_one({"_id": session_id}, {"$max": {"authenticated_at": to_iso(at)}})

    def touch(self, session_id: str, *, at: datetime, idle_expires_at: datetime, ip: str) -> None:
        """Record use; times never move backwards."""
        change = {"$max": {"last_seen_at": to_iso(at), "idle_expires_at": to_iso(idle_expires_at)}, "$set": {"ip": ip}}
        with self._database.using() as db:
            db["sessions"].update_one({"_id": session_id, "revoked_at": None}, change)

    def revoke(self, session_id: str, *, at: datetime, reason: str) -> bool:
        """End one session; False if it was not alive."""
        return self._revoke({"_id": session_id}, at=at, reason=reason) == 1

    def revoke_all(self, user_id: str, *, at: datetime, reason: str, keep: str = "") -> int:
        """End all sessions of a person but `keep`."""
        return self._revoke({"user_id": user_id, "_id": {"$ne": keep}}, at=at, reason=reason)

    def alive(self, user_id: str, *, now: datetime) -> list[Session]:
        """Return the living sessions, most recently seen first."""
        with self._database.using() as db:
            found = db["sessions"].find({"user_id": user_id, **_alive(now)}).sort([("last_seen_at", -1), ("_id", -1)])
            return [from_document(Session, document) for document in found]

    def revoke_everyone(self, *, at: datetime, reason: str) -> int:
        """End every session of everybody."""
        return self._revoke({}, at=at, reason=reason)

    def delete_expired(self, *, before: datetime) -> int:
        """Remove sessions that ended before `before`."""
        ended = {"$lt": to_iso(before)}
        where = {"$or": [{"expires_at": ended}, {"idle_expires_at": ended}, {"revoked_at": ended}]}
        with self._database.using() as db:
            return _remove(db, where)

    def delete_all_of(self, user_id: str) -> None:
        """Remove every session of this person."""
        with self._database.using() as db:
            _remove(db, {"user_id": user_id})

    def _one(self, where: dict[str, Any]) -> Session | None:
        with self._database.using() as db:
            found = db["sessions"].find_one(where)
        return from_document(Session, found) if found else None

    def _revoke(self, which: dict[str, Any], *, at: datetime, reason: str) -> int:
        """Revoke what is not revoked; count what was alive (an expired session is marked too, so that nothing can revive it)."""
        change = {"$set": {"revoked_at": to_iso(at), "revoked_reason": reason}}
        with self._database.using() as db:
            ended = db["sessions"].update_many({**which, **_alive(at)}, change).modified_count
            db["sessions"].update_many({**which, "revoked_at": None}, change)
        return ended


def session_document(session: Session) -> Document:
    """Return a session's document."""
    return to_document(session) | {"purge_at": purge_at(session.expires_at)}


def refresh_document(refresh_hash: str, session_id: str, expires_at: str) -> Document:
    """Return the document of an old refresh digest."""
    return {"_id": refresh_hash, "session_id": session_id, "purge_at": purge_at(from_iso(expires_at))}


def _alive(now: datetime) -> dict[str, Any]:
    return {"revoked_at": None, "idle_expires_at": {"$gt": to_iso(now)}, "expires_at": {"$gt": to_iso(now)}}


def _remove(db: Database[Document], where: dict[str, Any]) -> int:
    ids = [found["_id"] for found in db["sessions"].find(where, {"_id": 1})]
    if not ids:
        return 0
    db["session_refresh"].delete_many({"session_id": {"$in": ids}})
    return db["sessions"].delete_many({"_id": {"$in": ids}}).deleted_count
