"""Replies on their way: the streaming part of `chat.ports.ConversationStore`."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pymongo import ReturnDocument, UpdateOne

from chat.models import Message, Progress, ReplyOutcome, ReplyState, preview
from chat.search import terms
from chat.storing import ended
from core.clock import to_iso
from core.records import field_names, to_record
from db_mongo.attached import Item, count_item, ending_item, settle_everything, settle_quietly
from db_mongo.conversation_documents import INTERRUPTED, OPEN, STREAMING, StorePart, message_of, streaming_until
from db_mongo.documents import from_document

_BATCH = 200
_ENDS = (*field_names(ReplyOutcome), "lease_until")  # what the end of a reply changes in its message


class Replies(StorePart):
    """Replies are written, stopped, finished and recovered."""

    def save_progress(self, updates: Sequence[Progress]) -> Mapping[str, ReplyState]:
        """Save how far these replies have come, in one write."""
        if not updates:
            return {}
        with self._database.using() as db:
            db["messages"].bulk_write([_progress(update) for update in updates], ordered=False)
            asked = {"_id": {"$in": [update.message_id for update in updates]}, "status": STREAMING}
            found = {one["_id"]: one for one in db["messages"].find(asked, {"user_id": 1, "stop_requested": 1})}
        states = {}
        for update in updates:
            one = found.get(update.message_id)
            mine = one is not None and one["user_id"] == update.user_id
            states[update.message_id] = (
                (ReplyState.STOP if one and one["stop_requested"] else ReplyState.WANTED) if mine else ReplyState.GONE
            )
        return states

    def finish_reply(self, user_id: str, message_id: str, outcome: ReplyOutcome) -> Message | None:
        """End a reply."""
        with self._database.using() as db:
            before = message_of(db, user_id, message_id)
            if before is None:
                return None
            items = _ending(before, outcome)
            change = {"$set": _outcome(before, outcome), "$unset": {"streaming_until": ""}, "$push": {"attached": {"$each": items}}}
            still_open = {"_id": message_id, "user_id": user_id, **OPEN}
            found = db["messages"].find_one_and_update(still_open, change, return_document=ReturnDocument.AFTER)
        if found is None:
            return None
        settle_quietly(self._database, "messages", [{"_id": message_id, "attached": items}])
        return from_document(Message, found)

    def request_stop(self, user_id: str, message_id: str) -> bool:
        """Ask the writer of a streaming reply to stop."""
        with self._database.using() as db:
            streaming = {"_id": message_id, "user_id": user_id, "status": STREAMING}
            return db["messages"].update_one(streaming, {"$set": {"stop_requested": 1}}).matched_count == 1

    def recover_replies(self, *, now: datetime, expired_only: bool) -> int:
        """Settle what a crash left attached and mark abandoned replies as interrupted."""
        which: dict[str, Any] = {"streaming_until": {"$lt": to_iso(now)} if expired_only else {"$exists": True}}
        count = 0
        with self._database.using() as db:
            settle_everything(db)
            while found := list(db["messages"].find(which, {"content": 1, "lease_until": 1}).limit(_BATCH)):
                for one in found:
                    # The lease decides between us and a writer that turns out to be alive: it renews it with each sign of life.
                    same = {"_id": one["_id"], "status": STREAMING, "lease_until": one["lease_until"]}
                    change = {
                        "status": INTERRUPTED,
                        "finished_at": to_iso(now),
                        "lease_until": one["lease_until"] or to_iso(now),
                        "terms": sorted(terms(one["content"])),
                    }
                    count += db["messages"].update_one(same, {"$set": change, "$unset": {"streaming_until": ""}}).modified_count
        return count


def _progress(update: Progress) -> UpdateOne:
    change: dict[str, Any] = {
        "status": STREAMING,
        "finished_at": None,
        "lease_until": to_iso(update.lease_until),
        "streaming_until": streaming_until(update.lease_until),
    }
    if update.content is not None:
        change["content"] = update.content
    return UpdateOne({"_id": update.message_id, "user_id": update.user_id, **OPEN}, {"$set": change, "$unset": {"terms": ""}})


def _outcome(before: Message, outcome: ReplyOutcome) -> dict[str, Any]:
    after = to_record(ended(before, outcome))
    return {name: after[name] for name in _ENDS} | {"terms": sorted(terms(outcome.content))}


def _ending(before: Message, outcome: ReplyOutcome) -> list[Item]:
    day = outcome.finished_at.astimezone(UTC).date().isoformat()
    used = {
        "replies": 1,
        "prompt_tokens": outcome.usage.prompt_tokens,
        "completion_tokens": outcome.usage.completion_tokens,
        "cost_micros": outcome.usage.cost_micros,
    }
    ending = ending_item(
        f"{before.id}:end",
        conversation_id=before.conversation_id,
        seq=before.seq,
        at=to_iso(outcome.finished_at),
        preview=preview(outcome.content),
    )
    start = {"user_id": before.user_id, "day": day, "sends": 0, "replies": 0, "prompt_tokens": 0, "completion_tokens": 0, "cost_micros": 0}
    return [ending, count_item(f"{before.id}:usage", into="usage_days", key=f"{before.user_id} {day}", start=start, by=used)]
