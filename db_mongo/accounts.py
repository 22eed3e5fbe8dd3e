"""Accounts in MongoDB (contract: `auth.ports.AccountStore`)."""

import re
from collections.abc import Sequence
from typing import Any

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from auth.errors import EmailTaken, UsernameTaken
from auth.models import AuditEvent, OneTimeToken, Role, User
from db_mongo.attached import Item, event_items, letter_items, settle, settle_quietly, token_items
from db_mongo.database import Document, MongoDatabase
from db_mongo.documents import from_document, to_document
from mail.models import Letter

_LONGEST = 1000


class MongoAccounts:
    """The accounts of this database."""

    def __init__(self, database: MongoDatabase) -> None:
        """Use `database`."""
        self._database = database

    def add(
        self,
        user: User,
        *,
        tokens: Sequence[OneTimeToken] = (),
        letters: Sequence[Letter] = (),
        events: Sequence[AuditEvent] = (),
    ) -> None:
        """Store a new account."""
        document = user_document(user) | {"attached": _items(tokens, letters, events)}
        with self._database.using() as db:
            try:
                db["users"].insert_one(document)
            except DuplicateKeyError:
                raise _taken(db, user) from None
        settle_quietly(self._database, "users", [document])

    def get(self, user_id: str) -> User | None:
        """Return the account."""
        return self._one({"_id": user_id})

    def by_email(self, email_key: str) -> User | None:
        """Return the account with this e-mail key."""
        return self._one({"email_key": email_key})

    def by_username(self, username_key: str) -> User | None:
        """Return the account with this username key."""
        return self._one({"username_key": username_key})

    def replace(
        self,
        user: User,
        *,
        tokens: Sequence[OneTimeToken] = (),
        letters: Sequence[Letter] = (),
        events: Sequence[AuditEvent] = (),
    ) -> bool:
        """Store `user` if the stored version is the one before it."""
        document = user_document(user)
        key, last_login = document.pop("_id"), document.pop("last_login_at", None)
        items = _items(tokens, letters, events)
        change: dict[str, Any] = {"$set": document, "$push": {"attached": {"$each": items}}}
        if last_login is not None:
            change["$max"] = {"last_login_at": last_login}
        with self._database.using() as db:
            try:
                changed = db["users"].update_one({"_id": key, "version": user.version - 1}, change).modified_count
            except DuplicateKeyError:
                raise _taken(db, user) from None
        if changed:
            settle_quietly(self._database, "users", [{"_id": key, "attached": items}])
        return bool(changed)

    def delete(self, user_id: str) -> None:
        """Remove the account document, after what is still attached to it."""
        with self._database.using() as db:
            settle(db, "users", db["users"].find({"_id": user_id}, {"attached": 1}))
            db["users"].delete_one({"_id": user_id})

    def search(self, text: str, *, after: str, limit: int) -> list[User]:
        """Return accounts that contain `text`, ordered by id."""
        if len(text) > _LONGEST or "\x00" in text:  # longer than any name, or what no pattern can hold
            return []
        pattern = {"$regex": re.escape(text.casefold())}
        where: dict[str, Any] = {"_id": {"$gt": after}}
        if text:
            where["$or"] = [{"email_key": pattern}, {"username_key": pattern}, {"name_key": pattern}]
        with self._database.using() as db:
            return [user_of(found) for found in db["users"].find(where).sort("_id", 1).limit(limit)]

    def count(self, *, role: Role | None = None) -> int:
        """Return how many accounts there are, or how many usable ones of a role."""
        where = {} if role is None else {"role": role.value, "is_active": 1, "deleted_at": None}
        with self._database.using() as db:
            return db["users"].count_documents(where)

    def marked_deleted(self, *, limit: int) -> list[User]:
        """Return accounts whose deletion was interrupted."""
        with self._database.using() as db:
            found = db["users"].find({"deleted_at": {"$gt": ""}}).sort("_id", 1).limit(limit)
            return [user_of(document) for document in found]

    def _one(self, where: dict[str, str]) -> User | None:
        with self._database.using() as db:
            found = db["users"].find_one(where)
        return user_of(found) if found else None


def user_document(user: User) -> Document:
    """Return an account's document."""
    document = to_document(user) | {"name_key": user.full_name.casefold()}
    if user.last_login_at is None:
        del document["last_login_at"]  # so that the first login's `$max` compares texts only
    return document


def user_of(document: Document) -> User:
    """Return the account of a document."""
    return from_document(User, {"last_login_at": None, **document})


def _items(tokens: Sequence[OneTimeToken], letters: Sequence[Letter], events: Sequence[AuditEvent]) -> list[Item]:
    return [*token_items(tokens), *letter_items(letters), *event_items(events)]


def _taken(db: Database[Document], user: User) -> EmailTaken | UsernameTaken:
    """Tell which of the two is taken: the unique indexes have said that one is."""
    other = db["users"].find_one({"email_key": user.email_key, "_id": {"$ne": user.id}}, {"_id": 1})
    return EmailTaken() if other else UsernameTaken()
