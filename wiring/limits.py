"""Chooses where attempts are counted."""

from typing import TYPE_CHECKING

from core.clock import Clock
from core.limits import WindowLimits
from core.settings import Settings

if TYPE_CHECKING:
    from limits.storage import Storage


def rate_limits(settings: Settings, clock: Clock, database: "Storage | None" = None) -> WindowLimits:
    """Return the limits of the settings, counted in Redis or in the database (shared by processes), else in memory."""
    return WindowLimits(rules=settings.limits.model_dump(), storage=_storage(settings, clock, database), clock=clock)


def _storage(settings: Settings, clock: Clock, database: "Storage | None") -> "Storage":
    from limits.storage import storage_from_string  # noqa: PLC0415 - loads its drivers only here

    from core.counters import MemoryCounters  # noqa: PLC0415 - as above

    redis = settings.redis_url.get_secret_value()
    if redis:
        return storage_from_string(redis, wrap_exceptions=True)  # type: ignore[return-value]  # the asynchronous ones have a prefix of their own
    return database or MemoryCounters(clock)
