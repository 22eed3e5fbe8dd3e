"""Changing and removing conversations, and their share links: part of `chat.ports.ConversationStore`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bson import ObjectId
from pymongo import ReturnDocument, UpdateOne
from pymongo.database import Database

from chat.models import Conversation, ShareLink, TitleSource
from core.clock import to_iso
from db_mongo.attached import settle, settle_quietly
from db_mongo.conversation_documents import StorePart, counter_item
from db_mongo.database import Document
from db_mongo.documents import from_document, to_document

_BATCH = 100


class Changes(StorePart):
    """Conversations are named, starred, deleted, restored and removed."""

    def set_title(self, user_id: str, conversation_id: str, title: str, source: TitleSource) -> Conversation | None:
        """Name an alive conversation."""
        alive: dict[str, Any] = {"_id": conversation_id, "user_id": user_id, "is_deleted": 0}
        ours = {"title_source": {"$ne": TitleSource.PERSON.value}} if source is TitleSource.CONTENT else {}
        with self._database.using() as db:
            change = {"$set": {"title": title, "title_source": source.value}}
            found = db["conversations"].find_one_and_update({**alive, **ours}, change, return_document=ReturnDocument.AFTER)
            found = found or db["conversations"].find_one(alive)
        return from_document(Conversation, found) if found else None

    def set_starred(self, user_id: str, conversation_id: str, *, starred: bool) -> Conversation | None:
        """Star or unstar an alive conversation."""
        alive = {"_id": conversation_id, "user_id": user_id, "is_deleted": 0}
        with self._database.using() as db:
            change = {"$set": {"starred": int(starred)}}
            found = db["conversations"].find_one_and_update(alive, change, return_document=ReturnDocument.AFTER)
        return from_document(Conversation, found) if found else None

    def set_summary(self, user_id: str, conversation_id: str, summary: str, *, upto: int) -> None:
        """Keep a retelling that reaches further than the stored one."""
        with self._database.using() as db:
            shorter = {"_id": conversation_id, "user_id": user_id, "summary_upto": {"$lt": upto}}
            db["conversations"].update_one(shorter, {"$set": {"summary": summary, "summary_upto": upto}})

    def delete(self, user_id: str, conversation_ids: Sequence[str], *, at: datetime) -> list[str]:
        """Mark alive conversations deleted."""
        return self._set_deleted(user_id, conversation_ids, to_iso(at))

    def delete_all(self, user_id: str, *, at: datetime) -> int:
        """Mark every alive conversation of the person deleted, batch by batch."""
        count = 0
        with self._database.using() as db:
            while found := list(db["conversations"].find({"user_id": user_id, "is_deleted": 0}, {"_id": 1}).limit(_BATCH)):
                writes = []
                for one in found:
                    item = counter_item(str(ObjectId()), user_id, -1)
                    change = {"$set": {"is_deleted": 1, "deleted_at": to_iso(at)}, "$push": {"attached": item}}
                    writes.append(UpdateOne({"_id": one["_id"], "is_deleted": 0}, change))
                count += db["conversations"].bulk_write(writes, ordered=False).modified_count
                ids = {"_id": {"$in": [one["_id"] for one in found]}}
                settle(db, "conversations", db["conversations"].find(ids, {"attached": 1}))
        return count

    def restore(self, user_id: str, conversation_ids: Sequence[str]) -> list[str]:
        """Bring deleted conversations back."""
        return self._set_deleted(user_id, conversation_ids, None)

    def purge(self, *, deleted_before: datetime, limit: int) -> int:
        """Remove conversations that were deleted long ago."""
        with self._database.using() as db:
            where = {"is_deleted": 1, "deleted_at": {"$lt": to_iso(deleted_before)}}
            found = list(db["conversations"].find(where, {"attached": 1}).sort("deleted_at", 1).limit(limit))
            return _remove(db, found)

    def erase(self, user_id: str, conversation_ids: Sequence[str]) -> int:
        """Remove deleted conversations of this person at once."""
        with self._database.using() as db:
            where = {"_id": {"$in": list(conversation_ids)}, "user_id": user_id, "is_deleted": 1}
            return _remove(db, list(db["conversations"].find(where, {"attached": 1})))

    def delete_all_of(self, user_id: str) -> None:
        """Remove everything of this person."""
        with self._database.using() as db:
            while found := list(db["conversations"].find({"user_id": user_id}, {"attached": 1}).limit(_BATCH)):
                _remove(db, found)
            for collection in ("messages", "shares", "usage_days"):
                db[collection].delete_many({"user_id": user_id})
            db["people"].delete_one({"_id": user_id})

    def add_share(self, link: ShareLink) -> bool:
        """Store a link to an alive conversation."""
        with self._database.using() as db:
            alive = {"_id": link.conversation_id, "user_id": link.user_id, "is_deleted": 0}
            if db["conversations"].find_one(alive, {"_id": 1}) is None:
                return False
            db["shares"].insert_one(to_document(link))
        return True

    def share_by_hash(self, token_hash: str) -> ShareLink | None:
        """Return the link, dead or alive."""
        with self._database.using() as db:
            found = db["shares"].find_one({"token_hash": token_hash})
        return from_document(ShareLink, found) if found else None

    def shares(self, user_id: str, conversation_id: str) -> list[ShareLink]:
        """Return the links of a conversation that are not revoked, newest first."""
        with self._database.using() as db:
            where = {"conversation_id": conversation_id, "user_id": user_id, "revoked_at": None}
            found = db["shares"].find(where).sort([("created_at", -1), ("_id", -1)])
            return [from_document(ShareLink, document) for document in found]

    def revoke_share(self, user_id: str, share_id: str, *, at: datetime) -> bool:
        """Revoke a link."""
        with self._database.using() as db:
            valid = {"_id": share_id, "user_id": user_id, "revoked_at": None}
            return db["shares"].update_one(valid, {"$set": {"revoked_at": to_iso(at)}}).modified_count == 1

    def _set_deleted(self, user_id: str, conversation_ids: Sequence[str], value: str | None) -> list[str]:
        was, by = (1, 1) if value is None else (0, -1)
        changed: list[Document] = []
        with self._database.using() as db:
            for conversation_id in dict.fromkeys(conversation_ids):
                item = counter_item(str(ObjectId()), user_id, by)
                change = {"$set": {"is_deleted": 1 - was, "deleted_at": value}, "$push": {"attached": item}}
                where = {"_id": conversation_id, "user_id": user_id, "is_deleted": was}
                if db["conversations"].update_one(where, change).modified_count:
                    changed.append({"_id": conversation_id, "attached": [item]})
        settle_quietly(self._database, "conversations", changed)
        return [one["_id"] for one in changed]


def _remove(db: Database[Document], found: Sequence[Document]) -> int:
    """Remove conversations, their messages first: a crash leaves a deleted conversation that the next purge removes."""
    if not found:
        return 0
    settle(db, "conversations", found)
    ids = [one["_id"] for one in found]
    db["messages"].delete_many({"conversation_id": {"$in": ids}})
    db["shares"].delete_many({"conversation_id": {"$in": ids}})
    return db["conversations"].delete_many({"_id": {"$in": ids}}).deleted_count
