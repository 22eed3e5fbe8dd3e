"""What every component is put together from."""

from dataclasses import dataclass

from core.clock import Clock
from core.ids import Ids
from core.limits import RateLimits
from core.settings import Settings
from llm.ports import Models
from wiring import limits, models
from wiring.stores import Stores, open_stores


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The settings, and what they chose."""

    settings: Settings
    clock: Clock
    ids: Ids
    stores: Stores
    limits: RateLimits
    models: Models


def open_base(settings: Settings, clock: Clock, ids: Ids) -> Base:
    """Open the database and choose the rest. Raises ConfigurationError or StoreUnavailable."""
    stores = open_stores(settings)
    return Base(
        settings=settings,
        clock=clock,
        ids=ids,
        stores=stores,
        limits=limits.rate_limits(settings, clock, stores.limits),
        models=models.registry(settings, clock),
    )
