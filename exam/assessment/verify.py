"""Read a model's grading and refuse what cannot be believed. Pure functions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from exam.assessment.errors import GradeRejected
from exam.assessment.grading import MOST_WORDS
from exam.assessment.models import AnswerEvidence, Confidence, Correction, Criterion
from exam.assessment.pleas import without_pleas
from exam.assessment.quotes import stands_in
from lexis import LEVELS, Level, tokens

_LEAST_QUOTE_WORDS = 2
_MOST_CORRECTIONS = 6
_CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionGrade:
    """A model's judgement of one aspect; every quote stands in an answer."""

    criterion: Criterion
    level: Level
    plus: bool
    quotes: tuple[tuple[str, str], ...]
    why: str
    next_step: str

    @property
    def number(self) -> float:
        """The level on the scale 1-6, a plus as a third."""
        return LEVELS.index(self.level) + 1 + (1 / 3 if self.plus else 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """A grading whose evidence was found; `quotes` hold (answer id, words)."""

    criteria: tuple[CriterionGrade, ...]
    low: Level
    high: Level
    strength: str
    next_action: str
    corrections: tuple[Correction, ...]
    confidence: Confidence


def verified(answer: str, answers: Sequence[AnswerEvidence], criteria: Sequence[Criterion]) -> Grading:
    """Read and check one answer of a model.

    Raises:
        GradeRejected: with reason "not_json", "wrong_shape", "wrong_criteria", "wrong_level", "range_reversed",
            "level_outside_range", "no_quote" or "quote_not_found".
    """
    document = _document(answer)
    entries = document.get("criteria")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise GradeRejected("wrong_shape", "The grading has no list of criteria.")
    if sorted(str(entry.get("criterion")) for entry in entries) != sorted(criteria):
        raise GradeRejected("wrong_criteria", "The grading does not judge exactly what was asked.")
    low, high = _level(document, "low"), _level(document, "high")
    if LEVELS.index(low) > LEVELS.index(high):
        raise GradeRejected("range_reversed", "The lowest level of the grading is above its highest.")
    by_name = {str(entry["criterion"]): entry for entry in entries}
    grades = tuple(_criterion(name, by_name[name], answers) for name in criteria)
    mean = sum(grade.number for grade in grades) / len(grades)
    if not LEVELS.index(low) <= mean <= LEVELS.index(high) + 2:
        raise GradeRejected("level_outside_range", "The levels of the criteria contradict the overall range.")
    confidence = next((name for name in _CONFIDENCES if name == document.get("confidence")), None)
    if confidence is None:
        raise GradeRejected("wrong_shape", "The grading says nothing about its confidence.")
    return Grading(
        criteria=grades,
        low=low,
        high=high,
        strength=_text(document, "strength"),
        next_action=_text(document, "next_action"),
        corrections=_corrections(document, answers),
        confidence=confidence,
    )


def _document(answer: str) -> dict[str, Any]:
    text = answer.strip()
    if text.startswith("```"):
        text = text.strip("`").removeprefix("json").strip()
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise GradeRejected("not_json", "The model's answer is not complete JSON.") from error
    if not isinstance(document, dict):
        raise GradeRejected("wrong_shape", "The model's answer is not an object.")
    return document


def _criterion(name: Criterion, entry: Mapping[str, Any], answers: Sequence[AnswerEvidence]) -> CriterionGrade:
    quotes = entry.get("quotes")
    if not isinstance(quotes, list) or not quotes:
        raise GradeRejected("no_quote", f"There is no quote for {name}.")
    if not isinstance(entry.get("plus"), bool):
        raise GradeRejected("wrong_shape", f"The plus of {name} is not true or false.")
    return CriterionGrade(
        criterion=name,
        level=_level(entry, "level"),
        plus=entry["plus"],
        quotes=tuple(_found(quote, answers) for quote in quotes),
        why=_text(entry, "why"),
        next_step=_text(entry, "next_step"),
    )


def _found(quote: Any, answers: Sequence[AnswerEvidence]) -> tuple[str, str]:
    if not isinstance(quote, str) or len(tokens(quote)) < _LEAST_QUOTE_WORDS:
        raise GradeRejected("no_quote", "A quote is too short to show anything.")
    for answer in answers:
        if stands_in(quote, without_pleas(answer.text)):
            return answer.answer_id, quote.strip()
    raise GradeRejected("quote_not_found", "A quote does not stand in the transcript.")


def _level(entry: Mapping[str, Any], field: str) -> Level:
    for level in LEVELS:
        if entry.get(field) == level:
            return level
    raise GradeRejected("wrong_level", f"The field {field} holds no level.")


def _text(entry: Mapping[str, Any], field: str) -> str:
    """A sentence for the learner, cut where the model was told to stop."""
    value = entry.get(field)
    if not isinstance(value, str) or not value.strip():
        raise GradeRejected("wrong_shape", f"The field {field} is empty.")
    return " ".join(value.split()[:MOST_WORDS])


def _corrections(document: Mapping[str, Any], answers: Sequence[AnswerEvidence]) -> tuple[Correction, ...]:
    """The corrections of things that were really said; an invented one is left out, the grading stands."""
    entries = document.get("corrections")
    if not isinstance(entries, list):
        raise GradeRejected("wrong_shape", "The grading has no list of corrections.")
    kept = []
    for entry in entries[:_MOST_CORRECTIONS]:
        said, better = (entry.get("said"), entry.get("better")) if isinstance(entry, dict) else (None, None)
        if not isinstance(said, str) or not isinstance(better, str) or not better.strip():
            continue
        if said.strip() != better.strip() and any(stands_in(said, answer.text) for answer in answers):
            kept.append(Correction(said=said.strip(), better=better.strip()))
    return tuple(kept)
