"""One-time tokens in MongoDB (contract: `auth.ports.TokenStore`)."""

from collections.abc import Sequence
from datetime import datetime

from pymongo import ReturnDocument

from auth.models import AuditEvent, OneTimeToken, Purpose
from core.clock import to_iso
from db_mongo.attached import event_items, letter_items, settle_everything, settle_quietly, token_document
from db_mongo.database import MongoDatabase
from db_mongo.documents import from_document
from mail.models import Letter


class MongoTokens:
    """The one-time tokens of this database."""

    def __init__(self, database: MongoDatabase) -> None:
        """Use `database`."""
        self._database = database

    def add(self, token: OneTimeToken, *, letters: Sequence[Letter] = (), events: Sequence[AuditEvent] = ()) -> None:
        """Store a new token."""
        document = token_document(token) | {"attached": [*letter_items(letters), *event_items(events)]}
        with self._database.using() as db:
            db["tokens"].insert_one(document)
        settle_quietly(self._database, "tokens", [document])

    def get(self, purpose: Purpose, token_hash: str) -> OneTimeToken | None:
        """Return the token, used or expired ones included."""
        key = {"_id": _key(purpose, token_hash)}
        with self._database.using() as db:
            found = db["tokens"].find_one(key)
            if found is None and db["users"].find_one({"attached.id": key["_id"]}, {"_id": 1}):
                settle_everything(db)  # a crash came between the account and its token
                found = db["tokens"].find_one(key)
        return from_document(OneTimeToken, found) if found else None

    def take(self, purpose: Purpose, token_hash: str, *, now: datetime) -> OneTimeToken | None:
        """Use the token up: of any number of callers one gets it."""
        if self.get(purpose, token_hash) is None:
            return None
        unused = {"_id": _key(purpose, token_hash), "used_at": None, "expires_at": {"$gt": to_iso(now)}}
        with self._database.using() as db:
            found = db["tokens"].find_one_and_update(unused, {"$set": {"used_at": to_iso(now)}}, return_document=ReturnDocument.AFTER)
        return from_document(OneTimeToken, found) if found else None

    def void(self, user_id: str, purpose: Purpose, *, now: datetime) -> None:
        """Use up every token of this person and purpose."""
        with self._database.using() as db:
            unused = {"user_id": user_id, "purpose": purpose.value, "used_at": None}
            db["tokens"].update_many(unused, {"$set": {"used_at": to_iso(now)}})

    def pending(self, purpose: Purpose, *, now: datetime, limit: int) -> list[OneTimeToken]:
        """Return unused, unexpired tokens of a purpose, newest first."""
        usable = {"purpose": purpose.value, "used_at": None, "expires_at": {"$gt": to_iso(now)}}
        with self._database.using() as db:
            found = db["tokens"].find(usable).sort([("created_at", -1), ("_id", -1)]).limit(limit)
            return [from_document(OneTimeToken, document) for document in found]

    def delete_expired(self, *, before: datetime) -> int:
        """Remove tokens that expired before `before`."""
        with self._database.using() as db:
            return db["tokens"].delete_many({"expires_at": {"$lt": to_iso(before)}}).deleted_count

    def delete_all_of(self, user_id: str) -> None:
        """Remove every token of this person."""
        if not user_id:
            return
        with self._database.using() as db:
            db["tokens"].delete_many({"user_id": user_id})


def _key(purpose: Purpose, token_hash: str) -> str:
    return f"{purpose.value} {token_hash}"
