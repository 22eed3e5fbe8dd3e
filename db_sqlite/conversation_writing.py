"""Storing messages: the writing part of `chat.ports.ConversationStore`."""

import sqlite3
from collections.abc import Sequence

from chat.models import Appended, Conversation, DailySends, Message, MessageDraft
from chat.storing import begun, last_messages, with_drafts
from core.clock import to_iso
from core.records import encode, from_record, to_record
from db_sqlite.conversation_rows import (
    STREAMING,
    StorePart,
    change_counter,
    conversation_of,
    free_number_at,
    index_message,
    person_number,
)
from db_sqlite.conversation_usage import count_send
from db_sqlite.rows import insert


class Writing(StorePart):
    """Conversations begin, messages are added."""

    def start(self, conversation: Conversation, drafts: Sequence[MessageDraft], *, counted: DailySends | None = None) -> Appended:
        """Store a new conversation together with its first messages."""
        user_id = conversation.user_id
        with self._database.write() as connection:
            known = _replayed(connection, user_id, drafts)
            if known is not None:
                return known
            count_send(connection, user_id, counted)
            fresh = begun(conversation, drafts)
            insert(connection, "conversations", to_record(fresh))
            if fresh.deleted_at is None:
                change_counter(connection, user_id, 1)
            messages = _insert(connection, fresh, drafts)
        return Appended(conversation=fresh, messages=messages)

    def append(
        self,
        user_id: str,
        conversation_id: str,
        drafts: Sequence[MessageDraft],
        *,
        replaces: Sequence[str] = (),
        title: str = "",
        counted: DailySends | None = None,
    ) -> Appended | None:
        """Store messages at the end of an alive conversation."""
        with self._database.write() as connection:
            known = _replayed(connection, user_id, drafts)
            if known is not None:
                return known
            before = conversation_of(connection, user_id, conversation_id)
            if before is None or before.deleted_at is not None:
                return None
            if not drafts:
                return Appended(conversation=before, messages=())
            count_send(connection, user_id, counted)
            after = with_drafts(before, drafts, title=title)
            _update(connection, after)
            messages = _insert(connection, after, drafts)
            for replaced in replaces:
                connection.execute(
                    """UPDATE messages SET replaced_by = :by
                       WHERE conversation_id = :conversation AND replaced_by = '' AND seq < :seq AND (id = :id OR reply_to = :id)""",
                    {"by": messages[0].id, "conversation": conversation_id, "id": replaced, "seq": messages[0].seq},
                )
        return Appended(conversation=after, messages=messages)

    def by_send_key(self, user_id: str, send_key: str) -> Appended | None:
        """Return what the send with this key stored."""
        with self._database.snapshot() as connection:
            return _sent_with(connection, user_id, send_key)


def _update(connection: sqlite3.Connection, after: Conversation) -> None:
    connection.execute(
        """UPDATE conversations SET updated_at = :updated_at, last_message = :last_message, last_seq = :last_seq,
               message_count = :message_count, question_ids = :question_ids, title = :title, title_source = :title_source
           WHERE id = :id""",
        {
            "updated_at": to_iso(after.updated_at),
            "last_message": after.last_message,
            "last_seq": after.last_seq,
            "message_count": after.message_count,
            "question_ids": encode(after.question_ids),
            "title": after.title,
            "title_source": after.title_source.value,
            "id": after.id,
        },
    )


def _insert(connection: sqlite3.Connection, after: Conversation, drafts: Sequence[MessageDraft]) -> tuple[Message, ...]:
    person = person_number(connection, after.user_id)
    messages = last_messages(after, drafts)
    for message in messages:
        number = free_number_at(connection, message.created_at)
        insert(connection, "messages", {"no": number} | to_record(message))
        if message.status.value != STREAMING:
            index_message(connection, number, person, message.content)
    return messages


def _replayed(connection: sqlite3.Connection, user_id: str, drafts: Sequence[MessageDraft]) -> Appended | None:
    found = (_sent_with(connection, user_id, draft.send_key) for draft in drafts if draft.send_key)
    return next((known for known in found if known is not None), None)


def _sent_with(connection: sqlite3.Connection, user_id: str, send_key: str) -> Appended | None:
    row = connection.execute("SELECT * FROM messages WHERE user_id = ? AND send_key = ? AND send_key <> ''", (user_id, send_key)).fetchone()
    if row is None:
        return None
    sent = from_record(Message, row)
    conversation = conversation_of(connection, user_id, sent.conversation_id)
    if conversation is None:
        return None
    answers = connection.execute(
        "SELECT * FROM messages WHERE reply_to = ? AND reply_to <> '' AND user_id = ? ORDER BY seq", (sent.id, user_id)
    )
    return Appended(conversation=conversation, messages=(sent, *(from_record(Message, answer) for answer in answers)), replayed=True)
