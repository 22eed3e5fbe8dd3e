"""Progress over time: the ranges of all reports, and the same task compared with itself. Pure functions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from exam.assessment.models import Criterion
from exam.models import AnswerMode, ExamMode
from exam.report.models import AnswerReport, Report
from lexis import LEVELS, Level

NOISE = (
    "Two samples of one person's speech give a different level about one time in four. A step of one level between two exams "
    "is therefore often chance; trust a change only when several exams in a row show it."
)
_LEAST_EXAMS = 3
_TASKS = {
    "interview": "Interview questions",
    "photo": "Describing a picture",
    "two_photos": "Comparing pictures",
    "collaborative": "Talking about ideas",
    "discussion": "Discussion",
    "conversation": "Conversation",
    "long_turn": "Long talk",
    "graphic": "Talking about a chart",
    "opinion": "Opinions",
    "abstract": "Abstract theme",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPoint:
    """A range at one exam: `levels` in words, `low`, `level`, `high` on the scale 1 = A1 … 6 = C2 (None for a criterion)."""

    exam_id: str
    title: str
    at: datetime
    levels: tuple[Level, Level]
    label: str
    low: float | None = None
    level: float | None = None
    high: float | None = None
    written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionSeries:
    """One aspect over time, oldest first."""

    criterion: Criterion
    points: tuple[LevelPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPoint:
    """The answers to one kind of task in one exam: means per answer. None where nothing was measured.

    `words_per_minute` is the usual speech rate, `pause_share` the part of the talking time that was silence (0 to 1).
    """

    exam_id: str
    at: datetime
    answers: int
    words: float
    words_per_minute: float | None
    pause_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSeries:
    """One kind of task over time, oldest first; only kinds that came in two exams or more."""

    kind: str
    title: str
    points: tuple[TaskPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything for the progress page. `reading` says in one sentence what the points allow to be said; `noise` explains why."""

    exams: tuple[LevelPoint, ...]
    criteria: tuple[CriterionSeries, ...]
    tasks: tuple[TaskSeries, ...]
    without_evidence: int
    reading: str
    noise: str = NOISE


def progress_of(reports: Sequence[Report]) -> Progress:
    """Return the progress that `reports` (any order) show."""
    ordered = sorted(reports, key=lambda report: (report.made_at, report.exam_id))
    exams = tuple(point for report in ordered if (point := _exam_point(report)) is not None)
    return Progress(
        exams=exams,
        criteria=_criteria(ordered),
        tasks=_tasks(ordered),
        without_evidence=len(ordered) - len(exams),
        reading=_reading(exams),
    )


def _exam_point(report: Report) -> LevelPoint | None:
    scored = report.estimate.scored
    if report.levels is None or scored is None:
        return None
    return LevelPoint(
        exam_id=report.exam_id,
        title=report.title + (" (practice)" if report.mode is ExamMode.PRACTICE else ""),
        at=report.made_at,
        levels=report.levels,
        label=report.label,
        low=scored.low,
        level=scored.level,
        high=scored.high,
        written=report.estimate.written_rehearsal,
    )


def _criteria(ordered: Sequence[Report]) -> tuple[CriterionSeries, ...]:
    found: dict[Criterion, list[LevelPoint]] = defaultdict(list)
    for report in ordered:
        for result in report.estimate.criteria:
            if result.levels is not None:
                point = LevelPoint(
                    exam_id=report.exam_id,
                    title=report.title,
                    at=report.made_at,
                    levels=result.levels,
                    label=result.label,
                    written=report.estimate.written_rehearsal,
                )
                found[result.criterion].append(point)
    return tuple(CriterionSeries(criterion=name, points=tuple(points)) for name, points in found.items())


def _tasks(ordered: Sequence[Report]) -> tuple[TaskSeries, ...]:
    found: dict[str, list[TaskPoint]] = defaultdict(list)
    for report in ordered:
        by_kind: dict[str, list[AnswerReport]] = defaultdict(list)
        for answer in report.answers:
            if answer.mode is not AnswerMode.NONE and answer.kind in _TASKS:
                by_kind[answer.kind].append(answer)
        for kind, answers in by_kind.items():
            found[kind].append(_task_point(report, answers))
    return tuple(TaskSeries(kind=kind, title=_TASKS[kind], points=tuple(points)) for kind, points in found.items() if len(points) > 1)


def _task_point(report: Report, answers: Sequence[AnswerReport]) -> TaskPoint:
    rates = [answer.words_per_minute for answer in answers if answer.words_per_minute is not None]
    talking = sum(answer.speaking_seconds + answer.pause_seconds for answer in answers)
    return TaskPoint(
        exam_id=report.exam_id,
        at=report.made_at,
        answers=len(answers),
        words=round(sum(answer.words for answer in answers) / len(answers), 1),
        words_per_minute=round(sum(rates) / len(rates), 1) if rates else None,
        pause_share=round(sum(answer.pause_seconds for answer in answers) / talking, 3) if talking else None,
    )


def _reading(exams: Sequence[LevelPoint]) -> str:
    if not exams:
        return "There is no result yet. Finish an exam to see your first range here."
    if len(exams) < _LEAST_EXAMS:
        return "There are too few results to see a direction. Three exams or more show one."
    first, last = exams[0], exams[-1]
    if _above(last, first):
        return "Your newest range lies above your first one: this is more than chance."
    if _above(first, last):
        return "Your newest range lies below your first one: this is more than chance."
    return "Your first and your newest range overlap: the difference may be chance."


def _above(one: LevelPoint, other: LevelPoint) -> bool:
    """Tell whether nothing of one range is in the other, neither as it was estimated nor as it is drawn."""
    apart_as_estimated = one.low is not None and other.high is not None and one.low > other.high
    return apart_as_estimated and LEVELS.index(one.levels[0]) > LEVELS.index(other.levels[1])
