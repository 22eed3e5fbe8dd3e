"""Notes on an answer in practice: counted facts and one thing to try."""

from dataclasses import replace

import pytest

from exam.feedback import feedback_on
from exam.models import AnswerMode, TranscriptState
from speech.models import Timing
from tests.contract.exams.test_exams import answer, exam

TEXT = "Well I like tea because it is warm and my colleague recommended a wonderful museum although it was expensive that day"
PAUSED = Timing(seconds=60, speaking_seconds=20, pause_seconds=30, pauses=6, long_pauses=5, longest_run_seconds=4, speech_found=True)
QUICK = replace(PAUSED, seconds=10, speaking_seconds=9, pause_seconds=1, pauses=1, long_pauses=0)


@pytest.mark.parametrize(
    ("changes", "least", "tip"),
    [
        ({"mode": AnswerMode.NONE}, 10, "Say one sentence, even a short one."),
        ({"mode": AnswerMode.TYPED, "text": "I like tea.", "timing": None}, 10, "at least 10 words"),
        ({"text": "", "timing": QUICK}, 0, "Use more of your time"),
        ({"text": TEXT, "timing": PAUSED}, 5, "say it in another way"),
        ({"text": TEXT, "timing": QUICK}, 5, "one reason and one example"),
        ({"text": f"{TEXT}. {TEXT}", "timing": QUICK}, 5, "to link your ideas"),
    ],
)
def test_the_tip_fits_what_was_missing(changes: dict[str, object], least: int, tip: str) -> None:
    found = feedback_on(replace(answer(exam()), **changes), level="B1", min_words=least)  # type: ignore[arg-type]  # fields by name
    assert tip in found.try_next


def test_notes_hold_facts_and_never_a_level_as_a_result() -> None:
    found = feedback_on(answer(exam(), text=TEXT, timing=QUICK, late=True, advice=("Speak up.",)), level="B1", min_words=5)
    notes = " ".join(found.notes)
    for fact in ("21 words", "“because”", "colleague", "9 of 10 seconds, with 1 pause.", "words a minute", "Speak up.", "after the time"):
        assert fact in notes, fact
    assert "your level" not in notes.lower()


def test_words_that_only_a_provider_heard_are_counted_before_they_are_confirmed() -> None:
    heard = answer(exam(), text="", proposed=TEXT, transcript=TranscriptState.PROPOSED)
    assert feedback_on(heard, level="B1", min_words=5).words > 15
