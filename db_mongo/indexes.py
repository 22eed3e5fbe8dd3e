"""Every index, in one table. `create_indexes` makes what is missing; an index is never changed in place: give it a new name."""

from dataclasses import dataclass, field
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import OperationFailure

from core import log

_log = log.get("db_mongo")

UP, DOWN = ASCENDING, DESCENDING
_EXPIRES: dict[str, Any] = {"expireAfterSeconds": 0}
_UNIQUE: dict[str, Any] = {"unique": True}
_SPARSE: dict[str, Any] = {"sparse": True}


@dataclass(frozen=True, slots=True)
class Index:
    """One index. `purge_at` indexes are a net only: expiry is always also checked in the query."""

    collection: str
    name: str
    keys: tuple[tuple[str, int], ...]
    options: dict[str, Any] = field(default_factory=dict)


INDEXES = (
    Index("users", "email", (("email_key", UP),), _UNIQUE),
    Index("users", "username", (("username_key", UP),), _UNIQUE),
    Index("users", "role", (("role", UP),)),
    Index("users", "deleted", (("deleted_at", UP), ("_id", UP))),
    Index("users", "attached", (("attached.id", UP),), _SPARSE),
    Index("sessions", "user", (("user_id", UP),)),
    Index("sessions", "cookie", (("cookie_hash", UP),)),
    Index("sessions", "refresh", (("refresh_hash", UP),)),
    Index("sessions", "previous_refresh", (("previous_refresh_hash", UP),)),
    Index("sessions", "attached", (("attached.id", UP),), _SPARSE),
    Index("sessions", "purge", (("purge_at", UP),), _EXPIRES),
    Index("session_refresh", "session", (("session_id", UP),)),
    Index("session_refresh", "purge", (("purge_at", UP),), _EXPIRES),
    Index("tokens", "user", (("user_id", UP), ("purpose", UP))),
    Index("tokens", "pending", (("purpose", UP), ("used_at", UP), ("created_at", DOWN))),
    Index("tokens", "attached", (("attached.id", UP),), _SPARSE),
    Index("tokens", "purge", (("purge_at", UP),), _EXPIRES),
    Index("devices", "user", (("user_id", UP),)),
    Index("audit", "user", (("user_id", UP), ("at", DOWN), ("no", DOWN))),
    Index("audit", "actor", (("actor_id", UP),)),
    Index("audit", "time", (("at", DOWN), ("no", DOWN))),
    Index("outbox", "state", (("state", UP), ("created_at", UP), ("_id", UP))),
    Index("outbox", "user", (("user_id", UP),)),
    Index("conversations", "history", (("user_id", UP), ("is_deleted", UP), ("updated_at", DOWN), ("_id", DOWN))),
    Index("conversations", "starred", (("user_id", UP), ("is_deleted", UP), ("starred", UP), ("updated_at", DOWN), ("_id", DOWN))),
    Index("conversations", "level", (("user_id", UP), ("is_deleted", UP), ("level", UP), ("updated_at", DOWN), ("_id", DOWN))),
    Index("conversations", "topic", (("user_id", UP), ("is_deleted", UP), ("topic", UP), ("updated_at", DOWN), ("_id", DOWN))),
    Index("conversations", "kind", (("user_id", UP), ("is_deleted", UP), ("kind", UP), ("updated_at", DOWN), ("_id", DOWN))),
    Index("conversations", "created", (("user_id", UP), ("created_at", DOWN), ("_id", DOWN))),
    Index("conversations", "purge", (("is_deleted", UP), ("deleted_at", UP))),
    Index("conversations", "send_keys", (("send_keys", UP),), _UNIQUE | _SPARSE),
    Index("conversations", "attached", (("attached.id", UP),), _SPARSE),
    Index("messages", "place", (("conversation_id", UP), ("seq", UP)), _UNIQUE),
    Index("messages", "send_id", (("send_id", UP),), _SPARSE),
    Index("messages", "reply_to", (("reply_to", UP), ("seq", UP))),
    Index("messages", "streaming", (("streaming_until", UP),), _SPARSE),
    Index("messages", "search", (("user_id", UP), ("terms", UP), ("created_at", DOWN), ("_id", DOWN))),
    Index("messages", "attached", (("attached.id", UP),), _SPARSE),
    Index("signup_sessions", "purge", (("purge_at", UP),), _EXPIRES),
    Index("limits", "purge", (("purge_at", UP),), _EXPIRES),
    Index("exams", "history", (("user_id", UP), ("created_at", DOWN), ("_id", DOWN))),
    Index("exams", "reports", (("user_id", UP), ("report.made_at", DOWN), ("_id", DOWN))),
    Index("exams", "grading", (("grading", UP),)),
    Index("exams", "pending", (("pending", UP),)),
    Index("exam_scripts", "user", (("user_id", UP),)),
    Index("usage_days", "user", (("user_id", UP), ("day", UP))),
    Index("usage_days", "day", (("day", UP),)),
    Index("shares", "token", (("token_hash", UP),), _UNIQUE),
    Index("shares", "conversation", (("conversation_id", UP), ("created_at", DOWN))),
    Index("shares", "user", (("user_id", UP),)),
)


def create_indexes(database: Database[Any], *, expiring: bool = True) -> None:
    """Create every index that is missing. A server without expiring indexes is told of in the log; any other refusal is raised.

    `expiring=False` leaves the expiring ones out.
    """
    for collection in dict.fromkeys(index.collection for index in INDEXES):
        lasting, ending = _models(collection)
        if lasting:
            database[collection].create_indexes(lasting)
        if ending and expiring:
            _create_expiring(database, collection, ending)


def _models(collection: str) -> tuple[list[IndexModel], list[IndexModel]]:
    lasting: list[IndexModel] = []
    ending: list[IndexModel] = []
    for index in INDEXES:
        if index.collection == collection:
            model = IndexModel(list(index.keys), name=index.name, **index.options)
            (ending if "expireAfterSeconds" in index.options else lasting).append(model)
    return lasting, ending


def _create_expiring(database: Database[Any], collection: str, models: list[IndexModel]) -> None:
    try:
        database[collection].create_indexes(models)
    except OperationFailure:
        _log.warning(
            "the server has no expiring indexes: old rows are removed by the hourly clean-up only", extra={"collection": collection}
        )
