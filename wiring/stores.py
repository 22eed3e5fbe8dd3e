"""Chooses the database and opens its stores."""

from collections.abc import Callable
from dataclasses import dataclass

from auth.ports import AccountStore, AuditStore, DeviceStore, SessionStore, TokenStore
from chat.ports import ConversationStore
from core.settings import Settings
from mail.ports import Outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Every store of one database, behind its port."""

    accounts: AccountStore
    sessions: SessionStore
    tokens: TokenStore
    devices: DeviceStore
    audit: AuditStore
    outbox: Outbox
    conversations: ConversationStore
    check: Callable[[], str]
    """Returns one sentence on the database's state; raises StoreUnavailable."""
    close: Callable[[], None]


def open_stores(settings: Settings) -> Stores:
    """Open the database that the settings name. Raises ConfigurationError or StoreUnavailable."""
    return _mongodb(settings) if settings.uses_mongodb else _sqlite(settings)


def _sqlite(settings: Settings) -> Stores:
    from db_sqlite.stores import open_stores as open_sqlite  # noqa: PLC0415 - only the chosen database's adapter is loaded

    found = open_sqlite(settings.sqlite_path)
    return Stores(
        accounts=found.accounts,
        sessions=found.sessions,
        tokens=found.tokens,
        devices=found.devices,
        audit=found.audit,
        outbox=found.outbox,
        conversations=found.conversations,
        check=found.database.check,
        close=found.database.close,
    )


def _mongodb(settings: Settings) -> Stores:
    from db_mongo.stores import open_stores as open_mongodb  # noqa: PLC0415 - pymongo takes a while to load and most laptops never use it

    found = open_mongodb(settings.mongodb_uri.get_secret_value(), settings.mongodb_db)
    return Stores(
        accounts=found.accounts,
        sessions=found.sessions,
        tokens=found.tokens,
        devices=found.devices,
        audit=found.audit,
        outbox=found.outbox,
        conversations=found.conversations,
        check=found.database.check,
        close=found.database.close,
    )
