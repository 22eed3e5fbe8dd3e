"""Conversations with the examiner: sending, streaming replies, history, search, export, sharing."""

from chat.config import ChatConfig
from chat.replies import MemoryFeed
from chat.service import ChatService, was_answered

__all__ = ["ChatConfig", "ChatService", "MemoryFeed", "was_answered"]
