import pytest

import lexis
from llm.examiner.notes import TARGET_WORDS, choose_note, notes_on


def first(answer: str, level: str, last: str = "") -> str:
    note = choose_note(notes_on(answer, level), [last])
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


def test_a_name_is_no_good_choice_of_a_word() -> None:
    assert "word" not in {note.kind for note in notes_on("I live in Hanoi with my family and we like it there.", "A2")}


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


def test_nothing_is_praised_beside_a_mistake() -> None:
    answer = "Yesterday I have went to the market because sustainable vegetables matter, although they are expensive and I buyed tomatos."
    notes = notes_on(answer, "A2")
    assert {note.kind for note in notes} == {"slip"}
    assert "“I have went”" in notes[0].text
    assert "buyed" not in notes[0].text


def test_a_correction_is_not_repeated_but_the_next_one_is_told() -> None:
    answer = "He don't like it and he buyed informations."
    first_note = choose_note(notes_on(answer, "B1"), [])
    assert first_note is not None
    second = choose_note(notes_on(answer, "B1"), [first_note.text])
    assert second is not None
    assert (first_note.tip, second.tip) == ("You said “He don't”; say “He doesn't”.", "You said “buyed”; say “bought”.")


def test_after_everything_was_said_there_is_no_note() -> None:
    answer = "He don't like it."
    told = [note.text for note in notes_on(answer, "B1")]
    assert choose_note(notes_on(answer, "B1"), told) is None


def test_a_wrong_letter_is_told_as_spelling() -> None:
    assert first("The tomatos were red.", "A1") == "One word to check. You wrote “tomatos”; the spelling is “tomatoes”."


def test_the_length_is_not_told_again_within_three_notes() -> None:
    earlier: list[str] = []
    for answer in ("I like the sea.", "We swim in the morning.", "My town is small.", "I eat fish."):
        note = choose_note(notes_on(answer, "B2"), earlier)
        earlier.append(note.text if note else "")
    assert sum("aim for about" in text for text in earlier) == 1


def test_what_answered_no_question_is_not_measured() -> None:
    assert notes_on("I like the sea.", "B2", opening=True) == []
    assert notes_on("I am agree.", "B2", opening=True) != []


def test_the_plainest_links_are_nothing_to_praise_from_b1_on() -> None:
    notes = {note.kind: note for note in notes_on("I like the sea and we swim there every day and eat fish at night with friends.", "B1")}
    assert notes["links"].seen == "You joined your ideas only with “and”."
