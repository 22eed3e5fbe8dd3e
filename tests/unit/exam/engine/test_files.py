"""The report as files: what somebody said is text in every program that opens them."""

import csv
import io
from dataclasses import replace

import pytest

from exam.report.models import Report
from exam.report.tables import as_csv
from tests.unit.exam.engine.conftest import ADA, Bench
from tests.unit.exam.engine.speaker import answers

FORMULAS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "  =", "\u00a0+", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.fixture
def report(bench: Bench) -> Report:
    view = bench.start()
    view = bench.to_the_end(view, [f"{text} Well - I'm sure." for text in answers(view.exam.turn_count)])
    bench.exams.finish(ADA, view.exam.id, wait=20)
    return bench.exams.report(ADA, view.exam.id)


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")) for cell in row]


def test_no_cell_of_the_table_begins_a_formula(report: Report) -> None:
    (first, *rest) = report.answers
    for start in FORMULAS:
        nasty = f'{start}HYPERLINK("https://evil.example", "1")'
        text = as_csv(replace(report, title=nasty, answers=(replace(first, text=nasty, question=nasty), *rest)))
        assert [cell for cell in cells(text) if "HYPERLINK" in cell] == [f"'{nasty}"] * 3


def test_an_ordinary_answer_stands_in_the_table_as_it_was_said(report: Report) -> None:
    assert {answer.text for answer in report.answers} <= set(cells(as_csv(report)))
