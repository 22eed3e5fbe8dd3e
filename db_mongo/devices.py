"""Known devices in MongoDB (contract: `auth.ports.DeviceStore`)."""

from pymongo.errors import DuplicateKeyError

from auth.models import Device
from db_mongo.database import MongoDatabase
from db_mongo.documents import from_document, to_document


class MongoDevices:
    """The devices of this database."""

    def __init__(self, database: MongoDatabase) -> None:
        """Use `database`."""
        self._database = database

    def get(self, user_id: str, device_hash: str) -> Device | None:
        """Return the device if this person knows it."""
        with self._database.using() as db:
            found = db["devices"].find_one({"_id": _key(user_id, device_hash)})
        return from_document(Device, found) if found else None

    def save(self, device: Device) -> None:
        """Add the device, or move its last use."""
        document = to_document(device, _key(device.user_id, device.device_hash))
        moved = {name: document.pop(name) for name in ("last_seen_at", "user_agent")}
        key = document.pop("_id")
        change = {"$set": moved, "$setOnInsert": document}
        with self._database.using() as db:
            try:
                db["devices"].update_one({"_id": key}, change, upsert=True)
            except DuplicateKeyError:  # two first uses at once: the other one made it
                db["devices"].update_one({"_id": key}, {"$set": moved})

    def count(self, user_id: str) -> int:
        """Return how many devices this person has used."""
        with self._database.using() as db:
            return db["devices"].count_documents({"user_id": user_id})

    def delete_all_of(self, user_id: str) -> None:
        """Forget every device of this person."""
        with self._database.using() as db:
            db["devices"].delete_many({"user_id": user_id})


def _key(user_id: str, device_hash: str) -> str:
    return f"{user_id} {device_hash}"
