"""Taking what was offered by its place."""

import pytest

from signup.models import Step
from signup.understanding.choosing import picked
from tests.unit.signup.room import Person, Room

OFFERED = ("siobhan", "siobhan2", "siobhan3")


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("the first one", 0),
        ("1", 0),
        ("First!", 0),
        ("ok i'll take the 2nd one please", 1),
        ("number 3", 2),
        ("the last one", 2),
        ("le deuxième", 1),
        ("je prends le premier", 0),
        ("la tercera por favor", 2),
        ("das erste bitte", 0),
        ("o primeiro", 0),
        ("il secondo", 1),
        ("ikincisi olsun", 1),
        ("давайте первый", 0),
        ("الأول", 0),
        ("दूसरा वाला", 1),
        ("第一个吧", 0),
        ("二番目", 1),
    ],
)
def test_a_place_is_taken(message: str, place: int) -> None:
    assert picked(message, OFFERED) == OFFERED[place]


@pytest.mark.parametrize(
    "message",
    [
        "",
        "siobhan_x",
        "not the first one",
        "none of them",
        "the last one I had was siobhan_x",
        "another three",
        "first or second",
        "yes",
        "first_lady",
    ],
)
def test_anything_else_is_read_as_always(message: str) -> None:
    assert picked(message, OFFERED) is None


def test_without_an_offer_a_place_means_nothing() -> None:
    assert picked("the first one", ()) is None
    assert picked("the third one", OFFERED[:2]) is None


def test_a_suggested_username_is_taken_by_its_place_after_a_question_in_between(john: Person) -> None:
    john.until(Step.USERNAME)
    offered = john.says("suggest one").suggestions
    assert john.says("what usernames are allowed?").next_step is Step.USERNAME
    reply = john.says("the second one please")
    assert reply.next_step is Step.PASSWORD
    assert reply.collected["username"] == offered[1]


def test_an_offer_is_over_when_its_step_is(john: Person) -> None:
    john.until(Step.USERNAME).says("suggest one")
    john.says("johnny_d")
    assert john.says("the first one").collected["username"] == "johnny_d"


def test_an_offer_that_somebody_else_took_meanwhile_is_refused(room: Room, john: Person) -> None:
    john.until(Step.USERNAME)
    offered = john.says("suggest one").suggestions
    other = room.person()
    other.says("yes")
    other.says("other@example.com")
    other.says(offered[0])
    other.says("An0therOne-entirely")
    other.says("Olga")
    assert other.says("Other").next_step is Step.COMPLETE
    reply = john.says("1")
    assert not reply.success
    assert reply.next_step is Step.USERNAME
    assert offered[0] not in reply.suggestions


def test_a_resumed_conversation_still_offers(room: Room, john: Person) -> None:
    john.until(Step.USERNAME)
    offered = john.says("suggest one").suggestions
    resumed = room.service.resume(john.session_id or "")
    assert resumed is not None
    assert resumed.suggestions == offered
    assert ", ".join(offered) in resumed.message


def test_the_address_meant_by_an_impossible_one_is_taken_with_a_yes(john: Person) -> None:
    john.says("yes")
    reply = john.says("j.doe@gmailcom")
    assert not reply.success
    assert reply.suggestions == ("j.doe@gmail.com",)
    reply = john.says("yes")
    assert reply.next_step is Step.USERNAME
    assert reply.collected == {"email": "j.doe@gmail.com"}
