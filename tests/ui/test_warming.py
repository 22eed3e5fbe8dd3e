"""Loading early what the first person would wait for, and keeping the collector from looking at it after every click."""

import gc
import threading
from collections.abc import Iterator

import pytest

from ui import warming

SECONDS = 20


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_everything_is_loaded_although_one_part_fails_and_the_collector_lets_it_be() -> None:
    done = threading.Event()
    kept: list[dict[str, int]] = []

    def breaks() -> None:
        raise RuntimeError

    def loads() -> None:
        kept.extend({"number": number} for number in range(1_000))
        done.set()

    with warming.in_background(breaks, loads, quiet=0.0):
        assert done.wait(SECONDS)
    assert gc.get_freeze_count() > 1_000
    assert not any(kept[0] is found for found in gc.get_objects())


def test_nothing_is_loaded_when_the_program_ends_at_once() -> None:
    loaded: list[str] = []
    with warming.in_background(lambda: loaded.append("table"), quiet=SECONDS):
        pass
    assert loaded == []


def test_garbage_that_a_session_leaves_is_still_collected() -> None:
    class Left:
        pass

    with warming.in_background(quiet=SECONDS):
        left = Left()
        left.itself = left  # type: ignore[attr-defined]  # a cycle that only the collector can break
        del left
        gc.collect()
        assert not any(isinstance(found, Left) for found in gc.get_objects())
