"""The shared state of all stores in memory."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from auth.models import AuditEvent, Device, OneTimeToken, Purpose, Session, User
from mail.models import Letter, LetterState, OutboxEntry


@dataclass(slots=True)
class Memory:
    """The shared state of all stores, behind one lock, so that each write is atomic across them."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    users: dict[str, User] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    refresh: dict[str, str] = field(default_factory=dict)
    """Digest of every refresh token ever issued → session id."""
    tokens: dict[tuple[Purpose, str], OneTimeToken] = field(default_factory=dict)
    devices: dict[tuple[str, str], Device] = field(default_factory=dict)
    events: list[AuditEvent] = field(default_factory=list)
    letters: dict[str, OutboxEntry] = field(default_factory=dict)

    def also(self, tokens: Sequence[OneTimeToken] = (), letters: Sequence[Letter] = (), events: Sequence[AuditEvent] = ()) -> None:
        """Store what comes along with a write."""
        for token in tokens:
            self.tokens[token.purpose, token.hash] = token
        for item in letters:
            entry = OutboxEntry(letter=item, state=LetterState.WAITING, next_try_at=item.created_at)
            self.letters.setdefault(item.id, entry)
        self.events.extend(events)


def later(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the later of two moments that may be missing."""
    return max((moment for moment in (one, other) if moment is not None), default=None)
