"""The questions themselves: enough of them, all different, worded for their level."""

import itertools
import re
from functools import cache

import pytest

from chat.bank import LEVELS, MENTION, FollowUp, QuestionBank, fill, find_mention
from lexis import word_level

BANK = QuestionBank()
EVERY = [question for level in LEVELS for question in BANK.questions(level)]
LONGEST_QUESTION = {"A1": 14, "A2": 18, "B1": 22, "B2": 28, "C1": 34, "C2": 36}
HARDEST_SHARE = {"A1": ("A1", "A2"), "A2": ("A1", "A2", "B1"), "B1": ("A1", "A2", "B1", "B2")}


def words(text: str) -> list[str]:
    return re.findall(r"[a-z'’-]+", text.lower().replace(MENTION, ""))


@cache
def pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(itertools.pairwise(words(text)))


def alike(one: str, other: str) -> float:
    """Share of common word pairs (Jaccard): 1 for the same wording, near 0 for different sentences."""
    first, second = pairs(one), pairs(other)
    return len(first & second) / len(first | second) if first and second else 0.0


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_at_least_forty_questions_over_at_least_eight_topics(level: str) -> None:
    by_topic = [BANK.questions(level, topic.id) for topic in BANK.topics()]
    assert len(by_topic) >= 8
    assert all(len(questions) >= 4 for questions in by_topic)
    assert sum(map(len, by_topic)) >= 40


def test_every_id_and_every_wording_is_used_once() -> None:
    assert len({question.id for question in EVERY}) == len(EVERY)
    follow_ups = [item.text for question in EVERY for item in question.follow_ups]
    texts = [text.casefold() for text in (*(question.text for question in EVERY), *follow_ups)]
    doubles = {text for text in texts if texts.count(text) > 1}
    assert not doubles


def test_no_two_questions_are_nearly_the_same() -> None:
    near = [
        (one.id, other.id, round(alike(one.text, other.text), 2))
        for one, other in itertools.combinations(EVERY, 2)
        if alike(one.text, other.text) >= 0.4
    ]
    assert not near


def test_no_two_follow_ups_of_one_level_are_nearly_the_same() -> None:
    # Short questions share their frame ("Where do you …?"): only long common stretches count.
    near = []
    for level in LEVELS:
        texts = [item.text for question in BANK.questions(level) for item in question.follow_ups]
        near += [(a, b) for a, b in itertools.combinations(texts, 2) if len(words(a)) > 6 and alike(a, b) >= 0.6]
    assert not near


def test_the_measure_of_likeness_does_find_a_reworded_question() -> None:
    assert alike("What did you do last Saturday?", "What did you do last Sunday?") >= 0.4
    assert alike("What did you do last Saturday?", "Who do you live with?") < 0.1


def test_every_question_can_be_followed_up_with_and_without_something_the_learner_said() -> None:
    for question in EVERY:
        open_ones = [item for item in question.follow_ups if not item.when]
        assert 2 <= len(open_ones) <= 3, question.id
        assert any(item.takes_mention for item in open_ones), question.id
        assert any(not item.takes_mention for item in open_ones), question.id


def test_every_text_is_a_clean_sentence_and_every_placeholder_can_be_filled() -> None:
    for question in EVERY:
        for text in (question.text, *(item.text for item in question.follow_ups)):
            assert text == text.strip(), question.id
            assert text[0].isupper(), question.id
            assert text[-1] in "?.", question.id
            filled = fill(text, mention="my sister")
            assert "{" not in filled, question.id
            assert "}" not in filled, question.id
        assert MENTION not in question.text, question.id


def test_the_id_says_level_and_topic_family() -> None:
    for question in EVERY:
        assert re.fullmatch(rf"{question.level.lower()}-[a-z]+-\d+", question.id), question.id
        families = {other.id.split("-")[1] for other in BANK.questions(question.level, question.topic)}
        assert len(families) == 1, question.id


def test_wording_is_no_longer_than_the_level_can_bear() -> None:
    for question in EVERY:
        limit = LONGEST_QUESTION[question.level]
        assert len(words(question.text)) <= limit, question.id
        assert all(len(words(item.text)) <= limit for item in question.follow_ups), question.id


@pytest.mark.parametrize("level", sorted(HARDEST_SHARE))
def test_lower_levels_use_almost_no_words_above_their_reach(level: str) -> None:
    allowed = HARDEST_SHARE[level]
    texts = [t for q in BANK.questions(level) for t in (q.text, *(item.text for item in q.follow_ups))]
    found = [word for text in texts for word in words(text)]
    hard = [word for word in found if (word_level(word) or "A1") not in allowed]
    assert len(hard) / len(found) < 0.015, sorted(set(hard))


def test_questions_grow_longer_from_level_to_level() -> None:
    means = [sum(len(words(q.text)) for q in BANK.questions(level)) / len(BANK.questions(level)) for level in LEVELS]
    assert means[0] < means[1] < means[2] < means[3] < means[4]
    assert means[5] > means[2]


def test_key_words_are_lower_case_words_a_learner_may_say() -> None:
    triggered: list[FollowUp] = [item for question in EVERY for item in question.follow_ups if item.when]
    assert len(triggered) >= 100
    for item in triggered:
        assert all(re.fullmatch(r"[a-z' ]+", word) for word in item.when), item
        assert not item.takes_mention


def test_a_mention_found_in_an_answer_never_reaches_the_learner_in_the_first_person() -> None:
    mention = find_mention("I live with my little sister.")
    assert mention == "my little sister"
    for question in EVERY:
        for item in question.follow_ups:
            assert "my little" not in fill(item.text, mention=mention)
