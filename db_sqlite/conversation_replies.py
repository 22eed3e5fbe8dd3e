"""Replies on their way: the streaming part of `chat.ports.ConversationStore`."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from chat.models import Message, MessageStatus, Progress, ReplyOutcome, ReplyState, preview
from chat.storing import ended
from core.clock import to_iso
from core.records import encode, from_record
from db_sqlite.conversation_rows import STREAMING, StorePart, index_message, person_number, unindex_message
from db_sqlite.conversation_usage import count_reply

# A recovered reply keeps its lease, which tells it from one that its writer ended as interrupted.
_OPEN = "(status = 'streaming' OR (status = 'interrupted' AND lease_until IS NOT NULL))"
_RECOVERY_BATCH = 200


class Replies(StorePart):
    """Replies are written, stopped, finished and recovered."""

    def save_progress(self, updates: Sequence[Progress]) -> Mapping[str, ReplyState]:
        """Save how far these replies have come, in one write."""
        if not updates:
            return {}
        with self._database.write() as connection:
            return {update.message_id: _save(connection, update) for update in updates}

    def finish_reply(self, user_id: str, message_id: str, outcome: ReplyOutcome) -> Message | None:
        """End a reply."""
        with self._database.write() as connection:
            row = _open_reply(connection, user_id, message_id)
            if row is None:
                return None
            before = from_record(Message, row)
            after = ended(before, outcome)
            _set(connection, row["no"], after)
            _reindex(connection, row, after)
            connection.execute(
                """UPDATE conversations SET updated_at = max(updated_at, :at), last_message = CASE WHEN :preview <> '' AND NOT EXISTS (
                       SELECT 1 FROM messages WHERE conversation_id = :id AND seq > :seq AND trim(content, :blank) <> '')
                       THEN :preview ELSE last_message END
                   WHERE id = :id""",
                {
                    "at": to_iso(outcome.finished_at),
                    "preview": preview(after.content),
                    "id": after.conversation_id,
                    "seq": after.seq,
                    "blank": " \t\r\n",
                },
            )
            count_reply(connection, user_id, outcome)
        return after

    def request_stop(self, user_id: str, message_id: str) -> bool:
        """Ask the writer of a streaming reply to stop."""
        with self._database.write() as connection:
            sql = "UPDATE messages SET stop_requested = 1 WHERE id = ? AND user_id = ? AND status = 'streaming'"
            return bool(connection.execute(sql, (message_id, user_id)).rowcount)

    def recover_replies(self, *, now: datetime, expired_only: bool) -> int:
        """Mark abandoned replies as interrupted."""
        count = 0
        while True:
            recovered = self._recover_some(now=now, expired_only=expired_only)
            count += recovered
            if recovered < _RECOVERY_BATCH:
                return count

    def _recover_some(self, *, now: datetime, expired_only: bool) -> int:
        which = "status = 'streaming' AND lease_until < :now" if expired_only else "status = 'streaming'"
        arguments = {"now": to_iso(now), "limit": _RECOVERY_BATCH}
        with self._database.read() as connection:  # most often there is none, and looking costs no write
            if connection.execute(f"SELECT 1 FROM messages WHERE {which} LIMIT 1", arguments).fetchone() is None:  # noqa: S608 - a constant
                return 0
        with self._database.write() as connection:
            rows = connection.execute(f"SELECT * FROM messages WHERE {which} LIMIT :limit", arguments).fetchall()  # noqa: S608 - a constant
            for row in rows:
                message = from_record(Message, row)
                lease = message.lease_until or now
                after = replace(message, status=MessageStatus.INTERRUPTED, finished_at=now, lease_until=lease)
                _set(connection, row["no"], after)
                _reindex(connection, row, after)
        return len(rows)


def _open_reply(connection: sqlite3.Connection, user_id: str, message_id: str) -> sqlite3.Row | None:
    sql = f"SELECT * FROM messages WHERE id = ? AND user_id = ? AND {_OPEN}"  # noqa: S608 - a constant
    row: sqlite3.Row | None = connection.execute(sql, (message_id, user_id)).fetchone()
    return row


def _save(connection: sqlite3.Connection, update: Progress) -> ReplyState:
    row = _open_reply(connection, update.user_id, update.message_id)
    if row is None:
        return ReplyState.GONE
    message = from_record(Message, row)
    content = message.content if update.content is None else update.content
    after = replace(message, content=content, lease_until=update.lease_until, status=MessageStatus.STREAMING, finished_at=None)
    _set(connection, row["no"], after)
    _reindex(connection, row, after)
    return ReplyState.STOP if message.stop_requested else ReplyState.WANTED


def _set(connection: sqlite3.Connection, number: int, message: Message) -> None:
    connection.execute(
        """UPDATE messages SET content = ?, status = ?, finished_at = ?, provider = ?, model = ?, usage = ?, first_token_ms = ?,
               duration_ms = ?, error = ?, lease_until = ? WHERE no = ?""",
        (
            message.content,
            message.status.value,
            encode(message.finished_at),
            message.provider,
            message.model,
            encode(message.usage),
            message.first_token_ms,
            message.duration_ms,
            message.error,
            encode(message.lease_until),
            number,
        ),
    )


def _reindex(connection: sqlite3.Connection, before: sqlite3.Row, after: Message) -> None:
    person = person_number(connection, after.user_id)
    if before["status"] != STREAMING:
        unindex_message(connection, before["no"], person, before["content"])
    if after.status.value != STREAMING:
        index_message(connection, before["no"], person, after.content)
