import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexis import LEVELS, connectives_in, profile, suggest_connectives

HOLIDAY = (
    "Um, I'm gonna tell you about my last holiday. We went to the mountains because, er, my brother loves skiing! "
    "However it was cold, and that's why we stayed inside and recommended soup."
)


def test_an_answer_is_counted() -> None:
    found = profile(HOLIDAY)
    assert found.words == 31
    assert found.fillers == 2
    assert found.sentences == 3
    assert found.longest_sentence_words == 13
    assert found.subordinators == 2
    assert "mountains" in found.words_by_level["A1"]
    assert found.words_by_level["B1"] == ("recommended",)
    assert found.words_by_level["C2"] == ()
    assert [use.text for use in found.connectives] == ["however", "that's why", "because", "and"]


def test_forms_of_one_word_are_shown_once_as_first_written() -> None:
    assert profile("Goes go went").words_by_level["A1"] == ("goes",)


def test_a_name_has_no_level() -> None:
    by_level = profile("I love Qwrtzu").words_by_level
    assert [word for words in by_level.values() for word in words] == ["i", "love"]


@pytest.mark.parametrize("text", ["", "   ", "...", "um er mm", "12 34", "🙂"])
def test_an_answer_without_words_counts_zeros(text: str) -> None:
    found = profile(text)
    assert (found.words, found.sentences) == (0, 0)


def test_a_longer_phrase_hides_its_parts() -> None:
    assert [(use.text, use.count) for use in connectives_in("Even though it rained, even though.")] == [("even though", 2)]


def test_both_spellings_of_a_phrase_are_found() -> None:
    assert [use.text for use in connectives_in("thats why. That is why. That\u2019s why")] == ["that's why"]


def test_a_suggestion_is_at_the_level_and_not_what_was_used() -> None:
    used = connectives_in("although I am tired, that's why I sleep")
    assert suggest_connectives("B1", used) == ("in my opinion", "as soon as", "however")
    assert suggest_connectives("B1", ["in my opinion"], limit=2) == ("although", "that's why")


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_something_to_suggest(level: str) -> None:
    assert suggest_connectives(next(name for name in LEVELS if name == level))


@pytest.mark.parametrize("blob", ["a" * 1_000_000, "I a b " * 170_000, "'" * 1_000_000, "a-" * 500_000, "a'" * 500_000])
@pytest.mark.timeout(60)  # a pattern that goes back and forth in it would take hours
def test_a_megabyte_of_anything_is_counted(blob: str) -> None:
    assert profile(blob).words >= 0


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_any_text_is_counted_without_an_error(text: str) -> None:
    found = profile(text)
    assert 0 <= found.longest_sentence_words <= found.words
