"""Test doubles and builders that several suites share."""

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 3, 14, 12, 0, 0, tzinfo=UTC)


class FrozenClock:
    """A clock that moves only when told to."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **delta: float) -> None:
        """Move forward by `timedelta(**delta)`."""
        self.at += timedelta(**delta)


class CountingIds:
    """Predictable identifiers: `usr_1`, `usr_2`, …; secrets are long enough to pass length rules."""

    def __init__(self) -> None:
        self._count = 0

    def new(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}_{self._count}"

    def secret(self) -> str:
        self._count += 1
        return f"secret-{self._count:036d}"


class NoLimits:
    """Rate limits that never refuse."""

    def hit(self, name: str, *key: str, cost: int = 1) -> None: ...

    def test(self, name: str, *key: str) -> None: ...

    def refund(self, name: str, *key: str) -> None: ...

    def clear(self, name: str, *key: str) -> None: ...
