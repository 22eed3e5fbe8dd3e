"""Everything in a MongoDB database as plain records, out and in: what copying to another store needs.

A collection's records have the fields of its values; what MongoDB's own indexes need is added on the way in and left out on the way out.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pymongo.database import Database

from auth.models import AuditEvent, OneTimeToken, Session, User
from chat.models import Conversation, Message
from core.records import Record, from_record
from db_mongo.accounts import user_document
from db_mongo.attached import event_document, settle_everything, token_document
from db_mongo.conversation_documents import conversation_document, message_document
from db_mongo.database import Document, MongoDatabase
from db_mongo.documents import from_document
from db_mongo.exams import complete, put_answer
from db_mongo.sessions import refresh_document, session_document
from db_mongo.signup_sessions import signup_document
from exam.models import Answer
from signup.models import SignupSession

# What a document's `_id` is, where the records have a field for it.
_KEYS = {"people": "user_id", "recording_consents": "user_id", "session_refresh": "refresh_hash"}
_DOCUMENTS: dict[str, Callable[[Record], Document]] = {
    "users": lambda record: user_document(from_record(User, record)),
    "sessions": lambda record: session_document(from_record(Session, record)),
    "tokens": lambda record: token_document(from_record(OneTimeToken, record)),
    "devices": lambda record: {"_id": f"{record['user_id']} {record['device_hash']}", **record},
    "audit": lambda record: event_document(from_record(AuditEvent, record)),
    "conversations": lambda record: conversation_document(from_record(Conversation, record)),
    "messages": lambda record: message_document(from_record(Message, record)),
    "usage_days": lambda record: {"_id": f"{record['user_id']} {record['day']}", **record},
    "signup_sessions": lambda record: signup_document(from_record(SignupSession, record)),
    "exams": lambda record: {**_keyed("id", record), "answers": {}, "pending": 0},
    "exam_scripts": lambda record: {"_id": record["exam_id"], **record},
}


class MongoTransfer:
    """Reads and fills the collections of one database."""

    def __init__(self, database: MongoDatabase) -> None:
        """Use `database`."""
        self._database = database

    def settle(self) -> None:
        """Make up for what a crash has left half done."""
        with self._database.using() as db:
            settle_everything(db)

    def rows(self, collection: str, fields: Sequence[str]) -> Iterator[Record]:
        """Yield every record, those of the audit trail as they were stored."""
        with self._database.using() as db:
            for found in _found(db, collection):
                yield {field: found.get(field) for field in fields}

    def add(self, collection: str, records: Sequence[Record]) -> None:
        """Store records."""
        with self._database.using() as db:
            if collection == "exam_answers":
                for record in records:
                    put_answer(db, from_record(Answer, record))
            elif collection == "exam_reports":
                for record in records:
                    db["exams"].update_one({"_id": record["exam_id"]}, {"$set": {"report": dict(record)}})
            elif collection == "session_refresh":
                db[collection].insert_many(_refresh_documents(db, records), ordered=False)
            else:
                document = _DOCUMENTS.get(collection) or (lambda record: _keyed(_KEYS.get(collection, "id"), record))
                db[collection].insert_many([document(record) for record in records], ordered=True)

    def is_empty(self, collections: Sequence[str]) -> bool:
        """Tell whether none of the collections has a record."""
        with self._database.using() as db:
            return all(db[name].find_one({}, {"_id": 1}) is None for name in collections)

    def clear(self, collections: Sequence[str]) -> None:
        """Remove every record of the collections."""
        with self._database.using() as db:
            for name in collections:
                db[name].delete_many({})


def _keyed(key: str, record: Record) -> Document:
    rest = dict(record)
    return {"_id": rest.pop(key), **rest}


def _found(db: Database[Document], collection: str) -> Iterator[dict[str, Any]]:
    if collection == "exam_answers":
        for exam in db["exams"].find({}, {"answers": 1}):
            yield from exam["answers"].values()
    elif collection == "exam_reports":
        for exam in db["exams"].find({"report": {"$exists": True}}, {"report": 1}):
            yield exam["report"]
    elif collection == "session_refresh":
        yield from _refresh_records(db)
    else:
        found = db[collection].find({})
        for document in found.sort("no", 1) if collection == "audit" else found:
            whole = complete(document) if collection == "exams" else document
            yield {_KEYS.get(collection, "id"): document["_id"], **whole}


def _refresh_records(db: Database[Document]) -> Iterator[dict[str, Any]]:
    """Yield every refresh digest: those in the sessions, then the older ones."""
    for document in db["sessions"].find({}):
        session = from_document(Session, document)
        for digest in {session.refresh_hash, session.previous_refresh_hash} - {""}:
            yield {"refresh_hash": digest, "session_id": session.id}
    for document in db["session_refresh"].find({}):
        current = db["sessions"].find_one({"_id": document["session_id"]}, {"refresh_hash": 1, "previous_refresh_hash": 1})
        if current is not None and document["_id"] not in {current["refresh_hash"], current["previous_refresh_hash"]}:
            yield {"refresh_hash": document["_id"], "session_id": document["session_id"]}


def _refresh_documents(db: Database[Document], records: Sequence[Record]) -> list[Document]:
    ids = [record["session_id"] for record in records]
    ends = {one["_id"]: one["expires_at"] for one in db["sessions"].find({"_id": {"$in": ids}}, {"expires_at": 1})}
    return [refresh_document(str(record["refresh_hash"]), str(record["session_id"]), ends[record["session_id"]]) for record in records]
