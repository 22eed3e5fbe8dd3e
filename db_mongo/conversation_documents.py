"""What the parts of the conversation store share: documents of conversations and messages, and finding what a crash left attached."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zlib import crc32

from pymongo.database import Database

from chat.models import Conversation, Message, MessageStatus
from chat.search import terms
from core.clock import to_iso
from db_mongo.attached import Item, count_item, settle
from db_mongo.database import Document, MongoDatabase
from db_mongo.documents import from_document, to_document

STREAMING = MessageStatus.STREAMING.value
INTERRUPTED = MessageStatus.INTERRUPTED.value
# A recovered reply keeps its lease, which tells it from one that its writer ended as interrupted.
OPEN: dict[str, Any] = {"$or": [{"status": STREAMING}, {"status": INTERRUPTED, "lease_until": {"$gt": ""}}]}
NEVER = "9"  # sorts behind every time that to_iso writes
_STRIPES = 64


class StorePart:
    """One part of the conversation store."""

    def __init__(self, database: MongoDatabase) -> None:
        """Use `database`."""
        self._database = database
        self._stripes = [threading.Lock() for _ in range(_STRIPES)]

    def _queue_of(self, conversation_id: str) -> threading.Lock:
        """Return the lock under which this process adds to a conversation: compare-and-swap is only for other processes."""
        return self._stripes[crc32(conversation_id.encode("utf-8", "surrogatepass")) % _STRIPES]


def conversation_document(conversation: Conversation) -> Document:
    """Return a conversation's document without messages of its own."""
    return to_document(conversation) | {"is_deleted": int(conversation.deleted_at is not None), "last_message_seq": conversation.last_seq}


def message_document(message: Message) -> Document:
    """Return a message's document: searchable unless streaming or replaced."""
    document = to_document(message)
    if message.send_key:
        document["send_id"] = send_id(message.user_id, message.send_key)
    if message.status.value == STREAMING:
        document["streaming_until"] = streaming_until(message.lease_until)
    elif not message.replaced_by:
        document["terms"] = sorted(terms(message.content))
    return document


def streaming_until(lease_until: datetime | None) -> str:
    """Return what the index of streaming replies holds."""
    return to_iso(lease_until) if lease_until else NEVER


def send_id(user_id: str, send_key: str) -> str:
    """Return the client's key made unique for its person."""
    return f"{user_id} {send_key}"


def conversation_of(db: Database[Document], user_id: str, conversation_id: str) -> Document | None:
    """Return this person's conversation document, settled."""
    where = {"_id": conversation_id, "user_id": user_id}
    found = db["conversations"].find_one(where)
    if found and found.get("attached"):
        settle(db, "conversations", [found])
        found = db["conversations"].find_one(where)
    return found


def message_of(db: Database[Document], user_id: str, message_id: str) -> Message | None:
    """Return this person's message, even if a crash came between its two writes."""
    found = settled(
        db, lambda: db["messages"].find_one({"_id": message_id, "user_id": user_id}), {"attached.id": message_id, "user_id": user_id}
    )
    return from_document(Message, found) if found else None


def settled(db: Database[Document], look: Callable[[], Document | None], where: dict[str, Any]) -> Document | None:
    """Look; on a miss settle the conversation `where` it may still be attached, and look again."""
    found = look()
    if found is None:
        carrier = db["conversations"].find_one(where, {"attached": 1})
        if carrier and carrier.get("attached"):
            settle(db, "conversations", [carrier])
            found = look()
    return found


def counter_item(operation: str, user_id: str, by: int) -> Item:
    """Return the item that moves the number of a person's alive conversations."""
    return count_item(operation, into="people", key=user_id, start={"conversations": 0}, by={"conversations": by})


def message_items(messages: Sequence[Message]) -> list[Item]:
    """Return the items of new messages."""
    return [{"kind": "message", "id": message.id, "document": message_document(message)} for message in messages]
