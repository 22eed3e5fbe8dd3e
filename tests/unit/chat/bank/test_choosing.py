"""Choosing a question and a follow-up."""

import random
import threading
from pathlib import Path

import pytest

from chat.bank import (
    LEVELS,
    BankFileFault,
    QuestionBank,
    UnknownQuestion,
    choose_follow_up,
    choose_question,
    default_bank,
    fill,
    find_mention,
    said_one_of,
)

BANK = default_bank()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("topic", [topic.id for topic in BANK.topics()])
def test_six_conversations_of_eight_questions_never_repeat_one(level: str, topic: str) -> None:
    pick = random.Random(7).choice
    lately: list[str] = []
    for _ in range(48):
        chosen = choose_question(BANK, level=level, topic=topic, used_ids=lately, choice=pick)
        assert chosen.question.id not in lately
        assert chosen.question.level == level
        assert "second time" not in chosen.notice
        lately.append(chosen.question.id)


def test_the_topic_is_kept_while_it_has_fresh_questions() -> None:
    used: list[str] = []
    for _ in BANK.questions("B1", "food"):
        chosen = choose_question(BANK, level="B1", topic="food", used_ids=used, choice=lambda found: found[0])
        assert chosen.question.topic == "food"
        assert not chosen.notice
        used.append(chosen.question.id)


def test_a_used_up_topic_widens_to_its_nearest_neighbour_and_says_so() -> None:
    used = [question.id for question in BANK.questions("B1", "food")]
    chosen = choose_question(BANK, level="B1", topic="food", used_ids=used, choice=lambda found: found[0])
    assert chosen.question.topic == "health"
    assert "food" in chosen.notice
    assert "health" in chosen.notice


def test_a_used_up_level_repeats_older_questions_before_those_of_this_conversation() -> None:
    everything = [question.id for question in BANK.questions("A1")]
    here = everything[:-1]
    chosen = choose_question(BANK, level="A1", topic=None, used_ids=everything, asked_here=here, choice=lambda found: found[0])
    assert "second time" in chosen.notice
    assert chosen.question.id == everything[-1]


def test_without_a_topic_every_topic_can_come_and_no_notice_comes_with_it() -> None:
    pick = random.Random(3).choice
    chosen = [choose_question(BANK, level="C1", topic=None, used_ids=(), choice=pick) for _ in range(60)]
    assert len({item.question.topic for item in chosen}) > 5
    assert not any(item.notice for item in chosen)


def test_unknown_levels_topics_and_ids_are_refused_by_name() -> None:
    with pytest.raises(UnknownQuestion, match="A9"):
        BANK.questions("A9")
    with pytest.raises(UnknownQuestion, match="politics"):
        choose_question(BANK, level="A1", topic="politics", used_ids=(), choice=lambda found: found[0])
    for unknown in ("", "a1", "a1-home-999", "zz-home-1", "../a1"):
        with pytest.raises(UnknownQuestion):
            BANK.get(unknown)


def test_a_question_is_found_again_by_its_id() -> None:
    assert BANK.get("c2-env-1").topic == "environment"


def test_a_level_is_read_only_when_it_is_asked_for_and_only_once(tmp_path: Path) -> None:
    source = Path(__file__).parents[4] / "chat" / "bank"
    for name in ("topics.yaml", "a1.yaml"):
        (tmp_path / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    bank = QuestionBank(folder=tmp_path)
    first = bank.questions("A1")
    (tmp_path / "a1.yaml").unlink()
    assert bank.questions("A1") == first
    with pytest.raises(BankFileFault, match=r"b1\.yaml"):
        bank.questions("B1")


def test_threads_that_ask_at_the_same_time_get_the_same_questions() -> None:
    bank = QuestionBank()
    got: list[object] = []
    threads = [threading.Thread(target=lambda: got.append(bank.questions("B2", "travel"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert all(item is got[0] for item in got)


@pytest.mark.parametrize(
    "content", ["level: A1\ntopics: {}\n", "level: A2\n", "- a list\n", "level: [", "level: A1\ntopics:\n  food: [{id: x}]\n"]
)
def test_a_broken_file_is_a_fault_that_names_it(tmp_path: Path, content: str) -> None:
    (tmp_path / "topics.yaml").write_text("- {id: food, title: Food, near: [], words: pizza}\n", encoding="utf-8")
    (tmp_path / "a1.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(BankFileFault, match=r"a1\.yaml"):
        QuestionBank(folder=tmp_path).questions("A1")


@pytest.mark.parametrize("words", ["", ", words: null", ", words: [pizza]"])
def test_a_topic_without_words_to_wish_for_it_is_a_fault(tmp_path: Path, words: str) -> None:
    (tmp_path / "topics.yaml").write_text(f"- {{id: food, title: Food, near: []{words}}}\n", encoding="utf-8")
    with pytest.raises(BankFileFault, match="words"):
        QuestionBank(folder=tmp_path)


def test_the_key_words_no_and_yes_stay_words() -> None:
    assert any("no" in item.when for question in BANK.questions("A1") for item in question.follow_ups)


def test_a_key_word_in_the_answer_brings_the_follow_up_made_for_it() -> None:
    question = BANK.get("a1-home-1")
    found = choose_follow_up(question.follow_ups, answer="I live ALONE.", asked=(), choice=lambda items: items[0])
    assert found is not None
    assert found[1] == "What is good about living alone?"


def test_a_key_word_inside_another_word_does_not_count() -> None:
    assert said_one_of(["sea"], "We love the sea!")
    assert said_one_of(["don't like"], "I don’t like it")
    assert not said_one_of(["sea"], "The season was research.")


def test_follow_ups_take_up_what_was_said_and_end_when_all_were_asked() -> None:
    question = BANK.get("a1-food-4")
    asked: list[str] = []
    texts = []
    while found := choose_follow_up(question.follow_ups, answer="In the new supermarket", asked=asked, choice=lambda f: f[0]):
        asked.append(found[0].text)
        texts.append(found[1])
    assert texts[0] == "You said the new supermarket. Is it near your home?"
    assert len(texts) == len([item for item in question.follow_ups if not item.when])


def test_nothing_to_take_up_brings_a_follow_up_without_a_gap() -> None:
    question = BANK.get("b1-people-3")
    for answer in ("", "yes", "!!!", "12345", "…"):
        found = choose_follow_up(question.follow_ups, answer=answer, asked=(), choice=lambda items: items[0])
        assert found is not None
        assert "{" not in found[1]
        assert "“”" not in found[1]


@pytest.mark.parametrize(
    ("answer", "mention"),
    [
        ("I live with my sister and the dog.", "my sister"),
        ("We went to the market.", "the market"),
        ("It was a beautiful old castle in Spain", "a beautiful old castle"),
        ("My mother's house is near", "my mother's house"),
        ("I like the same thing a lot", None),
        ("my", None),
        ("", None),
        ("the the the", None),
        ("On the whole sustainability matters", None),
        ("In my opinion people should walk to the station", "the station"),
    ],
)
def test_a_phrase_is_taken_from_an_answer_only_where_it_is_clear(answer: str, mention: str | None) -> None:
    assert find_mention(answer) == mention


def test_a_phrase_is_turned_to_the_learner_or_quoted() -> None:
    assert fill("Tell me more about {mention}.", mention="my old school") == "Tell me more about your old school."
    assert fill("Tell me more about {mention}.", mention="The market") == "Tell me more about the market."
    assert fill("Tell me more about {mention}.", mention="pizza") == "Tell me more about “pizza”."


def test_braces_in_an_answer_are_only_text() -> None:
    assert fill("You said {mention}. Why?", mention="{mention} {x}") == "You said “{mention} {x}”. Why?"


def test_a_phrase_in_the_plural_is_not_put_into_a_sentence_for_one_thing() -> None:
    question = BANK.get("a1-health-2")
    several = choose_follow_up(question.follow_ups, answer="I call my parents.", asked=(), choice=lambda items: items[0])
    one = choose_follow_up(question.follow_ups, answer="I call my mother.", asked=(), choice=lambda items: items[0])
    assert several is not None
    assert one is not None
    assert several[1] == "Who helps you?"
    assert one[1] == "How does your mother help you?"
