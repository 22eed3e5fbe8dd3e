"""Reports: made in the background, never lost, with a model or without; and progress over several."""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from exam.assessment.models import Correction
from exam.config import ExamConfig
from exam.errors import ReportNotReady
from exam.models import ExamState, GradingState
from exam.report import records
from exam.report.pdf import as_pdf
from exam.report.tables import as_csv
from llm.models import ChatRequest
from tests.unit.exam.engine.conftest import ADA, Bench
from tests.unit.exam.engine.speaker import answers


def sat(bench: Bench, form: str = "quick-check", level: str = "", seed: int = 1) -> str:
    """Take an exam to its last question; its id."""
    view = bench.start(form, level)
    return bench.to_the_end(view, answers(view.exam.turn_count, seed=seed)).exam.id


def grading(request: ChatRequest) -> Mapping[str, object]:
    """A grading at C1 whose quotes stand in the transcript that was sent."""
    prompt = request.turns[-1].text
    transcript = json.loads(prompt.split("<<<TRANSCRIPT\n")[1].split("\nTRANSCRIPT>>>")[0])
    quote = " ".join(transcript[0]["learner"].split()[:4])
    names = [name for name in ("range", "accuracy", "fluency", "interaction", "coherence") if f"- {name}:" in prompt]
    one: dict[str, Any] = {"quotes": [quote], "level": "C1", "plus": False, "why": "Clear.", "next_step": "Go on."}
    return {
        "criteria": [{"criterion": name, **one} for name in names],
        "low": "B2",
        "high": "C1",
        "strength": "You explain well.",
        "next_action": "Tell a story.",
        "corrections": [],
        "confidence": "good",
    }


def test_the_offline_report_is_whole(bench: Bench) -> None:
    exam_id = sat(bench, "linguaskill-style", "B1")
    exam = bench.exams.finish(ADA, exam_id, wait=20)
    report = bench.exams.report(ADA, exam_id)
    assert (exam.state, exam.grading, exam.label) == (ExamState.FINISHED, GradingState.READY, report.label)
    assert report.estimate.method == "offline"
    assert report.estimate.strength
    assert report.estimate.next_action
    assert report.scale_text


def test_sentences_read_aloud_are_not_assessed(bench: Bench) -> None:
    exam_id = sat(bench, "linguaskill-style", "B1")
    bench.exams.finish(ADA, exam_id, wait=20)
    report = bench.exams.report(ADA, exam_id)
    read = [answer for answer in report.answers if answer.kind == "read_aloud"]
    assert len(read) == 8
    assert not any(answer.scored for answer in read)
    assert report.estimate.words < sum(answer.words for answer in report.answers)


def test_there_is_no_report_before_the_end(bench: Bench) -> None:
    exam_id = sat(bench)
    with pytest.raises(ReportNotReady):
        bench.exams.report(ADA, exam_id)


def test_finishing_twice_makes_one_report(bench: Bench) -> None:
    exam_id = sat(bench)
    bench.exams.finish(ADA, exam_id, wait=20)
    first = bench.exams.report(ADA, exam_id)
    bench.clock.advance(minutes=5)
    bench.exams.finish(ADA, exam_id, wait=20)
    assert bench.exams.report(ADA, exam_id) == first


def test_a_restart_makes_the_report_that_was_promised(bench: Bench) -> None:
    exam_id = sat(bench)
    bench.exams._grading._closing.set()
    assert bench.exams.finish(ADA, exam_id).grading is GradingState.PENDING
    with pytest.raises(ReportNotReady):
        bench.exams.report(ADA, exam_id)
    bench.restart()
    assert bench.exams.recover_at_start() == 1
    assert bench.exams.report(ADA, exam_id, wait=20).levels


def test_a_process_that_was_killed_while_it_graded_is_stood_in_for_when_its_lease_is_over(bench: Bench) -> None:
    exam_id = sat(bench)
    bench.exams._grading._closing.set()
    exam = bench.exams.finish(ADA, exam_id)
    held = replace(exam, grading_lease=bench.clock.now() + timedelta(minutes=5), version=exam.version + 1)
    assert bench.stores.exams.change(held, version=exam.version)
    bench.config = ExamConfig(only_process=False)
    bench.restart()
    assert bench.exams.recover_at_start() == 0
    bench.clock.advance(minutes=6)
    assert bench.exams.tidy() == 1
    assert bench.exams.report(ADA, exam_id, wait=20).levels


def test_a_person_can_take_everything_along(bench: Bench) -> None:
    exam_id = sat(bench)
    bench.exams.finish(ADA, exam_id, wait=20)
    bench.clock.advance(minutes=1)
    view = bench.begun(bench.start())
    assert view.turn
    bench.exams.save_draft(ADA, view.exam.id, view.turn.key, "I live in a")
    bench.exams.save_notes(ADA, view.exam.id, view.turn.key, "river, brothers")
    document = json.loads("".join(bench.exams.export_all(ADA)))
    unfinished, exam = document["exams"]
    assert (exam["id"], len(exam["answers"])) == (exam_id, 4)
    assert exam["report"]["honesty"]
    assert (unfinished["drafts"], unfinished["notes"]) == ({view.turn.key: "I live in a"}, {view.turn.key: "river, brothers"})
    assert json.loads("".join(bench.exams.export_all("usr_eve"))) == {"agreed_to_recording_at": None, "exams": []}


def test_a_report_that_broke_says_so_and_can_be_made_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    exam_id = sat(bench)
    with monkeypatch.context() as patched:
        patched.setattr("exam.grading.assess", lambda *_, **__: 1 / 0)
        bench.exams.finish(ADA, exam_id, wait=20)
    with pytest.raises(ReportNotReady, match="could not be made"):
        bench.exams.report(ADA, exam_id)
    bench.exams.grade_again(ADA, exam_id)
    assert bench.exams.report(ADA, exam_id, wait=20).levels


def test_a_model_grades_what_it_can_prove(bench: Bench) -> None:
    bench.models.answers = grading
    exam_id = sat(bench)
    bench.exams.finish(ADA, exam_id, wait=20)
    report = bench.exams.report(ADA, exam_id, wait=20)
    assert report.estimate.method == "groq/m-1"
    assert report.estimate.strength == "You explain well."
    assert report.estimate.failures == ()


def test_an_invented_quote_falls_back_to_the_offline_estimate_with_its_reason(bench: Bench) -> None:
    def invented(request: ChatRequest) -> Mapping[str, object]:
        found: Any = grading(request)
        found["criteria"][0]["quotes"] = ["words that nobody ever said here"]
        return dict(found)

    bench.models.answers = invented
    exam_id = sat(bench)
    bench.exams.finish(ADA, exam_id, wait=20)
    report = bench.exams.report(ADA, exam_id, wait=20)
    assert report.estimate.method == "offline"
    assert {failure.reason for failure in report.estimate.failures} == {"quote_not_found"}


def test_a_grading_is_never_shown_under_another_models_name(bench: Bench) -> None:
    bench.models.answers, bench.models.name = grading, "openai"
    exam_id = sat(bench)
    bench.exams.finish(ADA, exam_id, wait=20)
    report = bench.exams.report(ADA, exam_id, wait=20)
    assert report.estimate.method == "offline"
    assert [failure.model_id for failure in report.estimate.failures] == ["groq/m-1"]


def test_every_format_maps_its_own_criteria_and_never_scores_pronunciation_from_text(bench: Bench) -> None:
    exam_id = sat(bench, "ielts-style", "B1")
    bench.exams.finish(ADA, exam_id, wait=20)
    report = bench.exams.report(ADA, exam_id)
    by_id = {found.id: found for found in report.criteria}
    assert by_id["lexical_resource"].levels
    assert by_id["pronunciation"].levels is None
    assert by_id["pronunciation"].label == "Not assessed"
    assert by_id["pronunciation"].why


def test_a_report_is_the_same_after_storing_and_its_table_holds_no_formula(bench: Bench) -> None:
    view = bench.start()
    texts = answers(4)
    texts[0] = "=HYPERLINK(1) " + texts[0]
    exam_id = bench.to_the_end(view, texts).exam.id
    bench.exams.finish(ADA, exam_id, wait=20)
    report = bench.exams.report(ADA, exam_id)
    assert records.from_text(records.to_text(report)) == report
    table = as_csv(report)
    assert "'=HYPERLINK" in table
    assert ",=HYPERLINK" not in table


def test_progress_compares_tasks_and_calls_overlapping_ranges_chance(bench: Bench) -> None:
    assert bench.exams.progress(ADA).exams == ()
    for seed in range(3):
        exam_id = sat(bench, seed=seed)
        bench.exams.finish(ADA, exam_id, wait=20)
        bench.clock.advance(days=7)
    found = bench.exams.progress(ADA)
    assert len(found.exams) == 3
    assert [point.at for point in found.exams] == sorted(point.at for point in found.exams)
    assert {series.kind for series in found.tasks} == {"interview", "long_turn"}
    assert "overlap" in found.reading
    assert all(point.written for point in found.exams)


def test_what_was_said_stands_beside_what_is_better_under_a_heading_on_every_sheet(bench: Bench) -> None:
    exam_id = sat(bench)
    bench.exams.finish(ADA, exam_id, wait=20)
    report = bench.exams.report(ADA, exam_id)
    said = [Correction(said=f"she go home number {n} on foot", better=f"she goes “home” number {n} — Привет") for n in range(60)]
    said.append(Correction(said="too long", better="🧑‍🤝‍🧑" * 400))
    text = [
        page.extract_text(extraction_mode="layout")
        for page in PdfReader(io.BytesIO(as_pdf(replace(report, estimate=replace(report.estimate, corrections=tuple(said)))))).pages
    ]
    rows = [line for page in text for line in page.splitlines() if "she go home" in line]
    assert len(rows) == 60
    assert all("she goes “home” number" in row and row.endswith("Privet") for row in rows)
    pages = [page for page in text if "she go home" in page]
    assert len(pages) > 1
    assert all("You said" in page.partition("she go home")[0] for page in pages)


def test_the_document_holds_the_result_every_answer_and_the_honest_line(bench: Bench) -> None:
    view = bench.start("linguaskill-style", "B1")
    texts = answers(23)
    texts[0] = "Zażółć “quoted” – 東京, Привет " + texts[0]
    texts[1] = f"{texts[1]} {'and so on ' * 550}to the very end"  # as long as an answer may be
    exam_id = bench.to_the_end(view, texts).exam.id
    bench.exams.finish(ADA, exam_id, wait=20)
    report = bench.exams.report(ADA, exam_id)
    document = as_pdf(report)
    assert document.startswith(b"%PDF-")
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages).split())
    assert report.label in words
    assert "to the very end" in words
    assert f"Page 1 of {len(PdfReader(io.BytesIO(document)).pages)}" in words
    assert words.count("Practice estimate, not an official result.") == 2
    assert "Zazólc “quoted” – DongJing, Privet" in words
    assert all(answer.question.split(".")[0][:30] in words for answer in report.answers)
    assert as_pdf(report) == document
