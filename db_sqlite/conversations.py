"""Conversations in SQLite (contract: `chat.ports.ConversationStore`), one file per part."""

from db_sqlite.conversation_changes import Changes
from db_sqlite.conversation_reading import Reading
from db_sqlite.conversation_replies import Replies
from db_sqlite.conversation_usage import Usage
from db_sqlite.conversation_writing import Writing


class SqliteConversations(Writing, Replies, Reading, Changes, Usage):
    """The conversations of this database."""
