"""One answer said in the many ways that people have: dictated, with a reason, a question, a complaint, taken back, spelled out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from signup.models import Collected, Step
from signup.understanding import Intent, read
from signup.understanding.reading import FACT_OF, FIRST, FIRST_NAMES_ASKED, LAST
from tests.unit.signup.evaluation.evaluation_set import KNOWN

pytestmark = pytest.mark.usefixtures("unwatched")
FOLDER = Path(__file__).parent / "ways"


def lines(name: str) -> list[str]:
    return [line for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def ways(step: Step) -> Iterator[tuple[str, str]]:
    """Yield each message with the answer in it."""
    answer = ""
    for line in lines(step.value):
        if line.startswith("= "):
            answer = line.removeprefix("= ")
            continue
        message, _, own = line.partition(" | ")
        yield message, own or answer


def is_found(message: str, answer: str, step: Step) -> bool:
    found = read(message, step=step, collected=KNOWN.get(step, Collected()))
    value, _, last = answer.partition("|")
    expected = {FACT_OF[step]: value} | ({LAST: last} if last else {})
    repeated = {FIRST} if step is Step.LASTNAME and found.facts.get(FIRST) == KNOWN[step].firstname else set()
    given = {fact: found.facts[fact] for fact in found.facts.keys() - repeated}
    return found.intent in {Intent.PROVIDE, Intent.CORRECTION} and given == expected


def is_none(message: str, meanings: str, step: Step) -> bool:
    found = read(message, step=step, collected=KNOWN.get(step, Collected()))
    detail = found.topic or found.field
    meant = {found.intent.value, f"{found.intent.value}:{detail.value if detail else ''}"} & set(meanings.split(","))
    may_hold = found.intent is Intent.CORRECTION or "provide" in meanings
    return bool(meant) and (may_hold or not found.facts)


@pytest.mark.parametrize("step", [Step.EMAIL, Step.USERNAME, Step.PASSWORD, Step.FIRSTNAME, Step.LASTNAME])
def test_an_answer_is_found_however_it_is_said(step: Step) -> None:
    found = list(ways(step))
    assert len(found) > 60
    assert [message for message, answer in found if not is_found(message, answer, step)] == []


@pytest.mark.parametrize("name", ["other", "talk", "asks"])
def test_what_is_no_answer_stays_none(name: str) -> None:
    found = [line.split("|") for line in lines(name)]
    assert len(found) > 300
    assert [(step, message) for step, message, meanings in found if not is_none(message, meanings, Step(step))] == []


def test_all_that_a_message_gives_or_puts_right_is_found() -> None:
    found = [line.split("|") for line in lines("several")]
    assert len(found) > 60
    for step, message, facts in found:
        collected = KNOWN[Step(step)]
        given = read(message, step=Step(step), collected=collected).facts
        assert {fact: value for fact, value in given.items() if f"{fact}={value}" in facts or value != collected.firstname} == dict(
            fact.split("=") for fact in facts.split(";")
        ), message


@pytest.mark.parametrize("step", [Step.USERNAME, *sorted(FIRST_NAMES_ASKED)])
def test_a_reason_is_not_cut_off_a_question_or_a_refusal(step: Step) -> None:
    for message in ("why, because my friend said no?", "no because I don't want to", "I'd rather not because it's private"):
        assert not read(message, step=step, collected=KNOWN[step]).facts


ANA = {"first_name": "Ana", "last_name": "García"}
MAIL = {"email": "ana@example.org"}
LOGIN = {"username": "ana_g"}


@pytest.mark.parametrize(
    ("step", "message", "facts"),
    [
        (Step.START, "I'm Ana García, ana@example.org, call me ana_g", ANA | MAIL | LOGIN),
        (Step.START, "ana@example.org, ana_g, Ana García", ANA | MAIL | LOGIN),
        (Step.START, "sign me up with ana@example.org please", MAIL),
        (Step.EMAIL, "ana@example.org / ana_g", MAIL | LOGIN),
        (Step.EMAIL, "Ana García, ana@example.org", ANA | MAIL),
        (Step.USERNAME, "Ana García, username ana_g", ANA | LOGIN),
        (Step.FIRSTNAME, "Ana. García is my surname", ANA),
        (Step.FIRSTNAME, "Ana, surname García, thanks", ANA),
        (Step.FIRSTNAME, "J. R. R. Tolkien", {"first_name": "J. R. R.", "last_name": "Tolkien"}),
        (Step.FIRSTNAME, "J.R.R. Tolkien", {"first_name": "J.R.R.", "last_name": "Tolkien"}),
        (Step.FIRSTNAME, "John F. Kennedy", {"first_name": "John F.", "last_name": "Kennedy"}),
        (Step.FIRSTNAME, "WEBER Tobias", {"first_name": "Tobias", "last_name": "Weber"}),
        (Step.LASTNAME, "Bell, and please change my email to jb@example.net", {"last_name": "Bell", "email": "jb@example.net"}),
        (Step.PASSWORD, "Why!Not99always?", {"password": "Why!Not99always?"}),
        (Step.PASSWORD, "Puffin9Lagoon, and my name is Esther", {"password": "Puffin9Lagoon", "first_name": "Esther"}),
    ],
)
def test_several_facts_in_one_message_are_all_taken(step: Step, message: str, facts: dict[str, str]) -> None:
    assert dict(read(message, step=step, collected=KNOWN.get(step, Collected())).facts) == facts
