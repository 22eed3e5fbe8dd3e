"""Times as people say them, in the time zone of their browser."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from functools import partial

from ui import client, session


def teller() -> Callable[[datetime], str]:
    """Return `said` as of now, in the time zone of this tab's browser."""
    return partial(said, now=session.services().clock.now(), zone=client.timezone())


def said(moment: datetime, *, now: datetime, zone: tzinfo) -> str:
    """Return `moment` as "today at 14:05", "yesterday at 9:30" or "12 March 2026"."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour}:{local.minute:02}"
    if local.date() == today:
        return f"today at {clock}"
    if local.date() == today - timedelta(days=1):
        return f"yesterday at {clock}"
    return f"{local.day} {local:%B} {local.year}"


def day(moment: datetime, zone: tzinfo) -> str:
    """Return the day of `moment` as "12 March 2026"."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B} {local.year}"
