"""Assess one person's answers."""

from collections.abc import Sequence

from exam.assessment import criteria, features, gate
from exam.assessment.advice import advise
from exam.assessment.gate import Usable
from exam.assessment.labels import NOT_ENOUGH, OFFLINE_LABEL, offline_label
from exam.assessment.model import Coefficients, shipped
from exam.assessment.models import CRITERIA, AnswerEvidence, Confidence, Estimate, GateReason, Scored, SpeechTiming
from lexis import AnswerProfile, Level, profile
from speech.models import Timing

# Estimates from writing lie about 0.6 of a level above speech, so the range of typed answers reaches further down.
_TYPED_BIAS = 0.6
_SHORT_SAMPLE = 150
_LONG_SAMPLE = 400
_LOWEST = 1.0


def timing_of(timing: Timing) -> SpeechTiming:
    """What an assessment needs of a recording's timing."""
    inner = [segment for segment in timing.segments if not segment.is_speech]
    ends = {timing.segments[0].start, timing.segments[-1].end} if timing.segments else set()
    return SpeechTiming(
        speech_seconds=timing.speaking_seconds if timing.speech_found else 0.0,
        pauses=tuple(part.seconds for part in inner if part.start not in ends and part.end not in ends),
        longest_run_seconds=timing.longest_run_seconds,
    )


def assess_transcript(answers: Sequence[AnswerEvidence], *, coefficients: Coefficients | None = None) -> Estimate:
    """Assess without a model: gate, range of levels, criteria with evidence, one strength and one next action.

    Never raises on any text. The result is "not enough evidence" when the gate closes; answers that cannot be evidence
    (copied writing, repeats, pleas for a grade, impossible pace) are left out and named in `notes`.
    """
    used = coefficients or shipped()
    kept = gate.usable(answers, used.style_limits)
    words = kept.words
    reasons = gate.check(words, used.style_limits, used.order) or gate.foreign(kept)
    if reasons:
        return _refused(kept, reasons)
    accepted = [answer for answer, _ in kept.kept]
    words_of = [found for _, found in kept.kept]
    found = profile("\n".join(f"{' '.join(part)}." for part in words_of))
    measured = features.rates(words)
    model = used.sample("clean", len(words))
    scored = model.predict(measured)
    typed = sum(len(part) for answer, part in kept.kept if answer.mode == "typed") / len(words)
    scored = Scored(level=scored.level, low=max(_LOWEST, scored.low - _TYPED_BIAS * typed), high=scored.high)
    advice = advise(measured, model, found, answers=len(accepted), scored=scored)
    confidence, why = _confidence(len(words), typed=typed, left_out=len(kept.left_out))
    return Estimate(
        status="estimated",
        label=offline_label(scored),
        words=len(words),
        method="offline",
        method_label=OFFLINE_LABEL,
        confidence=confidence,
        confidence_why=why,
        strength=advice.strength,
        next_action=advice.next_action,
        criteria=criteria.offline(accepted, words_of, found, used),
        scored=scored,
        levels=scored.levels,
        written_rehearsal=typed > 0,
        words_by_level=_by_level(found),
        notes=(*_notes(kept), *_limits(scored, typed)),
    )


def _refused(kept: Usable, reasons: tuple[GateReason, ...]) -> Estimate:
    every = _without_doubles((*(found for _, found in kept.left_out), *reasons))
    if kept.left_out and not kept.kept:
        every = _without_doubles(tuple(found for _, found in kept.left_out))
    why = "There is no estimate without enough evidence."
    return Estimate(
        status="not enough evidence",
        label=NOT_ENOUGH,
        words=len(kept.words),
        method="offline",
        method_label=OFFLINE_LABEL,
        confidence="low",
        confidence_why=why,
        strength="",
        next_action=every[0].message,
        criteria=tuple(criteria.not_assessed(name, why) for name in CRITERIA),
        reasons=every,
        written_rehearsal=any(answer.mode == "typed" for answer, _ in kept.kept),
        notes=_notes(kept),
    )


def _without_doubles(reasons: Sequence[GateReason]) -> tuple[GateReason, ...]:
    return tuple({found.code: found for found in reasons}.values())


def _confidence(words: int, *, typed: float, left_out: int) -> tuple[Confidence, str]:
    if typed > 0:
        what = "Typed answers are" if typed == 1 else "Some answers were typed, which is"
        return "low", f"{what} a written rehearsal: writing usually looks better than speaking."
    if words < _SHORT_SAMPLE:
        return "low", f"Only {words} words: two samples of this length often differ by a level."
    if left_out:
        return "medium", f"{left_out} of your answers could not be used."
    if words < _LONG_SAMPLE:
        return "medium", f"{words} words give a fair idea; a jump of one level can still be chance."
    return "good", f"{words} words are enough for a steady estimate; small differences are still chance."


def _notes(kept: Usable) -> tuple[str, ...]:
    asked: dict[str, list[str]] = {}
    for answer, found in kept.left_out:
        asked.setdefault(found.message, []).append(answer.question)
    return tuple(f"{_left_out(questions)} left out. {message}" for message, questions in asked.items())


def _left_out(questions: Sequence[str]) -> str:
    """Begin the sentence that says which answers do not count: by the first question, and how many more."""
    first, more = questions[0], len(questions) - 1
    if not first:
        return "One or more answers were"
    if not more:
        return f"Your answer to “{first}” was"
    return f"Your answers to “{first}” and {more} other {'question' if more == 1 else 'questions'} were"


def _limits(scored: Scored, typed: float) -> tuple[str, ...]:
    notes = []
    if scored.nearest == "B2":
        notes.append("Without a model, levels above B2 cannot be told apart: the interviews behind the estimate end there.")
    if typed == 1:
        notes.append("This is a written rehearsal: fluency and pronunciation were not part of it.")
    elif typed > 0:
        notes.append("The typed answers are a written rehearsal: they say nothing about fluency and pronunciation.")
    return tuple(notes)


def _by_level(found: AnswerProfile) -> tuple[tuple[Level, tuple[str, ...]], ...]:
    return tuple(found.words_by_level.items())
