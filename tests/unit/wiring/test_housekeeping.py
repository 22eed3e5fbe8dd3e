import threading

from core.errors import StoreUnavailable
from wiring.housekeeping import Housekeeping


def test_a_failing_task_does_not_keep_the_others_from_running() -> None:
    done: list[str] = []

    def broken() -> None:
        raise ValueError("a fault")

    def away() -> None:
        raise StoreUnavailable("the database is away")

    keeping = Housekeeping()
    keeping.add(broken, away, lambda: done.append("last"))
    keeping.run_once()
    assert done == ["last"]


def test_a_deleted_accounts_last_traces_need_not_wait_for_the_hour() -> None:
    ran = threading.Event()
    keeping = Housekeeping()
    keeping.add(ran.set)
    keeping.start()
    assert not ran.is_set()
    keeping.soon()
    assert ran.wait(10)
    keeping.stop()


def test_stopping_ends_the_thread_without_running_anything() -> None:
    done: list[str] = []
    keeping = Housekeeping()
    keeping.add(lambda: done.append("ran"))
    keeping.start()
    keeping.stop()
    assert done == []
