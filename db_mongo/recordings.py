"""Recordings in GridFS (contract: `speech.ports.RecordingStore`).

A file's `_id` is `<owner>/<recording>/<ObjectId>`, so that its chunks too, which GridFS writes first, carry their owner: whatever a
crash leaves behind goes with the account. The newest `_id` of a recording is the one that counts; older ones are removed after it is
stored. GridFS inserts the file's document last, so that readers see all of a recording or nothing.
"""

from datetime import datetime, timedelta
from typing import Any

from bson import ObjectId
from gridfs import GridFS
from gridfs.errors import GridFSError, NoFile
from pymongo.database import Database
from pymongo.write_concern import WriteConcern

from core.errors import NotFound
from db_mongo.database import Document, MongoDatabase
from speech.errors import RecordingTooLarge
from speech.models import Recording
from speech.ports import CONTENT_TYPES, check_names

_BUCKET = "recordings"
_FILES, _CHUNKS = f"{_BUCKET}.files", f"{_BUCKET}.chunks"
_UNFINISHED = timedelta(hours=1)
_NOBODY_WRITES = timedelta(minutes=10)  # for so long: the driver gives up after seconds
_TRIES = 20  # a reader that meets a replacement each time; two are rare


class MongoRecordings:
    """The recordings of one MongoDB database, in the bucket `recordings`. Safe to share between threads."""

    def __init__(self, database: MongoDatabase, *, max_bytes: int = 25_000_000) -> None:
        """Keep recordings of at most `max_bytes` each in `database`."""
        self._database = database
        self._max_bytes = max_bytes

    def put(self, owner_id: str, recording_id: str, data: bytes, content_type: str) -> None:
        """Store a new version, then remove the older ones."""
        check_names(owner_id, recording_id)
        if content_type not in CONTENT_TYPES or not data:
            msg = f"a recording has sound and one of {sorted(CONTENT_TYPES)}, not {content_type!r}"
            raise ValueError(msg)
        if len(data) > self._max_bytes:
            msg = f"The recording is too large: at most {self._max_bytes // 1_000_000} MB are kept. Record a shorter answer."
            raise RecordingTooLarge(msg)
        key = f"{owner_id}/{recording_id}/{ObjectId()}"
        metadata = {"owner_id": owner_id, "content_type": content_type}
        with self._database.using() as database:
            durable = _durable(database)
            GridFS(durable, collection=_BUCKET).put(data, _id=key, filename=recording_id, metadata=metadata)
            # Only older ones: of two writers at once the later one stays, and none removes the other's.
            _remove(durable, _under(owner_id, recording_id) | {"$lt": key})

    def get(self, owner_id: str, recording_id: str) -> Recording:
        """Read the newest version; look again if it is replaced while it is read."""
        check_names(owner_id, recording_id)
        with self._database.using() as database:
            grid, files = GridFS(database, collection=_BUCKET), database[_FILES]
            for attempt in range(_TRIES):
                found = files.find_one({"_id": _under(owner_id, recording_id)}, sort=[("_id", -1)])
                if found is None:
                    break
                try:
                    data = grid.get(found["_id"]).read()
                except (NoFile, GridFSError):
                    if attempt == _TRIES - 1:
                        raise
                    continue
                content_type = found["metadata"]["content_type"]
                return Recording(owner_id=owner_id, recording_id=recording_id, data=data, content_type=content_type)
        msg = "This recording does not exist."
        raise NotFound(msg)

    def delete(self, owner_id: str, recording_id: str) -> bool:
        """Remove every version of the recording."""
        check_names(owner_id, recording_id)
        with self._database.using() as database:
            return _remove(_durable(database), _under(owner_id, recording_id)) > 0

    def delete_all_of(self, owner_id: str) -> int:
        """Remove every file of the owner, and the chunks that a crash left."""
        check_names(owner_id)
        with self._database.using() as database:
            durable = _durable(database)
            count = _remove(durable, _under(owner_id))
            _remove_unfinished(durable, _under(owner_id), before=ObjectId().generation_time - _NOBODY_WRITES)
            return count

    def tidy(self, *, now: datetime) -> int:
        """Remove chunks without a file that are older than an hour."""
        with self._database.using() as database:
            return _remove_unfinished(_durable(database), None, before=now - _UNFINISHED)


def _remove(database: Database[Document], keys: dict[str, str]) -> int:
    """Remove the files with these keys, and the chunks of just these: a file that is being written keeps its own."""
    found = [file["_id"] for file in database[_FILES].find({"_id": keys}, {"_id": 1})]
    if not found:
        return 0
    count = database[_FILES].delete_many({"_id": {"$in": found}}).deleted_count
    database[_CHUNKS].delete_many({"files_id": {"$in": found}})
    return count


def _remove_unfinished(database: Database[Document], keys: dict[str, str] | None, *, before: datetime) -> int:
    """Remove chunks that have no file and were begun before that time."""
    removed = 0
    match: dict[str, Any] = {"n": 0} if keys is None else {"n": 0, "files_id": keys}
    for chunk in database[_CHUNKS].find(match, {"files_id": 1}):
        key = str(chunk["files_id"])
        begun = key.rpartition("/")[2]
        if not ObjectId.is_valid(begun) or ObjectId(begun).generation_time >= before:
            continue
        if database[_FILES].find_one({"_id": key}, {"_id": 1}) is None:
            database[_CHUNKS].delete_many({"files_id": key})
            removed += 1
    return removed


def _under(*names: str) -> dict[str, str]:
    """Return the range of keys that begin with these names; `0` follows `/`, and no name holds either by itself."""
    start = "/".join(names)
    return {"$gte": f"{start}/", "$lt": f"{start}0"}


def _durable(database: Database[Document]) -> Database[Document]:
    """Return `database` such that a write is acknowledged once a majority has it in its journal."""
    try:
        return database.with_options(write_concern=WriteConcern(w="majority", j=True))
    except NotImplementedError:  # an emulator in tests keeps nothing anyway
        return database
