"""Time as an injected dependency, so that every expiry can be tested without waiting."""

import re
from datetime import UTC, datetime
from typing import Protocol

_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


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
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_iso(text: str) -> datetime:
    """Return the aware UTC time that `to_iso` wrote as `text`; raises ValueError on anything else."""
    if not _FORM.fullmatch(text):
        msg = f"{text!r} does not match the form that to_iso writes"
        raise ValueError(msg)
    return datetime.fromisoformat(text)
