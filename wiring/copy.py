"""`python -m wiring copy`: all data from one store to another, empty one, verified by counts and checksums.

Every collection is read as plain records, the same for every database, and written in batches. Then both sides are read again and
compared: a source that changed meanwhile is noticed too. A copy that fails removes what it wrote; one that is killed is noticed by
the next, which starts afresh.
"""

import contextlib
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from auth.models import AuditEvent, Device, OneTimeToken, Session, User
from chat.models import Conversation, Message, ShareLink
from core.errors import AppError, ConfigurationError, NotFound
from core.records import Record, field_names
from exam.models import Answer, Exam, ExamScript, StoredReport
from mail.models import Letter
from signup.models import SignupSession
from speech.models import Recording
from speech.ports import RecordingStore
from wiring.copy_sides import Transfer, open_source, open_target, place

COLLECTIONS: dict[str, tuple[str, ...]] = {
    "users": field_names(User),
    "sessions": field_names(Session),
    "session_refresh": ("refresh_hash", "session_id"),
    "tokens": field_names(OneTimeToken),
    "devices": field_names(Device),
    "audit": field_names(AuditEvent),
    "outbox": (*field_names(Letter), "state", "attempts", "next_try_at", "leased_until", "last_error", "sent_at"),
    "signup_sessions": field_names(SignupSession),
    "people": ("user_id", "conversations"),
    "conversations": field_names(Conversation),
    "messages": field_names(Message),
    "usage_days": ("user_id", "day", "sends", "replies", "prompt_tokens", "completion_tokens", "cost_micros"),
    "shares": field_names(ShareLink),
    "exams": field_names(Exam),
    "exam_scripts": field_names(ExamScript),
    "exam_answers": field_names(Answer),
    "exam_reports": field_names(StoredReport),
    "recording_consents": ("user_id", "given_at"),
}
"""Every collection and its fields, such that what others refer to comes first. A test compares them with both databases."""

_BATCH = 500
_MODULUS = 2**128


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """How many records, and a checksum that does not depend on their order."""

    count: int = 0
    total: int = 0

    def with_bytes(self, content: bytes) -> Self:
        """Return the sum with one more record."""
        number = int.from_bytes(hashlib.sha256(content).digest()[:16], "big")
        return type(self)(count=self.count + 1, total=(self.total + number) % _MODULUS)

    def with_recording(self, recording: Recording) -> Self:
        """Return the sum with one more recording."""
        head = f"{recording.owner_id} {recording.recording_id} {recording.content_type} "
        return self.with_bytes(head.encode() + recording.data)

    def with_record(self, record: Record) -> Self:
        """Return the sum with one more record; 2.0 and 2 are the same to it, as they are to databases."""
        plain = {name: int(value) if isinstance(value, float) and value.is_integer() else value for name, value in record.items()}
        return self.with_bytes(json.dumps(plain, sort_keys=True).encode())


def copy_all(*, source: str, target: str) -> Iterator[str]:
    """Copy everything; yield a line for each collection. Raises ConfigurationError or AppError, and has then changed nothing."""
    if place(source) == place(target):
        raise ConfigurationError("The source and the target are the same.")
    with open_source(source) as old, open_target(target, tuple(COLLECTIONS)) as new:
        old.transfer.settle()
        sums = {}
        for collection, fields in COLLECTIONS.items():
            sums[collection] = _copy(old.transfer, new.transfer, collection, fields)
            yield f"{collection}: {sums[collection].count} copied"
        keys = _recording_keys(old.transfer)
        heard = _copy_recordings(keys, old.recordings, new.recordings)
        missing = f", {len(keys) - heard.count} are not there any more" if heard.count < len(keys) else ""
        yield f"recordings: {heard.count} copied{missing}"
        _verify(old.transfer, sums, "The source changed while it was copied. Stop the app, then copy again.")
        _verify(new.transfer, sums, "The copy differs from the source. Nothing was kept.")
        if _recordings_sum(keys, new.recordings) != heard:
            raise AppError("The copied recordings differ from the source. Nothing was kept.")
    yield f"verified: {sum(one.count for one in sums.values())} records and {heard.count} recordings, counts and checksums are equal"


def _copy(old: Transfer, new: Transfer, collection: str, fields: tuple[str, ...]) -> Sum:
    found = Sum()
    for batch in _batches(_rows(old, collection, fields)):
        new.add(collection, batch)
        for record in batch:
            found = found.with_record(record)
    return found


def _rows(side: Transfer, collection: str, fields: tuple[str, ...]) -> Iterator[Record]:
    for record in side.rows(collection, fields):
        if collection != "people" or record["conversations"]:  # no counter and a counter at nought are the same
            yield record


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    rest = iter(records)
    while batch := list(itertools.islice(rest, _BATCH)):
        yield batch


def _verify(side: Transfer, expected: dict[str, Sum], complaint: str) -> None:
    for collection, fields in COLLECTIONS.items():
        found = Sum()
        for record in _rows(side, collection, fields):
            found = found.with_record(record)
        if found != expected[collection]:
            msg = f"{complaint} ({collection}: {expected[collection].count} records in the source, {found.count} found, or other content)"
            raise AppError(msg)


def _recording_keys(side: Transfer) -> list[tuple[str, str]]:
    """Return whose recordings the messages, answers and exams speak of: what else is in the store belongs to nothing any more."""
    found = {
        (str(record["user_id"]), str(record["recording_id"]))
        for collection in ("messages", "exam_answers")
        for record in side.rows(collection, ("user_id", "recording_id"))
        if record["recording_id"]
    }
    for record in side.rows("exams", ("user_id", "kept")):
        if record["kept"]:
            found.add((str(record["user_id"]), str(json.loads(str(record["kept"]))["recording_id"])))
    return sorted(found)


def _copy_recordings(keys: list[tuple[str, str]], source: RecordingStore, target: RecordingStore) -> Sum:
    found = Sum()
    copied: list[tuple[str, str]] = []
    try:
        for key in keys:
            with contextlib.suppress(NotFound):  # deleted on its own, its answer kept
                recording = source.get(*key)
                copied.append(key)
                target.put(*key, recording.data, recording.content_type)
                found = found.with_recording(recording)
    except BaseException:
        for key in copied:
            target.delete(*key)
        raise
    return found


def _recordings_sum(keys: list[tuple[str, str]], store: RecordingStore) -> Sum:
    found = Sum()
    for key in keys:
        with contextlib.suppress(NotFound):
            found = found.with_recording(store.get(*key))
    return found
