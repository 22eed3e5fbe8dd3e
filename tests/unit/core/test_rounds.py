"""Regular work in threads of its own."""

import threading

import pytest

from core.errors import StoreUnavailable
from core.rounds import Rounds

WAIT = 10.0


@pytest.mark.parametrize("fault", [ValueError("a fault"), StoreUnavailable("away")])
def test_rounds_outlive_a_fault_and_end_when_told(fault: Exception) -> None:
    rounds_run = threading.Semaphore(0)

    def work() -> None:
        rounds_run.release()
        raise fault

    rounds = Rounds(work, name="test", interval=0.001)
    rounds.start()
    rounds.start()
    for _ in range(3):
        assert rounds_run.acquire(timeout=WAIT)
    rounds.stop()
    assert rounds.stopping
    while rounds_run.acquire(blocking=False):
        pass
    assert not rounds_run.acquire(timeout=0.05)


def test_rounds_that_are_stopped_early_do_nothing() -> None:
    rounds = Rounds(lambda: pytest.fail("began"), name="test", delay=60, interval=60)
    rounds.start()
    rounds.stop()


def test_the_next_round_can_be_had_at_once() -> None:
    ran = threading.Semaphore(0)
    rounds = Rounds(ran.release, name="test", delay=60, interval=60)
    rounds.start()
    for _ in range(2):
        rounds.wake()
        assert ran.acquire(timeout=WAIT)
    rounds.stop()
