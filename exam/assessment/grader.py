"""Let a model grade, believe only what its evidence supports, and fall back to the offline estimate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import AppError
from exam.assessment import grading
from exam.assessment.criteria import not_assessed, phonology
from exam.assessment.errors import GradeRejected
from exam.assessment.gate import usable
from exam.assessment.labels import range_label
from exam.assessment.model import Coefficients, shipped
from exam.assessment.models import (
    CRITERIA,
    AnswerEvidence,
    Criterion,
    CriterionResult,
    Estimate,
    Evidence,
    GradeFailure,
    Scored,
    nearest,
)
from exam.assessment.ports import Ask
from exam.assessment.service import assess_transcript
from exam.assessment.verify import CriterionGrade, Grading, verified
from lexis import LEVELS

_TRIES_PER_MODEL = 2
_LEAST_HALF_WIDTH = 0.5
_CRITERION_HALF_WIDTH = 0.5
_OFFLINE_END = 3.5
_FAR_APART = 1.0
_LEAST_PAIRS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Grader:
    """A model that can be asked: its id as reports show it and as `calibration` names it."""

    model_id: str
    ask: Ask


def assess(
    answers: Sequence[AnswerEvidence],
    *,
    graders: Sequence[Grader] = (),
    calibration: Mapping[str, float] | None = None,
    coefficients: Coefficients | None = None,
) -> Estimate:
    """Assess with the first model whose grading can be believed, otherwise offline with the reasons in `failures`.

    The evidence gate comes first: where it closes no model is asked. Only answers that passed it are shown to a model.
    A rejected grading is asked for once more, an unreachable model is not; then the next model is asked. `calibration`
    holds, by model id, what to add to that model's levels (`calibrated`).
    """
    offline = assess_transcript(answers, coefficients=coefficients)
    if offline.status != "estimated" or not graders:
        return offline
    limits = (coefficients or shipped()).style_limits
    accepted = [answer for answer, _ in usable(answers, limits).kept]
    failures: list[GradeFailure] = []
    for grader in graders:
        found = _ask(grader, accepted, failures)
        if found is not None:
            offset = (calibration or {}).get(grader.model_id)
            return _combined(offline, found, grader.model_id, offset, tuple(failures))
    return replace(
        offline,
        failures=tuple(failures),
        notes=("No model could grade this exam, so this is the offline estimate.", *offline.notes),
    )


def _ask(grader: Grader, answers: Sequence[AnswerEvidence], failures: list[GradeFailure]) -> Grading | None:
    criteria = grading.graded_criteria(answers)
    request, schema = grading.prompt(answers, criteria), grading.schema(criteria)
    for _ in range(_TRIES_PER_MODEL):
        try:
            return verified(grader.ask(request, schema), answers, criteria)
        except GradeRejected as error:
            failures.append(GradeFailure(model_id=grader.model_id, reason=error.reason, message=error.message))
        except AppError as error:
            failures.append(GradeFailure(model_id=grader.model_id, reason=error.code, message=error.message))
            return None
    return None


def final_score(found: Grading, *, offset: float, offline: Scored) -> Scored:
    """The overall level in code: the mean of the criteria plus the calibration, with an honest range.

    The range holds the model's own, half a level to each side, and the offline level where the two are far apart
    (the offline scale ends at B2, so there only a lower model level is a contradiction).
    """
    level = sum(grade.number for grade in found.criteria) / len(found.criteria) + offset
    level = min(float(len(LEVELS)), max(1.0, level))
    low = min(level - _LEAST_HALF_WIDTH, LEVELS.index(found.low) + 1 + offset)
    high = max(level + _LEAST_HALF_WIDTH, LEVELS.index(found.high) + 1 + offset)
    if _far_apart(level, offline):
        low, high = min(low, offline.level), max(high, offline.level)
    return Scored(level=level, low=max(1.0, low), high=min(float(len(LEVELS)), high))


def _far_apart(level: float, offline: Scored) -> bool:
    if offline.level >= _OFFLINE_END and level > offline.level:
        return False
    return abs(level - offline.level) > _FAR_APART


def calibrated(pairs: Sequence[tuple[float, float]]) -> float:
    """What to add to a model's levels, from pairs of (model's level, examiner's level) of rated exams.

    The mean difference, pulled towards 0 while pairs are few: with fewer than ten pairs there is no calibration.
    """
    if len(pairs) < _LEAST_PAIRS:
        return 0.0
    mean = sum(rated - given for given, rated in pairs) / len(pairs)
    return mean * len(pairs) / (len(pairs) + _LEAST_PAIRS)


def _combined(offline: Estimate, found: Grading, model_id: str, offset: float | None, failures: tuple[GradeFailure, ...]) -> Estimate:
    measured = offline.scored
    if measured is None:
        return offline
    scored = final_score(found, offset=offset or 0.0, offline=measured)
    apart = _far_apart(scored.level, measured)
    confidence, why = found.confidence, "The model's grading and the measured words point to the same level."
    if apart:
        confidence, why = "low", "The model's grading and the measured words are more than a level apart."
    elif offline.written_rehearsal:
        confidence, why = "low", offline.confidence_why
    elif offset is None:
        confidence = "medium" if confidence == "good" else confidence
        why = "This model's gradings have not been compared with an examiner's."
    by_name = {grade.criterion: _result(grade, offset or 0.0) for grade in found.criteria}
    return replace(
        offline,
        label=range_label(scored.levels),
        method=model_id,
        method_label=f"Graded by {model_id}, evidence checked",
        confidence=confidence,
        confidence_why=why,
        strength=found.strength,
        next_action=found.next_action,
        criteria=tuple(by_name.get(name) or _left_out(name, offline) for name in CRITERIA),
        scored=scored,
        levels=scored.levels,
        corrections=found.corrections,
        failures=failures,
        notes=tuple(note for note in offline.notes if not note.startswith("Without a model")),
    )


def _result(grade: CriterionGrade, offset: float) -> CriterionResult:
    number = min(float(len(LEVELS)), max(1.0, grade.number + offset))
    low, high = nearest(number - _CRITERION_HALF_WIDTH), nearest(number + _CRITERION_HALF_WIDTH - 0.01)
    return CriterionResult(
        criterion=grade.criterion,
        levels=(low, high),
        label=range_label((low, high)),
        why=grade.why,
        evidence=tuple(Evidence(note="You said", quote=quote, answer_id=answer) for answer, quote in grade.quotes),
        next_step=grade.next_step,
    )


def _left_out(name: Criterion, offline: Estimate) -> CriterionResult:
    """What the model was not asked about: as the offline method sees it; pronunciation never."""
    if name == "phonology":
        return phonology()
    found = next((result for result in offline.criteria if result.criterion == name), None)
    return found or not_assessed(name, "The answers do not show this.")
