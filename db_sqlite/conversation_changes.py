"""Changing and removing conversations, and their share links: part of `chat.ports.ConversationStore`."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from chat.models import Conversation, ShareLink, TitleSource
from core.clock import to_iso
from core.records import from_record, to_record
from db_sqlite.conversation_rows import StorePart, change_counter, conversation_of, remove_conversations
from db_sqlite.rows import insert

_ERASE_BATCH = 50
_MERGE_PAGES = 500


class Changes(StorePart):
    """Conversations are named, starred, deleted, restored and removed."""

    def set_title(self, user_id: str, conversation_id: str, title: str, source: TitleSource) -> Conversation | None:
        """Name an alive conversation."""
        with self._database.write() as connection:
            before = _alive(connection, user_id, conversation_id)
            if before is None or (before.title_source is TitleSource.PERSON and source is TitleSource.CONTENT):
                return before
            connection.execute("UPDATE conversations SET title = ?, title_source = ? WHERE id = ?", (title, source.value, conversation_id))
        return replace(before, title=title, title_source=source)

    def set_starred(self, user_id: str, conversation_id: str, *, starred: bool) -> Conversation | None:
        """Star or unstar an alive conversation."""
        with self._database.write() as connection:
            before = _alive(connection, user_id, conversation_id)
            if before is None:
                return None
            connection.execute("UPDATE conversations SET starred = ? WHERE id = ?", (int(starred), conversation_id))
        return replace(before, starred=starred)

    def set_summary(self, user_id: str, conversation_id: str, summary: str, *, upto: int) -> None:
        """Keep a retelling that reaches further than the stored one."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE conversations SET summary = ?, summary_upto = ? WHERE id = ? AND user_id = ? AND summary_upto < ?",
                (summary, upto, conversation_id, user_id, upto),
            )

    def delete(self, user_id: str, conversation_ids: Sequence[str], *, at: datetime) -> list[str]:
        """Mark alive conversations deleted."""
        return self._set_deleted(user_id, conversation_ids, to_iso(at))

    def delete_all(self, user_id: str, *, at: datetime) -> int:
        """Mark every alive conversation of the person deleted."""
        with self._database.write() as connection:
            sql = "UPDATE conversations SET deleted_at = ? WHERE user_id = ? AND deleted_at IS NULL"
            count = connection.execute(sql, (to_iso(at), user_id)).rowcount
            if count:
                change_counter(connection, user_id, -count)
        return count

    def restore(self, user_id: str, conversation_ids: Sequence[str]) -> list[str]:
        """Bring deleted conversations back."""
        return self._set_deleted(user_id, conversation_ids, None)

    def purge(self, *, deleted_before: datetime, limit: int) -> int:
        """Remove conversations that were deleted long ago."""
        sql = "SELECT user_id, id FROM conversations WHERE deleted_at < ? ORDER BY deleted_at LIMIT ?"
        arguments = (to_iso(deleted_before), limit)
        with self._database.read() as connection:
            if connection.execute(sql, arguments).fetchone() is None:
                return 0
        with self._database.write() as connection:
            rows = connection.execute(sql, arguments).fetchall()
            for user_id, conversation_id in rows:
                remove_conversations(connection, user_id, [conversation_id])
        return len(rows)

    def erase(self, user_id: str, conversation_ids: Sequence[str]) -> int:
        """Remove deleted conversations of this person at once."""
        with self._database.write() as connection:
            sql = "SELECT id FROM conversations WHERE id = ? AND user_id = ? AND deleted_at IS NOT NULL"
            found = [one for one in _unique(conversation_ids) if connection.execute(sql, (one, user_id)).fetchone()]
            if found:
                remove_conversations(connection, user_id, found)
        return len(found)

    def delete_all_of(self, user_id: str) -> None:
        """Remove everything of this person, in batches that let others write in between."""
        while True:
            with self._database.write() as connection:
                rows = connection.execute("SELECT id FROM conversations WHERE user_id = ? LIMIT ?", (user_id, _ERASE_BATCH)).fetchall()
                if rows:
                    remove_conversations(connection, user_id, [row[0] for row in rows])
                    continue
                connection.execute("DELETE FROM usage_days WHERE user_id = ?", (user_id,))
                connection.execute("DELETE FROM people WHERE user_id = ?", (user_id,))
            break
        self._forget_deleted_words()

    def _forget_deleted_words(self) -> None:
        """Rewrite the search index without what was deleted: until its parts are merged it only marks words as gone.

        In pieces (https://sqlite.org/fts5.html#the_merge_command: a negative number begins, fewer than two changes end it), so
        that others write in between.
        """
        pages = -_MERGE_PAGES
        while True:
            with self._database.write() as connection:
                before = connection.total_changes
                connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)", (pages,))
                if connection.total_changes - before < 2:  # noqa: PLR2004 - as the documentation of FTS5 says
                    return
            pages = _MERGE_PAGES

    def add_share(self, link: ShareLink) -> bool:
        """Store a link to an alive conversation."""
        with self._database.write() as connection:
            if _alive(connection, link.user_id, link.conversation_id) is None:
                return False
            insert(connection, "shares", to_record(link))
        return True

    def share_by_hash(self, token_hash: str) -> ShareLink | None:
        """Return the link, dead or alive."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM shares WHERE token_hash = ?", (token_hash,)).fetchone()
        return from_record(ShareLink, row) if row else None

    def shares(self, user_id: str, conversation_id: str) -> list[ShareLink]:
        """Return the links of a conversation that are not revoked, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                """SELECT * FROM shares WHERE conversation_id = ? AND user_id = ? AND revoked_at IS NULL
                   ORDER BY created_at DESC, id DESC""",
                (conversation_id, user_id),
            )
            return [from_record(ShareLink, row) for row in rows]

    def revoke_share(self, user_id: str, share_id: str, *, at: datetime) -> bool:
        """Revoke a link."""
        with self._database.write() as connection:
            sql = "UPDATE shares SET revoked_at = ? WHERE id = ? AND user_id = ? AND revoked_at IS NULL"
            return bool(connection.execute(sql, (to_iso(at), share_id, user_id)).rowcount)

    def _set_deleted(self, user_id: str, conversation_ids: Iterable[str], value: str | None) -> list[str]:
        was, by = ("NOT NULL", 1) if value is None else ("NULL", -1)
        sql = f"UPDATE conversations SET deleted_at = ? WHERE id = ? AND user_id = ? AND deleted_at IS {was}"  # noqa: S608 - a constant
        with self._database.write() as connection:
            changed = [one for one in _unique(conversation_ids) if connection.execute(sql, (value, one, user_id)).rowcount]
            if changed:
                change_counter(connection, user_id, by * len(changed))
        return changed


def _alive(connection: sqlite3.Connection, user_id: str, conversation_id: str) -> Conversation | None:
    found = conversation_of(connection, user_id, conversation_id)
    return found if found is not None and found.deleted_at is None else None


def _unique(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))
