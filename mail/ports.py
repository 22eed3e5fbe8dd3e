"""What the mail component needs from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from mail.models import Letter, LetterState, OutboxEntry


class Outbox(Protocol):
    """Letters waiting to leave. A crash never separates a letter from the data that it belongs to.

    Stores of other components take `letters=` with their writes and put them here in the same transaction (SQLite), or
    embed them in the written document, from where `claim` collects them (MongoDB).
    """

    def add(self, letters: Sequence[Letter]) -> None:
        """Store letters that belong to no other write; durable on return. A known letter id is ignored."""
        ...

    def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> list[OutboxEntry]:
        """Lease up to `limit` waiting letters that are due (`next_try_at <= now`) and not leased beyond `now`, oldest first.

        Two workers never get the same letter while its lease runs. `attempts` is already raised by one.
        """
        ...

    def mark_sent(self, letter_id: str, *, at: datetime) -> bool:
        """Mark as sent and erase `data`, which may hold a secret link; False if the letter was removed meanwhile."""
        ...

    def mark_failed(self, letter_id: str, *, error: str, next_try_at: datetime | None) -> None:
        """End the lease; try again at `next_try_at`, or never (`None`: state DEAD, data kept for a manual retry)."""
        ...

    def counts(self) -> Mapping[LetterState, int]:
        """Return how many letters are in each state, letters still embedded elsewhere included as WAITING."""
        ...

    def entries(self, *, state: LetterState, limit: int) -> list[OutboxEntry]:
        """Return the newest `limit` letters in `state`."""
        ...

    def retry_dead(self, *, now: datetime) -> int:
        """Make every DEAD letter WAITING and due, attempts back to 0; return how many."""
        ...

    def delete_all_of(self, user_id: str) -> None:
        """Remove every letter of this person, sent ones included."""
        ...

    def delete_sent(self, *, before: datetime) -> int:
        """Remove letters sent before `before`; return how many."""
        ...


class Sender(Protocol):
    """One way for rendered letters to leave: files, SMTP or a Kafka topic."""

    name: str

    def send(self, letter: Letter) -> None:
        """Hand the letter over; return only when the other side has accepted it. Raises SendFailed otherwise."""
        ...

    def delete_all_of(self, user_id: str) -> None:
        """Remove what this way keeps of letters to a person (files do; a mail server and a broker have handed them over)."""
        ...

    def check(self) -> str:
        """Return one sentence on whether the other side can be reached now. Raises SendFailed if it cannot."""
        ...
