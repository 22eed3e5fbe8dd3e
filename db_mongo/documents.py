"""Values as MongoDB documents: records (see `core.records`) whose `id` is the document's `_id`.

Mappings of a person's making stay JSON text, so no key of theirs is ever a field name or an operator.
"""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from core.records import from_record, to_record

T = TypeVar("T")
KEPT_AFTER_EXPIRY = timedelta(days=7)


def to_document(value: object, key: str = "") -> dict[str, Any]:
    """Return the value's document; its `_id` is `key`, or else its field `id`."""
    record = to_record(value)
    return {"_id": key, **record} if key else {"_id": record.pop("id"), **record}


def from_document(cls: type[T], document: dict[str, Any]) -> T:
    """Return the value of a document."""
    return from_record(cls, {"id": document["_id"], **document})


def purge_at(expires_at: datetime) -> datetime:
    """Return when an expiring index may remove what expired then (MongoDB keeps times of its own to the millisecond)."""
    return expires_at + KEPT_AFTER_EXPIRY
