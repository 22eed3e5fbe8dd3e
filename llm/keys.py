"""Several keys of one service, used in turn; a refused or exhausted one rests."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from core.clock import Clock
from llm.errors import Fault, ProviderFault, Retry

NO_KEY = "none"
"""Sent to services that ask for no key: the protocol wants the header all the same."""


class KeyRing:
    """Hands out keys in turn. Safe to use from many threads."""

    def __init__(self, keys: Sequence[str], *, clock: Clock) -> None:
        self._keys = tuple(dict.fromkeys(keys)) or (NO_KEY,)
        self._clock = clock
        self._lock = threading.Lock()
        self._next = 0
        self._resting: dict[str, datetime] = {}

    def take(self) -> str:
        """Return the next key that is not resting.

        Raises a NO_KEY `ProviderFault` when all rest, with the shortest rest as `retry_after`.
        """
        with self._lock:
            now = self._clock.now()
            for step in range(len(self._keys)):
                index = (self._next + step) % len(self._keys)
                if self._resting.get(self._keys[index], now) <= now:
                    self._next = index + 1
                    return self._keys[index]
            wait = min(self._resting.values()) - now
        raise ProviderFault(Fault.NO_KEY, Retry.ELSEWHERE, retry_after=wait.total_seconds(), counts=False)

    def set_aside(self, key: str, *, seconds: float) -> None:
        """Let a key rest; a longer rest that it already has is kept."""
        with self._lock:
            until = self._clock.now() + timedelta(seconds=seconds)
            self._resting[key] = max(until, self._resting.get(key, until))

    def ready(self) -> bool:
        """Tell whether a key can be taken now."""
        with self._lock:
            now = self._clock.now()
            return any(self._resting.get(key, now) <= now for key in self._keys)

    def has_other_ready(self, key: str) -> bool:
        """Tell whether a key other than this one can be taken now."""
        with self._lock:
            now = self._clock.now()
            return any(other != key and self._resting.get(other, now) <= now for other in self._keys)
