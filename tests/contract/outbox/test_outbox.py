"""`mail.ports.Outbox`, on every backend."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest

from mail.models import LetterState, OutboxEntry
from tests.contract.bundle import Stores
from tests.contract.make import later, letter, session, token, user
from tests.factories import NOW

WAITING, SENT, DEAD = LetterState.WAITING, LetterState.SENT, LetterState.DEAD


def claim(stores: Stores, *, now: datetime = NOW, minutes: float = 5, limit: int = 10) -> list[OutboxEntry]:
    return stores.outbox.claim(now=now, lease_until=now + (later(minutes=minutes) - NOW), limit=limit)


def test_an_empty_outbox_has_nothing_to_claim(stores: Stores) -> None:
    assert claim(stores) == []
    assert stores.outbox.counts() == {WAITING: 0, SENT: 0, DEAD: 0}
    assert stores.outbox.entries(state=WAITING, limit=5) == []


def test_adding_no_letters_does_nothing(stores: Stores) -> None:
    stores.outbox.add([])
    stores.audit.append([])
    assert claim(stores) == []


def test_letters_are_claimed_oldest_first_up_to_the_limit(stores: Stores) -> None:
    letters = [letter(f"l{n}", created_at=later(seconds=n)) for n in (3, 1, 2)]
    stores.outbox.add(letters)
    claimed = claim(stores, now=later(minutes=1), limit=2)
    assert [entry.letter for entry in claimed] == [letters[1], letters[2]]
    assert [(entry.state, entry.attempts, entry.leased_until) for entry in claimed] == [(WAITING, 1, later(minutes=6))] * 2


def test_a_letter_that_is_already_known_is_ignored(stores: Stores) -> None:
    stores.outbox.add([letter()])
    stores.outbox.add([letter(to="other@example.com"), letter("l2")])
    assert sorted(entry.letter.to for entry in claim(stores)) == ["Ada@Example.com", "Ada@Example.com"]


def test_a_letter_that_was_sent_does_not_come_back_when_it_is_added_again(stores: Stores) -> None:
    stores.outbox.add([letter()])
    claim(stores)
    stores.outbox.mark_sent("ltr_l1", at=NOW)
    stores.outbox.add([letter()])
    assert claim(stores, now=later(hours=1)) == []


@pytest.mark.parametrize("write", ["account", "change", "session", "token"])
def test_letters_given_with_a_write_are_claimed_once(stores: Stores, write: str) -> None:
    if write == "account":
        stores.accounts.add(user(), letters=[letter()])
    elif write == "change":
        stores.accounts.add(user())
        stores.accounts.replace(user(version=2), letters=[letter()])
    elif write == "session":
        stores.sessions.add(session(), letters=[letter()])
    else:
        stores.tokens.add(token(), letters=[letter()])
    assert stores.outbox.counts()[WAITING] == 1
    assert [entry.letter for entry in stores.outbox.entries(state=WAITING, limit=5)] == [letter()]
    assert [entry.letter for entry in claim(stores)] == [letter()]
    assert claim(stores) == []


def test_a_leased_letter_is_nobody_elses_until_the_lease_ends(stores: Stores) -> None:
    stores.outbox.add([letter()])
    assert len(claim(stores)) == 1
    assert claim(stores, now=later(minutes=4, seconds=59)) == []
    again = claim(stores, now=later(minutes=5))
    assert [entry.attempts for entry in again] == [2]


def test_parallel_workers_never_get_the_same_letter(stores: Stores) -> None:
    stores.outbox.add([letter(f"l{n}") for n in range(40)])
    with ThreadPoolExecutor(8) as pool:
        claimed = [entry.letter.id for batch in pool.map(lambda _: claim(stores, limit=7), range(8)) for entry in batch]
    assert len(claimed) == len(set(claimed)) == 40


def test_a_sent_letter_keeps_no_secret(stores: Stores) -> None:
    stores.outbox.add([letter()])
    claim(stores)
    stores.outbox.mark_sent("ltr_l1", at=later(minutes=1))
    (entry,) = stores.outbox.entries(state=SENT, limit=5)
    assert (entry.letter.data, entry.sent_at, entry.leased_until) == ({}, later(minutes=1), None)
    assert claim(stores, now=later(days=1)) == []
    assert stores.outbox.counts() == {WAITING: 0, SENT: 1, DEAD: 0}


def test_a_failed_letter_waits_for_its_next_try(stores: Stores) -> None:
    stores.outbox.add([letter()])
    claim(stores)
    stores.outbox.mark_failed("ltr_l1", error="the server is away", next_try_at=later(minutes=2))
    assert claim(stores, now=later(minutes=1)) == []
    (entry,) = claim(stores, now=later(minutes=2))
    assert (entry.attempts, entry.last_error, entry.letter) == (2, "the server is away", letter())


def test_a_dead_letter_keeps_its_data_until_it_is_tried_again_by_hand(stores: Stores) -> None:
    stores.outbox.add([letter()])
    claim(stores)
    stores.outbox.mark_failed("ltr_l1", error="no such address", next_try_at=None)
    assert claim(stores, now=later(days=1)) == []
    (dead,) = stores.outbox.entries(state=DEAD, limit=5)
    assert dead.letter == letter()
    assert stores.outbox.retry_dead(now=later(days=2)) == 1
    assert stores.outbox.retry_dead(now=later(days=2)) == 0
    assert claim(stores, now=later(days=1)) == []
    (entry,) = claim(stores, now=later(days=2))
    assert (entry.attempts, entry.letter) == (1, letter())


def test_a_late_failure_does_not_undo_a_sent_letter(stores: Stores) -> None:
    stores.outbox.add([letter()])
    claim(stores)
    assert stores.outbox.mark_sent("ltr_l1", at=NOW) is True
    stores.outbox.mark_failed("ltr_l1", error="late", next_try_at=NOW)
    assert stores.outbox.counts() == {WAITING: 0, SENT: 1, DEAD: 0}


def test_marking_an_unknown_letter_does_nothing(stores: Stores) -> None:
    assert stores.outbox.mark_sent("ltr_x", at=NOW) is False
    stores.outbox.mark_failed("ltr_x", error="", next_try_at=NOW)
    assert stores.outbox.counts() == {WAITING: 0, SENT: 0, DEAD: 0}


def test_entries_come_newest_first(stores: Stores) -> None:
    stores.outbox.add([letter(f"l{n}", created_at=later(seconds=n)) for n in range(3)])
    assert [entry.letter.id for entry in stores.outbox.entries(state=WAITING, limit=2)] == ["ltr_l2", "ltr_l1"]


def test_a_persons_letters_are_removed_wherever_they_wait(stores: Stores) -> None:
    stores.accounts.add(user(), letters=[letter("embedded")])
    stores.outbox.add([letter("a"), letter("b", user_id="usr_bob"), letter("c", user_id="")])
    stores.outbox.mark_sent("ltr_a", at=NOW)
    stores.outbox.delete_all_of("usr_ada")
    stores.outbox.delete_all_of("")
    assert sorted(entry.letter.id for entry in claim(stores)) == ["ltr_b", "ltr_c"]
    assert stores.outbox.counts()[SENT] == 0


def test_old_sent_letters_are_removed_and_waiting_ones_stay(stores: Stores) -> None:
    stores.outbox.add([letter("a"), letter("b"), letter("c")])
    stores.outbox.mark_sent("ltr_a", at=NOW)
    stores.outbox.mark_sent("ltr_b", at=later(hours=2))
    assert stores.outbox.delete_sent(before=later(hours=1)) == 1
    assert stores.outbox.counts() == {WAITING: 1, SENT: 1, DEAD: 0}


def test_a_letters_data_is_only_data(stores: Stores) -> None:
    odd: Any = {"$set": "x", "a.b": "\x00", "": "😀"}
    stores.outbox.add([letter(data=odd)])
    assert claim(stores)[0].letter.data == odd
