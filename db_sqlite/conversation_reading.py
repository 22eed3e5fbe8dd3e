"""Reading conversations and messages, history and search: part of `chat.ports.ConversationStore`."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from chat.listing import Found, HistoryCursor, HistoryFilter, NumberedPage, SearchCursor, SearchQuery
from chat.models import Conversation, Message
from core.clock import to_iso
from core.records import from_record
from db_sqlite.conversation_rows import OWNER_MARK, SLOTS, StorePart, conversation_of, first_number_at, message_of

_CONVERSATION_COLUMNS = ", ".join(f"c.{field.name} AS c_{field.name}" for field in fields(Conversation))
_HIGHEST = 2**63 - 1


class Reading(StorePart):
    """Conversations and messages are read, listed and searched."""

    def get(self, user_id: str, conversation_id: str) -> Conversation | None:
        """Return the conversation, deleted or not."""
        with self._database.read() as connection:
            return conversation_of(connection, user_id, conversation_id)

    def message(self, user_id: str, message_id: str) -> Message | None:
        """Return one message."""
        with self._database.read() as connection:
            return message_of(connection, user_id, message_id)

    def messages(
        self,
        user_id: str,
        conversation_id: str,
        *,
        limit: int,
        before: int | None = None,
        after: int | None = None,
    ) -> list[Message]:
        """Return messages in rising `seq`: the first ones after `after`, or else the last ones."""
        sql = f"""SELECT * FROM messages WHERE conversation_id = ? AND user_id = ? AND seq < ? AND seq > ?
                  AND replaced_by = '' ORDER BY seq {"DESC" if after is None else "ASC"} LIMIT ?"""  # noqa: S608 - constants
        arguments = (conversation_id, user_id, _HIGHEST if before is None else before, -1 if after is None else after, limit)
        with self._database.read() as connection:
            found = [from_record(Message, row) for row in connection.execute(sql, arguments)]
        return found[::-1] if after is None else found

    def answers_to(self, user_id: str, message_id: str) -> list[Message]:
        """Return the answers to a message, replaced ones included."""
        with self._database.read() as connection:
            sql = "SELECT * FROM messages WHERE reply_to = ? AND reply_to <> '' AND user_id = ? ORDER BY seq"
            return [from_record(Message, row) for row in connection.execute(sql, (message_id, user_id))]

    def recent_question_ids(self, user_id: str, *, conversations: int) -> list[str]:
        """Return the questions asked in this person's newest conversations."""
        with self._database.read() as connection:
            sql = "SELECT question_ids FROM conversations WHERE user_id = ? ORDER BY created_at DESC, id DESC LIMIT ?"
            rows = connection.execute(sql, (user_id, conversations)).fetchall()
        return list(itertools.chain.from_iterable(json.loads(row[0]) for row in rows))

    def history(self, user_id: str, *, where: HistoryFilter, after: HistoryCursor | None, limit: int) -> list[Conversation]:
        """Return conversations after the cursor, newest first."""
        conditions, arguments = _conversation_conditions(where, "")
        conditions.append("user_id = :user")
        arguments |= {"user": user_id, "limit": limit}
        if where.since is not None:
            conditions.append("updated_at >= :since")
            arguments["since"] = to_iso(where.since)
        if where.until is not None:
            conditions.append("updated_at < :until")
            arguments["until"] = to_iso(where.until)
        if after is not None:
            conditions.append("(updated_at, id) < (:after_time, :after_id)")
            arguments |= {"after_time": to_iso(after.updated_at), "after_id": after.id}
        sql = f"SELECT * FROM conversations WHERE {' AND '.join(conditions)} ORDER BY updated_at DESC, id DESC LIMIT :limit"  # noqa: S608 - constants
        with self._database.read() as connection:
            return [from_record(Conversation, row) for row in connection.execute(sql, arguments)]

    def numbered(self, user_id: str, *, page: int, per_page: int) -> NumberedPage:
        """Return a page of the alive conversations by its number."""
        with self._database.snapshot() as connection:
            row = connection.execute("SELECT conversations FROM people WHERE user_id = ?", (user_id,)).fetchone()
            total = int(row[0]) if row else 0
            skipped = (page - 1) * per_page
            wanted = max(0, min(per_page, total - skipped))
            # The second half is walked from its end, so that no page costs more than half the index.
            from_end = skipped > total // 2
            direction = "ASC" if from_end else "DESC"
            sql = f"""SELECT * FROM conversations WHERE id IN (
                          SELECT id FROM conversations WHERE user_id = ? AND deleted_at IS NULL
                          ORDER BY updated_at {direction}, id {direction} LIMIT ? OFFSET ?)
                      ORDER BY updated_at DESC, id DESC"""  # noqa: S608 - constants
            offset = total - skipped - wanted if from_end else skipped
            rows = connection.execute(sql, (user_id, wanted, offset)).fetchall() if wanted else []
        return NumberedPage(items=tuple(from_record(Conversation, row) for row in rows), page=page, per_page=per_page, total=total)

    def search(self, user_id: str, query: SearchQuery, *, where: HistoryFilter, after: SearchCursor | None, limit: int) -> list[Found]:
        """Return hits after the cursor, newest first."""
        conditions, arguments = _conversation_conditions(where, "c.")
        with self._database.snapshot() as connection:
            person = connection.execute("SELECT no FROM people WHERE user_id = ?", (user_id,)).fetchone()
            if person is None:
                return []
            low, high = _bounds(where, after)
            arguments |= {"user": user_id, "match": _expression(person[0], query), "low": low, "high": high, "limit": limit}
            conditions += ["m.user_id = :user", "m.replaced_by = ''", "m.status <> 'streaming'"]
            if after is not None:
                conditions.append("(m.created_at, m.id) < (:after_time, :after_id)")
                arguments |= {"after_time": to_iso(after.created_at), "after_id": after.id}
            # CROSS JOIN keeps the index first: it yields this person's hits newest first and stops at the limit.
            sql = f"""SELECT m.*, {_CONVERSATION_COLUMNS} FROM search_index CROSS JOIN messages AS m ON m.no = search_index.rowid
                      CROSS JOIN conversations AS c ON c.id = m.conversation_id
                      WHERE search_index MATCH :match AND search_index.rowid BETWEEN :low AND :high AND {" AND ".join(conditions)}
                      ORDER BY search_index.rowid DESC LIMIT :limit"""  # noqa: S608 - constants
            rows = connection.execute(sql, arguments).fetchall()
            if len(rows) == limit and rows:
                # Messages of one moment are ordered by id, which the index does not know: take all of the last moment.
                arguments |= {"low": rows[-1]["no"] // SLOTS * SLOTS, "high": rows[-1]["no"] - 1, "limit": SLOTS}
                rows += connection.execute(sql, arguments).fetchall()
        rows.sort(key=lambda row: (row["created_at"], row["id"]), reverse=True)
        return [Found(message=from_record(Message, row), conversation=_conversation(row)) for row in rows[:limit]]


def _conversation_conditions(where: HistoryFilter, table: str) -> tuple[list[str], dict[str, Any]]:
    conditions = [f"{table}deleted_at IS {'NOT ' if where.deleted else ''}NULL"]
    arguments: dict[str, Any] = {}
    wanted: Sequence[tuple[str, str | None]] = (
        ("level", where.level or None),
        ("topic", where.topic or None),
        ("kind", where.kind.value if where.kind else None),
    )
    if where.starred is not None:
        conditions.append(f"{table}starred = {int(where.starred):d}")  # a literal: only then the index of starred ones is considered
    for name, value in wanted:
        if value is not None:
            conditions.append(f"{table}{name} = :{name}")
            arguments[name] = value
    return conditions, arguments


def _expression(person: int, query: SearchQuery) -> str:
    words = [f'"{person}{OWNER_MARK}{term}"' for term in query.terms]
    if query.prefix:
        words.append(f'"{person}{OWNER_MARK}{query.prefix}" *')
    return " AND ".join(words)


def _bounds(where: HistoryFilter, after: SearchCursor | None) -> tuple[int, int]:
    low = first_number_at(where.since) if where.since is not None else -_HIGHEST
    high = first_number_at(where.until) - 1 if where.until is not None else _HIGHEST
    if after is not None:
        high = min(high, first_number_at(after.created_at) + SLOTS - 1)
    return max(-_HIGHEST, min(low, _HIGHEST)), max(-_HIGHEST, min(high, _HIGHEST))  # people may ask for days that no number reaches


def _conversation(row: Any) -> Conversation:
    return from_record(Conversation, {field.name: row[f"c_{field.name}"] for field in fields(Conversation)})
