import random

import pytest

from exam.assessment.features import parts
from exam.assessment.model import shipped
from exam.assessment.order import COUNT, DISTANCES, neighbours, order
from lexis import words
from tests.unit.exam.assessment import texts


def _forms(answers: tuple[str, ...]) -> list[str]:
    return parts([word for answer in answers for word in words(answer)])


@pytest.mark.parametrize("answers", [texts.SPOKEN_A1, texts.SPOKEN_B2, texts.SPOKEN_C2])
@pytest.mark.parametrize("size", [1, 2])
def test_shuffled_words_score_far_below_the_same_words_in_order(answers: tuple[str, ...], size: int) -> None:
    forms = _forms(answers)
    pieces = [forms[at : at + size] for at in range(0, len(forms), size)]
    random.Random(size).shuffle(pieces)
    tables = shipped().order
    assert order(forms, tables) > 0.2
    assert order([form for piece in pieces for form in piece], tables) < order(forms, tables) - 0.2


def test_nothing_and_a_single_word_have_no_order() -> None:
    assert order([], shipped().order) == order(["tea"], shipped().order) == 0


def test_the_shipped_tables_hold_a_number_for_every_pair_of_classes() -> None:
    tables = shipped().order
    assert len(tables) == len(DISTANCES)
    assert all(len(table) == COUNT and all(len(row) == COUNT for row in table) for table in tables)


def test_neighbours_are_counted_at_their_distance() -> None:
    assert len(list(neighbours(["i", "am", "here"], 1))) == 2
    ((first, second),) = neighbours(["i", "am", "here"], 2)
    assert first != second
    assert max(first, second) < COUNT - 1
