"""Quotas and usage: part of `chat.ports.ConversationStore`."""

from contextlib import suppress
from datetime import date
from typing import Any

from pymongo.errors import DuplicateKeyError

from chat.models import UsageDay
from db_mongo.conversation_documents import StorePart

_SUMS = ("sends", "replies", "prompt_tokens", "completion_tokens", "cost_micros")


class Usage(StorePart):
    """What people send and what the answers cost, by day."""

    def take_send(self, user_id: str, *, day: date, limit: int) -> bool:
        """Count one send of the day if the limit allows it."""
        key = f"{user_id} {day.isoformat()}"
        start: dict[str, Any] = {"user_id": user_id, "day": day.isoformat(), **dict.fromkeys(_SUMS, 0)}
        with self._database.using() as db:
            with suppress(DuplicateKeyError):  # two first sends at once: the other one made it
                db["usage_days"].update_one({"_id": key}, {"$setOnInsert": start}, upsert=True)
            allowed = {"_id": key, "sends": {"$lt": limit}} if limit else {"_id": key}
            return db["usage_days"].update_one(allowed, {"$inc": {"sends": 1}}).modified_count == 1

    def give_back_send(self, user_id: str, *, day: date) -> None:
        """Undo one `take_send`."""
        with self._database.using() as db:
            db["usage_days"].update_one({"_id": f"{user_id} {day.isoformat()}", "sends": {"$gt": 0}}, {"$inc": {"sends": -1}})

    def usage(self, user_id: str, *, first: date, last: date) -> list[UsageDay]:
        """Return the days with any use, rising."""
        with self._database.using() as db:
            where = {"user_id": user_id, "day": {"$gte": first.isoformat(), "$lte": last.isoformat()}}
            days = [_usage_day(found) for found in db["usage_days"].find(where).sort("day", 1)]
        return [day for day in days if _used(day)]

    def usage_of_all(self, *, first: date, last: date, limit: int) -> list[UsageDay]:
        """Return per person the sum over the days, most tokens first."""
        days = {"day": {"$gte": first.isoformat(), "$lte": last.isoformat()}}
        sums: dict[str, Any] = {name: {"$sum": f"${name}"} for name in _SUMS}
        with self._database.using() as db:
            found = list(db["usage_days"].aggregate([{"$match": days}, {"$group": {"_id": "$user_id", **sums}}]))
        people = [_usage_day({**one, "user_id": one["_id"], "day": last.isoformat()}) for one in found]
        people.sort(key=lambda day: (-(day.prompt_tokens + day.completion_tokens), -day.sends, day.user_id))
        return [person for person in people if _used(person)][:limit]


def _used(day: UsageDay) -> bool:
    return any(getattr(day, name) for name in _SUMS)


def _usage_day(found: dict[str, Any]) -> UsageDay:
    return UsageDay(user_id=found["user_id"], day=date.fromisoformat(found["day"]), **{name: found[name] for name in _SUMS})
