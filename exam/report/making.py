"""Makes a report of an exam's answers and their assessment. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from exam.assessment.labels import NOT_ASSESSED, range_label
from exam.assessment.models import AnswerEvidence, Criterion, CriterionResult, Estimate
from exam.assessment.service import timing_of
from exam.models import Answer, AnswerMode, Exam, ExamScript, ScriptCriterion
from exam.report.models import AnswerReport, CriterionReport, Report
from lexis import LEVELS, Level
from lexis import words as words_in
from speech.timing import with_words

_OPEN, _ABOVE = " or above", " and above"


def evidence(answers: Sequence[Answer]) -> tuple[AnswerEvidence, ...]:
    """Return what goes into the assessment: the scored answers, with the words that the person has confirmed or typed."""
    return tuple(
        AnswerEvidence(
            answer_id=answer.turn_key,
            text=answer.text,
            question=answer.question,
            mode="typed" if answer.mode is AnswerMode.TYPED else "spoken",
            timing=timing_of(answer.timing) if answer.timing is not None else None,
            allowed_seconds=float(answer.allowed_seconds),
        )
        for answer in answers
        if answer.scored and answer.mode is not AnswerMode.NONE
    )


def made(exam: Exam, script: ExamScript, answers: Sequence[Answer], estimate: Estimate, *, at: datetime) -> Report:
    """Return the report."""
    levels, label = _within(script, estimate)
    by_aspect = {result.criterion: result for result in estimate.criteria}
    return Report(
        exam_id=exam.id,
        format_id=exam.format_id,
        title=exam.title,
        aimed_at=exam.level,
        mode=exam.mode,
        made_at=at,
        label=label,
        levels=levels,
        scale_name=script.scale_name,
        scale_text=_on_scale(script.scale, levels, label),
        honesty=script.honesty,
        estimate=estimate,
        criteria=tuple(_criterion(found, by_aspect, script) for found in script.criteria),
        answers=tuple(_answer(answer, script) for answer in answers),
        unanswered=len(script.turns) - sum(answer.mode is not AnswerMode.NONE for answer in answers),
        notes=_notes(answers),
    )


def _within(script: ExamScript, estimate: Estimate) -> tuple[tuple[Level, Level] | None, str]:
    """Return the range within what this style of exam can show, and its words."""
    if estimate.levels is None:
        return None, estimate.label
    lowest, highest = LEVELS.index(script.lowest), LEVELS.index(script.highest)
    low, high = (LEVELS.index(level) for level in estimate.levels)
    if high < lowest:
        return estimate.levels, f"Below {script.lowest}"
    if low > highest:
        return estimate.levels, f"{script.highest} or above"
    inside = (LEVELS[max(low, lowest)], LEVELS[min(high, highest)])
    if inside == estimate.levels:
        return inside, estimate.label
    label = range_label(inside)
    if low < lowest:
        return inside, f"{script.lowest} or below" if inside[0] == inside[1] else label
    return inside, f"{script.highest} or above" if inside[0] == inside[1] else label


def _criterion(found: ScriptCriterion, by_aspect: Mapping[Criterion, CriterionResult], script: ExamScript) -> CriterionReport:
    """Join the aspects of one criterion: the mean of the ranges of those that could be assessed."""
    results = [by_aspect[aspect] for aspect in found.aspects if aspect in by_aspect]
    rated = [result for result in results if result.levels is not None]
    levels = _joined([result.levels for result in rated if result.levels is not None])
    left_out = [result.why for result in results if result.levels is None]
    label = range_label(levels) if levels else NOT_ASSESSED
    return CriterionReport(
        id=found.id,
        title=found.title,
        aspects=found.aspects,
        of_aspects=tuple(result.criterion for result in rated),
        levels=levels,
        label=label,
        why=" ".join(dict.fromkeys([*(result.why for result in rated), *left_out])),
        scale_text=_on_scale(script.scale, levels, label),
    )


def _joined(ranges: Sequence[tuple[Level, Level]]) -> tuple[Level, Level] | None:
    if not ranges:
        return None
    lows, highs = ([LEVELS.index(pair[end]) for pair in ranges] for end in (0, 1))
    return LEVELS[round(sum(lows) / len(lows))], LEVELS[round(sum(highs) / len(highs))]


def _on_scale(scale: Mapping[str, str], levels: tuple[Level, Level] | None, label: str) -> str:
    """Return the range on the style's own scale, as far as that reaches; it goes on above where `label` does."""
    said = _between(scale, levels) if levels else ""
    return said + _OPEN if said and label.endswith(_OPEN) and not said.endswith(_ABOVE) else said


def _between(scale: Mapping[str, str], levels: tuple[Level, Level]) -> str:
    within = [scale[level] for level in LEVELS[LEVELS.index(levels[0]) : LEVELS.index(levels[1]) + 1] if level in scale]
    if not within:
        return ""
    if levels[0] not in scale:
        return f"up to {within[-1]}"
    if levels[1] not in scale:
        return within[0] + _ABOVE
    return within[0] if len(within) == 1 else f"{within[0]} to {within[-1]}"


def _answer(answer: Answer, script: ExamScript) -> AnswerReport:
    turn = script.turns[answer.position]
    words = len(words_in(answer.text))
    found = AnswerReport(
        turn_key=answer.turn_key,
        part_title=script.part(turn.part_id).title,
        kind=turn.kind,
        question=answer.question,
        mode=answer.mode,
        text=answer.text,
        recording_id=answer.recording_id,
        scored=answer.scored,
        late=answer.late,
        short=answer.short,
        allowed_seconds=answer.allowed_seconds,
        words=words,
        advice=answer.advice,
    )
    if answer.timing is None:
        return found
    timing = with_words(answer.timing, words) if answer.text else answer.timing
    return replace(
        found,
        seconds=timing.seconds,
        speaking_seconds=timing.speaking_seconds,
        pause_seconds=timing.pause_seconds,
        pauses=timing.pauses,
        long_pauses=timing.long_pauses,
        longest_run_seconds=timing.longest_run_seconds,
        words_per_minute=timing.words_per_minute,
        articulation_rate=timing.articulation_rate,
        ribbon=timing.segments,
    )


def _notes(answers: Sequence[Answer]) -> tuple[str, ...]:
    notes = []
    missed = sum(answer.mode is AnswerMode.NONE for answer in answers)
    if missed:
        notes.append(f"{missed} {'question was' if missed == 1 else 'questions were'} not answered.")
    timing_only = sum(answer.mode is AnswerMode.SPOKEN and not answer.text for answer in answers)
    if timing_only:
        notes.append(f"{timing_only} {'answer has' if timing_only == 1 else 'answers have'} no words: only the timing was looked at.")
    unscored = sum(not answer.scored for answer in answers)
    if unscored:
        notes.append(f"{unscored} {'answer was' if unscored == 1 else 'answers were'} for practice only and did not count.")
    return tuple(notes)
