"""The clock of an exam: stored deadlines, grace, pauses; and what two modes make of them."""

import pytest

from exam.errors import (
    AnswerInvalid,
    AnswerStored,
    AnswerTooShort,
    ExamClosed,
    ExamNotComplete,
    ExamNotFound,
    ExamPaused,
    NotThisTurn,
    PauseNotAllowed,
    TimeOver,
    WrongMoment,
)
from exam.models import AnswerMode, ExamState, Phase
from tests.unit.exam.engine.conftest import ADA, Bench
from tests.unit.exam.engine.speaker import answers

TEXT = "I live in a small town near the river with my two brothers."


def test_no_clock_runs_before_it_is_started(bench: Bench) -> None:
    view = bench.start()
    bench.clock.advance(hours=3)
    view = bench.exams.view(ADA, view.exam.id)
    assert (view.exam.phase, view.seconds_left, view.missed) == (Phase.READY, None, ())


def test_the_answer_time_follows_the_preparation_by_itself_also_over_a_restart(bench: Bench) -> None:
    view = bench.start("aptis-style", "B1")
    while view.turn and not view.turn.preparation_seconds:
        view = bench.exams.skip(ADA, view.exam.id, view.turn.key)
    assert view.turn
    begun = bench.exams.begin_preparation(ADA, view.exam.id, view.turn.key)
    assert (begun.exam.phase, begun.seconds_left) == (Phase.PREPARING, 60)
    bench.exams.save_notes(ADA, view.exam.id, view.turn.key, "bees, honey")
    bench.clock.advance(seconds=75)
    bench.restart()
    view = bench.exams.view(ADA, view.exam.id)
    assert (view.exam.phase, view.seconds_left, view.notes) == (Phase.ANSWERING, 105, "bees, honey")


def test_the_preparation_can_be_ended_early_and_the_whole_answer_time_remains(bench: Bench) -> None:
    view = bench.start("aptis-style", "B1")
    while view.turn and not view.turn.preparation_seconds:
        view = bench.exams.skip(ADA, view.exam.id, view.turn.key)
    assert view.turn
    bench.exams.begin_preparation(ADA, view.exam.id, view.turn.key)
    bench.clock.advance(seconds=10)
    assert bench.exams.begin_answer(ADA, view.exam.id, view.turn.key).seconds_left == 120


def test_a_reload_does_not_reset_the_timer(bench: Bench) -> None:
    view = bench.begun(bench.start())
    bench.clock.advance(seconds=12)
    assert bench.begun(view).seconds_left == 18


def test_within_the_grace_an_answer_counts_and_is_marked_late(bench: Bench) -> None:
    view = bench.begun(bench.start())
    bench.clock.advance(seconds=30 + 60)
    assert view.turn
    assert bench.exams.view(ADA, view.exam.id).overtime
    stored = bench.exams.submit_text(ADA, view.exam.id, view.turn.key, "Too little")
    assert stored.answer
    assert (stored.answer.late, stored.answer.short, stored.exam.phase) == (True, True, Phase.ANSWERED)


def test_after_the_grace_the_turn_is_marked_and_the_exam_stands_at_the_next(bench: Bench) -> None:
    view = bench.begun(bench.start())
    assert view.turn
    bench.clock.advance(seconds=30 + 61)
    with pytest.raises(TimeOver):
        bench.exams.submit_text(ADA, view.exam.id, view.turn.key, TEXT)
    after = bench.exams.view(ADA, view.exam.id)
    assert after.turn
    assert (after.turn.number, after.exam.phase, after.missed) == (2, Phase.READY, (view.turn.key,))
    bench.clock.advance(days=2)
    assert bench.exams.view(ADA, view.exam.id).missed == (view.turn.key,)


def test_in_practice_time_closes_nothing(bench: Bench) -> None:
    view = bench.begun(bench.start(mode="practice"))
    assert view.turn
    bench.clock.advance(hours=2)
    stored = bench.exams.submit_text(ADA, view.exam.id, view.turn.key, TEXT)
    assert stored.answer
    assert stored.answer.late
    assert stored.missed == ()
    assert stored.feedback
    assert any("after the time" in note for note in stored.feedback.notes)


def test_an_exam_pauses_only_between_questions(bench: Bench) -> None:
    view = bench.start()
    assert view.may_pause
    view = bench.begun(view)
    assert not view.may_pause
    with pytest.raises(PauseNotAllowed):
        bench.exams.pause(ADA, view.exam.id)
    assert bench.exams.view(ADA, view.exam.id).exam.state is ExamState.RUNNING


def test_practice_pauses_at_any_time_and_the_clock_stands(bench: Bench) -> None:
    view = bench.begun(bench.start(mode="practice"))
    assert view.turn
    bench.clock.advance(seconds=10)
    assert bench.exams.pause(ADA, view.exam.id).seconds_left == 20
    bench.clock.advance(days=1)
    bench.restart()
    with pytest.raises(ExamPaused):
        bench.exams.submit_text(ADA, view.exam.id, view.turn.key, TEXT)
    assert bench.exams.view(ADA, view.exam.id).seconds_left == 20
    assert bench.exams.resume(ADA, view.exam.id).seconds_left == 20
    bench.clock.advance(seconds=5)
    assert bench.exams.view(ADA, view.exam.id).seconds_left == 15


def test_a_paused_preparation_goes_on_with_the_whole_answer_time_behind_it(bench: Bench) -> None:
    view = bench.start("aptis-style", "B1", mode="practice")
    while view.turn and not view.turn.preparation_seconds:
        view = bench.exams.skip(ADA, view.exam.id, view.turn.key)
    assert view.turn
    bench.exams.begin_preparation(ADA, view.exam.id, view.turn.key)
    bench.clock.advance(seconds=20)
    bench.exams.pause(ADA, view.exam.id)
    bench.clock.advance(hours=1)
    assert bench.exams.resume(ADA, view.exam.id).seconds_left == 40
    bench.clock.advance(seconds=41)
    view = bench.exams.view(ADA, view.exam.id)
    assert (view.exam.phase, view.seconds_left) == (Phase.ANSWERING, 119)


def test_an_answer_before_the_clock_or_for_another_question_is_refused(bench: Bench) -> None:
    view = bench.start()
    assert view.turn
    with pytest.raises(WrongMoment):
        bench.exams.submit_text(ADA, view.exam.id, view.turn.key, TEXT)
    with pytest.raises(NotThisTurn):
        bench.exams.submit_text(ADA, view.exam.id, "talk-4", TEXT)
    with pytest.raises(WrongMoment):
        bench.exams.go_on(ADA, view.exam.id, view.turn.key)
    assert bench.exams.answers(ADA, view.exam.id) == []


def test_an_exam_answer_can_be_given_again_only_within_its_time(bench: Bench) -> None:
    view = bench.begun(bench.start())
    assert view.turn
    key = view.turn.key
    assert bench.exams.submit_text(ADA, view.exam.id, key, TEXT).may_answer_again
    bench.clock.advance(seconds=20)
    again = bench.exams.submit_text(ADA, view.exam.id, key, TEXT + " And a dog.")
    assert again.answer
    assert again.answer.text.endswith("And a dog.")
    bench.clock.advance(seconds=11)
    assert not bench.exams.view(ADA, view.exam.id).may_answer_again
    with pytest.raises(AnswerStored):
        bench.exams.submit_text(ADA, view.exam.id, key, TEXT + " And a cat.")
    (stored,) = bench.exams.answers(ADA, view.exam.id)
    assert stored.text.endswith("And a dog.")


def test_a_short_answer_is_told_and_can_be_handed_in_all_the_same(bench: Bench) -> None:
    view = bench.begun(bench.start())
    assert view.turn
    with pytest.raises(AnswerTooShort):
        bench.exams.submit_text(ADA, view.exam.id, view.turn.key, "I live here")
    stored = bench.exams.submit_text(ADA, view.exam.id, view.turn.key, "I live here", hand_in_anyway=True)
    assert stored.answer
    assert stored.answer.short


def test_passing_twice_passes_one_question(bench: Bench) -> None:
    view = bench.start()
    assert view.turn
    bench.exams.skip(ADA, view.exam.id, view.turn.key)
    after = bench.exams.skip(ADA, view.exam.id, view.turn.key)
    assert after.turn
    assert after.turn.number == 2
    (stored,) = bench.exams.answers(ADA, view.exam.id)
    assert stored.mode is AnswerMode.NONE


def test_an_open_exam_is_not_finished_and_an_abandoned_one_takes_nothing(bench: Bench) -> None:
    view = bench.start()
    assert view.turn
    with pytest.raises(ExamNotComplete):
        bench.exams.finish(ADA, view.exam.id)
    left = bench.exams.abandon(ADA, view.exam.id)
    assert left.exam.state is ExamState.ABANDONED
    for act in (bench.exams.begin_answer, bench.exams.go_on, bench.exams.skip):
        with pytest.raises(ExamClosed):
            act(ADA, view.exam.id, view.turn.key)
    with pytest.raises(ExamClosed):
        bench.exams.finish(ADA, view.exam.id)


def test_the_last_five_exams_share_no_question(bench: Bench) -> None:
    seen: list[str] = []
    for number in range(6):
        view = bench.to_the_end(bench.start("ielts-style", "B2"), answers(17, seed=number))
        seen += view.exam.item_ids
        bench.clock.advance(minutes=20)
    assert len(seen) == len(set(seen))


def test_a_deleted_exam_is_gone_with_its_recordings(bench: Bench) -> None:
    view = bench.to_the_end(bench.start(), answers(4))
    bench.exams.finish(ADA, view.exam.id, wait=20)
    bench.exams.delete(ADA, view.exam.id)
    with pytest.raises(ExamNotFound):
        bench.exams.view(ADA, view.exam.id)
    assert bench.exams.progress(ADA).exams == ()


def test_what_is_being_typed_is_kept_until_the_answer_is_stored_also_over_a_restart(bench: Bench) -> None:
    view = bench.begun(bench.start())
    assert view.turn
    assert bench.exams.save_draft(ADA, view.exam.id, view.turn.key, "I live in a").draft == "I live in a"
    bench.restart()
    assert bench.exams.view(ADA, view.exam.id).draft == "I live in a"
    stored = bench.exams.submit_text(ADA, view.exam.id, view.turn.key, TEXT)
    assert (stored.draft, stored.answer and stored.answer.text) == ("", TEXT)
    late = bench.exams.save_draft(ADA, view.exam.id, view.turn.key, "I live in a sm")
    assert (late.draft, late.answer and late.answer.text) == ("", TEXT)


@pytest.mark.parametrize("unseen", ["\x00", "\x1b", "\x7f", "\x9f", "\ud83d", "\u202e", "\u2066"])
def test_characters_that_nobody_sees_are_kept_in_no_answer_draft_or_note(bench: Bench, unseen: str) -> None:
    view = bench.begun(bench.start())
    assert view.turn
    typed, kept = f"I live{unseen}in a town.\n\tAnd I like it.", "I live in a town.\n\tAnd I like it."
    assert bench.exams.save_notes(ADA, view.exam.id, view.turn.key, typed).notes == kept
    assert bench.exams.save_draft(ADA, view.exam.id, view.turn.key, typed).draft == kept
    stored = bench.exams.submit_text(ADA, view.exam.id, view.turn.key, typed).answer
    assert stored
    assert stored.text == kept


def test_notes_that_are_no_text_or_too_long_are_refused(bench: Bench) -> None:
    view = bench.start()
    assert view.turn
    for notes in (7, "n" * 4_001):
        with pytest.raises(AnswerInvalid):
            bench.exams.save_notes(ADA, view.exam.id, view.turn.key, notes)
    assert bench.exams.view(ADA, view.exam.id).notes == ""


def test_a_draft_of_another_question_or_of_an_exam_that_was_left_is_refused(bench: Bench) -> None:
    view = bench.begun(bench.start())
    assert view.turn
    with pytest.raises(NotThisTurn):
        bench.exams.save_draft(ADA, view.exam.id, "nothing.like.it", "I live")
    with pytest.raises(ExamNotFound):
        bench.exams.save_draft("usr_eve", view.exam.id, view.turn.key, "I live")
    bench.exams.save_draft(ADA, view.exam.id, view.turn.key, "I live")
    left = bench.exams.abandon(ADA, view.exam.id)
    assert left.exam.drafts == {}
    with pytest.raises(ExamClosed):
        bench.exams.save_draft(ADA, view.exam.id, view.turn.key, "I live")


def test_when_time_and_grace_are_over_what_was_being_typed_is_the_answer(bench: Bench) -> None:
    view = bench.begun(bench.start())
    assert view.turn
    bench.exams.save_draft(ADA, view.exam.id, view.turn.key, TEXT)
    bench.clock.advance(seconds=91)
    after = bench.exams.view(ADA, view.exam.id)
    assert after.turn
    assert (after.turn.number, after.exam.phase, after.missed, after.draft) == (2, Phase.READY, (), "")
    (answer,) = bench.exams.answers(ADA, view.exam.id)
    assert (answer.mode, answer.text, answer.late, answer.short) == (AnswerMode.TYPED, TEXT, True, False)
    again = bench.exams.submit_text(ADA, view.exam.id, view.turn.key, TEXT)
    assert again.turn == after.turn
    with pytest.raises(AnswerStored):
        bench.exams.submit_text(ADA, view.exam.id, view.turn.key, f"{TEXT} And a cat.")


def test_an_empty_draft_is_no_answer_when_the_time_is_over(bench: Bench) -> None:
    view = bench.begun(bench.start())
    assert view.turn
    bench.exams.save_draft(ADA, view.exam.id, view.turn.key, "I")
    bench.exams.save_draft(ADA, view.exam.id, view.turn.key, " ")
    bench.clock.advance(seconds=91)
    assert bench.exams.view(ADA, view.exam.id).missed == (view.turn.key,)
