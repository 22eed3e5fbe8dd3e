"""The words of all languages are read before the first message needs them, once, and not while the greeting is being drawn."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event, Thread

import pytest

from signup import warming
from signup.warming import Warming


class Words:
    """Stands in for the words: counts how often they are read."""

    def __init__(self) -> None:
        self.times = 0
        self.read = Event()

    def finish(self) -> None:
        self.times += 1
        self.read.set()


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Words:
    found = Words()
    monkeypatch.setattr(warming, "read_words", found.finish)
    monkeypatch.setattr(warming, "is_warm", lambda: found.times > 0)
    return found


def test_the_words_are_read_in_the_background_and_only_once(words: Words) -> None:
    warm = Warming(after_seconds=0)
    warm.soon()
    warm.soon()
    assert words.read.wait(10)
    warm.soon()
    assert words.times == 1


def test_whoever_is_greeted_does_not_wait_for_them(words: Words) -> None:
    warm = Warming(after_seconds=3600)
    warm.soon()
    assert words.times == 0
    warm.close()


def test_nothing_is_read_after_the_end(words: Words) -> None:
    warm = Warming(after_seconds=0)
    warm.close()
    warm.soon()
    assert not words.read.wait(0.05)


def test_two_first_messages_at_once_read_them_once(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[int] = []
    both_inside = Barrier(2)

    def lexicon() -> None:
        if not times:
            with suppress(BrokenBarrierError):
                both_inside.wait(0.2)
            times.append(1)

    monkeypatch.setattr(warming, "lexicon", lexicon)
    threads = [Thread(target=warming.read_words) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert times == [1]
