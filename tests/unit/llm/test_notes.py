import pytest

import lexis
from llm.examiner.notes import TARGET_WORDS, choose_note, notes_on


def first(answer: str, level: str, last: str = "") -> str:
    note = choose_note(notes_on(answer, level), last)
    assert note is not None
    return note.text


def test_a_short_answer_is_told_its_length_and_what_to_add() -> None:
    assert first("I like the sea a lot.", "B1") == "That was 6 words. For B1, aim for about 30: add a reason and a short example."


def test_a_slip_goes_before_everything_else() -> None:
    assert "say “I agree”" in first("I am agree.", "C1")


def test_a_weak_phrase_gets_a_stronger_word_of_the_learners_level() -> None:
    answer = "The hotel was very good, because it had a pool and my room was near the sea, so I could swim before breakfast every day."
    assert "“great”" in first(answer, "A2")
    assert "“excellent”" in first(answer, "B2")


def test_a_word_used_again_and_again_is_pointed_out() -> None:
    answer = (
        "I think that cities are loud, and I think that they are dirty, but I think that we need them, since I think that jobs are there."
    )
    assert first(answer, "A2").startswith("You used “think” 4 times.")


def test_a_good_word_is_named_with_its_level() -> None:
    answer = "Public transport matters because sustainable cities depend on it, and although it costs money, people save time and fuel."
    notes = {note.kind: note for note in notes_on(answer, "A2")}
    word = notes["word"].seen.split("“")[1].split("”")[0]
    assert word in answer
    assert notes["word"].seen.endswith(f"word lists put it at {lexis.word_level(word)}.")


def test_the_words_that_a_note_counts_are_the_words_of_the_answer() -> None:
    answer = "one two three four five six seven"
    assert f"That was {lexis.profile(answer).words} words" in first(answer, "B1")


def test_the_same_note_is_not_given_twice_in_a_row() -> None:
    answer = "I like the sea."
    again = first(answer, "B2", last=first(answer, "B2"))
    assert again != first(answer, "B2")


@pytest.mark.parametrize("level", TARGET_WORDS)
def test_every_answer_with_words_gets_some_note(level: str) -> None:
    for length in (1, 5, 20, 60, 120):
        assert notes_on("We walk to the park and see the river. " * length, level)


def test_an_unknown_level_counts_as_b1() -> None:
    assert first("I like it.", "Z9") == first("I like it.", "B1")


def test_no_note_ever_names_a_score_or_a_level_of_the_learner() -> None:
    for answer in ("I am agree.", "I like it.", "Nevertheless we persevered. " * 20):
        for note in notes_on(answer, "B1"):
            assert "your level" not in note.text.lower()
            assert "score" not in note.text.lower()


def test_nobody_who_gave_a_reason_is_told_to_give_one() -> None:
    (first, *_) = notes_on("Because it is good.", "A2")
    assert first.kind == "short"
    assert "because" not in first.text
