"""Reading conversations and messages, history and search: part of `chat.ports.ConversationStore`."""

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

from pymongo.database import Database

from chat.listing import Found, HistoryCursor, HistoryFilter, NumberedPage, SearchCursor, SearchQuery
from chat.models import Conversation, Message
from core.clock import to_iso
from db_mongo.conversation_documents import StorePart, conversation_of, message_of
from db_mongo.database import Document
from db_mongo.documents import from_document

_NEWEST = [("updated_at", -1), ("_id", -1)]
_OLDEST = [("updated_at", 1), ("_id", 1)]
_SEARCH_BATCH = 100


class Reading(StorePart):
    """Conversations and messages are read, listed and searched."""

    def get(self, user_id: str, conversation_id: str) -> Conversation | None:
        """Return the conversation, deleted or not."""
        with self._database.using() as db:
            found = conversation_of(db, user_id, conversation_id)
        return from_document(Conversation, found) if found else None

    def message(self, user_id: str, message_id: str) -> Message | None:
        """Return one message."""
        with self._database.using() as db:
            return message_of(db, user_id, message_id)

    def messages(
        self,
        user_id: str,
        conversation_id: str,
        *,
        limit: int,
        before: int | None = None,
        after: int | None = None,
    ) -> list[Message]:
        """Return messages in rising `seq`: the first ones after `after`, or else the last ones."""
        where: dict[str, Any] = {
            "conversation_id": conversation_id,
            "user_id": user_id,
            "replaced_by": "",
            "seq": {"$gt": -1 if after is None else after},
        }
        if before is not None:
            where["seq"]["$lt"] = before
        with self._database.using() as db:
            if conversation_of(db, user_id, conversation_id) is None:
                return []
            found = db["messages"].find(where).sort("seq", -1 if after is None else 1).limit(limit)
            messages = [from_document(Message, document) for document in found]
        return messages[::-1] if after is None else messages

    def answers_to(self, user_id: str, message_id: str) -> list[Message]:
        """Return the answers to a message, replaced ones included."""
        with self._database.using() as db:
            if not message_id:
                return []
            found = db["messages"].find({"reply_to": message_id, "user_id": user_id}).sort("seq", 1)
            return [from_document(Message, document) for document in found]

    def recent_question_ids(self, user_id: str, *, conversations: int) -> list[str]:
        """Return the questions asked in this person's newest conversations."""
        with self._database.using() as db:
            found = db["conversations"].find({"user_id": user_id}, {"question_ids": 1}).sort([("created_at", -1), ("_id", -1)])
            return list(itertools.chain.from_iterable(json.loads(one["question_ids"]) for one in found.limit(conversations)))

    def history(self, user_id: str, *, where: HistoryFilter, after: HistoryCursor | None, limit: int) -> list[Conversation]:
        """Return conversations after the cursor, newest first."""
        conditions: dict[str, Any] = {"user_id": user_id, **_conversation_conditions(where)}
        if where.since is not None or where.until is not None:
            conditions["updated_at"] = _between(where)
        if after is not None:
            conditions["$or"] = _beyond("updated_at", to_iso(after.updated_at), after.id)
        with self._database.using() as db:
            found = db["conversations"].find(conditions).sort(_NEWEST).limit(limit)
            return [from_document(Conversation, document) for document in found]

    def numbered(self, user_id: str, *, page: int, per_page: int) -> NumberedPage:
        """Return a page of the alive conversations by its number."""
        with self._database.using() as db:
            counter = db["people"].find_one({"_id": user_id}, {"conversations": 1})
            total = int(counter["conversations"]) if counter else 0
            skipped = (page - 1) * per_page
            wanted = max(0, min(per_page, total - skipped))
            documents: list[Document] = []
            if wanted:
                # The second half is walked from its end, so that no page costs more than half the index.
                from_end = skipped > total // 2
                found = db["conversations"].find({"user_id": user_id, "is_deleted": 0}).sort(_OLDEST if from_end else _NEWEST)
                documents = list(found.skip(total - skipped - wanted if from_end else skipped).limit(wanted))
                if from_end:
                    documents.reverse()
        items = tuple(from_document(Conversation, document) for document in documents)
        return NumberedPage(items=items, page=page, per_page=per_page, total=total)

    def search(self, user_id: str, query: SearchQuery, *, where: HistoryFilter, after: SearchCursor | None, limit: int) -> list[Found]:
        """Return hits after the cursor, newest first."""
        words: list[dict[str, Any]] = [{"terms": term} for term in query.terms]
        if query.prefix:
            words.append({"terms": {"$regex": "^" + re.escape(query.prefix)}})
        conditions: dict[str, Any] = {"user_id": user_id, "replaced_by": "", "$and": words}
        if where.since is not None or where.until is not None:
            conditions["created_at"] = _between(where)
        if after is not None:
            conditions["$or"] = _beyond("created_at", to_iso(after.created_at), after.id)
        with self._database.using() as db:
            found = db["messages"].find(conditions, {"terms": 0}).sort([("created_at", -1), ("_id", -1)]).batch_size(_SEARCH_BATCH)
            return list(itertools.islice(_with_conversations(db, found, user_id, where), limit))


def _with_conversations(db: Database[Document], found: Any, user_id: str, where: HistoryFilter) -> Iterator[Found]:
    """Yield the hits whose conversation matches, looking conversations up batch by batch."""
    hits = iter(found)
    while batch := list(itertools.islice(hits, _SEARCH_BATCH)):
        ids = list({hit["conversation_id"] for hit in batch})
        conditions = {"_id": {"$in": ids}, "user_id": user_id, **_conversation_conditions(where)}
        conversations = {one["_id"]: from_document(Conversation, one) for one in db["conversations"].find(conditions)}
        for hit in batch:
            conversation = conversations.get(hit["conversation_id"])
            if conversation is not None:
                yield Found(message=from_document(Message, hit), conversation=conversation)


def _conversation_conditions(where: HistoryFilter) -> dict[str, Any]:
    conditions: dict[str, Any] = {"is_deleted": int(where.deleted)}
    if where.level:
        conditions["level"] = where.level
    if where.topic:
        conditions["topic"] = where.topic
    if where.kind is not None:
        conditions["kind"] = where.kind.value
    if where.starred is not None:
        conditions["starred"] = int(where.starred)
    return conditions


def _between(where: HistoryFilter) -> dict[str, str]:
    bounds = {}
    if where.since is not None:
        bounds["$gte"] = to_iso(where.since)
    if where.until is not None:
        bounds["$lt"] = to_iso(where.until)
    return bounds


def _beyond(field: str, moment: str, key: str) -> list[dict[str, Any]]:
    return [{field: {"$lt": moment}}, {field: moment, "_id": {"$lt": key}}]
