"""Chooses where attempts are counted."""

from typing import TYPE_CHECKING

from core.clock import Clock
from core.limits import WindowLimits
from core.settings import Settings

if TYPE_CHECKING:
    from limits.storage import Storage


def rate_limits(settings: Settings, clock: Clock) -> WindowLimits:
    """Return the limits of the settings, counted in Redis or MongoDB where configured (shared by processes), else in memory."""
    return WindowLimits(rules=settings.limits.model_dump(), storage=_storage(settings), clock=clock)


def _storage(settings: Settings) -> "Storage":
    from limits.storage import MemoryStorage, storage_from_string  # noqa: PLC0415 - loads its drivers only here

    redis, mongodb = settings.redis_url.get_secret_value(), settings.mongodb_uri.get_secret_value()
    if redis:
        return storage_from_string(redis)  # type: ignore[return-value]  # the asynchronous ones have a prefix of their own
    if settings.uses_mongodb:
        return storage_from_string(mongodb, database_name=f"{settings.mongodb_db}_limits")  # type: ignore[return-value]  # as above
    return MemoryStorage()
