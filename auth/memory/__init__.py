"""Stores that keep everything in memory: what `AuthService()` uses when it is given none, for trying things out and for tests.

They keep the same contract as the databases (one suite checks all of them), and lose everything when the process ends.
"""

import secrets

from auth.config import AuthConfig
from auth.kit import Kit, Stores, build_kit
from auth.memory.accounts import MemoryAccounts
from auth.memory.outbox import MemoryOutbox
from auth.memory.sessions import MemorySessions
from auth.memory.state import Memory
from auth.memory.tokens import MemoryTokens
from auth.memory.traces import MemoryAudit, MemoryDevices
from core.clock import Clock, SystemClock
from core.ids import Ids, RandomIds
from core.limits import RateLimits, WindowLimits

__all__ = [
    "Memory",
    "MemoryAccounts",
    "MemoryAudit",
    "MemoryDevices",
    "MemoryOutbox",
    "MemorySessions",
    "MemoryTokens",
    "memory_kit",
    "memory_stores",
]


def memory_stores(memory: Memory | None = None) -> Stores:
    """Return one of each store, sharing one memory."""
    shared = memory or Memory()
    return Stores(
        accounts=MemoryAccounts(shared),
        sessions=MemorySessions(shared),
        tokens=MemoryTokens(shared),
        devices=MemoryDevices(shared),
        audit=MemoryAudit(shared),
        outbox=MemoryOutbox(shared),
    )


def memory_kit(
    *, config: AuthConfig | None = None, clock: Clock | None = None, ids: Ids | None = None, limits: RateLimits | None = None
) -> Kit:
    """Return a kit in memory, with keys of its own and the default limits unless others are given."""
    the_clock = clock or SystemClock()
    return build_kit(
        config=config or AuthConfig(signing_key=secrets.token_urlsafe(48), peppers=[secrets.token_urlsafe(48)]),
        stores=memory_stores(),
        clock=the_clock,
        ids=ids or RandomIds(),
        limits=limits or _default_limits(the_clock),
    )


def _default_limits(clock: Clock) -> RateLimits:
    from core.counters import MemoryCounters  # noqa: PLC0415 - only for those who give no limits
    from core.setting_groups import Limits  # noqa: PLC0415 - as above

    return WindowLimits(rules=Limits().model_dump(), storage=MemoryCounters(clock), clock=clock)
