"""Quotas and usage: part of `chat.ports.ConversationStore`."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any, TypeVar

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from chat.errors import DailyQuotaReached
from chat.models import Appended, DailySends, UsageDay
from db_mongo.conversation_documents import StorePart
from db_mongo.database import Document, MongoDatabase

_Stored = TypeVar("_Stored", Appended, Appended | None)
_SUMS = ("sends", "replies", "prompt_tokens", "completion_tokens", "cost_micros")


class Usage(StorePart):
    """What people send and what the answers cost, by day."""

    def sent_on(self, user_id: str, day: date) -> int:
        """Return how much was sent on a day."""
        with self._database.using() as db:
            found = db["usage_days"].find_one({"user_id": user_id, "day": day.isoformat()}, {"sends": 1})
        return int(found.get("sends", 0)) if found else 0

    def usage(self, user_id: str, *, first: date, last: date) -> list[UsageDay]:
        """Return the days with any use, rising."""
        with self._database.using() as db:
            where = {"user_id": user_id, "day": {"$gte": first.isoformat(), "$lte": last.isoformat()}}
            days = [_usage_day(found) for found in db["usage_days"].find(where).sort("day", 1)]
        return [day for day in days if _used(day)]

    def usage_of_all(self, *, first: date, last: date, limit: int, skip: int = 0) -> list[UsageDay]:
        """Return per person the sum over the days, most tokens first."""
        people = [_usage_day({**one, "user_id": one["_id"], "day": last.isoformat()}) for one in self._sums("user_id", first, last)]
        people.sort(key=lambda day: (-day.tokens, -day.sends, day.user_id))
        return [person for person in people if _used(person)][skip : skip + limit]

    def usage_by_day(self, *, first: date, last: date) -> list[UsageDay]:
        """Return the days with any use, each the sum over all people, rising."""
        days = [_usage_day({**one, "user_id": "", "day": one["_id"]}) for one in self._sums("day", first, last)]
        return sorted((day for day in days if _used(day)), key=lambda day: day.day)

    def _sums(self, by: str, first: date, last: date) -> list[Document]:
        days = {"day": {"$gte": first.isoformat(), "$lte": last.isoformat()}}
        sums: dict[str, Any] = {name: {"$sum": f"${name}"} for name in _SUMS}
        with self._database.using() as db:
            return list(db["usage_days"].aggregate([{"$match": days}, {"$group": {"_id": f"${by}", **sums}}]))


class Count:
    """Whether a send that was counted really stored something."""

    def __init__(self) -> None:
        self.stored = False

    def only_if_new(self, stored: _Stored) -> _Stored:
        """Keep the count if this is something new, and pass it on."""
        self.stored = stored is not None and not stored.replayed
        return stored


@contextmanager
def counting(database: MongoDatabase, user_id: str, counted: DailySends | None) -> Iterator[Count]:
    """Count a send before it is stored, and undo that if nothing was stored after all. Raises DailyQuotaReached."""
    count = Count()
    if counted is None:
        yield count
        return
    with database.using() as db:
        _take_send(db, user_id, counted)
    try:
        yield count
    finally:
        if not count.stored:
            with database.using() as db:
                _give_back_send(db, user_id, counted)


def _take_send(db: Database[Document], user_id: str, counted: DailySends) -> None:
    """Count a send; of racing callers never more pass than the limit allows."""
    day = counted.day.isoformat()
    key = f"{user_id} {day}"
    start: dict[str, Any] = {"user_id": user_id, "day": day, **dict.fromkeys(_SUMS, 0)}
    with suppress(DuplicateKeyError):  # two first sends at once: the other one made it
        db["usage_days"].update_one({"_id": key}, {"$setOnInsert": start}, upsert=True)
    allowed = {"_id": key, "sends": {"$lt": counted.limit}} if counted.limit else {"_id": key}
    if db["usage_days"].update_one(allowed, {"$inc": {"sends": 1}}).modified_count != 1:
        raise DailyQuotaReached(retry_after=counted.seconds_left)


def _give_back_send(db: Database[Document], user_id: str, counted: DailySends) -> None:
    key = f"{user_id} {counted.day.isoformat()}"
    db["usage_days"].update_one({"_id": key, "sends": {"$gt": 0}}, {"$inc": {"sends": -1}})


def _used(day: UsageDay) -> bool:
    return any(getattr(day, name) for name in _SUMS)


def _usage_day(found: dict[str, Any]) -> UsageDay:
    return UsageDay(user_id=found["user_id"], day=date.fromisoformat(found["day"]), **{name: found[name] for name in _SUMS})
