"""Every store of one SQLite file."""

from dataclasses import dataclass
from pathlib import Path

from db_sqlite.accounts import SqliteAccounts
from db_sqlite.audit import SqliteAudit
from db_sqlite.conversations import SqliteConversations
from db_sqlite.database import SqliteDatabase
from db_sqlite.devices import SqliteDevices
from db_sqlite.exams import SqliteExams
from db_sqlite.outbox import SqliteOutbox
from db_sqlite.sessions import SqliteSessions
from db_sqlite.signup_sessions import SqliteSignupSessions
from db_sqlite.tokens import SqliteTokens


@dataclass(frozen=True, slots=True, kw_only=True)
class SqliteStores:
    """The stores, and the database that they share."""

    database: SqliteDatabase
    accounts: SqliteAccounts
    sessions: SqliteSessions
    tokens: SqliteTokens
    devices: SqliteDevices
    audit: SqliteAudit
    outbox: SqliteOutbox
    conversations: SqliteConversations
    exams: SqliteExams
    signup_sessions: SqliteSignupSessions


def open_stores(path: str | Path) -> SqliteStores:
    """Open (and create or migrate) the file and return its stores. Raises as `SqliteDatabase` does."""
    database = SqliteDatabase(path)
    return SqliteStores(
        database=database,
        accounts=SqliteAccounts(database),
        sessions=SqliteSessions(database),
        tokens=SqliteTokens(database),
        devices=SqliteDevices(database),
        audit=SqliteAudit(database),
        outbox=SqliteOutbox(database),
        conversations=SqliteConversations(database),
        exams=SqliteExams(database),
        signup_sessions=SqliteSignupSessions(database),
    )
