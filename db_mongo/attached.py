"""What belongs to a write, attached to the document it changes, and settled into its own place afterwards.

One document is written atomically; two are not. So a write that must also send a letter, store a token, number a message or move a
counter pushes an item `{kind, id, …}` into its document's `attached` array in the same operation. Settling carries an item out and
pulls it. Every kind can be carried out twice to the effect of once, so a crash at any point, or two settlers at once, do no harm.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from pymongo import UpdateOne
from pymongo.database import Database
from pymongo.errors import BulkWriteError, DuplicateKeyError

from auth.models import AuditEvent, OneTimeToken
from core.clock import to_iso
from core.errors import StoreUnavailable
from db_mongo.database import Document, MongoDatabase
from db_mongo.documents import purge_at, to_document
from mail.models import Letter

Item = dict[str, Any]
CARRIERS = ("users", "sessions", "tokens", "conversations", "messages")
_BATCH = 100
_REMEMBERED = 1000  # operations that a counter remembers, so that it counts none twice
_DUPLICATE_KEY = 11_000


def letter_items(letters: Sequence[Letter]) -> list[Item]:
    """Return the items of letters."""
    return [{"kind": "letter", "id": letter.id, "document": letter_document(letter)} for letter in letters]


def letter_document(letter: Letter) -> Document:
    """Return a letter that nobody has tried to send yet: due since it was written."""
    return to_document(letter) | {
        "state": "waiting",
        "attempts": 0,
        "next_try_at": to_iso(letter.created_at),
        "leased_until": None,
        "last_error": "",
        "sent_at": None,
    }


def token_items(tokens: Sequence[OneTimeToken]) -> list[Item]:
    """Return the items of one-time tokens."""
    return [{"kind": "token", "id": document["_id"], "document": document} for document in map(token_document, tokens)]


def token_document(token: OneTimeToken) -> Document:
    """Return a token's document."""
    return to_document(token, f"{token.purpose.value} {token.hash}") | {"purge_at": purge_at(token.expires_at)}


def event_items(events: Sequence[AuditEvent]) -> list[Item]:
    """Return the items of audit events."""
    return [{"kind": "event", "id": event.id, "document": event_document(event)} for event in events]


def event_document(event: AuditEvent) -> Document:
    """Return an event's document; `no` orders events of one moment as they were stored."""
    from bson import ObjectId  # noqa: PLC0415 - beside its only use

    return to_document(event) | {"no": str(ObjectId())}


def settle_quietly(database: MongoDatabase, collection: str, documents: Sequence[Document]) -> None:
    """Settle right after a write. The write has happened: should this fail, `settle_everything` makes up for it."""
    with suppress(StoreUnavailable), database.using() as db:
        settle(db, collection, documents)


def settle_everything(db: Database[Document]) -> None:
    """Settle whatever a crash has left attached, anywhere."""
    for collection in CARRIERS:
        seen: set[str] = set()
        while True:
            # Unsorted, so that only the sparse index of attached items can serve it: it is asked every second, and is almost always empty.
            found = list(db[collection].find({"attached.id": {"$exists": True}}, {"attached": 1}).limit(_BATCH))
            fresh = [document for document in found if document["_id"] not in seen]
            if not fresh:
                break
            settle(db, collection, fresh)
            seen.update(document["_id"] for document in fresh)


def settle(db: Database[Document], collection: str, documents: Iterable[Document]) -> None:
    """Carry out the `attached` items of these documents (`_id` and `attached` suffice), then pull them."""
    carriers = [document for document in documents if document.get("attached")]
    by_kind: dict[str, list[Item]] = {}
    for item in (item for document in carriers for item in document["attached"]):
        by_kind.setdefault(item["kind"], []).append(item)
    for kind, items in by_kind.items():
        _CARRY_OUT[kind](db, items)
    if carriers:
        done = [item["id"] for items in by_kind.values() for item in items]
        where = {"_id": {"$in": [document["_id"] for document in carriers]}}
        db[collection].update_many(where, {"$pull": {"attached": {"id": {"$in": done}}}})


def insert_missing(db: Database[Document], collection: str, documents: Sequence[Document]) -> None:
    """Insert the documents whose `_id` is not there yet; those that are there stay as they are."""
    if not documents:
        return
    try:
        db[collection].insert_many(documents, ordered=False)
    except BulkWriteError as error:
        if any(fault.get("code") != _DUPLICATE_KEY for fault in (error.details or {}).get("writeErrors", [])):
            raise


def _documents_into(collection: str) -> Callable[[Database[Document], Sequence[Item]], None]:
    def carry_out(db: Database[Document], items: Sequence[Item]) -> None:
        insert_missing(db, collection, [dict(item["document"]) for item in items])

    return carry_out


def _add_up(db: Database[Document], items: Sequence[Item]) -> None:
    """Add `by` to the fields of a counter document, once for each item."""
    for item in items:
        with suppress(DuplicateKeyError):
            db[item["into"]].update_one({"_id": item["key"]}, {"$setOnInsert": item["start"]}, upsert=True)
    db_writes: dict[str, list[UpdateOne]] = {}
    for item in items:
        change = {"$inc": item["by"], "$push": {"counted": {"$each": [item["id"]], "$slice": -_REMEMBERED}}}
        db_writes.setdefault(item["into"], []).append(UpdateOne({"_id": item["key"], "counted": {"$ne": item["id"]}}, change))
    for collection, writes in db_writes.items():
        db[collection].bulk_write(writes, ordered=True)


def count_item(operation: str, *, into: str, key: str, start: Mapping[str, Any], by: Mapping[str, int]) -> Item:
    """Return the item that adds `by` to counter document `key` of collection `into` (made from `start` if missing)."""
    return {"kind": "count", "id": operation, "into": into, "key": key, "start": dict(start), "by": dict(by)}


def ending_item(operation: str, *, conversation_id: str, seq: int, at: str, preview: str) -> Item:
    """Return the item that lets a conversation follow the end of a reply."""
    return {"kind": "ending", "id": operation, "conversation_id": conversation_id, "seq": seq, "at": at, "preview": preview}


def _follow_ending(db: Database[Document], items: Sequence[Item]) -> None:
    for item in items:
        db["conversations"].update_one({"_id": item["conversation_id"]}, {"$max": {"updated_at": item["at"]}})
        if item["preview"]:
            db["conversations"].update_one(
                {"_id": item["conversation_id"], "last_message_seq": {"$lte": item["seq"]}},
                {"$set": {"last_message": item["preview"], "last_message_seq": item["seq"]}},
            )


def _replace(db: Database[Document], items: Sequence[Item]) -> None:
    for item in items:
        current = {"conversation_id": item["conversation_id"], "replaced_by": "", "seq": {"$lt": item["seq"]}}
        which = {"$or": [{"_id": {"$in": item["ids"]}}, {"reply_to": {"$in": item["ids"]}}]}
        db["messages"].update_many({**current, **which}, {"$set": {"replaced_by": item["by"]}, "$unset": {"terms": ""}})


_CARRY_OUT: dict[str, Callable[[Database[Document], Sequence[Item]], None]] = {
    "letter": _documents_into("outbox"),
    "token": _documents_into("tokens"),
    "event": _documents_into("audit"),
    "message": _documents_into("messages"),
    "count": _add_up,
    "ending": _follow_ending,
    "replace": _replace,
}
