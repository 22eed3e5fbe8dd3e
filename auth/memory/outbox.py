"""The outbox in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from auth.memory.state import Memory
from mail.models import Letter, LetterState, OutboxEntry


class MemoryOutbox:
    """`mail.ports.Outbox` in memory."""

    def __init__(self, memory: Memory) -> None:
        """Share `memory` with the other stores."""
        self._memory = memory

    def add(self, letters: Sequence[Letter]) -> None:
        """Store letters that belong to no other write."""
        with self._memory.lock:
            self._memory.also((), letters)

    def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> list[OutboxEntry]:
        """Lease waiting letters that are due, oldest first."""
        with self._memory.lock:
            due = [
                entry
                for entry in self._memory.letters.values()
                if entry.state is LetterState.WAITING
                and entry.next_try_at <= now
                and (entry.leased_until is None or entry.leased_until <= now)
            ]
            due.sort(key=lambda entry: (entry.letter.created_at, entry.letter.id))
            taken = [replace(entry, attempts=entry.attempts + 1, leased_until=lease_until) for entry in due[:limit]]
            self._memory.letters.update({entry.letter.id: entry for entry in taken})
            return taken

    def mark_sent(self, letter_id: str, *, at: datetime) -> bool:
        """Mark as sent and erase what the letter said; False if it was removed meanwhile."""
        return self._change(
            letter_id,
            lambda entry: replace(
                entry, state=LetterState.SENT, sent_at=at, leased_until=None, last_error="", letter=replace(entry.letter, data={})
            ),
        )

    def mark_failed(self, letter_id: str, *, error: str, next_try_at: datetime | None) -> None:
        """End the lease; try again later, or never."""
        self._change(
            letter_id,
            lambda entry: replace(
                entry,
                state=LetterState.DEAD if next_try_at is None else LetterState.WAITING,
                leased_until=None,
                last_error=error,
                next_try_at=next_try_at or entry.next_try_at,
            ),
        )

    def counts(self) -> Mapping[LetterState, int]:
        """Return how many letters are in each state."""
        with self._memory.lock:
            states = [entry.state for entry in self._memory.letters.values()]
        return {state: states.count(state) for state in LetterState}

    def entries(self, *, state: LetterState, limit: int) -> list[OutboxEntry]:
        """Return the newest letters in a state."""
        with self._memory.lock:
            found = [entry for entry in self._memory.letters.values() if entry.state is state]
        found.reverse()
        return sorted(found, key=lambda entry: entry.letter.created_at, reverse=True)[:limit]

    def retry_dead(self, *, now: datetime) -> int:
        """Make every dead letter due again."""
        with self._memory.lock:
            dead = [entry for entry in self._memory.letters.values() if entry.state is LetterState.DEAD]
            for entry in dead:
                self._memory.letters[entry.letter.id] = replace(entry, state=LetterState.WAITING, attempts=0, next_try_at=now)
            return len(dead)

    def delete_all_of(self, user_id: str) -> None:
        """Remove every letter of this person."""
        self._remove(lambda entry: entry.letter.user_id == user_id != "")

    def delete_sent(self, *, before: datetime) -> int:
        """Remove letters sent before a time."""
        return self._remove(lambda entry: entry.sent_at is not None and entry.sent_at < before)

    def _change(self, letter_id: str, change: Callable[[OutboxEntry], OutboxEntry]) -> bool:
        """Change a letter that has not left; tell whether it is there at all."""
        with self._memory.lock:
            entry = self._memory.letters.get(letter_id)
            if entry is not None and entry.state is not LetterState.SENT:
                self._memory.letters[letter_id] = change(entry)
            return entry is not None

    def _remove(self, test: Callable[[OutboxEntry], bool]) -> int:
        with self._memory.lock:
            gone = [key for key, entry in self._memory.letters.items() if test(entry)]
            for key in gone:
                del self._memory.letters[key]
            return len(gone)
