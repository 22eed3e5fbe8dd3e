"""Conversations with the examiner: sending, streaming replies, history, search, export, sharing."""
