"""Recordings in an exam: checked, kept, written down in the background, corrected by the person."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from exam.errors import AnswerInvalid, AnswerNotFound, ConsentNeeded, ExamClosed, RecordingRefused, TranscriptsOpen
from exam.models import Answer, AnswerMode, ExamView, TranscriptState
from speech.models import Problem
from tests.unit.exam.engine.conftest import ADA, Bench
from tests.unit.exam.engine.speaker import silence, spoken

SAID = "I have lived in a small town near the coast for about ten years."


def record(bench: Bench, view: ExamView, *, first: int = 0, anyway: bool = False) -> ExamView:
    assert view.turn
    bench.exams.give_consent(ADA)
    bench.exams.begin_answer(ADA, view.exam.id, view.turn.key)
    return bench.exams.submit_recording(ADA, view.exam.id, view.turn.key, spoken(first=first), hand_in_anyway=anyway)


def answer_of(bench: Bench, view: ExamView) -> Answer:
    assert view.turn
    return bench.exams.answer(ADA, view.exam.id, view.turn.key)


def files(bench: Bench) -> int:
    return len(list((bench.folder / "recordings").rglob("*.wav")))


def test_without_anybody_to_write_it_down_the_person_types_what_they_said(bench: Bench) -> None:
    view = record(bench, bench.start())
    assert view.turn
    assert answer_of(bench, view).transcript is TranscriptState.NONE
    typed = bench.exams.confirm_transcript(ADA, view.exam.id, view.turn.key, SAID)
    assert (typed.text, typed.transcript, typed.mode) == (SAID, TranscriptState.CONFIRMED, AnswerMode.SPOKEN)
    assert typed.timing
    with pytest.raises(AnswerInvalid):
        bench.exams.confirm_transcript(ADA, view.exam.id, view.turn.key, "a" * 6_001)


def test_what_was_heard_is_a_proposal_until_the_person_confirms_it(bench: Bench) -> None:
    transcriber = bench.with_transcriber()
    view = record(bench, bench.start())
    assert view.turn
    assert answer_of(bench, view).transcript is TranscriptState.PENDING
    transcriber.may_answer.set()
    bench.settle()
    heard = answer_of(bench, view)
    assert (heard.transcript, heard.proposed, heard.text, heard.transcriber) == (
        TranscriptState.PROPOSED,
        transcriber.heard,
        "",
        "held/v1",
    )
    assert bench.exams.confirm_transcript(ADA, view.exam.id, view.turn.key, SAID).text == SAID


def test_words_typed_meanwhile_are_not_overwritten(bench: Bench) -> None:
    transcriber = bench.with_transcriber()
    view = record(bench, bench.start())
    assert view.turn
    bench.exams.confirm_transcript(ADA, view.exam.id, view.turn.key, SAID)
    transcriber.may_answer.set()
    bench.settle()
    stored = answer_of(bench, view)
    assert (stored.text, stored.transcript, stored.proposed) == (SAID, TranscriptState.CONFIRMED, "")


def test_a_failed_transcription_says_why_and_can_be_tried_again(bench: Bench) -> None:
    transcriber = bench.with_transcriber()
    transcriber.fails = True
    transcriber.may_answer.set()
    view = record(bench, bench.start())
    assert view.turn
    bench.settle()
    failed = answer_of(bench, view)
    assert failed.transcript is TranscriptState.FAILED
    assert failed.transcript_error
    assert failed.recording_id
    bench.restart()
    transcriber.fails = False
    bench.exams.withdraw_consent(ADA)
    with pytest.raises(ConsentNeeded):
        bench.exams.retry_transcript(ADA, view.exam.id, view.turn.key)
    bench.exams.give_consent(ADA)
    assert bench.exams.retry_transcript(ADA, view.exam.id, view.turn.key).transcript is TranscriptState.PENDING
    bench.settle()
    assert answer_of(bench, view).transcript is TranscriptState.PROPOSED


def test_a_recording_that_waits_is_not_written_down_when_the_agreement_is_taken_back_meanwhile(bench: Bench) -> None:
    transcriber = bench.with_transcriber()
    transcriber.may_answer.set()
    bench.exams._hearing._closing.set()
    view = record(bench, bench.start())
    bench.exams.withdraw_consent(ADA)
    bench.restart()
    assert bench.exams.recover_at_start() == 1
    bench.settle()
    kept = answer_of(bench, view)
    assert (kept.transcript, kept.proposed) == (TranscriptState.FAILED, "")
    assert "agreement" in kept.transcript_error
    assert transcriber.asked == []


def test_what_is_heard_can_always_be_handed_in_as_it_is(bench: Bench) -> None:
    transcriber = bench.with_transcriber()
    transcriber.heard = "\x00I live here\u202e. " + "Thank you. " * 800
    transcriber.may_answer.set()
    view = record(bench, bench.start())
    assert view.turn
    bench.settle()
    heard = answer_of(bench, view).proposed
    assert heard.startswith("I live here . Thank you.")
    assert bench.exams.confirm_transcript(ADA, view.exam.id, view.turn.key, heard).text == heard


def test_a_restart_takes_up_what_was_not_written_down(bench: Bench) -> None:
    transcriber = bench.with_transcriber()
    bench.exams._hearing._closing.set()
    view = record(bench, bench.start())
    bench.restart()
    assert answer_of(bench, view).transcript is TranscriptState.PENDING
    assert bench.exams.recover_at_start() == 1
    bench.settle()
    assert answer_of(bench, view).proposed == transcriber.heard
    assert len(transcriber.asked) == 1


def test_a_process_that_was_killed_while_it_listened_is_stood_in_for(bench: Bench) -> None:
    transcriber = bench.with_transcriber()
    bench.exams._hearing._closing.set()
    view = record(bench, bench.start())
    answer = answer_of(bench, view)
    held = replace(answer, transcript_lease=bench.clock.now() + timedelta(minutes=5), version=answer.version + 1)
    assert bench.stores.exams.change_answer(held, version=answer.version)
    bench.restart()
    assert bench.exams.tidy() == 0
    assert bench.exams.recover_at_start() == 1
    bench.settle()
    assert answer_of(bench, view).proposed == transcriber.heard


def test_a_transcriber_that_breaks_leaves_the_recording_and_a_way_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    transcriber = bench.with_transcriber()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(transcriber, "transcribe", broken)
    view = record(bench, bench.start())
    bench.settle()
    stored = answer_of(bench, view)
    assert stored.transcript is TranscriptState.FAILED
    assert "Type what you said" in stored.transcript_error
    assert "out of order" not in stored.transcript_error
    assert files(bench) == 1


def test_a_recording_that_is_gone_is_said_to_be_gone(bench: Bench) -> None:
    bench.with_transcriber()
    bench.exams._hearing._closing.set()
    view = record(bench, bench.start())
    assert view.turn
    bench.recordings.delete(ADA, answer_of(bench, view).recording_id)
    bench.restart()
    bench.exams.recover_at_start()
    bench.settle()
    assert "not there any more" in answer_of(bench, view).transcript_error
    with pytest.raises(AnswerNotFound):
        bench.exams.recording(ADA, view.exam.id, view.turn.key)


def test_eight_tabs_with_the_same_recording_keep_one_file(bench: Bench) -> None:
    bench.exams.give_consent(ADA)
    view = bench.begun(bench.start())
    assert view.turn
    key, sound = view.turn.key, spoken()
    with ThreadPoolExecutor(8) as pool:
        views = list(pool.map(lambda _: bench.exams.submit_recording(ADA, view.exam.id, key, sound), range(8)))
    assert {one.answer.recording_id for one in views if one.answer} == {answer_of(bench, view).recording_id}
    assert files(bench) == 1
    assert bench.exams.recording(ADA, view.exam.id, key).data == sound


def test_recording_again_replaces_the_first_and_leaves_one_file(bench: Bench) -> None:
    view = record(bench, bench.start(mode="practice"))
    first = answer_of(bench, view)
    assert view.may_answer_again
    again = record_again(bench, view)
    assert again.recording_id != first.recording_id
    assert files(bench) == 1
    assert len(bench.exams.answers(ADA, view.exam.id)) == 1


def record_again(bench: Bench, view: ExamView) -> Answer:
    assert view.turn
    bench.exams.submit_recording(ADA, view.exam.id, view.turn.key, spoken(first=3))
    return answer_of(bench, view)


def test_the_same_recording_again_is_kept_once(bench: Bench) -> None:
    view = record(bench, bench.start())
    assert view.turn
    first = answer_of(bench, view)
    bench.exams.submit_recording(ADA, view.exam.id, view.turn.key, spoken())
    assert answer_of(bench, view) == first
    assert files(bench) == 1


def test_a_silent_recording_is_refused_whatever_the_person_says_and_nothing_is_kept(bench: Bench) -> None:
    bench.exams.give_consent(ADA)
    view = bench.begun(bench.start())
    assert view.turn
    with pytest.raises(RecordingRefused) as refused:
        bench.exams.submit_recording(ADA, view.exam.id, view.turn.key, silence(), hand_in_anyway=True)
    assert refused.value.audio_problems[0].problem is Problem.SILENT
    assert files(bench) == 0
    assert bench.exams.answers(ADA, view.exam.id) == []


def test_a_short_recording_can_be_handed_in_all_the_same(bench: Bench) -> None:
    view = bench.start()
    while view.turn and view.turn.kind != "long_turn":
        view = bench.exams.skip(ADA, view.exam.id, view.turn.key)
    with pytest.raises(RecordingRefused) as refused:
        record(bench, view)
    assert [found.problem for found in refused.value.audio_problems] == [Problem.TOO_SHORT]
    record(bench, view, anyway=True)
    stored = answer_of(bench, view)
    assert stored.short


def test_an_exam_waits_for_its_transcripts_unless_they_are_accepted(bench: Bench) -> None:
    transcriber = bench.with_transcriber()
    view = bench.start()
    for number in range(4):
        view = record(bench, view, first=number, anyway=True)
        assert view.turn
        view = bench.exams.go_on(ADA, view.exam.id, view.turn.key)
    transcriber.may_answer.set()
    bench.settle()
    with pytest.raises(TranscriptsOpen) as waiting:
        bench.exams.finish(ADA, view.exam.id)
    assert len(waiting.value.turn_keys) == 4
    bench.restart()
    bench.exams.finish(ADA, view.exam.id, accept_transcripts=True, wait=20)
    report = bench.exams.report(ADA, view.exam.id, wait=20)
    assert [answer.text for answer in report.answers] == [transcriber.heard] * 4
    assert report.levels is None
    with pytest.raises(ExamClosed):
        bench.exams.confirm_transcript(ADA, view.exam.id, report.answers[0].turn_key, SAID)


def test_without_words_the_report_shows_the_timing_and_no_level(bench: Bench) -> None:
    view = bench.start()
    for number in range(4):
        view = record(bench, view, first=number, anyway=True)
        assert view.turn
        view = bench.exams.go_on(ADA, view.exam.id, view.turn.key)
    bench.exams.finish(ADA, view.exam.id, wait=20)
    report = bench.exams.report(ADA, view.exam.id, wait=20)
    assert report.levels is None
    assert all(answer.ribbon and answer.speaking_seconds > 1 and answer.words_per_minute is None for answer in report.answers)
    assert any("only the timing" in note for note in report.notes)


def test_a_typed_answer_has_no_transcript_and_no_recording(bench: Bench) -> None:
    view = bench.begun(bench.start())
    assert view.turn
    bench.exams.submit_text(ADA, view.exam.id, view.turn.key, SAID)
    with pytest.raises(AnswerNotFound):
        bench.exams.recording(ADA, view.exam.id, view.turn.key)
    with pytest.raises(AnswerNotFound):
        bench.exams.confirm_transcript(ADA, view.exam.id, view.turn.key, "other words")
