"""Storing messages: the writing part of `chat.ports.ConversationStore`.

Messages are pushed into the conversation's document in the operation that gives them their numbers, then settled into their own
collection. A send key is in a unique index over all conversations for as long as its send could race with another.
"""

from collections.abc import Sequence
from typing import Any

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from chat.models import Appended, Conversation, DailySends, Message, MessageDraft, TitleSource, preview
from chat.storing import begun, last_messages, with_drafts
from core.clock import to_iso
from core.errors import StoreUnavailable
from core.records import encode
from db_mongo.attached import Item, settle_quietly
from db_mongo.conversation_documents import (
    StorePart,
    conversation_document,
    conversation_of,
    counter_item,
    message_items,
    send_id,
    settled,
)
from db_mongo.conversation_usage import counting
from db_mongo.database import Document
from db_mongo.documents import from_document

_ATTEMPTS = 200
_KEYS_IN_CONVERSATION = 20


class Writing(StorePart):
    """Conversations begin, messages are added."""

    def start(self, conversation: Conversation, drafts: Sequence[MessageDraft], *, counted: DailySends | None = None) -> Appended:
        """Store a new conversation together with its first messages."""
        with counting(self._database, conversation.user_id, counted) as count:
            return count.only_if_new(self._start(conversation, drafts))

    def append(
        self,
        user_id: str,
        conversation_id: str,
        drafts: Sequence[MessageDraft],
        *,
        replaces: Sequence[str] = (),
        title: str = "",
        counted: DailySends | None = None,
    ) -> Appended | None:
        """Store messages at the end of an alive conversation."""
        with counting(self._database, user_id, counted) as count:
            return count.only_if_new(self._append(user_id, conversation_id, drafts, replaces=replaces, title=title))

    def by_send_key(self, user_id: str, send_key: str) -> Appended | None:
        """Return what the send with this key stored."""
        with self._database.using() as db:
            return _sent_with(db, user_id, send_key) if send_key else None

    def _start(self, conversation: Conversation, drafts: Sequence[MessageDraft]) -> Appended:
        user_id, keys = conversation.user_id, _keys(conversation.user_id, drafts)
        fresh = begun(conversation, drafts)
        messages = last_messages(fresh, drafts)
        items = message_items(messages)
        if fresh.deleted_at is None:
            items.append(counter_item(f"{fresh.id}:start", user_id, 1))
        document = conversation_document(fresh) | {"attached": items}
        if keys:
            document["send_keys"] = keys
        with self._queue_of(keys[0] if keys else fresh.id), self._database.using() as db:
            known = _replayed(db, user_id, drafts)
            if known is not None:
                return known
            try:
                db["conversations"].insert_one(document)
            except DuplicateKeyError:
                known = _replayed(db, user_id, drafts)
                if known is None:
                    raise
                return known
        settle_quietly(self._database, "conversations", [document])
        return Appended(conversation=fresh, messages=messages)

    def _append(
        self, user_id: str, conversation_id: str, drafts: Sequence[MessageDraft], *, replaces: Sequence[str], title: str
    ) -> Appended | None:
        with self._queue_of(conversation_id):
            for _ in range(_ATTEMPTS):
                with self._database.using() as db:
                    known = _replayed(db, user_id, drafts)
                    if known is not None:
                        return known
                    document = conversation_of(db, user_id, conversation_id)
                    if document is None or document["is_deleted"]:
                        return None
                    before = from_document(Conversation, document)
                    if not drafts:
                        return Appended(conversation=before, messages=())
                    after = with_drafts(before, drafts, title=title)
                    messages = last_messages(after, drafts)
                    items = [*message_items(messages), *_replacing(messages[0], replaces)]
                    if not _push(db, after, drafts, items):
                        continue  # another process was first, or the key was used at this very moment
                settle_quietly(self._database, "conversations", [{"_id": conversation_id, "attached": items}])
                return Appended(conversation=after, messages=messages)
        raise StoreUnavailable("This conversation is very busy. Please try again in a moment.")


def _push(db: Database[Document], after: Conversation, drafts: Sequence[MessageDraft], items: Sequence[Item]) -> bool:
    """Number and store the messages in one operation; False if the conversation has moved on since it was read."""
    keys = _keys(after.user_id, drafts)
    where: dict[str, Any] = {
        "_id": after.id,
        "user_id": after.user_id,
        "is_deleted": 0,
        "last_seq": after.last_seq - len(drafts),
    }
    changed: dict[str, Any] = {"last_seq": after.last_seq, "message_count": after.message_count, "question_ids": encode(after.question_ids)}
    if after.title_source is TitleSource.CONTENT:
        # The condition on `last_seq` does not notice a rename, and a name that the person gave stays.
        where["title_source"] = {"$ne": TitleSource.PERSON.value}
        changed |= {"title": after.title, "title_source": after.title_source.value}
    with_words = [place for place, draft in enumerate(drafts) if preview(draft.content)]
    if with_words:
        changed |= {"last_message": after.last_message, "last_message_seq": after.last_seq - len(drafts) + 1 + with_words[-1]}
    pushed: dict[str, Any] = {"attached": {"$each": list(items)}}
    if keys:
        where["send_keys"] = {"$nin": keys}
        pushed["send_keys"] = {"$each": keys, "$slice": -_KEYS_IN_CONVERSATION}
    change = {"$set": changed, "$max": {"updated_at": to_iso(after.updated_at)}, "$push": pushed}
    try:
        return db["conversations"].update_one(where, change).modified_count == 1
    except DuplicateKeyError:
        return False


def _replacing(first: Message, replaces: Sequence[str]) -> list[Item]:
    if not replaces:
        return []
    place = {"conversation_id": first.conversation_id, "seq": first.seq, "by": first.id}
    return [{"kind": "replace", "id": f"{first.id}:replaces", "ids": list(replaces), **place}]


def _keys(user_id: str, drafts: Sequence[MessageDraft]) -> list[str]:
    return [send_id(user_id, draft.send_key) for draft in drafts if draft.send_key]


def _replayed(db: Database[Document], user_id: str, drafts: Sequence[MessageDraft]) -> Appended | None:
    found = (_sent_with(db, user_id, draft.send_key) for draft in drafts if draft.send_key)
    return next((known for known in found if known is not None), None)


def _sent_with(db: Database[Document], user_id: str, send_key: str) -> Appended | None:
    key = send_id(user_id, send_key)
    document = settled(db, lambda: db["messages"].find_one({"send_id": key}), {"send_keys": key})
    if document is None:
        return None
    sent = from_document(Message, document)
    conversation = conversation_of(db, user_id, sent.conversation_id)
    if conversation is None:
        return None
    answers = db["messages"].find({"reply_to": sent.id, "user_id": user_id}).sort("seq", 1)
    messages = (sent, *(from_document(Message, answer) for answer in answers))
    return Appended(conversation=from_document(Conversation, conversation), messages=messages, replayed=True)
