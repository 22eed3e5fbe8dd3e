"""Letters waiting to leave, in MongoDB (contract: `mail.ports.Outbox`)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pymongo import ReturnDocument

from core.clock import from_iso, to_iso
from db_mongo.attached import insert_missing, letter_document, settle_everything
from db_mongo.database import Document, MongoDatabase
from db_mongo.documents import from_document
from mail.models import Letter, LetterState, OutboxEntry


class MongoOutbox:
    """The outbox of this database."""

    def __init__(self, database: MongoDatabase) -> None:
        """Use `database`."""
        self._database = database

    def add(self, letters: Sequence[Letter]) -> None:
        """Store letters that belong to no other write."""
        with self._database.using() as db:
            insert_missing(db, "outbox", [letter_document(letter) for letter in letters])

    def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> list[OutboxEntry]:
        """Collect what a crash left attached, then lease the oldest letters that are due."""
        due = {
            "state": "waiting",
            "next_try_at": {"$lte": to_iso(now)},
            "$or": [{"leased_until": None}, {"leased_until": {"$lte": to_iso(now)}}],
        }
        claimed: list[Document] = []
        with self._database.using() as db:
            settle_everything(db)
            while len(claimed) < limit:
                found = db["outbox"].find_one_and_update(
                    due,
                    {"$set": {"leased_until": to_iso(lease_until)}, "$inc": {"attempts": 1}},
                    sort=[("created_at", 1), ("_id", 1)],
                    return_document=ReturnDocument.AFTER,
                )
                if found is None:
                    break
                claimed.append(found)
        return [_entry(document) for document in claimed]

    def mark_sent(self, letter_id: str, *, at: datetime) -> bool:
        """Mark as sent and erase the letter's data; False if it was removed meanwhile."""
        change = {"state": "sent", "sent_at": to_iso(at), "leased_until": None, "last_error": "", "data": "{}"}
        with self._database.using() as db:
            return db["outbox"].update_one({"_id": letter_id}, {"$set": change}).matched_count == 1

    def mark_failed(self, letter_id: str, *, error: str, next_try_at: datetime | None) -> None:
        """End the lease; try again at `next_try_at`, or never."""
        change: dict[str, Any] = {"leased_until": None, "last_error": error, "state": "waiting" if next_try_at else "dead"}
        if next_try_at is not None:
            change["next_try_at"] = to_iso(next_try_at)
        with self._database.using() as db:
            db["outbox"].update_one({"_id": letter_id, "state": "waiting"}, {"$set": change})

    def counts(self) -> Mapping[LetterState, int]:
        """Return how many letters are in each state."""
        with self._database.using() as db:
            settle_everything(db)
            return {state: db["outbox"].count_documents({"state": state.value}) for state in LetterState}

    def entries(self, *, state: LetterState, limit: int) -> list[OutboxEntry]:
        """Return the newest letters in `state`."""
        with self._database.using() as db:
            settle_everything(db)
            found = db["outbox"].find({"state": state.value}).sort([("created_at", -1), ("_id", -1)]).limit(limit)
            return [_entry(document) for document in found]

    def retry_dead(self, *, now: datetime) -> int:
        """Make every dead letter waiting and due."""
        change = {"state": "waiting", "attempts": 0, "next_try_at": to_iso(now), "leased_until": None}
        with self._database.using() as db:
            return db["outbox"].update_many({"state": "dead"}, {"$set": change}).modified_count

    def delete_all_of(self, user_id: str) -> None:
        """Remove every letter of this person, attached ones included."""
        if not user_id:
            return
        with self._database.using() as db:
            settle_everything(db)
            db["outbox"].delete_many({"user_id": user_id})

    def delete_sent(self, *, before: datetime) -> int:
        """Remove letters sent before `before`."""
        with self._database.using() as db:
            return db["outbox"].delete_many({"state": "sent", "sent_at": {"$lt": to_iso(before)}}).deleted_count


def _entry(document: Document) -> OutboxEntry:
    return OutboxEntry(
        letter=from_document(Letter, document),
        state=LetterState(document["state"]),
        attempts=document["attempts"],
        next_try_at=from_iso(document["next_try_at"]),
        leased_until=from_iso(document["leased_until"]) if document["leased_until"] else None,
        last_error=document["last_error"],
        sent_at=from_iso(document["sent_at"]) if document["sent_at"] else None,
    )
