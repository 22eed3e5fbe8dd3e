"""A circuit breaker: a provider that fails again and again is left alone for a while, then tried with one call."""

import threading
from datetime import datetime, timedelta

from core.clock import Clock
from llm.config import RetryPolicy


class Breaker:
    """The health of one provider. Safe to use from many threads."""

    def __init__(self, policy: RetryPolicy, *, clock: Clock) -> None:
        self._policy = policy
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._rest = policy.breaker_seconds
        self._open_until: datetime | None = None

    def allows(self) -> bool:
        """Tell whether a call may be made now; after a rest exactly one caller gets True until its result is known."""
        with self._lock:
            if self._open_until is None:
                return True
            now = self._clock.now()
            if now < self._open_until:
                return False
            self._open_until = now + timedelta(seconds=self._rest)
            return True

    def closed(self) -> bool:
        """Tell, without taking the trial call, whether the provider is thought to be well or due for a trial."""
        with self._lock:
            return self._open_until is None or self._clock.now() >= self._open_until

    def succeeded(self) -> None:
        """Count a good call: all is forgiven."""
        with self._lock:
            self._failures = 0
            self._rest = self._policy.breaker_seconds
            self._open_until = None

    def failed(self) -> None:
        """Count a failed call; the rest doubles with each failed trial."""
        with self._lock:
            self._failures += 1
            if self._open_until is not None:
                self._rest = min(self._rest * 2, self._policy.breaker_longest)
            if self._failures >= self._policy.breaker_failures:
                self._open_until = self._clock.now() + timedelta(seconds=self._rest)
