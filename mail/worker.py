"""The worker that takes letters out of the outbox: leases, exponential back-off, dead letters."""

from datetime import timedelta

from core import log
from core.clock import Clock
from core.rounds import Rounds
from mail.errors import SendFailed
from mail.models import Letter, OutboxEntry, Template
from mail.ports import Outbox, Sender

LEASE = timedelta(minutes=3)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
KEEP_SENT = timedelta(days=30)
BATCH = 10

_log = log.get("mail")


def wait_after(attempts: int) -> timedelta:
    """Return the time until the next attempt: 5 s, doubled with each attempt, at most an hour."""
    doublings = max(0, min(attempts - 1, 20))
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


class OutboxWorker:
    """Delivers due letters in a thread of its own; several workers may share one outbox."""

    def __init__(self, *, outbox: Outbox, sender: Sender, clock: Clock, max_attempts: int, poll_seconds: float) -> None:
        """Deliver through `sender`; a letter is dead after `max_attempts`, or at once when its fault is permanent."""
        self._outbox = outbox
        self._sender = sender
        self._clock = clock
        self._max_attempts = max_attempts
        self._rounds = Rounds(self.deliver_due, name="outbox", interval=poll_seconds)

    def start(self) -> None:
        """Begin to deliver; a second call does nothing."""
        self._rounds.start()

    def stop(self) -> None:
        """Finish the letter in hand and end the thread."""
        self._rounds.stop()

    def wake(self) -> None:
        """Look for letters now rather than at the next poll."""
        self._rounds.wake()

    def deliver_due(self) -> int:
        """Try every letter that is due once; return how many left. Raises StoreUnavailable."""
        sent = 0
        while not self._rounds.stopping:
            now = self._clock.now()
            entries = self._outbox.claim(now=now, lease_until=now + LEASE, limit=BATCH)
            if not entries:
                break
            sent += sum(self._deliver(entry) for entry in entries)
        return sent

    def _deliver(self, entry: OutboxEntry) -> bool:
        letter = entry.letter
        try:
            self._sender.send(letter)
        except SendFailed as error:
            self._failed(entry, str(error), permanent=error.permanent)
            return False
        except Exception as error:  # noqa: BLE001 - a letter that cannot be rendered must not stop those behind it
            self._failed(entry, f"{type(error).__name__} while sending", permanent=False)
            return False
        if not self._outbox.mark_sent(letter.id, at=self._clock.now()):
            self._sender.delete_all_of(letter.user_id)  # its person left meanwhile: this file came after the others had gone
        self._forget_last(letter)
        _log.info("letter sent", extra={"letter": letter.id, "template": letter.template.value, "transport": self._sender.name})
        return True

    def _forget_last(self, letter: Letter) -> None:
        """Keep nothing of the letter to somebody who has left, whether or not it arrived: it is the last trace of them."""
        if letter.template is Template.ACCOUNT_DELETED:
            self._outbox.delete_all_of(letter.user_id)

    def _failed(self, entry: OutboxEntry, reason: str, *, permanent: bool) -> None:
        dead = permanent or entry.attempts >= self._max_attempts
        again = None if dead else self._clock.now() + wait_after(entry.attempts)
        self._outbox.mark_failed(entry.letter.id, error=reason, next_try_at=again)
        if dead:
            self._forget_last(entry.letter)
        _log.warning(
            "letter dead" if dead else "letter not sent",
            extra={"letter": entry.letter.id, "template": entry.letter.template.value, "attempt": entry.attempts, "reason": reason},
        )
