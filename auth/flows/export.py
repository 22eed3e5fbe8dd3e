"""What the accounts component knows of a person, for the person to take along. Nothing secret and nothing of anybody else's."""

from collections.abc import Iterator
from datetime import timedelta

from auth.flows import profile, sessions
from auth.kit import Kit
from auth.models import AuditEvent
from auth.results import Identity, SessionView
from core.clock import to_iso

_AT_ONCE = 200
_TICK = timedelta(microseconds=1)


def account(kit: Kit, who: Identity) -> dict[str, object]:
    """Return the profile and, beside it, the preferences and the living sessions."""
    shown = profile.public(who.user)
    preferences = shown.pop("preferences")
    return {"profile": shown, "preferences": preferences, "sessions": [_session(view) for view in sessions.list_of(kit, who)]}


def events(kit: Kit, who: Identity) -> Iterator[dict[str, object]]:
    """Yield the whole audit trail of the person, newest first, a page in memory at a time.

    Of who did it only whether it was the person: the id of an administrator is not theirs to take along.
    """
    before, size = None, _AT_ONCE
    while True:
        page = kit.stores.audit.of_user(who.user.id, before=before, limit=size)
        oldest = page[-1].at if page else None
        # A full page may end in the middle of several events of one instant: leave that instant whole to the next page.
        whole = page if len(page) < size else [event for event in page if event.at != oldest]
        yield from (_event(event) for event in whole)
        if oldest is None or len(page) < size:
            return
        before, size = oldest + _TICK, _AT_ONCE if whole else size * 2


def _session(view: SessionView) -> dict[str, object]:
    return {
        "id": view.id,
        "user_agent": view.user_agent,
        "ip": view.ip,
        "created_at": to_iso(view.created_at),
        "last_seen_at": to_iso(view.last_seen_at),
        "expires_at": to_iso(view.expires_at),
        "is_current": view.is_current,
    }


def _event(event: AuditEvent) -> dict[str, object]:
    by = "you" if event.actor_id == event.user_id else "an administrator" if event.actor_id else "unknown"
    return {
        "id": event.id,
        "name": event.name,
        "at": to_iso(event.at),
        "by": by,
        "ip": "" if by == "an administrator" else event.ip,
        "user_agent": "" if by == "an administrator" else event.user_agent,
        "data": dict(event.data),
    }
