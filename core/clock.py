"""Time as an injected dependency, so that every expiry can be tested without waiting."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where a component gets the time from."""

    def now(self) -> datetime:
        """Return the current time, aware and in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the current time, aware and in UTC."""
        return datetime.now(UTC)


def to_iso(moment: datetime) -> str:
    """Return `moment` as `2026-03-14T12:00:00.000000Z`: fixed width, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_iso(text: str) -> datetime:
    """Return the aware UTC time that `to_iso` wrote as `text`; raises ValueError on anything else."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
