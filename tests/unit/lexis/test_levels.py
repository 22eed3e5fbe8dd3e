import subprocess
import sys
from itertools import pairwise

import pytest

from lexis import LEVELS, everyday_words, lemma, word_level


@pytest.mark.parametrize("word", ["um", "erm", "Mmm", "uh-huh"])
def test_a_filler_has_no_level(word: str) -> None:
    assert word_level(word) is None


@pytest.mark.parametrize("word", ["gonna", "don't", "dont", "I'm", "can't", "children", "WENT", "playing", "t-shirt"])
def test_everyday_spoken_and_inflected_forms_are_at_the_lowest_level(word: str) -> None:
    assert word_level(word) == "A1"


def test_rarer_words_are_at_higher_levels() -> None:
    levels = [word_level(word) for word in ("house", "recommend", "ubiquitous")]
    assert levels[0] == "A1"
    assert levels[2] == "C2"
    ranks = [LEVELS.index(level) for level in levels if level]
    assert len(ranks) == 3
    assert all(low < high for low, high in pairwise(ranks))


@pytest.mark.parametrize("word", ["Tokyo", "Zhang", "aaas", "привет", "12", "", "two words", "x" * 1000, "\ud800"])
def test_names_other_languages_numbers_and_junk_have_no_level(word: str) -> None:
    assert word_level(word) is None


def test_a_hyphenated_word_is_as_hard_as_its_hardest_part() -> None:
    assert word_level("one-room") == "A1"
    assert word_level("one-qqqq") is None


def test_the_dictionary_form_unites_inflections() -> None:
    assert {lemma(word) for word in ("go", "goes", "went", "gone")} == {"go"}
    assert lemma("日本") == "日本"


def test_everyday_words_are_what_the_word_list_itself_says_of_them() -> None:
    from cefrpy import CEFRAnalyzer  # type: ignore[import-untyped]

    found = everyday_words()
    assert {"ready", "weather", "running"} <= found
    assert found.isdisjoint({"zhang", "ubiquitous", "Weather", "", "bigfish"})
    for length in (1, 4, 15):
        lowest: dict[tuple[str, bool], float] = {}
        for word, tag, level in CEFRAnalyzer().yield_word_pos_level_with_length(length, pos_tag_as_string=True, word_level_as_float=True):
            key = word, tag in {"NNP", "NNPS"}
            lowest[key] = min(level, lowest.get(key, level))
        expected = {word for (word, is_name), level in lowest.items() if not is_name and level < min(5, lowest.get((word, True), 5))}
        assert {word for word in found if len(word) == length} == expected


def test_importing_the_package_loads_no_word_table() -> None:
    code = "import sys, lexis; sys.exit('cefrpy' in sys.modules or 'simplemma' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
