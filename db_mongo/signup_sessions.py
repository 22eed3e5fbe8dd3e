"""Sign-up conversations in MongoDB (contract: `signup.ports.SessionStore`)."""

from datetime import datetime

from core.clock import to_iso
from db_mongo.database import Document, MongoDatabase
from db_mongo.documents import from_document, to_document
from signup.models import SignupSession


class MongoSignupSessions:
    """The sign-up conversations of this database."""

    def __init__(self, database: MongoDatabase) -> None:
        """Use `database`."""
        self._database = database

    def create(self, session: SignupSession) -> None:
        """Store a new conversation."""
        with self._database.using() as db:
            db["signup_sessions"].insert_one(signup_document(session))

    def get(self, session_id: str) -> SignupSession | None:
        """Return the conversation, expired or not."""
        with self._database.using() as db:
            found = db["signup_sessions"].find_one({"_id": session_id})
        return from_document(SignupSession, {"offered": "[]", **found}) if found else None  # older conversations have no offers

    def replace(self, session: SignupSession) -> bool:
        """Store `session` if the stored version is the one before it."""
        document = signup_document(session)
        with self._database.using() as db:
            before = {"_id": document.pop("_id"), "version": session.version - 1}
            return db["signup_sessions"].update_one(before, {"$set": document}).matched_count == 1

    def delete(self, session_id: str) -> None:
        """Remove the conversation if it is there."""
        with self._database.using() as db:
            db["signup_sessions"].delete_one({"_id": session_id})

    def delete_all_of(self, user_id: str) -> None:
        """Remove the conversations that ended with this account."""
        if not user_id:
            return
        with self._database.using() as db:
            db["signup_sessions"].delete_many({"user_id": user_id})

    def delete_expired(self, *, before: datetime) -> int:
        """Remove conversations that expired before `before`."""
        with self._database.using() as db:
            return db["signup_sessions"].delete_many({"expires_at": {"$lt": to_iso(before)}}).deleted_count


def signup_document(session: SignupSession) -> Document:
    """Return a conversation's document; nothing is kept after its end."""
    return to_document(session) | {"purge_at": session.expires_at}
