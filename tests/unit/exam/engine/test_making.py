"""From an estimate to a style's own range and scale."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from exam.assessment.models import Estimate, Scored, nearest
from exam.models import ExamScript, ScriptCriterion
from exam.progress import progress_of
from exam.report.making import made
from lexis import Level
from tests.contract.exams.test_exams import answer, exam, script
from tests.factories import NOW

CRITERIA = (ScriptCriterion(id="range", title="Range", aspects=("range",)),)


def estimate(low: float, high: float, **changes: Any) -> Estimate:
    levels = nearest(low), nearest(high)
    found = Estimate(
        status="estimated",
        label=levels[0] if levels[0] == levels[1] else f"{levels[0]} to {levels[1]}",
        words=200,
        method="offline",
        method_label="Offline",
        confidence="medium",
        confidence_why="",
        strength="",
        next_action="",
        criteria=(),
        scored=Scored(level=(low + high) / 2, low=low, high=high),
        levels=levels,
    )
    return replace(found, **changes)


def kept(lowest: Level, highest: Level, **scale: str) -> ExamScript:
    return replace(script(exam()), lowest=lowest, highest=highest, criteria=CRITERIA, scale=scale)


@pytest.mark.parametrize(
    ("low", "high", "label"),
    [
        (2, 3, "A2 to B1"),
        (1, 3, "A2 to B1"),
        (3, 5, "B1 to B2"),
        (1, 2, "A2 or below"),
        (4, 6, "B2 or above"),
        (1, 1, "Below A2"),
        (5, 6, "B2 or above"),
    ],
)
def test_a_range_is_told_within_what_the_style_can_show(low: float, high: float, label: str) -> None:
    report = made(exam(), kept("A2", "B2"), [answer(exam())], estimate(low, high), at=exam().created_at)
    assert report.label == label


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(3, 3, "4–5"), (3, 4, "4–5 to 5.5–6.5"), (2, 4, "up to 5.5–6.5"), (4, 6, "5.5–6.5 and above"), (1, 2, "")],
)
def test_a_scale_promises_nothing_beyond_its_ends(low: float, high: float, text: str) -> None:
    report = made(exam(), kept("A1", "C2", B1="4–5", B2="5.5–6.5"), [answer(exam())], estimate(low, high), at=exam().created_at)
    assert report.scale_text == text


def test_a_scale_goes_on_above_where_the_range_does() -> None:
    found = estimate(2, 4, label="A2 to B2 or above")
    report = made(exam(), kept("A2", "B2", A2="120–139", B1="140–159", B2="160–179"), [answer(exam())], found, at=exam().created_at)
    assert (report.label, report.scale_text) == ("A2 to B2 or above", "120–139 to 160–179 or above")


def test_without_evidence_there_is_no_range_at_all() -> None:
    nothing = estimate(2, 3, status="not enough evidence", label="Not enough evidence", levels=None, scored=None)
    report = made(exam(), kept("A2", "B2", B1="140–159"), [], nothing, at=exam().created_at)
    assert (report.levels, report.label, report.scale_text) == (None, "Not enough evidence", "")
    assert report.unanswered == 2


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((1, 2), (3, 4), "above"),
        ((3, 4), (1, 2), "below"),
        ((2, 4), (2.5, 4), "overlap"),
        ((1, 2.2), (2.1, 4), "overlap"),  # each middle lies outside the other range
        ((1, 2.1), (2.3, 4), "overlap"),  # both are drawn with A2
    ],
)
def test_progress_calls_only_separate_ranges_a_change(first: tuple[float, float], last: tuple[float, float], words: str) -> None:
    middle = (2.0, 3.0)
    reports = [
        made(exam(f"e{day}"), kept("A1", "C2"), [answer(exam(f"e{day}"))], estimate(*ends), at=NOW + timedelta(days=day))
        for day, ends in enumerate((first, middle, last))
    ]
    found = progress_of(reports[::-1])
    assert words in found.reading
    assert [point.exam_id for point in found.exams] == ["exam_e0", "exam_e1", "exam_e2"]
    assert "one time in four" in found.noise


def test_two_results_are_too_few_for_a_direction() -> None:
    report = made(exam(), kept("A1", "C2"), [], estimate(1, 2), at=NOW)
    assert "too few" in progress_of([report, report]).reading
