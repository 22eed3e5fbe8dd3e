"""The phrases that the conversation's document promises to understand."""

import pytest

from signup.models import Collected, Step
from signup.understanding import read


@pytest.mark.parametrize(
    ("step", "message", "facts"),
    [
        (Step.EMAIL, "My email is john@example.com", {"email": "john@example.com"}),
        (Step.EMAIL, "john@example.com", {"email": "john@example.com"}),
        (Step.EMAIL, "You can reach me at john@example.com", {"email": "john@example.com"}),
        (Step.USERNAME, "My username is johndoe", {"username": "johndoe"}),
        (Step.USERNAME, "johndoe", {"username": "johndoe"}),
        (Step.USERNAME, "You can call me johndoe", {"username": "johndoe"}),
        (Step.USERNAME, "Call me johndoe", {"username": "johndoe"}),
        (Step.FIRSTNAME, "My name is John", {"first_name": "John"}),
        (Step.FIRSTNAME, "John", {"first_name": "John"}),
        (Step.FIRSTNAME, "I'm John", {"first_name": "John"}),
        (Step.LASTNAME, "Doe", {"last_name": "Doe"}),
    ],
)
def test_a_documented_phrase_gives_its_value_and_nothing_else(step: Step, message: str, facts: dict[str, str]) -> None:
    assert dict(read(message, step=step, collected=Collected()).facts) == facts
