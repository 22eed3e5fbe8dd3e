"""Chooses the database and opens its stores."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auth.ports import AccountStore, AuditStore, DeviceStore, SessionStore, TokenStore
from chat.ports import ConversationStore
from core.settings import Settings
from exam.ports import ExamStore
from mail.ports import Outbox
from signup.ports import SessionStore as SignupSessionStore
from speech.ports import RecordingStore

if TYPE_CHECKING:
    from limits.storage import Storage

_MEGABYTE = 1_000_000


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
    exams: ExamStore
    recordings: RecordingStore
    signup_sessions: SignupSessionStore
    limits: "Storage | None"
    """Where attempts are counted for all processes; None where there is only one."""
    tidy: Callable[[], None]
    """The database's own hourly chores."""
    check: Callable[[], str]
    """Returns one sentence on the database's state; raises StoreUnavailable."""
    close: Callable[[], None]


def open_stores(settings: Settings) -> Stores:
    """Open the database that the settings name. Raises ConfigurationError or StoreUnavailable."""
    return _mongodb(settings) if settings.uses_mongodb else _sqlite(settings)


def _sqlite(settings: Settings) -> Stores:
    from db_sqlite.recordings import FileRecordings  # noqa: PLC0415 - only the chosen database's adapter is loaded
    from db_sqlite.stores import open_stores as open_sqlite  # noqa: PLC0415 - only the chosen database's adapter is loaded

    most = settings.speech.max_recording_mb * _MEGABYTE
    found = open_sqlite(settings.sqlite_path)
    return Stores(
        accounts=found.accounts,
        sessions=found.sessions,
        tokens=found.tokens,
        devices=found.devices,
        audit=found.audit,
        outbox=found.outbox,
        conversations=found.conversations,
        exams=found.exams,
        recordings=FileRecordings(settings.data_dir / "recordings", max_bytes=most),
        signup_sessions=_shared_signups(settings) or found.signup_sessions,
        limits=None,
        tidy=found.database.tidy,
        check=found.database.check,
        close=found.database.close,
    )


def _mongodb(settings: Settings) -> Stores:
    from db_mongo.limits import MongoLimitStorage  # noqa: PLC0415 - only the chosen database's adapter is loaded
    from db_mongo.recordings import MongoRecordings  # noqa: PLC0415 - pymongo takes a while to load and most laptops never use it
    from db_mongo.stores import open_stores as open_mongodb  # noqa: PLC0415 - pymongo takes a while to load and most laptops never use it

    most = settings.speech.max_recording_mb * _MEGABYTE
    found = open_mongodb(settings.mongodb_uri.get_secret_value(), settings.mongodb_db)
    return Stores(
        accounts=found.accounts,
        sessions=found.sessions,
        tokens=found.tokens,
        devices=found.devices,
        audit=found.audit,
        outbox=found.outbox,
        conversations=found.conversations,
        exams=found.exams,
        recordings=MongoRecordings(found.database, max_bytes=most),
        signup_sessions=_shared_signups(settings) or found.signup_sessions,
        limits=MongoLimitStorage(found.database),
        tidy=found.database.tidy,
        check=found.database.check,
        close=found.database.close,
    )


def _shared_signups(settings: Settings) -> SignupSessionStore | None:
    """Return signup conversations in Redis where it is configured: they live for minutes and expire there by themselves."""
    url = settings.redis_url.get_secret_value()
    if not url:
        return None
    from cache_redis.server import RedisServer  # noqa: PLC0415 - loaded only where it is used
    from cache_redis.signup_sessions import RedisSignupSessions  # noqa: PLC0415 - as above

    return RedisSignupSessions(RedisServer(url))
