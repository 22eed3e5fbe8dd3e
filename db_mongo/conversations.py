"""Conversations in MongoDB (contract: `chat.ports.ConversationStore`), one file per part."""

from db_mongo.conversation_changes import Changes
from db_mongo.conversation_reading import Reading
from db_mongo.conversation_replies import Replies
from db_mongo.conversation_usage import Usage
from db_mongo.conversation_writing import Writing


class MongoConversations(Writing, Replies, Reading, Changes, Usage):
    """The conversations of this database."""
