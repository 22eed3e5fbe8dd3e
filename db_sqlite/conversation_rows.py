"""What the parts of the conversation store share: reading rows, and keeping the search index in step with the messages."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from chat.models import Conversation, Message, MessageStatus
from chat.search import terms
from core.records import from_record
from db_sqlite.database import SqliteDatabase

STREAMING = MessageStatus.STREAMING.value
INTERRUPTED = MessageStatus.INTERRUPTED.value

OWNER_MARK = "·"  # never part of a term
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
SLOTS = 2048  # messages that can share a microsecond; 2^63 microseconds / 2048 since 2000 last until 2142


class StorePart:
    """One part of the conversation store."""

    def __init__(self, database: SqliteDatabase) -> None:
        """Use `database`."""
        self._database = database


def conversation_of(connection: sqlite3.Connection, user_id: str, conversation_id: str) -> Conversation | None:
    """Return this person's conversation, deleted or not."""
    row = connection.execute("SELECT * FROM conversations WHERE id = ? AND user_id = ?", (conversation_id, user_id)).fetchone()
    return from_record(Conversation, row) if row else None


def message_of(connection: sqlite3.Connection, user_id: str, message_id: str) -> Message | None:
    """Return this person's message."""
    row = connection.execute("SELECT * FROM messages WHERE id = ? AND user_id = ?", (message_id, user_id)).fetchone()
    return from_record(Message, row) if row else None


def person_number(connection: sqlite3.Connection, user_id: str) -> int:
    """Return what stands for this person in the search index."""
    row = connection.execute("SELECT no FROM people WHERE user_id = ?", (user_id,)).fetchone()
    if row is None:
        sql = "INSERT INTO people (user_id, conversations) VALUES (?, 0) RETURNING no"
        row = connection.execute(sql, (user_id,)).fetchone()
    return int(row[0])


def change_counter(connection: sqlite3.Connection, user_id: str, by: int) -> None:
    """Move the number of this person's alive conversations."""
    person_number(connection, user_id)
    connection.execute("UPDATE people SET conversations = conversations + ? WHERE user_id = ?", (by, user_id))


def first_number_at(moment: datetime) -> int:
    """Return the lowest message number of a moment: numbers of later moments are higher, those of earlier ones lower."""
    return (moment - _EPOCH) // timedelta(microseconds=1) * SLOTS


def free_number_at(connection: sqlite3.Connection, moment: datetime) -> int:
    """Return a free message number of a moment (of a following one, should 2,048 messages have shared this one)."""
    low = first_number_at(moment)
    while True:
        highest = connection.execute("SELECT max(no) FROM messages WHERE no >= ? AND no < ?", (low, low + SLOTS)).fetchone()[0]
        if highest is None:
            return low
        if highest < low + SLOTS - 1:
            return int(highest) + 1
        low += SLOTS


def index_message(connection: sqlite3.Connection, number: int, person: int, content: str) -> None:
    """Make a message findable."""
    words = _words(person, content)
    if words:
        connection.execute("INSERT INTO search_index (rowid, words) VALUES (?, ?)", (number, words))


def unindex_message(connection: sqlite3.Connection, number: int, person: int, content: str) -> None:
    """Take a message that was indexed with this very content out of the index."""
    words = _words(person, content)
    if words:
        connection.execute("INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', ?, ?)", (number, words))


def remove_conversations(connection: sqlite3.Connection, user_id: str, conversation_ids: Sequence[str]) -> None:
    """Remove conversations with messages, index entries and links; the caller has checked whose they are."""
    person = person_number(connection, user_id)
    for conversation_id in conversation_ids:
        rows = connection.execute(
            "SELECT no, content FROM messages WHERE conversation_id = ? AND status <> ?", (conversation_id, STREAMING)
        )
        for number, content in rows.fetchall():
            unindex_message(connection, number, person, content)
        connection.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,))
    if conversation_ids:
        connection.execute("INSERT INTO chores VALUES ('merge') ON CONFLICT DO NOTHING")


def _words(person: int, content: str) -> str:
    return " ".join(f"{person}{OWNER_MARK}{term}" for term in sorted(terms(content)))
