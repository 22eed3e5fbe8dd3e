"""Counted attempts in the memory of this process: a storage for the `limits` library.

The library's own starts a thread for nearly every attempt, which takes half a millisecond, has no clock but the machine's, and looks at a
counter only after letting go of it: with 64 parallel attempts a third of all rounds told some of them a wrong number.
"""

from threading import Lock

from limits.storage import Storage

from core.clock import Clock, SystemClock

_FEW = 1000
"""Ended counters are looked for when there are so many, and again when there are twice as many as were left."""


class MemoryCounters(Storage):
    """Counters that end by `clock`. Ended ones are forgotten as new ones come."""

    STORAGE_SCHEME = None

    def __init__(self, clock: Clock | None = None) -> None:
        """Begin without counters; `clock` is the machine's own unless given."""
        super().__init__()
        self._clock = clock or SystemClock()
        self._lock = Lock()
        self._counters: dict[str, tuple[int, float]] = {}
        self._enough = _FEW

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """What the library would wrap: nothing, memory does not fail."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to the counter, or begin a new one of `expiry` seconds; return what it stands at."""
        now = self._now()
        with self._lock:
            count, ends_at = self._counters.get(key, (0, 0.0))
            if ends_at <= now:
                self._make_room(now)
                count, ends_at = 0, now + expiry
            self._counters[key] = (count + amount, ends_at)
            return count + amount

    def get(self, key: str) -> int:
        """Return what the counter stands at."""
        count, ends_at = self._counters.get(key, (0, 0.0))
        return count if ends_at > self._now() else 0

    def get_expiry(self, key: str) -> float:
        """Return when the counter ends, in seconds since 1970."""
        return self._counters.get(key, (0, self._now()))[1]

    def check(self) -> bool:
        """Tell whether the storage answers: always."""
        return True

    def reset(self) -> int:
        """Forget every attempt of everybody; return how many counters there were."""
        with self._lock:
            forgotten, self._counters = len(self._counters), {}
        return forgotten

    def clear(self, key: str) -> None:
        """Forget the attempts of a key."""
        with self._lock:
            self._counters.pop(key, None)

    def _make_room(self, now: float) -> None:
        if len(self._counters) >= self._enough:
            self._counters = {key: (count, ends_at) for key, (count, ends_at) in self._counters.items() if ends_at > now}
            self._enough = max(_FEW, 2 * len(self._counters))

    def _now(self) -> float:
        return self._clock.now().timestamp()
