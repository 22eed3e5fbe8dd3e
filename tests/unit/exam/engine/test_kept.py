"""A recording that is only too short: kept with its question until something else is handed in, or the time is over."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from exam.errors import AnswerStored, ConsentNeeded, ExamNotFound, NothingKept, NotThisTurn, RecordingRefused
from exam.models import Answer, AnswerMode, ExamView, Phase, TranscriptState
from speech.models import Problem
from tests.unit.exam.engine.conftest import ADA, Bench
from tests.unit.exam.engine.speaker import silence, spoken

SAID = "I have lived in a small town near the coast for about ten years, and I like the sea, because we can swim there in summer."
SHORT, OTHER, ENOUGH = spoken(seconds=4), spoken(first=3, seconds=5), spoken(first=1, seconds=16)


def long_turn(bench: Bench, *, mode: str = "exam", turn: int = 4) -> ExamView:
    """Begin the answer of a question; the fourth one asks for 15 seconds."""
    bench.exams.give_consent(ADA)
    view = bench.start(mode=mode)
    while view.turn and view.turn.number < turn:
        view = bench.exams.skip(ADA, view.exam.id, view.turn.key)
    return bench.begun(view)


def key(view: ExamView) -> str:
    assert view.turn
    return view.turn.key


def hand_in(bench: Bench, view: ExamView, sound: bytes, *, anyway: bool = False) -> ExamView:
    return bench.exams.submit_recording(ADA, view.exam.id, key(view), sound, hand_in_anyway=anyway)


def too_short(bench: Bench, view: ExamView, sound: bytes = SHORT) -> ExamView:
    """Hand in what is refused as too short; returns the exam after it."""
    with pytest.raises(RecordingRefused) as refused:
        hand_in(bench, view, sound)
    assert refused.value.kept
    assert [found.problem for found in refused.value.audio_problems] == [Problem.TOO_SHORT]
    return bench.exams.view(ADA, view.exam.id)


def time_is_over(bench: Bench, view: ExamView) -> ExamView:
    assert view.turn
    bench.clock.advance(seconds=view.turn.answer_seconds + bench.exams.grace.total_seconds() + 1)
    return bench.exams.view(ADA, view.exam.id)


def answer_to(bench: Bench, view: ExamView) -> Answer:
    return bench.exams.answer(ADA, view.exam.id, key(view))


def files(bench: Bench) -> int:
    return len(list((bench.folder / "recordings").rglob("*.wav")))


def test_it_is_kept_for_the_question_through_a_restart_and_is_no_answer(bench: Bench) -> None:
    view = too_short(bench, long_turn(bench))
    bench.restart()
    found = bench.exams.view(ADA, view.exam.id)
    assert found.exam == view.exam
    assert found.exam.kept
    assert found.exam.kept.advice[0].startswith("Too short: ")
    assert "of at least 15 s" in found.exam.kept.advice[0]
    assert (found.exam.phase, found.answer) == (Phase.ANSWERING, None)
    assert bench.exams.kept_recording(ADA, view.exam.id, key(view)).data == SHORT
    assert len(bench.exams.answers(ADA, view.exam.id)) == 3


@pytest.mark.parametrize("restarted", [False, True])
def test_when_the_time_is_over_it_is_the_answer_late_and_short_and_is_written_down(bench: Bench, *, restarted: bool) -> None:
    transcriber = bench.with_transcriber()
    view = too_short(bench, long_turn(bench))
    transcriber.may_answer.set()
    if restarted:
        bench.restart()
    after = time_is_over(bench, view)
    assert (after.exam.phase, after.exam.kept) == (Phase.COMPLETE, None)
    bench.settle()
    stored = answer_to(bench, view)
    assert (stored.mode, stored.late, stored.short) == (AnswerMode.SPOKEN, True, True)
    assert (stored.transcript, stored.proposed) == (TranscriptState.PROPOSED, transcriber.heard)
    assert stored.timing
    assert stored.timing.speaking_seconds > 2
    assert bench.exams.recording(ADA, view.exam.id, key(view)).data == SHORT
    assert key(view) not in after.missed
    assert files(bench) == 1


def test_handed_in_as_it_is_it_is_the_same_answer_as_if_it_were_sent_again(bench: Bench) -> None:
    first, second = (too_short(bench, long_turn(bench)) for _ in range(2))
    handed = bench.exams.submit_kept(ADA, first.exam.id, key(first)).answer
    sent = hand_in(bench, second, SHORT, anyway=True).answer
    assert handed
    assert sent
    assert replace(handed, exam_id=sent.exam_id, recording_id=sent.recording_id, question=sent.question) == sent
    assert (handed.short, handed.late, handed.transcript) == (True, False, TranscriptState.NONE)
    assert files(bench) == 2


def test_handing_it_in_twice_and_looking_again_changes_nothing(bench: Bench) -> None:
    view = too_short(bench, long_turn(bench))
    once = bench.exams.submit_kept(ADA, view.exam.id, key(view))
    assert bench.exams.submit_kept(ADA, view.exam.id, key(view)) == once
    bench.exams.go_on(ADA, view.exam.id, key(view))
    bench.exams.submit_kept(ADA, view.exam.id, key(view))
    assert answer_to(bench, view) == once.answer
    assert bench.exams.recording(ADA, view.exam.id, key(view)).data == SHORT


def test_the_same_one_again_is_kept_once_and_another_one_replaces_it(bench: Bench) -> None:
    view = too_short(bench, long_turn(bench))
    assert too_short(bench, view) == view
    assert files(bench) == 1
    too_short(bench, view, OTHER)
    assert bench.exams.kept_recording(ADA, view.exam.id, key(view)).data == OTHER
    assert files(bench) == 1


def test_eight_tabs_with_the_same_one_keep_one_file(bench: Bench) -> None:
    view = long_turn(bench)

    def kept(_: int) -> bool:
        with pytest.raises(RecordingRefused) as refused:
            hand_in(bench, view, SHORT)
        return refused.value.kept

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(kept, range(8)))
    assert bench.exams.kept_recording(ADA, view.exam.id, key(view)).data == SHORT
    assert files(bench) == 1


def _typed(bench: Bench, view: ExamView) -> None:
    bench.exams.submit_text(ADA, view.exam.id, key(view), SAID)


def _passed(bench: Bench, view: ExamView) -> None:
    bench.exams.skip(ADA, view.exam.id, key(view))


def _left(bench: Bench, view: ExamView) -> None:
    bench.exams.abandon(ADA, view.exam.id)


def _deleted(bench: Bench, view: ExamView) -> None:
    bench.exams.delete(ADA, view.exam.id)


def _everything_deleted(bench: Bench, _view: ExamView) -> None:
    bench.exams.delete_all_of(ADA)


@pytest.mark.parametrize("act", [_typed, _passed, _left, _deleted, _everything_deleted])
def test_it_goes_when_something_else_happens_to_the_question(bench: Bench, act: Callable[[Bench, ExamView], None]) -> None:
    view = too_short(bench, long_turn(bench))
    act(bench, view)
    assert files(bench) == 0
    with pytest.raises((NothingKept, ExamNotFound)):
        bench.exams.kept_recording(ADA, view.exam.id, key(view))


def test_a_better_recording_takes_its_place(bench: Bench) -> None:
    view = too_short(bench, long_turn(bench))
    hand_in(bench, view, ENOUGH)
    stored = answer_to(bench, view)
    assert (stored.short, stored.mode) == (False, AnswerMode.SPOKEN)
    assert bench.exams.recording(ADA, view.exam.id, key(view)).data == ENOUGH
    assert files(bench) == 1


def test_a_silent_one_is_not_kept_and_takes_nobodys_place(bench: Bench) -> None:
    view = too_short(bench, long_turn(bench))
    with pytest.raises(RecordingRefused) as refused:
        hand_in(bench, view, silence(3))
    assert {found.problem for found in refused.value.audio_problems} == {Problem.SILENT, Problem.TOO_SHORT}
    assert not refused.value.kept
    assert bench.exams.kept_recording(ADA, view.exam.id, key(view)).data == SHORT
    assert files(bench) == 1


@pytest.mark.parametrize("anyway", [False, True])
def test_less_than_a_second_is_neither_kept_nor_an_answer(bench: Bench, *, anyway: bool) -> None:
    for view in (long_turn(bench), long_turn(bench, turn=1)):
        with pytest.raises(RecordingRefused) as refused:
            hand_in(bench, view, SHORT[: 44 + 16_000], anyway=anyway)
        assert [found.problem for found in refused.value.audio_problems] == [Problem.TOO_SHORT]
        assert not refused.value.kept
        assert bench.exams.view(ADA, view.exam.id).exam.kept is None
    assert files(bench) == 0


def test_in_practice_it_waits_as_long_as_the_person_does_and_survives_a_pause(bench: Bench) -> None:
    view = too_short(bench, long_turn(bench, mode="practice"))
    bench.exams.pause(ADA, view.exam.id)
    bench.restart()
    bench.exams.resume(ADA, view.exam.id)
    assert time_is_over(bench, view).answer is None
    handed = bench.exams.submit_kept(ADA, view.exam.id, key(view))
    assert handed.answer
    assert handed.feedback
    assert (handed.answer.short, handed.answer.late) == (True, True)


@pytest.mark.parametrize(("way", "mode"), [("type", AnswerMode.TYPED), ("speak", AnswerMode.SPOKEN), ("upload", AnswerMode.SPOKEN)])
def test_of_it_and_of_what_is_being_typed_the_way_that_was_chosen_last_counts(bench: Bench, way: str, mode: AnswerMode) -> None:
    view = too_short(bench, long_turn(bench))
    bench.exams.save_draft(ADA, view.exam.id, key(view), SAID)
    bench.exams.choose_way(ADA, view.exam.id, way)
    time_is_over(bench, view)
    assert answer_to(bench, view).mode is mode
    assert files(bench) == (1 if mode is AnswerMode.SPOKEN else 0)


def test_it_counts_for_who_went_to_type_and_typed_nothing(bench: Bench) -> None:
    view = too_short(bench, long_turn(bench))
    bench.exams.choose_way(ADA, view.exam.id, "type")
    time_is_over(bench, view)
    assert answer_to(bench, view).mode is AnswerMode.SPOKEN


def test_beside_a_stored_answer_it_changes_nothing_until_it_is_handed_in(bench: Bench) -> None:
    view = long_turn(bench)
    hand_in(bench, view, ENOUGH)
    beside = too_short(bench, view)
    assert beside.answer
    assert not beside.answer.short
    assert files(bench) == 2
    bench.exams.go_on(ADA, view.exam.id, key(view))
    assert bench.exams.recording(ADA, view.exam.id, key(view)).data == ENOUGH
    assert files(bench) == 1


def test_it_replaces_a_stored_answer_only_as_long_as_that_may_be_given_again(bench: Bench) -> None:
    first, second = long_turn(bench), long_turn(bench)
    for view in (first, second):
        hand_in(bench, view, ENOUGH)
        too_short(bench, view)
    again = bench.exams.submit_kept(ADA, first.exam.id, key(first))
    assert again.answer
    assert (again.answer.short, again.answer.version) == (True, 2)
    time_is_over(bench, second)
    with pytest.raises(AnswerStored):
        bench.exams.submit_kept(ADA, second.exam.id, key(second))
    assert not answer_to(bench, second).short


def test_without_one_there_is_nothing_to_hand_in(bench: Bench) -> None:
    view = long_turn(bench)
    with pytest.raises(NothingKept):
        bench.exams.submit_kept(ADA, view.exam.id, key(view))
    too_short(bench, view)
    for wrong in ("other", bench.exams.answers(ADA, view.exam.id)[0].turn_key):
        with pytest.raises(NothingKept):
            bench.exams.kept_recording(ADA, view.exam.id, wrong)
    with pytest.raises(NotThisTurn):
        bench.exams.submit_kept(ADA, view.exam.id, "other")
    with pytest.raises(ExamNotFound):
        bench.exams.kept_recording("usr_eve", view.exam.id, key(view))
    bench.exams.give_consent("usr_eve")
    with pytest.raises(ExamNotFound):
        bench.exams.submit_kept("usr_eve", view.exam.id, key(view))


def test_after_the_agreement_is_taken_back_nobody_hands_it_in_or_writes_it_down(bench: Bench) -> None:
    transcriber = bench.with_transcriber()
    view = too_short(bench, long_turn(bench))
    bench.exams.withdraw_consent(ADA)
    with pytest.raises(ConsentNeeded):
        bench.exams.submit_kept(ADA, view.exam.id, key(view))
    transcriber.may_answer.set()
    time_is_over(bench, view)
    bench.settle()
    stored = answer_to(bench, view)
    assert (stored.mode, stored.transcript) == (AnswerMode.SPOKEN, TranscriptState.FAILED)
    assert transcriber.asked == []


def test_it_is_named_in_what_a_person_takes_along(bench: Bench) -> None:
    view = too_short(bench, long_turn(bench))
    assert view.exam.kept
    (exam,) = json.loads("".join(bench.exams.export_list(ADA)))
    assert exam["kept_recording"]["recording_id"] == view.exam.kept.recording_id
    assert exam["kept_recording"]["turn_key"] == key(view)
