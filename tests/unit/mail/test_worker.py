from dataclasses import dataclass, field, replace
from pathlib import Path

from auth.memory import Memory, MemoryOutbox
from mail.errors import SendFailed
from mail.models import NEEDS, Letter, LetterState, Template
from mail.rendering import From
from mail.senders.files import FileSender
from mail.worker import OutboxWorker, wait_after
from tests.factories import FrozenClock


@dataclass
class RecordingSender:
    """Accepts letters unless told to fail."""

    name: str = "recording"
    sent: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    fault: Exception | None = None

    def send(self, letter: Letter) -> None:
        if self.fault is not None:
            raise self.fault
        self.sent.append(letter.id)

    def delete_all_of(self, user_id: str) -> None:
        self.removed.append(user_id)

    def check(self) -> str:
        return "ready"


def world(attempts: int = 3) -> tuple[MemoryOutbox, RecordingSender, FrozenClock, OutboxWorker]:
    outbox, sender, clock = MemoryOutbox(Memory()), RecordingSender(), FrozenClock()
    return outbox, sender, clock, OutboxWorker(outbox=outbox, sender=sender, clock=clock, max_attempts=attempts, poll_seconds=1)


def letter(clock: FrozenClock, number: int = 1) -> Letter:
    data = dict.fromkeys(NEEDS[Template.VERIFICATION], "https://example.org/?token=abc")
    return Letter(id=f"ltr_{number}", to="ada@example.com", template=Template.VERIFICATION, data=data, created_at=clock.now())


def test_a_waiting_letter_is_sent_once_and_its_secret_link_is_erased() -> None:
    outbox, sender, clock, worker = world()
    outbox.add([letter(clock)])
    assert worker.deliver_due() == 1
    assert worker.deliver_due() == 0
    assert sender.sent == ["ltr_1"]
    assert outbox.entries(state=LetterState.SENT, limit=5)[0].letter.data == {}


def test_a_letter_that_was_not_accepted_waits_longer_each_time_and_then_arrives() -> None:
    outbox, sender, clock, worker = world()
    outbox.add([letter(clock)])
    sender.fault = SendFailed("down")
    worker.deliver_due()
    assert worker.deliver_due() == 0
    assert outbox.entries(state=LetterState.WAITING, limit=5)[0].attempts == 1
    sender.fault = None
    clock.advance(seconds=wait_after(1).total_seconds())
    assert worker.deliver_due() == 1
    assert wait_after(2) == 2 * wait_after(1)
    assert wait_after(60) == wait_after(61)


def test_a_letter_that_never_leaves_becomes_a_visible_dead_letter_and_can_be_retried() -> None:
    outbox, sender, clock, worker = world(attempts=2)
    outbox.add([letter(clock)])
    sender.fault = SendFailed("down")
    for _ in range(2):
        worker.deliver_due()
        clock.advance(hours=2)
    assert outbox.counts()[LetterState.DEAD] == 1
    assert outbox.entries(state=LetterState.DEAD, limit=5)[0].last_error == "down"
    sender.fault = None
    assert worker.deliver_due() == 0
    assert outbox.retry_dead(now=clock.now()) == 1
    assert worker.deliver_due() == 1


def test_a_permanent_fault_is_not_tried_again() -> None:
    outbox, sender, clock, worker = world()
    outbox.add([letter(clock)])
    sender.fault = SendFailed("no such mailbox", permanent=True)
    worker.deliver_due()
    assert outbox.counts()[LetterState.DEAD] == 1


def test_one_broken_letter_does_not_hold_up_the_others() -> None:
    outbox, sender, clock, worker = world()

    class Picky(RecordingSender):
        def send(self, letter: Letter) -> None:
            if letter.id == "ltr_1":
                raise KeyError(letter.id)
            super().send(letter)

    picky = Picky()
    worker = OutboxWorker(outbox=outbox, sender=picky, clock=clock, max_attempts=3, poll_seconds=1)
    outbox.add([letter(clock, 1), letter(clock, 2)])
    worker.deliver_due()
    assert picky.sent == ["ltr_2"]
    assert outbox.counts()[LetterState.WAITING] == 1
    assert sender.sent == []


def test_a_letter_leased_by_a_worker_that_died_is_sent_by_another_after_the_lease() -> None:
    outbox, sender, clock, worker = world()
    outbox.add([letter(clock)])
    assert len(outbox.claim(now=clock.now(), lease_until=clock.now().replace(hour=13), limit=5)) == 1
    assert worker.deliver_due() == 0
    clock.advance(hours=2)
    assert worker.deliver_due() == 1
    assert sender.sent == ["ltr_1"]


def test_nothing_is_kept_of_the_last_letter_to_somebody_who_has_left() -> None:
    outbox, sender, clock, worker = world()
    last = Letter(id="ltr_9", to="ada@example.com", template=Template.ACCOUNT_DELETED, user_id="deleted_usr_1", created_at=clock.now())
    outbox.add([last])
    assert worker.deliver_due() == 1
    assert sender.sent == ["ltr_9"]
    assert sum(outbox.counts().values()) == 0


def test_nothing_is_kept_of_a_last_letter_that_cannot_be_delivered() -> None:
    outbox, sender, clock, worker = world()
    outbox.add([replace(letter(clock, 9), template=Template.ACCOUNT_DELETED, user_id="deleted_usr_1"), letter(clock)])
    sender.fault = SendFailed("no such mailbox", permanent=True)
    worker.deliver_due()
    assert [entry.letter.id for entry in outbox.entries(state=LetterState.DEAD, limit=5)] == ["ltr_1"]


def test_a_letter_whose_person_left_while_it_was_under_way_leaves_no_file(tmp_path: Path) -> None:
    outbox, _, clock, _ = world()
    files = FileSender(folder=tmp_path, sender=From(name="Viva", email="viva@example.org"))

    class Slow(RecordingSender):
        def send(self, letter: Letter) -> None:
            if letter.user_id == "usr_1":  # the owner deletes the account just now: the outbox first, then the files
                outbox.delete_all_of(letter.user_id)
                files.delete_all_of(letter.user_id)
            files.send(letter)

        def delete_all_of(self, user_id: str) -> None:
            files.delete_all_of(user_id)

    worker = OutboxWorker(outbox=outbox, sender=Slow(), clock=clock, max_attempts=3, poll_seconds=1)
    outbox.add([replace(letter(clock, 1), user_id="usr_1"), replace(letter(clock, 2), user_id="usr_2")])
    worker.deliver_due()
    assert [path.name.split(".")[1] for path in tmp_path.iterdir()] == ["usr_2"]
