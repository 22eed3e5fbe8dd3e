"""What every `ReplyFeed` promises, within a process and between two."""

import threading

import pytest

from chat.replies import MemoryFeed
from tests.contract.replies.conftest import WAIT, Line, heard


def test_a_reply_that_nobody_opened_cannot_be_written_or_read(line: Line) -> None:
    line.writer.write("msg_1", "lost")
    line.writer.close("msg_1")
    line.writer.open("msg_2")
    line.reader("msg_2")  # whatever was written before has arrived by now
    assert line.follower.reader("msg_1", after=0) is None


def test_everything_that_is_written_arrives_once_in_order_and_then_the_end(line: Line) -> None:
    line.writer.open("msg_1")
    early = line.reader("msg_1")
    for number in range(500):
        line.writer.write("msg_1", f"{number} ")
    late = line.reader("msg_1")
    line.writer.close("msg_1")
    assert heard(early) == heard(late) == "".join(f"{number} " for number in range(500))
    assert not early.lost
    assert early.take() == ([], True)


@pytest.mark.parametrize("after", range(8))
def test_readers_take_what_they_have_not_had_whatever_the_pieces_were(line: Line, after: int) -> None:
    line.writer.open("msg_1")
    first = line.reader("msg_1")
    for piece in ("aü", "c😀e", "f"):
        line.writer.write("msg_1", piece)
    heard(first, upto="f")
    reader = line.reader("msg_1", after=after)
    line.writer.write("msg_1", "g")
    line.writer.close("msg_1")
    assert heard(reader) == "aüc😀efg"[after:]


def test_replies_are_told_apart(line: Line) -> None:
    readers = {}
    for number in range(3):
        line.writer.open(f"msg_{number}")
        readers[number] = line.reader(f"msg_{number}")
    for number in (2, 0, 1):
        line.writer.write(f"msg_{number}", f"I am {number}")
        line.writer.close(f"msg_{number}")
    assert {number: heard(reader) for number, reader in readers.items()} == {number: f"I am {number}" for number in range(3)}


def test_a_closed_reply_is_forgotten(line: Line) -> None:
    line.writer.open("msg_1")
    reader = line.reader("msg_1")
    line.writer.write("msg_1", "over")
    line.writer.close("msg_1")
    assert heard(reader) == "over"
    assert line.writer.reader("msg_1", after=0) is None
    assert line.follower.reader("msg_1", after=0) is None


def test_a_reader_that_must_not_block_is_called_when_there_is_something(line: Line) -> None:
    line.writer.open("msg_1")
    reader = line.reader("msg_1")
    called = threading.Event()
    reader.notify(called.set)
    assert not called.is_set()
    line.writer.write("msg_1", "a")
    assert called.wait(WAIT)
    assert reader.take() == (["a"], False)
    called.clear()
    line.writer.write("msg_1", "b")
    assert called.wait(WAIT)
    assert reader.take() == (["b"], False)
    reader.close()
    called.clear()
    line.writer.close("msg_1")
    assert not called.wait(0.3)


def test_a_reader_is_called_once_for_each_time_it_looks() -> None:
    feed = MemoryFeed()
    feed.open("msg_1")
    reader = feed.reader("msg_1", after=0)
    assert reader is not None
    calls: list[int] = []
    reader.notify(lambda: calls.append(1))
    for piece in "abc":
        feed.write("msg_1", piece)
    assert len(calls) == 1
    assert reader.take() == (["a", "b", "c"], False)
    feed.write("msg_1", "d")
    assert len(calls) == 2
