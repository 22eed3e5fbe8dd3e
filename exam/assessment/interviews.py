"""Estimate interviews of the file format: the command behind `python -m exam estimate`."""

from dataclasses import dataclass

from exam.assessment import features, gate
from exam.assessment.corpus import Interview, sample
from exam.assessment.model import INTERVIEW_WORDS, Coefficients, Kind
from exam.assessment.models import GateReason, Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """The estimate of one interview; `scored` is None when there was not enough evidence, for `reasons`."""

    interview_id: str
    words: int
    scored: Scored | None
    reasons: tuple[GateReason, ...] = ()

    def record(self) -> dict[str, object]:
        """The line that the command prints."""
        if self.scored is None:
            codes = [found.code for found in self.reasons]
            return {"id": self.interview_id, "level": None, "low": None, "high": None, "band": "not enough evidence", "reasons": codes}
        scored = self.scored
        return {
            "id": self.interview_id,
            "level": round(scored.level, 3),
            "low": round(scored.low, 3),
            "high": round(scored.high, 3),
            "band": scored.nearest,
        }


def predict(interview: Interview, coefficients: Coefficients, *, words: int | None, with_marks: bool) -> Prediction:
    """Estimate one interview.

    Without `words` the line is taken for a complete interview of about 15 minutes, in which how much was said counts,
    unless it is too short for that. With `words` only a sample of that many words after the warm-up is looked at.
    """
    used = interview if words is None else sample(interview, words)
    found = used.words
    reasons = gate.check(found, coefficients.style_limits, coefficients.order) or _long_turns(used, coefficients)
    if reasons:
        return Prediction(interview_id=interview.interview_id, words=len(found), scored=None, reasons=reasons)
    kind: Kind = "marks" if with_marks else "clean"
    measured = features.rates(found) | features.marks(
        len(found),
        pauses=used.total("pauses"),
        long_pauses=used.total("long_pauses"),
        fillers=used.total("fillers"),
        repairs=used.total("repairs"),
    )
    if words is None and len(found) >= INTERVIEW_WORDS:
        model = coefficients.interview(kind)
        measured |= features.sizes(found)
    else:
        model = coefficients.sample(kind, len(found))
    return Prediction(interview_id=interview.interview_id, words=len(found), scored=model.predict(measured))


def _long_turns(interview: Interview, coefficients: Coefficients) -> tuple[GateReason, ...]:
    """A turn that is longer than anybody speaks, or long and in the style of writing, was pasted."""
    for turn in interview.turns:
        if len(turn.words) > gate.LONGEST_ANSWER:
            return (gate.reason("looks_written"),)
        if len(turn.words) >= gate.LEAST_WORDS and gate.looks_written(turn.words, coefficients.style_limits):
            return (gate.reason("looks_written"),)
    return ()
