"""The dialogue of the document, word by word, and the shape of its answers."""

import pytest

from signup.models import Step
from tests.unit.signup.room import GOOD, Person, Room

SHAPE = {"success", "message", "next_step", "session_id", "validation_errors", "progress"}


def test_the_documented_dialogue_ends_with_an_account_and_a_login(room: Room, john: Person) -> None:
    question = john.says("What do I need to sign up?").as_dict()
    assert question["success"] is True
    assert question["next_step"] == "start"
    assert question["session_id"] is None
    assert "username" in str(question["message"])

    began = john.says("Yes, let's start")
    assert (began.next_step, began.progress.current_step, began.progress.percentage) == (Step.EMAIL, 0, 0)
    assert began.session_id is not None
    assert began.session_id.startswith("signup_")

    steps = [
        ("My email is john@example.com", "username", 1, 17),
        ("You can call me johndoe", "password", 2, 33),
        (GOOD, "firstname", 3, 50),
        ("John", "lastname", 4, 67),
        ("Doe", "complete", 6, 100),
    ]
    for message, next_step, done, percentage in steps:
        body = john.says(message).as_dict()
        assert body["success"] is True, body
        assert body["next_step"] == next_step
        assert body["session_id"] == began.session_id
        assert body["validation_errors"] is None
        assert body["progress"] == {"current_step": done, "total_steps": 6, "percentage": percentage}
    last = john.replies[-1]
    assert last.user_id
    user = room.auth.get_user(last.user_id)
    assert user is not None
    assert (user.email, user.username, user.first_name, user.last_name) == ("john@example.com", "johndoe", "John", "Doe")
    assert last.access_token
    assert room.auth.authenticate(last.access_token).user.id == last.user_id
    assert room.auth.login("john@example.com", GOOD).user.id == last.user_id
    for part in ("john@example.com", "johndoe", "John Doe"):
        assert part in last.message


def test_the_answer_has_exactly_the_documented_fields_and_tokens_only_at_the_end(john: Person) -> None:
    john.until(Step.LASTNAME)
    for reply in john.replies:
        assert set(reply.as_dict()) == SHAPE
    assert set(john.says("Doe").as_dict()) == SHAPE | {"user_id", "access_token", "refresh_token"}


def test_an_empty_first_message_is_greeted_and_stores_nothing(room: Room, john: Person) -> None:
    reply = john.says("")
    assert reply.success
    assert reply.session_id is None
    assert reply.message == room.service.greeting().message
    assert room.sessions.documents == {}


@pytest.mark.parametrize(
    "message", ["What is this?", "is it free?", "no", "maybe later", "hmm", "hello", "blah blah", "…", "¿cuánto cuesta?"]
)
def test_nothing_is_stored_before_the_person_agrees(room: Room, john: Person, message: str) -> None:
    reply = john.says(message)
    assert reply.session_id is None
    assert reply.next_step is Step.START
    assert room.sessions.documents == {}


@pytest.mark.parametrize(
    ("step", "message", "error"),
    [
        (Step.EMAIL, "not an email", "Email must be a valid email address"),
        (Step.EMAIL, "john@example", "Email must be a valid email address"),
        (Step.USERNAME, "jo", "Username must have 3 to 30 letters, digits, dots, dashes or underscores"),
        (Step.USERNAME, "admin", "Username is reserved"),
        (Step.PASSWORD, "mypassword", "Password must contain uppercase letter"),
        (Step.PASSWORD, "mypassword", "Password must contain number"),
        (Step.PASSWORD, "Ab1", "Password must be at least 8 characters long"),
        (Step.FIRSTNAME, "12345", "Name may have letters, spaces, apostrophes, dots and hyphens only"),
        (Step.LASTNAME, "D0e", "Name may have letters, spaces, apostrophes, dots and hyphens only"),
    ],
)
def test_an_answer_that_breaks_a_rule_is_refused_and_asked_again(john: Person, step: Step, message: str, error: str) -> None:
    before = john.until(step).replies[-1].progress
    reply = john.says(message)
    assert not reply.success
    assert reply.next_step is step
    assert error in (reply.validation_errors or ())
    assert reply.progress == before


def test_a_taken_email_stays_at_its_step(room: Room, john: Person) -> None:
    john.until(Step.LASTNAME).says("Doe")
    other = room.person().until(Step.EMAIL)
    reply = other.says("JOHN@example.com")
    assert not reply.success
    assert reply.next_step is Step.EMAIL
    assert reply.validation_errors == ("Email is already registered",)


def test_a_taken_username_gets_three_free_suggestions_that_can_be_taken(room: Room, john: Person) -> None:
    john.until(Step.LASTNAME).says("Doe")
    other = room.person()
    other.says("yes")
    other.says("other@example.com")
    reply = other.says("JohnDoe")
    assert not reply.success
    assert reply.validation_errors == ("Username 'JohnDoe' is already taken",)
    assert len(set(reply.suggestions)) == 3
    assert all(name in reply.message and room.auth.is_username_free(name) for name in reply.suggestions)
    assert other.says(reply.suggestions[1]).next_step is Step.PASSWORD
