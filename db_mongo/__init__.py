"""The MongoDB store: a standalone server, a replica set or a sharded cluster. The same file names as in `db_sqlite`.

No write needs a transaction: what belongs to a write (letters, tokens, events, messages, counts) is attached to the one document that
the write changes, atomically, and settled into its own collection afterwards, by whoever comes first (see `attached`).
"""
