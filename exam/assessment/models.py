"""The values of an assessment. Numbers stand for levels: 1 = A1, 2 = A2, 3 = B1, 4 = B2, 5 = C1, 6 = C2."""

from dataclasses import dataclass
from typing import Literal, get_args

from lexis import LEVELS, Level

Band = Literal["A1", "A2", "B1", "B2"]
BANDS: tuple[Band, ...] = get_args(Band)

Criterion = Literal["range", "accuracy", "fluency", "interaction", "coherence", "phonology"]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)

Confidence = Literal["low", "medium", "good"]
Mode = Literal["spoken", "typed"]
Status = Literal["estimated", "not enough evidence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechTiming:
    """How the time of one recording was used, in seconds.

    `speech_seconds` is time with voice, `pauses` the length of every silence between the first and the last word
    (those of 0.25 s and more), `longest_run_seconds` the longest stretch of speech without such a silence.
    """

    speech_seconds: float
    pauses: tuple[float, ...]
    longest_run_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEvidence:
    """One answer as it goes into an assessment.

    `text` is the confirmed transcript (or the typed answer), `timing` is None without a recording. `allowed_seconds`
    is the speaking time that the exam gave for it, None where it gave none.
    """

    answer_id: str
    text: str
    question: str = ""
    mode: Mode = "spoken"
    timing: SpeechTiming | None = None
    allowed_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReason:
    """Why there is not enough evidence: a stable code and a sentence that says what to do about it."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A point on the level scale with its 80 % range (1.0 ≤ low ≤ level ≤ high).

    1 = A1, 2 = A2, … The offline method ends at 4.0, which means B2 or above; a model's grading at 6.0 (C2).
    """

    level: float
    low: float
    high: float

    @property
    def nearest(self) -> Level:
        """The level nearest to the point (a half goes up)."""
        return nearest(self.level)

    @property
    def levels(self) -> tuple[Level, Level]:
        """The levels nearest to the ends of the range."""
        return nearest(self.low), nearest(self.high)


def nearest(number: float) -> Level:
    """The level nearest to a number on the level scale; beyond the ends the first or the last level."""
    return LEVELS[min(len(LEVELS), max(1, int(number + 0.5))) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that supports a judgement: words taken from the transcript, or a measurement in a sentence.

    `quote` is empty for a measurement; `answer_id` is empty when it concerns all answers.
    """

    note: str
    quote: str = ""
    answer_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """One aspect of speaking. Without `levels` (low, high) it was not assessed, and `why` says for what reason."""

    criterion: Criterion
    levels: tuple[Level, Level] | None
    label: str
    why: str
    evidence: tuple[Evidence, ...] = ()
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Something said that can be said better; `said` stands in the transcript."""

    said: str
    better: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeFailure:
    """Why a model's grading was not used."""

    model_id: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The result of an assessment: always a practice estimate, never an official result.

    With `status` "not enough evidence" there are no levels and `reasons` says why. Otherwise `levels` is the range to
    show (lowest and highest plausible level), `label` the same as words ("A2 to B1", "B2 or above"), and `scored` the
    numbers behind it. `method` is "offline" or the id of the model that graded; `failures` holds why
    models that were asked first were not used. `words` counts the words that were assessed.
    """

    status: Status
    label: str
    words: int
    method: str
    method_label: str
    confidence: Confidence
    confidence_why: str
    strength: str
    next_action: str
    criteria: tuple[CriterionResult, ...]
    scored: Scored | None = None
    levels: tuple[Level, Level] | None = None
    reasons: tuple[GateReason, ...] = ()
    written_rehearsal: bool = False
    words_by_level: tuple[tuple[Level, tuple[str, ...]], ...] = ()
    corrections: tuple[Correction, ...] = ()
    failures: tuple[GradeFailure, ...] = ()
    notes: tuple[str, ...] = ()
