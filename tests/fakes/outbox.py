"""An outbox in memory that keeps the contract of `mail.ports.Outbox`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from threading import RLock

from mail.models import Letter, LetterState, OutboxEntry


class MemoryOutbox:
    def __init__(self) -> None:
        self._entries: dict[str, OutboxEntry] = {}
        self._lock = RLock()

    def add(self, letters: Sequence[Letter]) -> None:
        with self._lock:
            for letter in letters:
                entry = OutboxEntry(letter=letter, state=LetterState.WAITING, next_try_at=letter.created_at)
                self._entries.setdefault(letter.id, entry)

    def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> list[OutboxEntry]:
        with self._lock:
            due = [
                entry
                for entry in self._entries.values()
                if entry.state is LetterState.WAITING
                and entry.next_try_at <= now
                and (entry.leased_until is None or entry.leased_until <= now)
            ]
            due.sort(key=lambda entry: entry.letter.created_at)
            claimed = [replace(entry, attempts=entry.attempts + 1, leased_until=lease_until) for entry in due[:limit]]
            self._entries.update({entry.letter.id: entry for entry in claimed})
            return claimed

    def mark_sent(self, letter_id: str, *, at: datetime) -> None:
        with self._lock:
            entry = self._entries[letter_id]
            erased = replace(entry.letter, data={})
            self._entries[letter_id] = replace(entry, state=LetterState.SENT, sent_at=at, leased_until=None, letter=erased)

    def mark_failed(self, letter_id: str, *, error: str, next_try_at: datetime | None) -> None:
        with self._lock:
            entry = self._entries[letter_id]
            state = LetterState.WAITING if next_try_at else LetterState.DEAD
            again = next_try_at or entry.next_try_at
            self._entries[letter_id] = replace(entry, state=state, last_error=error, next_try_at=again, leased_until=None)

    def counts(self) -> Mapping[LetterState, int]:
        with self._lock:
            found = Counter(entry.state for entry in self._entries.values())
            return {state: found[state] for state in LetterState}

    def entries(self, *, state: LetterState, limit: int) -> list[OutboxEntry]:
        with self._lock:
            chosen = [entry for entry in self._entries.values() if entry.state is state]
            return sorted(chosen, key=lambda entry: entry.letter.created_at, reverse=True)[:limit]

    def retry_dead(self, *, now: datetime) -> int:
        with self._lock:
            dead = [entry for entry in self._entries.values() if entry.state is LetterState.DEAD]
            for entry in dead:
                self._entries[entry.letter.id] = replace(entry, state=LetterState.WAITING, attempts=0, next_try_at=now, leased_until=None)
            return len(dead)

    def delete_all_of(self, user_id: str) -> None:
        with self._lock:
            self._entries = {key: entry for key, entry in self._entries.items() if entry.letter.user_id != user_id}

    def delete_sent(self, *, before: datetime) -> int:
        with self._lock:
            old = [key for key, entry in self._entries.items() if entry.sent_at is not None and entry.sent_at < before]
            for key in old:
                del self._entries[key]
            return len(old)
