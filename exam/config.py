"""How the exam component is set up: plain values that the composition root fills from the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from llm.call import TimeLimits

ANSWER_CHARACTERS = 6_000
NOTE_CHARACTERS = 4_000
MOST_PER_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamConfig:
    """Numbers of the exam component.

    `grace` is how long after the answer time an answer may still be handed in (in exam mode). A transcription or grading that was
    taken up by a process counts as dropped after `lease`. `only_process`: nobody else works on this store, so whatever is
    pending at the start was dropped. `calibration` is what to add to the levels of a model, by its id.
    """

    grace: timedelta = timedelta(seconds=60)
    lease: timedelta = timedelta(minutes=5)
    recent_exams: int = 5
    workers: int = 4
    max_recording_bytes: int = 25_000_000
    max_recording_seconds: float = 600.0
    language: str = "en"
    wording_limits: TimeLimits = field(default_factory=lambda: TimeLimits(connect=1.5, first_token=2.5, total=2.5))
    grade_with_model: bool = True
    calibration: Mapping[str, float] = field(default_factory=dict)
    only_process: bool = True
