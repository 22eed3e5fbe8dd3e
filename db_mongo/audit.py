"""The audit trail in MongoDB (contract: `auth.ports.AuditStore`)."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from auth.models import AuditEvent
from core.clock import to_iso
from db_mongo.attached import event_document, insert_missing
from db_mongo.database import MongoDatabase
from db_mongo.documents import from_document

_TRIM_BATCH = 1000
_NEWEST_FIRST = [("at", -1), ("no", -1)]


class MongoAudit:
    """The audit trail of this database."""

    def __init__(self, database: MongoDatabase) -> None:
        """Use `database`."""
        self._database = database

    def append(self, events: Sequence[AuditEvent]) -> None:
        """Store events."""
        with self._database.using() as db:
            insert_missing(db, "audit", [event_document(event) for event in events])

    def of_user(self, user_id: str, *, before: datetime | None, limit: int) -> list[AuditEvent]:
        """Return the newest events about a person."""
        return self._newest({"user_id": user_id}, before, limit)

    def recent(self, *, name_prefix: str, before: datetime | None, limit: int) -> list[AuditEvent]:
        """Return the newest events of everybody whose name starts with `name_prefix`."""
        return self._newest({"name": {"$regex": "^" + re.escape(name_prefix)}} if name_prefix else {}, before, limit)

    def trim_nobodys(self, *, before: datetime, keep: int) -> int:
        """Remove old events of nobody, and all but the newest `keep`."""
        nobodys: dict[str, Any] = {"user_id": "", "actor_id": ""}
        with self._database.using() as db:
            removed = db["audit"].delete_many(nobodys | {"at": {"$lt": to_iso(before)}}).deleted_count
            while True:
                surplus = db["audit"].find(nobodys, {"_id": 1}).sort(_NEWEST_FIRST).skip(keep).limit(_TRIM_BATCH)
                ids = [found["_id"] for found in surplus]
                if not ids:
                    break
                removed += db["audit"].delete_many({"_id": {"$in": ids}}).deleted_count
        return removed

    def delete_all_of(self, user_id: str) -> None:
        """Remove every event about this person, and their name, address and browser from events about others."""
        if not user_id:
            return
        with self._database.using() as db:
            db["audit"].delete_many({"user_id": user_id})
            db["audit"].update_many({"actor_id": user_id}, {"$set": {"actor_id": "", "ip": "", "user_agent": ""}})

    def _newest(self, where: dict[str, Any], before: datetime | None, limit: int) -> list[AuditEvent]:
        if before is not None:
            where["at"] = {"$lt": to_iso(before)}
        with self._database.using() as db:
            return [from_document(AuditEvent, found) for found in db["audit"].find(where).sort(_NEWEST_FIRST).limit(limit)]
