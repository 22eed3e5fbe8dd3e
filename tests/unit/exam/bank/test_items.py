"""The items: enough of them at every level, all different, fit for their level."""

import itertools
import re
from collections import defaultdict
from functools import cache

import pytest

from chat.bank import default_bank
from exam.bank import KINDS, LEVELS, Kind, Level, default_catalogue
from exam.bank.rules import item_faults, item_hints, item_texts
from lexis import word_level

CATALOGUE = default_catalogue()
EVERY = CATALOGUE.items()

# The levels at which each kind of part occurs in a format.
LEVELS_OF_KIND: dict[Kind, tuple[Level, ...]] = {
    "interview": LEVELS,
    "long_turn": LEVELS,
    "collaborative": ("A2", "B1", "B2", "C1", "C2"),
    "discussion": ("B1", "B2", "C1", "C2"),
    "photo": ("A2", "B1", "B2", "C1"),
    "two_photos": ("A2", "B1", "B2", "C1"),
    "conversation": ("B1",),
    "read_aloud": ("A2", "B1", "B2", "C1"),
    "graphic": ("A2", "B1", "B2", "C1"),
    "opinion": ("A2", "B1", "B2", "C1"),
    "abstract": ("A2", "B1", "B2", "C1"),
}
CELLS = [(kind, level) for kind in KINDS for level in LEVELS_OF_KIND[kind]]
HARDEST_SHARE = {"A1": (("A1", "A2"), 0.02), "A2": (("A1", "A2", "B1"), 0.03), "B1": (("A1", "A2", "B1", "B2"), 0.02)}


def words(text: str) -> list[str]:
    return re.findall(r"[a-z'’-]+", text.lower())


@cache
def pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(itertools.pairwise(words(text)))


def alike(one: str, other: str) -> float:
    """Share of common word pairs (Jaccard): 1 for the same wording, near 0 for different sentences."""
    first, second = pairs(one), pairs(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def test_there_are_at_least_six_hundred_items() -> None:
    assert len(EVERY) >= 600


def test_every_kind_that_a_format_uses_is_listed_for_its_levels() -> None:
    for form in CATALOGUE.formats():
        for task in (task for part in form.parts for task in part.tasks):
            assert set(form.levels) <= set(LEVELS_OF_KIND[task.kind]), (form.id, task.kind)


@pytest.mark.parametrize(("kind", "level"), CELLS)
def test_every_kind_has_at_least_twenty_items_at_every_level_it_is_used_at(kind: Kind, level: Level) -> None:
    assert len(CATALOGUE.items(kind, level)) >= 20


@pytest.mark.parametrize(("kind", "level"), CELLS)
def test_every_kind_covers_at_least_eight_topics_at_every_level(kind: Kind, level: Level) -> None:
    assert len({item.topic for item in CATALOGUE.items(kind, level)}) >= 8


def test_topics_are_those_of_the_practice_questions() -> None:
    assert {item.topic for item in EVERY} == {topic.id for topic in default_bank().topics()}


def test_every_item_holds_to_the_rules_of_its_kind_without_a_hint() -> None:
    assert not [(item.id, *fault) for item in EVERY for fault in (*item_faults(item), *item_hints(item))]


def test_no_sentence_is_used_twice() -> None:
    seen: dict[str, list[str]] = defaultdict(list)
    for item in EVERY:
        for field, text in item_texts(item):
            if field not in {"options", "bullets"}:
                seen[" ".join(words(text))].append(item.id)
    assert not {text: ids for text, ids in seen.items() if len(ids) > 1}


def test_no_two_items_of_a_kind_are_nearly_the_same() -> None:
    near = []
    for kind in KINDS:
        whole = [(item, " ".join(text for _, text in item_texts(item))) for item in CATALOGUE.items(kind)]
        near += [(a.id, b.id) for (a, first), (b, second) in itertools.combinations(whole, 2) if alike(first, second) >= 0.4]
    assert not near


def test_no_two_prompts_of_a_kind_are_nearly_the_same() -> None:
    near = []
    for kind in KINDS:
        near += [
            (a.id, b.id, round(alike(a.prompt, b.prompt), 2))
            for a, b in itertools.combinations(CATALOGUE.items(kind), 2)
            if len(words(a.prompt)) > 6 and alike(a.prompt, b.prompt) >= 0.6
        ]
    assert not near


def test_exam_questions_are_not_the_practice_questions_again() -> None:
    bank = default_bank()
    practice = [question for level in LEVELS for question in bank.questions(level)]
    near = [
        (item.id, question.id)
        for item in EVERY
        if item.kind in {"interview", "opinion", "discussion", "conversation"}
        for question in practice
        if alike(item.prompt, question.text) >= 0.55
    ]
    assert not near


@pytest.mark.parametrize("level", sorted(HARDEST_SHARE))
def test_lower_levels_use_almost_no_words_above_their_reach(level: str) -> None:
    allowed, share = HARDEST_SHARE[level]
    own = [item for item in EVERY if item.levels[0] == level and item.kind != "read_aloud"]
    found = [word for item in own for _, text in item_texts(item) for word in words(text)]
    hard = [word for word in found if (word_level(word) or "A1") not in allowed]
    assert len(hard) / len(found) < share, sorted(set(hard))


def test_wording_grows_with_the_level() -> None:
    means = {}
    for level in LEVELS:
        asked = [item.prompt for item in EVERY if item.levels[0] == level and item.kind == "interview"]
        means[level] = sum(len(words(text)) for text in asked) / len(asked)
    assert means["A1"] < means["A2"] < means["B1"] < means["C1"] < means["C2"]


def test_nothing_names_an_examination_board_or_a_real_exam() -> None:
    banned = re.compile(r"\b(cambridge|ielts|british council|aptis|linguaskill|toefl|trinity)\b", re.IGNORECASE)
    assert not [item.id for item in EVERY for _, text in item_texts(item) if banned.search(text)]


def test_the_reading_sentences_fit_into_their_ten_seconds() -> None:
    # Reading aloud runs at about 150 words a minute: 25 words in ten seconds for a native, half of it for a learner.
    assert max(len(words(item.prompt)) for item in CATALOGUE.items("read_aloud", "A2")) <= 15
    assert max(len(words(item.prompt)) for item in CATALOGUE.items("read_aloud", "C1")) <= 18


def test_follow_ups_react_to_what_was_said_in_long_turns_and_picture_descriptions() -> None:
    least: dict[Kind, float] = {"photo": 1.0, "long_turn": 0.8}
    for kind, share in least.items():
        items = CATALOGUE.items(kind)
        reacting = [item for item in items if any(one.when or one.takes_mention for one in item.follow_ups)]
        assert len(reacting) / len(items) >= share


def test_key_words_are_lower_case_words_a_candidate_may_say() -> None:
    for item in EVERY:
        for follow_up in item.follow_ups:
            assert all(re.fullmatch(r"[a-z' ]+", word) for word in follow_up.when), item.id
