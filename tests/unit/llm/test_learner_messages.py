"""How well the examiner hears what learners really type: lists of messages; each says at its top when it was written."""

from pathlib import Path

import pytest

from llm.examiner import Heard, read

FOLDER = Path(__file__).parent / "messages"
SAID = {Heard.ANSWER, Heard.TINY}


def messages(part: str) -> list[tuple[Heard, str]]:
    lines = (FOLDER / f"{part}.txt").read_text(encoding="utf-8").splitlines()
    return [(Heard(kind), text) for kind, _, text in (line.partition(": ") for line in lines if line and not line.startswith("#"))]


@pytest.mark.parametrize(("part", "least"), [("seen", 1.0), ("aside", 0.97), ("fresh", 0.97)])
def test_what_learners_say_is_heard_as_it_was_meant(part: str, least: float) -> None:
    known = messages(part)
    wrong = [(heard.value, text, read(text).heard.value) for heard, text in known if read(text).heard is not heard]
    assert len(known) > 100
    assert 1 - len(wrong) / len(known) >= least, wrong


@pytest.mark.parametrize("part", ["seen", "aside", "fresh"])
@pytest.mark.parametrize("underway", [False, True])
def test_no_answer_is_heard_as_something_else(part: str, *, underway: bool) -> None:
    answers = [text for heard, text in messages(part) if heard in SAID]
    assert [text for text in answers if read(text, underway=underway).heard not in SAID] == []


@pytest.mark.parametrize("text", ["I want to improve my English", "My name is Carlos and I'm from Peru", "i need to practice more english"])
def test_a_sentence_about_oneself_is_an_answer_once_the_conversation_is_underway(text: str) -> None:
    assert read(text).heard in {Heard.READY, Heard.INTRODUCTION}
    assert read(text, underway=True).heard is Heard.ANSWER


def test_the_wished_topic_and_the_name_are_known() -> None:
    assert read("can we talk about my job please").word == "job"
    assert read("My name is Yuki. I am 20 years.").word == "Yuki"
    assert read("hi im ahmed i want to practice for ielts").word == "Ahmed"
    assert read("hi my name is carlos and im from peru").word == "Carlos"
    assert read("Good morning, my name is Nguyen Thi Lan").word == "Nguyen Thi Lan"


def test_an_answer_that_sounds_like_something_else_is_still_an_answer() -> None:
    lines = (FOLDER / "answers.txt").read_text(encoding="utf-8").splitlines()
    assert [text for text in lines if not text.startswith("#") and read(text, underway=True).heard not in SAID] == []


def test_what_is_asked_last_counts_after_a_few_words() -> None:
    assert read("Never mind the note. Could we discuss artificial intelligence?").word == "artificial intelligence"
    assert read("I live in a small town near the sea. Could we talk about music?").heard is Heard.ANSWER


def test_what_seems_wrong_to_the_learner_is_admitted() -> None:
    assert read("that's not what I said").heard is Heard.OBJECTION
    assert read("that's wrong, people should help each other").heard is Heard.ANSWER


@pytest.mark.parametrize("text", ["El Camino de Santiago", "Sushi, ramen and okonomiyaki", "La Paz", "I like pasta al pesto"])
def test_a_foreign_name_in_an_answer_is_no_other_language(text: str) -> None:
    assert read(text).heard in SAID
