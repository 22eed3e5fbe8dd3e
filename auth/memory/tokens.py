"""One-time tokens in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from auth.memory.state import Memory
from auth.models import AuditEvent, OneTimeToken, Purpose
from mail.models import Letter


class MemoryTokens:
    """`auth.ports.TokenStore` in memory."""

    def __init__(self, memory: Memory) -> None:
        """Share `memory` with the other stores."""
        self._memory = memory

    def add(self, token: OneTimeToken, *, letters: Sequence[Letter] = (), events: Sequence[AuditEvent] = ()) -> None:
        """Store a new token."""
        with self._memory.lock:
            self._memory.also((token,), letters, events)

    def get(self, purpose: Purpose, token_hash: str) -> OneTimeToken | None:
        """Return the token, dead ones included, or None."""
        return self._memory.tokens.get((purpose, token_hash))

    def take(self, purpose: Purpose, token_hash: str, *, now: datetime) -> OneTimeToken | None:
        """Use a token up."""
        with self._memory.lock:
            token = self.get(purpose, token_hash)
            if token is None or token.used_at is not None or now >= token.expires_at:
                return None
            self._memory.tokens[purpose, token_hash] = replace(token, used_at=now)
            return self._memory.tokens[purpose, token_hash]

    def void(self, user_id: str, purpose: Purpose, *, now: datetime) -> None:
        """Use all tokens of a person and purpose up."""
        with self._memory.lock:
            for key, token in self._memory.tokens.items():
                if token.user_id == user_id and token.purpose is purpose and token.used_at is None:
                    self._memory.tokens[key] = replace(token, used_at=now)

    def pending(self, purpose: Purpose, *, now: datetime, limit: int) -> list[OneTimeToken]:
        """Return tokens that can still be used, newest first."""
        with self._memory.lock:
            found = [t for t in self._memory.tokens.values() if t.purpose is purpose and t.used_at is None and now < t.expires_at]
        return sorted(found, key=lambda t: (t.created_at, t.hash), reverse=True)[:limit]

    def delete_expired(self, *, before: datetime) -> int:
        """Remove tokens that expired before a time."""
        return self._remove(lambda token: token.expires_at < before)

    def delete_all_of(self, user_id: str) -> None:
        """Remove every token of this person."""
        self._remove(lambda token: token.user_id == user_id != "")

    def _remove(self, test: Callable[[OneTimeToken], bool]) -> int:
        with self._memory.lock:
            gone = [key for key, token in self._memory.tokens.items() if test(token)]
            for key in gone:
                del self._memory.tokens[key]
            return len(gone)
