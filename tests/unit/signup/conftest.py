"""An assistant, and somebody to talk to it."""

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
