"""Limits on how often something may be tried, over the `limits` library. Keys are hashed before they are stored."""

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from core.clock import Clock
from core.errors import StoreUnavailable, TooManyAttempts
from core.ids import digest

if TYPE_CHECKING:
    from limits import RateLimitItem
    from limits.storage import Storage

MESSAGE = "Too many attempts. Please wait a moment and try again."


class RateLimits(Protocol):
    """Named limits, each counted per key."""

    def hit(self, name: str, *key: str, cost: int = 1) -> None:
        """Count one attempt, or `cost` of them. Raises `TooManyAttempts` with the wait when the limit `name` is used up for `key`."""
        ...

    def test(self, name: str, *key: str) -> None:
        """Raise `TooManyAttempts` if a hit would, without counting."""
        ...

    def refund(self, name: str, *key: str) -> None:
        """Take one counted attempt of `key` back: it turned out not to be of the sort that is limited."""
        ...

    def clear(self, name: str, *key: str) -> None:
        """Forget the attempts of `key`."""
        ...


class WindowLimits:
    """Limits counted in fixed windows with one atomic increment each, in any storage of the `limits` library."""

    def __init__(self, *, rules: Mapping[str, str], storage: "Storage", clock: Clock) -> None:
        """Parse `rules` (name to `"10/minute"`, an empty string for none). Raises ValueError for a rule that cannot be read.

        `storage` is made with `wrap_exceptions=True`: then a counter that cannot be reached is a StoreUnavailable in every method.
        """
        from limits import parse  # noqa: PLC0415 - 60 ms that a start without a request need not pay
        from limits.strategies import FixedWindowRateLimiter  # noqa: PLC0415 - as above

        self._rules: dict[str, RateLimitItem | None] = {name: parse(rule) if rule.strip() else None for name, rule in rules.items()}
        self._limiter = FixedWindowRateLimiter(storage)
        self._clock = clock

    def hit(self, name: str, *key: str, cost: int = 1) -> None:
        """Count one attempt, or `cost` of them (see `RateLimits.hit`)."""
        rule = self._rules[name]
        with _REACHABLE:
            if rule is not None and not self._limiter.hit(rule, name, _hashed(key), cost=cost):
                raise TooManyAttempts(MESSAGE, retry_after=self._wait(rule, name, key))

    def test(self, name: str, *key: str) -> None:
        """Raise if the limit is used up, without counting (see `RateLimits.test`)."""
        rule = self._rules[name]
        with _REACHABLE:
            if rule is not None and not self._limiter.test(rule, name, _hashed(key)):
                raise TooManyAttempts(MESSAGE, retry_after=self._wait(rule, name, key))

    def refund(self, name: str, *key: str) -> None:
        """Take one attempt back (see `RateLimits.refund`)."""
        rule = self._rules[name]
        with _REACHABLE:
            if rule is not None:
                self._limiter.hit(rule, name, _hashed(key), cost=-1)

    def clear(self, name: str, *key: str) -> None:
        """Forget the attempts of `key`."""
        rule = self._rules[name]
        with _REACHABLE:
            if rule is not None:
                self._limiter.clear(rule, name, _hashed(key))

    def _wait(self, rule: "RateLimitItem", name: str, key: tuple[str, ...]) -> int:
        reset = self._limiter.get_window_stats(rule, name, _hashed(key)).reset_time
        # The library's storages have their own clock: never promise more than one whole window.
        return min(int(reset - self._clock.now().timestamp()) + 1, rule.get_expiry())


class _Reachable:
    """Counters that must be reached. Written out, because a generator as context manager takes as long as counting in memory does."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            return
        from limits.errors import StorageError  # noqa: PLC0415 - see WindowLimits

        if isinstance(error, StorageError):
            raise StoreUnavailable("Attempts cannot be counted at the moment. Please try again in a moment.") from error


_REACHABLE = _Reachable()


def _hashed(key: tuple[str, ...]) -> str:
    return digest("\x1f".join(key))[:32]
