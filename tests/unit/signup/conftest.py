"""An assistant, and somebody to talk to it."""

import sys
from collections.abc import Iterator

import pytest

from tests.unit.signup.room import Person, Room, make_room


@pytest.fixture
def room() -> Iterator[Room]:
    """Yield an assistant without a model."""
    made = make_room()
    yield made
    made.service.close()


@pytest.fixture
def john(room: Room) -> Person:
    """Return somebody who has said nothing yet."""
    return room.person()


@pytest.fixture
def unwatched() -> Iterator[None]:
    """Keep the measurer of coverage away, which makes everything three times as slow: for times, and for thousands of messages."""
    watcher = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(watcher)
