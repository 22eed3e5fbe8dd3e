import subprocess
import sys

import pytest

from exam.assessment.labels import range_label
from exam.assessment.models import CRITERIA, AnswerEvidence, CriterionResult, Estimate, Scored, SpeechTiming
from exam.assessment.quotes import snippet, stands_in
from exam.assessment.records import from_record, to_record
from exam.assessment.service import assess_transcript, timing_of
from speech.models import Segment, Timing
from tests.unit.exam.assessment import texts

FLUENT = SpeechTiming(speech_seconds=25, pauses=(0.3, 0.5), longest_run_seconds=12)
HALTING = SpeechTiming(speech_seconds=25, pauses=(2.5, 4.0, 3.2, 2.2, 5.0), longest_run_seconds=3)


def _spoken(parts: tuple[str, ...], timing: SpeechTiming | None = None) -> list[AnswerEvidence]:
    return [AnswerEvidence(answer_id=f"a{at}", text=text, timing=timing) for at, text in enumerate(parts)]


def _typed(parts: tuple[str, ...]) -> list[AnswerEvidence]:
    return [AnswerEvidence(answer_id=f"a{at}", text=text, mode="typed") for at, text in enumerate(parts)]


def _criterion(estimate: Estimate, name: str) -> CriterionResult:
    return next(result for result in estimate.criteria if result.criterion == name)


def _score(estimate: Estimate) -> Scored:
    assert estimate.scored is not None
    return estimate.scored


def test_better_english_gets_a_higher_level() -> None:
    beginner, able = (assess_transcript(_spoken(parts)) for parts in (texts.SPOKEN_A1, texts.SPOKEN_B2))
    assert _score(beginner).level + 1 < _score(able).level
    assert _score(beginner).nearest in {"A1", "A2"}
    assert able.label.endswith("B2 or above")
    assert any("above B2" in note for note in able.notes)


def test_a_very_able_speaker_is_never_told_c1_or_c2_offline() -> None:
    found = assess_transcript(_spoken(texts.SPOKEN_C2))
    assert found.levels is not None
    assert found.levels[1] == "B2"
    assert found.label.endswith("or above")


def test_the_first_screen_has_a_range_a_reason_one_strength_and_one_next_action() -> None:
    found = assess_transcript(_spoken(texts.SPOKEN_B2))
    assert found.levels is not None
    assert found.confidence in {"low", "medium", "good"}
    for sentence in (found.label, found.confidence_why, found.strength, found.next_action, found.method_label):
        assert sentence
        assert "!" not in sentence


def test_every_quote_stands_in_the_answer_it_names() -> None:
    answers = _spoken(texts.SPOKEN_B2, FLUENT)
    found = assess_transcript(answers)
    quotes = [evidence for result in found.criteria for evidence in result.evidence if evidence.quote]
    assert quotes
    by_id = {answer.answer_id: answer.text for answer in answers}
    for evidence in quotes:
        assert evidence.quote in by_id[evidence.answer_id]


def test_what_nothing_supports_is_not_assessed() -> None:
    found = assess_transcript(_spoken(texts.SPOKEN_B2))
    assert [result.criterion for result in found.criteria] == list(CRITERIA)
    for name in ("accuracy", "fluency", "interaction", "phonology"):
        result = _criterion(found, name)
        assert (result.levels, result.label) == (None, "Not assessed")
        assert result.why
        assert not result.evidence


def test_pauses_lower_fluency_and_nothing_else() -> None:
    fluent, halting = (assess_transcript(_spoken(texts.SPOKEN_B2, timing)) for timing in (FLUENT, HALTING))
    smooth, broken = (_criterion(found, "fluency") for found in (fluent, halting))
    assert smooth.levels is not None
    assert broken.levels is not None
    assert broken.levels[0] < smooth.levels[0]
    assert any("words a minute" in evidence.note for evidence in smooth.evidence)
    assert fluent.scored == halting.scored
    assert _criterion(fluent, "phonology").levels is None


def test_typed_answers_are_a_written_rehearsal_with_a_lower_floor_and_no_fluency() -> None:
    spoken, typed = assess_transcript(_spoken(texts.SPOKEN_B2)), assess_transcript(_typed(texts.SPOKEN_B2))
    assert (spoken.written_rehearsal, typed.written_rehearsal) == (False, True)
    assert _score(typed).low < _score(spoken).low
    assert typed.confidence == "low"
    assert "Typed" in _criterion(typed, "fluency").why
    assert any("written rehearsal" in note for note in typed.notes)


def test_answers_of_which_some_are_typed_are_not_called_typed_altogether() -> None:
    mixed = assess_transcript((*_spoken(texts.SPOKEN_B2, timing=FLUENT), *_typed(texts.SPOKEN_A1)))
    assert mixed.written_rehearsal
    assert mixed.confidence_why.startswith("Some answers were typed")
    assert _criterion(mixed, "fluency").levels is not None
    assert not any("were not part of it" in note for note in mixed.notes)


def test_words_are_shown_by_level_as_they_were_said() -> None:
    found = dict(assess_transcript(_spoken(texts.SPOKEN_C2)).words_by_level)
    assert "apathy" in found["C2"]
    assert "minister" in found["B2"]


def test_short_answers_are_told_to_say_more() -> None:
    short = tuple(part for text in texts.SPOKEN_A1 for part in text.split(". "))
    assert "longer" in assess_transcript(_spoken(short)).next_action


def test_a_result_without_enough_evidence_has_no_level_anywhere() -> None:
    found = assess_transcript(_spoken(("I like tea.",), FLUENT))
    assert found.status == "not enough evidence"
    assert found.scored is None
    assert all(result.levels is None for result in found.criteria)
    assert found.words_by_level == ()


@pytest.mark.parametrize("parts", [texts.SPOKEN_B2, ("I like tea.",)])
def test_a_result_survives_being_stored(parts: tuple[str, ...]) -> None:
    found = assess_transcript(_spoken(parts, FLUENT))
    assert from_record(to_record(found)) == found


def test_the_silences_before_and_after_the_words_are_no_pauses() -> None:
    segments = (
        Segment(start=0, end=2, is_speech=False),
        Segment(start=2, end=5, is_speech=True),
        Segment(start=5, end=6, is_speech=False),
        Segment(start=6, end=8, is_speech=True),
        Segment(start=8, end=12, is_speech=False),
    )
    timing = Timing(seconds=12, speaking_seconds=5, segments=segments, speech_found=True, longest_run_seconds=3)
    assert timing_of(timing) == SpeechTiming(speech_seconds=5, pauses=(1,), longest_run_seconds=3)


def test_a_recording_without_speech_has_no_speech_time() -> None:
    silent = Timing(seconds=4, speaking_seconds=1, segments=(Segment(start=0, end=4, is_speech=False),), speech_found=False)
    assert timing_of(silent) == SpeechTiming(speech_seconds=0.0, pauses=())


def test_a_range_reads_like_a_sentence() -> None:
    assert range_label(("A2", "A2"), open_above="B2") == "A2"
    assert range_label(("A2", "B1"), open_above="B2") == "A2 to B1"
    assert range_label(("B1", "B2"), open_above="B2") == "B1 to B2 or above"
    assert range_label(("B2", "B2"), open_above="B2") == "B2 or above"
    assert range_label(("B2", "C1")) == "B2 to C1"


def test_a_quote_is_found_whatever_its_signs_but_not_inside_another_word() -> None:
    assert stands_in("I DON\u2019T know", "well, i don't know!")
    assert not stands_in("know it", "I know. Italy is far")
    assert not stands_in("", "anything")
    assert not stands_in("...", "anything")


def test_a_snippet_shows_the_words_around() -> None:
    answers = _spoken(("one two three four five six seven eight nine ten eleven",))
    assert snippet("six", answers) == ("a0", "two three four five six seven eight nine ten")
    assert snippet("twelve", answers) == ("", "")


def test_assessing_loads_no_numpy() -> None:
    code = (
        "import sys; from exam.assessment.service import assess_transcript; from exam.assessment.models import AnswerEvidence;"
        "assess_transcript([AnswerEvidence(answer_id='a', text='I like my small house very much. ' * 3)]); sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_answer_that_is_left_out_is_named_by_its_question() -> None:
    fast = SpeechTiming(speech_seconds=2, pauses=(), longest_run_seconds=2)
    used = _spoken(texts.SPOKEN_B2)
    rushed = [
        AnswerEvidence(answer_id=f"r{at}", text=text, question=f"Question {at}?", timing=fast)
        for at, text in enumerate(texts.SPOKEN_A1[:3])
    ]
    (one,) = (note for note in assess_transcript([*used, rushed[0]]).notes if "left out" in note)
    assert one.startswith("Your answer to “Question 0?” was left out. The words do not fit the time")
    (several,) = (note for note in assess_transcript([*used, *rushed]).notes if "left out" in note)
    assert several.startswith("Your answers to “Question 0?” and 2 other questions were left out.")
