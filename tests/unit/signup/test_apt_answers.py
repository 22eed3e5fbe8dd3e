"""Answers that fit what was asked: not repeated, about the right field, two where two things were asked."""

import pytest

from signup.models import Step
from signup.texts import Texts
from tests.unit.signup.room import Person, Room

SAY = Texts("en").say


@pytest.mark.parametrize(
    ("step", "question", "answer"),
    [
        (Step.START, "why do you need my email", "answer.why_email"),
        (Step.EMAIL, "why do you need a username?", "answer.why_username"),
        (Step.USERNAME, "can people see my username?", "detail.seen"),
        (Step.FIRSTNAME, "do other people see my real name?", "detail.seen"),
        (Step.EMAIL, "can I use my phone number instead?", "detail.phone"),
        (Step.EMAIL, "can we speak Spanish?", "detail.language"),
        (Step.START, "is there an age limit?", "detail.age"),
        (Step.START, "Can I sign up for my daughter? She's 12", "detail.age"),
        (Step.PASSWORD, "what if I forget my password?", "detail.forgotten"),
    ],
)
def test_a_question_gets_the_answer_that_fits_best(john: Person, step: Step, question: str, answer: str) -> None:
    assert SAY(answer) in john.until(step).says(question).message


def test_two_questions_get_two_answers(john: Person) -> None:
    reply = john.says("is it free and how long does it take?")
    assert SAY("answer.free") in reply.message
    assert SAY("answer.how_long", left=5) in reply.message


def test_one_question_gets_one_answer(john: Person) -> None:
    assert john.says("how long does it take, is it just a minute?").message.count(SAY("answer.how_long", left=5)) == 1


def test_the_rules_are_said_with_the_first_question_and_not_with_each_answer(john: Person) -> None:
    john.until(Step.PASSWORD)
    assert "uppercase" not in john.says("is it safe?").message
    assert "uppercase" in john.says("?").message


@pytest.mark.parametrize("step", [Step.EMAIL, Step.USERNAME, Step.PASSWORD, Step.FIRSTNAME, Step.LASTNAME])
def test_help_says_what_to_do_at_this_step(john: Person, step: Step) -> None:
    assert SAY(f"help.{step.value}") in john.until(step).says("I don't understand").message


def test_what_a_password_is_missing_is_said_in_one_sentence(john: Person) -> None:
    reply = john.until(Step.PASSWORD).says("kettlepond")
    assert "It still needs an uppercase letter and a number." in reply.message
    assert reply.validation_errors == ("Password must contain uppercase letter", "Password must contain number")


def test_a_field_that_was_not_asked_yet_is_not_called_good(john: Person) -> None:
    assert SAY("not_yet") in john.until(Step.EMAIL).says("I want to change my last name").message


@pytest.mark.parametrize(
    "message", ["none of those, give me others", "others please", "no", "andere bitte", "ninguno", "d'autres s'il vous plaît"]
)
def test_somebody_who_likes_none_of_the_suggestions_gets_others(john: Person, message: str) -> None:
    first = john.until(Step.USERNAME).says("suggest one").suggestions
    second = john.says(message).suggestions
    assert len(second) == 3
    assert not set(first) & set(second)


def test_others_is_a_username_where_nothing_was_offered(john: Person) -> None:
    assert john.until(Step.USERNAME).says("others").collected["username"] == "others"


@pytest.mark.parametrize("message", ["the same as my email", "my usual one"])
def test_somebody_who_names_no_username_gets_some_to_choose_from(john: Person, message: str) -> None:
    assert "john" in john.until(Step.USERNAME).says(message).suggestions


def test_after_a_sigh_one_goes_on_with_a_new_conversation(room: Room, john: Person) -> None:
    john.until(Step.USERNAME)
    room.clock.advance(seconds=301)
    assert john.says("johndoe").next_step is Step.START
    assert john.says("oh no. ok again").next_step is Step.EMAIL


def test_somebody_who_agrees_but_keeps_a_field_back_has_agreed(john: Person) -> None:
    assert john.says("fine. but I'm not giving you my real name").next_step is Step.EMAIL


@pytest.mark.parametrize(
    "message", ["kullanıcı adı nedir", "nome utente cosa vuol dire", "username apa ya", "¿qué es eso de nombre de usuario?"]
)
def test_what_a_username_is_can_be_asked_without_a_mark(john: Person, message: str) -> None:
    reply = john.until(Step.USERNAME).says(message)
    assert reply.next_step is Step.USERNAME
    assert SAY("answer.why_username") in reply.message


@pytest.mark.parametrize("message", ["no, make it john_doe", "actually john.doe", "lieber john-doe"])
def test_a_second_thought_about_the_username_is_heard_where_the_password_is_asked(john: Person, message: str) -> None:
    reply = john.until(Step.PASSWORD).says(message)
    assert reply.next_step is Step.PASSWORD
    assert reply.collected["username"] == message.rsplit(maxsplit=1)[-1]


@pytest.mark.parametrize("message", ["no, make it sunflower9", "JohnDoe99x then", "or john_doe?", "john_doe"])
def test_what_may_be_a_password_changes_no_username(john: Person, message: str) -> None:
    reply = john.until(Step.PASSWORD).says(message)
    assert reply.collected["username"] == "johndoe"
    assert message not in reply.message


@pytest.mark.parametrize("message", ["capital S sunshine 2024 all one word", "sunshine with a capital S and then 2024"])
def test_a_dictated_password_is_not_taken_word_for_word(john: Person, message: str) -> None:
    assert john.until(Step.PASSWORD).says(message).next_step is Step.PASSWORD


def test_an_address_without_its_ending_is_guessed(john: Person) -> None:
    john.until(Step.EMAIL)
    reply = john.says("jess91 at yahoo")
    assert not reply.success
    assert reply.suggestions == ("jess91@yahoo.com",)
    assert john.says("yes").collected["email"] == "jess91@yahoo.com"


def test_the_address_given_again_is_no_username(john: Person) -> None:
    reply = john.until(Step.USERNAME).says("john@example.com")
    assert SAY("not_email") in reply.message
    assert "john" in reply.suggestions


def test_what_is_known_is_not_noted_again(john: Person) -> None:
    assert SAY("have_already") in john.until(Step.FIRSTNAME).says("my email is john@example.com").message


@pytest.mark.parametrize(
    "message",
    ["1. mira@example.org 2. mirashah 3. Mira 4. Shah", "1) mira@example.org\n2) mirashah\n3) Mira\n4) Shah"],
)
def test_a_list_in_the_order_of_the_questions_is_taken(john: Person, message: str) -> None:
    assert john.says(message).collected == {"email": "mira@example.org", "username": "mirashah", "first_name": "Mira", "last_name": "Shah"}


def test_what_to_change_is_the_only_question_then(john: Person) -> None:
    assert john.until(Step.LASTNAME).says("change everything").message == SAY("correct_which")


def test_nothing_is_deleted_when_only_the_rest_is_left_as_it_is(john: Person) -> None:
    assert john.until(Step.LASTNAME).says("never mind the rest").collected["email"] == "john@example.com"


@pytest.mark.parametrize(
    ("choice", "taken"), [("the gmail one", "bob@gmail.com"), ("the first", "bob@example.org"), ("2", "bob@gmail.com")]
)
def test_of_two_addresses_one_can_be_pointed_at(john: Person, choice: str, taken: str) -> None:
    reply = john.until(Step.EMAIL).says("bob@example.org or bob@gmail.com, whichever you prefer")
    assert reply.suggestions == ("bob@example.org", "bob@gmail.com")
    assert reply.message == "Which one shall I take: bob@example.org or bob@gmail.com?"
    assert john.says(choice).collected["email"] == taken


@pytest.mark.parametrize(
    ("step", "message", "answer"),
    [
        (Step.LASTNAME, "jsuis obligée de dire mon nom ?", "refusal.lastname"),
        (Step.USERNAME, "is a username mandatory?", "refusal.username"),
        (Step.USERNAME, "I don't know what a username is", "answer.why_username"),
    ],
)
def test_whether_a_field_must_be_given_is_answered_for_that_field(john: Person, step: Step, message: str, answer: str) -> None:
    reply = john.until(step).says(message)
    assert SAY(answer) in reply.message
    assert "five things" not in reply.message


@pytest.mark.parametrize("number", ["0612345678", "+447700900123", "+44 7700 900123", "my number is 0170 1234567", "(020) 7946-0018"])
def test_a_phone_number_is_told_from_a_mistyped_address(john: Person, number: str) -> None:
    reply = john.until(Step.EMAIL).says(number)
    assert not reply.success
    assert SAY("detail.phone") in reply.message
