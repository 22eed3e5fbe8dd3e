"""Everything in an SQLite file as plain records, out and in: what copying to another store needs.

A collection's records have the columns of its table but for those that SQLite's own search and paging need.
"""

from collections.abc import Iterator, Sequence

from chat.models import Message, MessageStatus
from core.records import Record, from_record
from db_sqlite.conversation_rows import free_number_at, index_message, person_number
from db_sqlite.database import SqliteDatabase
from db_sqlite.rows import insert, insert_many

_COUNTERS = "ON CONFLICT (user_id) DO UPDATE SET conversations = excluded.conversations"


class SqliteTransfer:
    """Reads and fills the collections of one file."""

    def __init__(self, database: SqliteDatabase) -> None:
        """Use `database`."""
        self._database = database

    def settle(self) -> None:
        """Do nothing: a transaction leaves nothing half done."""

    def rows(self, collection: str, fields: Sequence[str]) -> Iterator[Record]:
        """Yield every record, those of the audit trail as they were stored."""
        columns = ", ".join(f'"{field}"' for field in fields)
        order = "ORDER BY rowid" if collection == "audit" else ""
        with self._database.snapshot() as connection:
            for row in connection.execute(f'SELECT {columns} FROM "{collection}" {order}'):  # noqa: S608 - our own names
                yield dict(row)

    def add(self, collection: str, records: Sequence[Record]) -> None:
        """Store records in one transaction."""
        with self._database.write() as connection:
            if collection == "messages":
                for record in records:
                    message = from_record(Message, record)
                    number = free_number_at(connection, message.created_at)
                    insert(connection, "messages", {"no": number} | record)
                    if message.status is not MessageStatus.STREAMING:
                        index_message(connection, number, person_number(connection, message.user_id), message.content)
            elif collection == "users":
                insert_many(connection, "users", [record | {"name_key": str(record["full_name"]).casefold()} for record in records])
            elif collection == "people":
                insert_many(connection, "people", records, on_conflict=_COUNTERS)
            else:
                insert_many(connection, collection, records)

    def is_empty(self, collections: Sequence[str]) -> bool:
        """Tell whether none of the collections has a record."""
        with self._database.read() as connection:
            return all(connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() is None for name in collections)  # noqa: S608 - our own names
