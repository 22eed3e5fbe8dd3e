"""Traces of what happened: audit events for the people concerned, log lines for the operator. Neither holds a secret."""

import logging
from collections.abc import Mapping

from auth.kit import Kit
from auth.models import AuditEvent, Client
from core import log
from core.ids import digest

_log = log.get("auth")
_LONGEST_AGENT = 300


def event(
    kit: Kit, name: str, *, user_id: str, actor_id: str | None = None, client: Client | None = None, data: Mapping[str, str] | None = None
) -> AuditEvent:
    """Return an audit event of now and write the log line that goes with it. `actor_id` defaults to the person themselves."""
    who = client or Client()
    actor = user_id if actor_id is None else actor_id
    level = logging.WARNING if name.endswith((":failure", ":denied", ":reuse", ":limited")) else logging.INFO
    _log.log(level, name, extra={"event": name, "user_id": user_id, "actor_id": actor, "ip": who.ip, **_named(data)})
    return AuditEvent(
        id=kit.ids.new("evt"),
        name=name,
        user_id=user_id,
        actor_id=actor,
        at=kit.clock.now(),
        ip=who.ip,
        user_agent=short_agent(who),
        data=dict(data or {}),
    )


def note(name: str, *, client: Client, subject: str = "", user_id: str = "") -> None:
    """Write a log line alone, for what anybody can cause at will (an audit row each would let strangers fill the disk).

    `subject` (what was typed as e-mail or username) appears as a short digest: enough to see that two lines are about the same.
    """
    hint = digest(subject.strip().casefold())[:12] if subject else ""
    _log.warning(name, extra={"event": name, "user_id": user_id, "subject": hint, "ip": client.ip})


def short_agent(client: Client) -> str:
    """Return the user agent, cut, without control characters."""
    return "".join(ch for ch in client.user_agent if ch.isprintable())[:_LONGEST_AGENT]


def _named(data: Mapping[str, str] | None) -> dict[str, str]:
    return {f"data_{key}": value for key, value in (data or {}).items()}
