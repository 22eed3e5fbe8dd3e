"""Counted attempts in MongoDB, for several processes: a storage for the `limits` library over our own connection.

The library's own storage opens a second connection and needs updates by pipeline. A counter is one document with its end; each
attempt is one atomic increment.
"""

from datetime import UTC, datetime

from limits.storage import Storage
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from core.clock import Clock, SystemClock
from core.errors import StoreUnavailable
from db_mongo.database import MongoDatabase

_TRIES = 10


class MongoLimitStorage(Storage):
    """The counters of this database. A database that cannot be reached raises StoreUnavailable."""

    STORAGE_SCHEME = None

    def __init__(self, database: MongoDatabase, clock: Clock | None = None) -> None:
        """Use `database`; `clock` is the machine's own unless given."""
        super().__init__()
        self._database = database
        self._clock = clock or SystemClock()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the library would wrap, were it asked to."""
        return StoreUnavailable

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to the counter, or begin a new one of `expiry` seconds; return what it stands at."""
        now = self._clock.now().timestamp()
        fresh = {"count": amount, "ends_at": now + expiry, "purge_at": datetime.fromtimestamp(now + expiry, UTC)}
        with self._database.using() as db:
            for _ in range(_TRIES):
                alive = {"_id": key, "ends_at": {"$gt": now}}
                found = db["limits"].find_one_and_update(alive, {"$inc": {"count": amount}}, return_document=ReturnDocument.AFTER)
                if found is not None:
                    return int(found["count"])
                try:
                    # Replaces an ended counter, or makes the first one: if another did so just now, the key is a duplicate.
                    db["limits"].update_one({"_id": key, "ends_at": {"$lte": now}}, {"$set": fresh}, upsert=True)
                except DuplicateKeyError:
                    continue
                return amount
        raise StoreUnavailable("Attempts cannot be counted at the moment. Please try again in a moment.")

    def get(self, key: str) -> int:
        """Return what the counter stands at."""
        with self._database.using() as db:
            found = db["limits"].find_one({"_id": key, "ends_at": {"$gt": self._clock.now().timestamp()}})
        return int(found["count"]) if found else 0

    def get_expiry(self, key: str) -> float:
        """Return when the counter ends, in seconds since 1970."""
        with self._database.using() as db:
            found = db["limits"].find_one({"_id": key})
        return float(found["ends_at"]) if found else self._clock.now().timestamp()

    def check(self) -> bool:
        """Tell whether the database answers."""
        try:
            with self._database.using() as db:
                db.command("ping")
        except StoreUnavailable:
            return False
        return True

    def reset(self) -> int | None:
        """Forget every attempt of everybody."""
        with self._database.using() as db:
            return db["limits"].delete_many({}).deleted_count

    def clear(self, key: str) -> None:
        """Forget the attempts of a key."""
        with self._database.using() as db:
            db["limits"].delete_one({"_id": key})
