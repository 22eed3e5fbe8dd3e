"""How people really talk: several facts at once, corrections, commands and questions at any step."""

import pytest

from signup.models import ASKED, Step
from signup.texts import Texts
from tests.unit.signup.room import GOOD, Person, Room


def test_everything_said_at_once_is_taken_and_only_the_rest_is_asked(john: Person) -> None:
    john.says("yes")
    reply = john.says("I'm Ana García, ana@example.org, call me ana_g")
    assert reply.success
    assert reply.next_step is Step.PASSWORD
    assert reply.progress.current_step == 4
    for value in ("ana@example.org", "ana_g", "Ana", "García"):
        assert value in reply.message
    assert john.says(GOOD).next_step is Step.COMPLETE


def test_somebody_who_begins_with_their_details_has_agreed(john: Person) -> None:
    reply = john.says("Sign me up with sam@example.org please")
    assert reply.session_id
    assert reply.next_step is Step.USERNAME


@pytest.mark.parametrize("step", [Step.USERNAME, Step.FIRSTNAME, Step.LASTNAME])
def test_an_email_is_corrected_at_any_later_step(john: Person, step: Step) -> None:
    john.until(step)
    reply = john.says("actually my e-mail is jd@example.org")
    assert reply.success
    assert reply.next_step is step
    assert "jd@example.org" in reply.message
    assert reply.collected["email"] == "jd@example.org"


def test_a_correction_that_breaks_a_rule_changes_nothing(room: Room) -> None:
    room.person().until(Step.LASTNAME).says("Doe")
    other = room.person()
    other.says("yes")
    other.says("other@example.com")
    other.says("other_one")
    other.says(GOOD)
    reply = other.says("change my username to johndoe")
    assert not reply.success
    assert reply.next_step is Step.USERNAME
    assert reply.collected["username"] == "other_one"
    assert other.says("keep it").next_step is Step.FIRSTNAME


def test_a_typo_is_asked_again_and_the_rest_is_kept(john: Person) -> None:
    john.until(Step.FIRSTNAME)
    reply = john.says("I made a typo in my username")
    assert reply.next_step is Step.USERNAME
    assert "johndoe" in reply.message
    reply = john.says("johnny_doe")
    assert reply.next_step is Step.FIRSTNAME
    assert reply.collected == {"email": "john@example.com", "username": "johnny_doe"}


def test_a_password_can_be_chosen_again_before_the_end(room: Room, john: Person) -> None:
    john.until(Step.FIRSTNAME)
    assert john.says("change my password").next_step is Step.PASSWORD
    assert john.says("An0therOne-entirely").next_step is Step.FIRSTNAME
    john.says("John")
    john.says("Doe")
    assert room.auth.login("johndoe", "An0therOne-entirely").user.id == john.replies[-1].user_id


def test_going_back_walks_one_step_at_a_time_and_keeps_what_is_not_changed(john: Person) -> None:
    john.until(Step.FIRSTNAME)
    assert john.says("go back").next_step is Step.PASSWORD
    assert john.says("go back").next_step is Step.USERNAME
    assert john.says("go back").next_step is Step.EMAIL
    assert john.says("go back").next_step is Step.EMAIL
    assert john.says("keep it").next_step is Step.FIRSTNAME


def test_starting_over_forgets_everything(room: Room, john: Person) -> None:
    john.until(Step.LASTNAME)
    reply = john.says("start over")
    assert (reply.next_step, reply.progress.percentage, reply.collected) == (Step.EMAIL, 0, {})
    assert "john@example.com" not in str(room.sessions.documents)
    assert "$2b$" not in str(room.sessions.documents)


@pytest.mark.parametrize("step", ASKED)
def test_cancelling_deletes_the_conversation_at_every_step(room: Room, john: Person, step: Step) -> None:
    john.until(step)
    reply = john.says("cancel")
    assert reply.success
    assert reply.session_id is None
    assert reply.next_step is Step.START
    assert room.sessions.documents == {}


@pytest.mark.parametrize("step", ASKED[1:])
def test_the_summary_tells_everything_but_the_password(john: Person, step: Step) -> None:
    john.until(step)
    reply = john.says("what have you got so far?")
    assert reply.success
    assert reply.next_step is step
    assert "john@example.com" in reply.message
    assert GOOD not in reply.message
    assert "$2b$" not in reply.message


QUESTIONS = ["why do you need that?", "is it free?", "is my data safe?", "how long does this take?", "help", "who are you?"]


@pytest.mark.parametrize("step", ASKED)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_at_every_step_and_the_step_is_asked_again(john: Person, step: Step, question: str) -> None:
    before = john.until(step).replies[-1]
    texts = Texts("en")
    brief = f"again.{step.value}"
    asked = texts.say(brief if texts.has(brief) and question != "help" else f"ask.{step.value}")
    reply = john.says(question)
    assert reply.success
    assert reply.validation_errors is None
    assert reply.next_step is step
    assert reply.collected == before.collected
    assert reply.message.endswith(asked)
    assert len(reply.message) > len(asked)


@pytest.mark.parametrize("step", ASKED)
@pytest.mark.parametrize("message", ["I'd rather not say", "hmm let me think", "later", "hello", "ok"])
def test_what_is_no_answer_is_never_stored(john: Person, step: Step, message: str) -> None:
    before = john.until(step).replies[-1]
    reply = john.says(message)
    assert reply.next_step is step
    assert reply.collected == before.collected
    assert reply.progress == before.progress


def test_suggestions_are_free_and_like_the_email(room: Room, john: Person) -> None:
    john.until(Step.USERNAME)
    reply = john.says("suggest one")
    assert len(reply.suggestions) == 3
    assert all(name.startswith("john") and room.auth.is_username_free(name) for name in reply.suggestions)


def test_several_facts_with_a_taken_username_keep_the_others(room: Room, john: Person) -> None:
    john.until(Step.LASTNAME).says("Doe")
    other = room.person()
    other.says("yes")
    reply = other.says("Ana García <ana@example.org>, username johndoe")
    assert reply.next_step is Step.USERNAME
    assert reply.collected == {"email": "ana@example.org", "first_name": "Ana", "last_name": "García"}
    assert len(reply.suggestions) == 3


@pytest.mark.parametrize(
    ("first", "last", "kept"),
    [
        ("jean-luc", "O'BRIEN", ("Jean-Luc", "O'Brien")),
        ("Nguyễn", "van der Berg", ("Nguyễn", "van der Berg")),
        ("محمد", "李", ("محمد", "李")),
        ("Will", "May", ("Will", "May")),
        ("my name is María José", "my last name is de la Cruz", ("María José", "de la Cruz")),
    ],
)
def test_names_are_kept_as_people_write_them(room: Room, john: Person, first: str, last: str, kept: tuple[str, str]) -> None:
    john.until(Step.FIRSTNAME)
    john.says(first)
    user = room.auth.get_user(john.says(last).user_id or "")
    assert user is not None
    assert (user.first_name, user.last_name) == kept


@pytest.mark.parametrize("language", ["en", "fr", "es", "de"])
def test_the_whole_dialogue_runs_in_every_language(room: Room, language: str) -> None:
    person = room.person(language).until(Step.LASTNAME)
    person.says("?")
    assert person.says("Doe").next_step is Step.COMPLETE
    assert all("{" not in reply.message for reply in person.replies)


def test_going_back_to_a_field_by_name_skips_the_steps_between(john: Person) -> None:
    john.until(Step.LASTNAME)
    assert john.says("go back to the email").next_step is Step.EMAIL
    assert john.says("new@example.org").next_step is Step.LASTNAME


def test_an_answer_and_a_correction_in_one_message_are_both_taken(john: Person) -> None:
    john.until(Step.FIRSTNAME)
    reply = john.says("Kim, also my username should be kim_2000")
    assert reply.next_step is Step.LASTNAME
    assert reply.collected == {"email": "john@example.com", "username": "kim_2000", "first_name": "Kim"}


def test_without_a_password_in_it_a_message_is_no_wrong_name(john: Person) -> None:
    john.until(Step.PASSWORD)
    reply = john.says("the same as before")
    assert not reply.success
    assert reply.next_step is Step.PASSWORD
    assert reply.validation_errors == ("Password must not be empty",)
