"""The values of a report."""

from dataclasses import dataclass
from datetime import datetime

from exam.assessment.models import Estimate
from exam.models import AnswerMode, ExamMode
from lexis import Level
from speech.models import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionReport:
    """One criterion as this style of exam marks it. Without `levels` it was not assessed, and `why` says for what reason.

    `aspects` names the aspects behind it, `of_aspects` those of them that could be assessed.
    """

    id: str
    title: str
    aspects: tuple[str, ...]
    of_aspects: tuple[str, ...]
    levels: tuple[Level, Level] | None
    label: str
    why: str
    scale_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReport:
    """One answer in the report. `ribbon` covers the whole recording, speech and pauses alternating; empty without one.

    Times are in seconds, rates in words a minute (None without words or without a recording).
    """

    turn_key: str
    part_title: str
    kind: str
    question: str
    mode: AnswerMode
    text: str
    recording_id: str
    scored: bool
    late: bool
    short: bool
    allowed_seconds: int
    words: int
    seconds: float = 0.0
    speaking_seconds: float = 0.0
    pause_seconds: float = 0.0
    pauses: int = 0
    long_pauses: int = 0
    longest_run_seconds: float = 0.0
    words_per_minute: float | None = None
    articulation_rate: float | None = None
    ribbon: tuple[Segment, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of one exam. `label` is the range in words within what this style of exam can show; `estimate` holds the rest.

    `levels` is None without enough evidence. `scale_text` expresses the range on the style's own scale, "" where there is none.
    `honesty` is always to be shown beside the result. `unanswered` counts turns without an answer.
    """

    exam_id: str
    format_id: str
    title: str
    aimed_at: Level
    mode: ExamMode
    made_at: datetime
    label: str
    levels: tuple[Level, Level] | None
    scale_name: str
    scale_text: str
    honesty: str
    estimate: Estimate
    criteria: tuple[CriterionReport, ...]
    answers: tuple[AnswerReport, ...]
    unanswered: int
    notes: tuple[str, ...] = ()
