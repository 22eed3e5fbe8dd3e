"""Removing what is over."""

from datetime import timedelta

from auth.flows import delete_account
from auth.kit import Kit

KEPT_AFTER_END = timedelta(days=1)
"""Ended sessions and tokens are kept this long, so that a late second use is still recognised."""

NOBODYS_EVENTS_KEPT = timedelta(days=30)
MOST_NOBODYS_EVENTS = 10_000
"""Failed logins in names that nobody has: kept long enough to look back on an attack, and never so many that strangers fill the disk."""


def tidy(kit: Kit) -> int:
    """Remove old sessions, one-time tokens and events of nobody; return how many. And what came too late for deleted accounts."""
    delete_account.sweep_late(kit)
    now = kit.clock.now()
    before = now - KEPT_AFTER_END
    return (
        kit.stores.sessions.delete_expired(before=before)
        + kit.stores.tokens.delete_expired(before=before)
        + kit.stores.audit.trim_nobodys(before=now - NOBODYS_EVENTS_KEPT, keep=MOST_NOBODYS_EVENTS)
    )
