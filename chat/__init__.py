"""Conversations with the examiner: sending, streaming replies, history, search, export, sharing."""

from chat.config import ChatConfig
from chat.replies import MemoryFeed
from chat.service import ChatService

__all__ = ["ChatConfig", "ChatService", "MemoryFeed"]
