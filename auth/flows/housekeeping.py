"""Removing what is over."""

from datetime import timedelta

from auth.kit import Kit

KEPT_AFTER_END = timedelta(days=1)
"""Ended sessions and tokens are kept this long, so that a late second use is still recognised."""


def tidy(kit: Kit) -> int:
    """Remove old sessions and one-time tokens; return how many."""
    before = kit.clock.now() - KEPT_AFTER_END
    return kit.stores.sessions.delete_expired(before=before) + kit.stores.tokens.delete_expired(before=before)
