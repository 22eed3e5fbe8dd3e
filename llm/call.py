"""One call to a provider: its time limits and its cancellation, shared by everything that works on it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from llm.errors import Cancelled, Fault, ProviderFault, Retry


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimits:
    """Seconds that an answer may take: to connect, until its first word (per attempt), and as a whole (over all attempts)."""

    connect: float = 5.0
    first_token: float = 20.0
    total: float = 90.0


class Call:
    """The limits of one answer and the wish to stop it. Safe to cancel from any thread.

    `monotonic` gives seconds that only rise; it is injected so that limits can be tested without waiting.
    """

    def __init__(self, *, limits: TimeLimits | None = None, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits or TimeLimits()
        self.monotonic = monotonic
        self._cancelled = threading.Event()
        self._end = self._attempt_end = 0.0
        self._shortened = False
        self.provider = self.model = ""
        """Who gave the first word, empty before it: also known of an answer that breaks off."""
        self.begin()

    def begin(self) -> None:
        """Start all clocks anew: a call that had to wait for its turn has its whole time left."""
        self._end = self._attempt_end = self.monotonic() + self.limits.total

    def begin_attempt(self) -> None:
        """Start the clock of the first word."""
        wanted = min(self.limits.first_token, self.limits.total)
        self._shortened = self.total_remaining() < wanted / 2
        self._attempt_end = min(self._end, self.monotonic() + wanted)

    @property
    def attempt_was_shortened(self) -> bool:
        """Whether this attempt has less than half of the time for its first word: earlier attempts used up the answer's."""
        return self._shortened

    def first_token_arrived(self, *, provider: str = "", model: str = "") -> None:
        """From now on only the whole answer's limit counts; note whose word it is."""
        self.provider, self.model = provider, model
        self._attempt_end = self._end

    def ends_within(self, seconds: float) -> None:
        """Leave what is going on now no more than `seconds`."""
        self._attempt_end = min(self._attempt_end, self.monotonic() + seconds)

    def cancel(self) -> None:
        """Stop the call: blocked reads give up within a quarter of a second."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether the call was cancelled."""
        return self._cancelled.is_set()

    def remaining(self) -> float:
        """Return the seconds left for what is going on now (at most 0 when the time is up)."""
        return self._attempt_end - self.monotonic()

    def total_remaining(self) -> float:
        """Return the seconds left for the whole answer."""
        return self._end - self.monotonic()

    def check(self) -> None:
        """Raise `Cancelled` or a TIMED_OUT `ProviderFault` if the call should not go on."""
        if self._cancelled.is_set():
            raise Cancelled
        if self.remaining() <= 0:
            raise ProviderFault(Fault.TIMED_OUT, Retry.ELSEWHERE)

    def pause(self, seconds: float) -> None:
        """Wait, but not longer than the call lasts; raises `Cancelled` as soon as it is cancelled."""
        if self._cancelled.wait(max(0.0, min(seconds, self.total_remaining()))):
            raise Cancelled
