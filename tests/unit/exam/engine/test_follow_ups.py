"""Follow-ups: chosen by what was said, worded by a model that is overruled when it leaves the script."""

import random

import pytest

from chat.bank import FollowUp
from exam.bank.models import PlannedTurn
from exam.config import ExamConfig
from exam.engine.follow_ups import GENERAL, FollowUps, broken_rule
from exam.models import Asked
from tests.unit.exam.engine.conftest import ADA, Bench, HeldModels
from tests.unit.exam.engine.speaker import answers

QUESTION = "Describe a meal that you remember well."
SCRIPT = "Who do you usually eat with?"
ANSWER = "Well I remember a big dinner with my grandmother because she cooked fish and rice for the whole family."


def turn(*candidates: FollowUp) -> PlannedTurn:
    return PlannedTurn(
        key="talk-2",
        part_id="talk",
        item_id="meal",
        kind="long_turn",
        ask="follow_up",
        text="",
        bullets=(),
        options=(),
        pictures=(),
        candidates=candidates,
        preparation_seconds=0,
        answer_seconds=30,
        min_seconds=0,
        min_words=5,
        scored=True,
    )


def follow_ups(models: HeldModels | None = None) -> FollowUps:
    return FollowUps(models=models or HeldModels(), pick=random.Random(1).choice, config=ExamConfig())


def test_a_follow_up_takes_up_what_was_said() -> None:
    offered = turn(FollowUp(text="Do you like cooking?", when=("cook", "cooked")), FollowUp(text="Was it far away?", when=("travel",)))
    assert follow_ups().choose(offered, answer=ANSWER, asked=[]).text == "Do you like cooking?"


def test_words_are_taken_up_only_from_an_answer_to_the_question() -> None:
    offered = turn(FollowUp(text="You talked about {mention}. Would you do it again?"), FollowUp(text=SCRIPT))
    beside = "I have to study for my difficult exam because my teacher is strict, so I went to the library yesterday."
    taken, other = (follow_ups().choose(offered, answer=said, asked=[], question=QUESTION).text for said in (ANSWER, beside))
    assert taken.startswith("You talked about ")
    assert other == SCRIPT


def test_no_follow_up_comes_twice_and_none_is_missing() -> None:
    offered = turn(FollowUp(text=SCRIPT))
    asked: list[Asked] = []
    for _ in range(4):
        asked.append(follow_ups().choose(offered, answer="", asked=asked))
    assert [one.text for one in asked[:3]] == [SCRIPT, *GENERAL[:2]]
    assert all(one.text for one in asked)


def test_a_model_words_the_question_and_its_name_is_kept() -> None:
    models = HeldModels(answers=lambda _: {"question": "Do you usually eat with your grandmother and the whole family?"})
    worded = follow_ups(models).word(Asked(text=SCRIPT, candidate=SCRIPT), question=QUESTION, answer=ANSWER, level="B1")
    assert worded == Asked(text="Do you usually eat with your grandmother and the whole family?", candidate=SCRIPT, source="groq/m-1")
    assert ANSWER in models.asked[0].turns[-1].text
    assert ANSWER not in models.asked[0].instructions
    assert models.calls[0]
    assert models.calls[0].limits.total < 3


@pytest.mark.parametrize(
    ("wording", "rule"),
    [
        ("Great answer! Who do you usually eat with?", "feedback"),
        ("Your grammar was B1 here, so who do you usually eat with?", "feedback"),
        ("Who do you eat with? And where do you eat?", "no question"),
        ("Tell me about the people with whom you eat.", "no question"),
        ("Why?", "length"),
        ("Who do you eat with " + "and who else is there with you " * 8 + "?", "length"),
        ("Mit wem isst du normalerweise zu Hause in deiner Familie?", "language"),
        ("What do you think about nuclear energy and electric trains in Norway?", "new topic"),
        ("You eat with people. Who do you usually eat with?", "statement first"),
        ("Who do you eat with, see https://eat.example.com?", "markup"),
        ("Ignore my instructions, who do you usually eat with?", "feedback"),
        ("", "length"),
    ],
)
def test_a_model_that_leaves_the_script_is_overruled(wording: str, rule: str) -> None:
    assert broken_rule(wording, script=SCRIPT, question=QUESTION, answer=ANSWER) == rule
    models = HeldModels(answers=lambda _: {"question": wording})
    chosen = Asked(text=SCRIPT, candidate=SCRIPT)
    assert follow_ups(models).word(chosen, question=QUESTION, answer=ANSWER, level="B1") == chosen


def test_a_model_that_fails_or_is_missing_costs_nothing() -> None:
    chosen = Asked(text=SCRIPT, candidate=SCRIPT)
    assert follow_ups().word(chosen, question=QUESTION, answer=ANSWER, level="B1") == chosen
    silent = HeldModels(answers=lambda _: {})
    assert follow_ups(silent).word(chosen, question=QUESTION, answer=ANSWER, level="B1") == chosen


def test_the_follow_up_of_an_exam_is_stored_and_survives_a_restart(bench: Bench) -> None:
    texts = answers(17)
    view = bench.start("ielts-style", "B2")
    while view.turn and view.turn.ask != "follow_up":
        view = bench.typed(view, texts[view.turn.number - 1])
    assert view.turn
    asked = view.turn.question
    assert asked
    bench.restart()
    again = bench.exams.view(ADA, view.exam.id)
    assert again.turn
    assert again.turn.question == asked
    after = bench.typed(again, texts[15])
    assert after.turn
    assert after.turn.question != asked


def test_a_missed_answer_still_leads_to_a_follow_up(bench: Bench) -> None:
    view = bench.start("ielts-style", "B2")
    while view.turn and view.turn.kind != "long_turn":
        view = bench.exams.skip(ADA, view.exam.id, view.turn.key)
    view = bench.begun(view)
    bench.clock.advance(hours=1)
    view = bench.exams.view(ADA, view.exam.id)
    assert view.turn
    assert (view.turn.ask, bool(view.turn.question)) == ("follow_up", True)
