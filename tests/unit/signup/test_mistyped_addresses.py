"""An address at "gmial.com" is taken as it is, and the likely one is offered; of one with a space both that it may be."""

import pytest

from signup.models import Step
from tests.unit.signup.room import Person


@pytest.fixture
def slipped(john: Person) -> Person:
    """Return somebody who has just mistyped the domain of an address."""
    john.says("yes")
    reply = john.says("my mail is j.doe@gmial.com")
    assert reply.success
    assert reply.next_step is Step.USERNAME
    assert reply.collected["email"] == "j.doe@gmial.com"
    assert reply.suggestions == ("j.doe@gmail.com",)
    assert "j.doe@gmail.com" in reply.message
    return john


@pytest.mark.parametrize("answer", ["yes", "oh sorry gmail.com", "yes gmail", "gmail.com*", "j.doe@gmail.com", "I meant gmail, not gmial"])
def test_the_likely_address_is_taken_when_the_person_agrees(slipped: Person, answer: str) -> None:
    reply = slipped.says(answer)
    assert reply.success
    assert reply.next_step is Step.USERNAME
    assert reply.collected == {"email": "j.doe@gmail.com"}
    assert reply.suggestions == ()


def test_an_unusual_address_stays_when_the_person_says_no(slipped: Person) -> None:
    reply = slipped.says("no")
    assert reply.success
    assert reply.collected == {"email": "j.doe@gmial.com"}
    assert slipped.says("johndoe").collected == {"email": "j.doe@gmial.com", "username": "johndoe"}


def test_a_yes_later_on_changes_no_address(slipped: Person) -> None:
    slipped.says("johndoe")
    assert slipped.says("yes").collected["email"] == "j.doe@gmial.com"


@pytest.mark.parametrize(
    "address",
    [
        "j@gmail.com",
        "j@hotmail.dk",
        "j@mail.com",
        "j@uni-bonn.de",
        "j@orange.de",
        "j@example.com",
        "j@gmit.ie",
        "j@yahoo.co.id",
        "j@yahoo.com.ar",
    ],
)
def test_nothing_is_offered_instead_of_an_address_that_looks_right(john: Person, address: str) -> None:
    john.says("yes")
    assert john.says(address).suggestions == ()
    assert john.says("yes").collected == {"email": address}


def test_a_service_named_later_moves_the_address_there(john: Person) -> None:
    john.says("yes")
    john.says("j.doe@yahoo.com")
    assert john.says("sorry, outlook.com").collected == {"email": "j.doe@outlook.com"}


@pytest.mark.parametrize("step", [Step.EMAIL, Step.USERNAME, Step.PASSWORD])
def test_a_refused_answer_is_explained_and_asked_for_once(john: Person, step: Step) -> None:
    john.until(step)
    reply = john.says({Step.EMAIL: "john@@example", Step.USERNAME: "two words", Step.PASSWORD: "short"}[step])
    assert not reply.success
    assert reply.next_step is step
    assert reply.message.lower().count("please") == 1
    assert "?" not in reply.message


@pytest.mark.parametrize(
    "said",
    [
        "john smith at example dot com",
        "john smith@example.com",
        "it's john smith at example dot com",
        "my email address is john smith@example.com",
    ],
)
def test_of_a_name_with_a_space_before_the_sign_no_half_becomes_the_address(john: Person, said: str) -> None:
    """It would be somebody else's."""
    john.says("yes")
    reply = john.says(said)
    assert not reply.success
    assert reply.collected == {}
    assert reply.suggestions == ("john.smith@example.com", "johnsmith@example.com")
    assert "john.smith@example.com or johnsmith@example.com" in reply.message
    assert john.says("the second one").collected == {"email": "johnsmith@example.com"}


def test_a_space_and_a_slip_in_one_address_are_both_mended_in_what_is_offered(john: Person) -> None:
    john.says("yes")
    assert john.says("john smith at gmial dot com").suggestions == ("john.smith@gmail.com", "johnsmith@gmail.com")


@pytest.mark.parametrize("said", ["sure, smith at example dot com", "my email is smith at example dot com", "its erm smith@example.com"])
def test_words_that_lead_to_an_address_are_no_part_of_it(john: Person, said: str) -> None:
    john.says("yes")
    assert john.says(said).collected == {"email": "smith@example.com"}
