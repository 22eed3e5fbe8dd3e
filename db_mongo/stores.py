"""Every store of one MongoDB database."""

from dataclasses import dataclass

from db_mongo.accounts import MongoAccounts
from db_mongo.audit import MongoAudit
from db_mongo.conversations import MongoConversations
from db_mongo.database import MongoDatabase
from db_mongo.devices import MongoDevices
from db_mongo.exams import MongoExams
from db_mongo.outbox import MongoOutbox
from db_mongo.sessions import MongoSessions
from db_mongo.signup_sessions import MongoSignupSessions
from db_mongo.tokens import MongoTokens


@dataclass(frozen=True, slots=True, kw_only=True)
class MongoStores:
    """The stores, and the database that they share."""

    database: MongoDatabase
    accounts: MongoAccounts
    sessions: MongoSessions
    tokens: MongoTokens
    devices: MongoDevices
    audit: MongoAudit
    outbox: MongoOutbox
    conversations: MongoConversations
    exams: MongoExams
    signup_sessions: MongoSignupSessions


def open_stores(uri: str, name: str) -> MongoStores:
    """Connect and return the stores. Raises as `MongoDatabase` does."""
    return stores_of(MongoDatabase(uri, name))


def stores_of(database: MongoDatabase) -> MongoStores:
    """Return the stores of an open database."""
    return MongoStores(
        database=database,
        accounts=MongoAccounts(database),
        sessions=MongoSessions(database),
        tokens=MongoTokens(database),
        devices=MongoDevices(database),
        audit=MongoAudit(database),
        outbox=MongoOutbox(database),
        conversations=MongoConversations(database),
        exams=MongoExams(database),
        signup_sessions=MongoSignupSessions(database),
    )
