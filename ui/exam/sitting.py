"""An exam on a page: the question, the clock, the answer; each act is one call of the exam service."""

from dataclasses import dataclass
from datetime import timedelta

import streamlit as st

from core.clock import Clock
from core.errors import AppError
from exam.errors import AnswerInvalid, AnswerTooShort
from exam.models import AnswerMode, ExamMode, ExamState, ExamView, Phase, TranscriptState, TurnView, Way
from exam.service import ExamService
from speech.models import Recording
from ui import faults, frame, menu, messages, state
from ui.exam import acts, listing
from ui.exam.recorder import Recorder
from ui.exam.scripts import Typed
from ui.exam.spoken import Spoken, playable
from ui.views import exam_answer, exam_review, exam_turn
from ui.views.exams import ListIntent

_A_LITTLE = timedelta(seconds=1)
"""Looks at the exam this long after the service closes a turn, not at the very moment."""
_LOOK_UP_SECONDS = 2.0
_REPORT_WAIT = 2.0
_OVER = {
    AnswerMode.TYPED: "The time for the last question was over. What you had typed was handed in.",
    AnswerMode.SPOKEN: "The time for the last question was over. Your recording was handed in.",
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person in one exam."""

    exams: ExamService
    clock: Clock
    user_id: str
    exam_id: str

    @property
    def _recorder(self) -> Recorder:
        return Recorder(self.exams, self.user_id, self.exam_id)

    @property
    def _spoken(self) -> Spoken:
        return Spoken(self.exams, self.clock, self.user_id, self.exam_id)

    def show(self) -> None:
        """Draw the exam as it stands and act on what the person does. Says "not found" for an unknown or foreign one."""
        try:
            view = self.exams.view(self.user_id, self.exam_id)
        except AppError as error:
            frame.not_found(error.message)
        if view.exam.state is ExamState.FINISHED:
            frame.go(menu.REPORT, e=self.exam_id)
        if view.exam.state is ExamState.ABANDONED:
            messages.later("You left this exam for good.", "note")
            frame.go(menu.EXAMS)
        self._menu(view)
        self._say_what_moved(view)
        failed = state.pop("exam.error")
        if isinstance(failed, AppError):
            faults.show(failed)
        if view.exam.state is ExamState.PAUSED:
            if exam_turn.paused(view):
                acts.do(lambda: self.exams.resume(self.user_id, self.exam_id))
        elif view.turn is None:
            self._review(view)
        else:
            self._turn(view, view.turn)

    def _say_what_moved(self, view: ExamView) -> None:
        """Say so when the exam went on without this tab: another tab answered, or the time ran out."""
        now = (self.exam_id, view.turn.key if view.turn else "", view.exam.phase)
        before = state.get("exam.shown")
        state.put("exam.shown", now)
        if state.pop("exam.moved") or not isinstance(before, tuple) or before[0] != self.exam_id:
            return
        _, key, phase = before
        if key in view.missed:
            exam_turn.note("The time for the last question was over, so it counts as not answered.")
        elif phase is not Phase.READY and key != now[1]:
            late = {answer.turn_key: _OVER[answer.mode] for answer in self.exams.answers(self.user_id, self.exam_id) if answer.late}
            exam_turn.note(late.get(key, "The last question was answered in another tab. The exam goes on here."))
        elif phase in {Phase.PREPARING, Phase.ANSWERING} and view.exam.phase is Phase.ANSWERED:
            exam_turn.note("This question was answered in another tab.")

    def _menu(self, view: ExamView) -> None:
        act = exam_turn.heading(view)
        if act == "leave":
            frame.go(menu.EXAMS)
        elif act == "abandon":
            listing.ask(self.exams, self.user_id, ListIntent(act="abandon", id=self.exam_id, title="Leave this exam"))
        elif act == "pause":
            acts.do(lambda: self.exams.pause(self.user_id, self.exam_id))
        elif act == "pass" and view.turn is not None:
            key = view.turn.key
            acts.do(lambda: self.exams.skip(self.user_id, self.exam_id, key))

    def _turn(self, view: ExamView, turn: TurnView) -> None:
        exam_turn.clock(view, turn)
        exam_turn.question(view, turn)
        self._watch(view)
        phase, name = view.exam.phase, f"{self.exam_id}-{turn.key}"
        if phase is Phase.READY:
            self._recorder.get_ready(view.exam)
            begin = exam_turn.begin(turn)
            if begin == "prepare":
                acts.do(lambda: self.exams.begin_preparation(self.user_id, self.exam_id, turn.key))
            elif begin == "answer":
                acts.do(lambda: self.exams.begin_answer(self.user_id, self.exam_id, turn.key))
        elif phase is Phase.PREPARING:
            self._notes(view, turn)
            if exam_turn.begin_early():
                acts.do(lambda: self.exams.begin_answer(self.user_id, self.exam_id, turn.key))
        elif phase is Phase.ANSWERING:
            if turn.preparation_seconds:
                self._notes(view, turn)
            self._answer(name, view, turn, before=view.draft)
        else:
            self._stored(name, view, turn)

    def _notes(self, view: ExamView, turn: TurnView) -> None:
        def save(text: str) -> None:
            try:
                self.exams.save_notes(self.user_id, self.exam_id, turn.key, text)
            except AppError as error:
                state.put("exam.error", error)

        exam_answer.notes(Typed(user_id=self.user_id, exam_id=self.exam_id, turn_key=turn.key, kind="notes"), view.notes, save=save)

    def _answer(self, name: str, view: ExamView, turn: TurnView, *, before: str) -> None:
        way = self._recorder.way(view.exam)
        if way is Way.TYPE:
            refused = state.pop("exam.answer_error")
            if isinstance(refused, AppError):
                faults.show(refused)
            short = state.text("exam.short") == name
            sent = exam_answer.typed(Typed(user_id=self.user_id, exam_id=self.exam_id, turn_key=turn.key), before, may_be_short=short)
            if sent is not None:
                self._hand_in_text(name, turn, *sent)
            self._spoken.kept(view, turn, player=True, done=name)
        elif self._recorder.has_consent():
            self._spoken.show(name, view, turn, way)

    def _hand_in_text(self, name: str, turn: TurnView, text: str, anyway: bool) -> None:  # noqa: FBT001 - what the form returned
        def refused(error: AppError) -> None:
            if isinstance(error, AnswerTooShort):
                state.put("exam.short", name)
            near = isinstance(error, AnswerTooShort | AnswerInvalid)  # what can be mended in the field is said beside it
            state.put("exam.answer_error" if near else "exam.error", error)

        acts.do(lambda: self.exams.submit_text(self.user_id, self.exam_id, turn.key, text, hand_in_anyway=anyway), refused, done=name)

    def _stored(self, name: str, view: ExamView, turn: TurnView) -> None:
        if view.answer is None:
            return
        if state.text("exam.again") == name and view.may_answer_again:
            self._answer(name, view, turn, before=view.answer.text)
            if exam_answer.keep_stored():
                state.pop("exam.again")
                st.rerun()
            return
        wish = exam_answer.stored(view.answer, self._recording(turn.key), again=view.may_answer_again)
        if view.may_answer_again:
            self._spoken.kept(view, turn, player=True, done=name)
        if view.feedback is not None:
            exam_answer.feedback(view.feedback)
        if wish == "again":
            state.put("exam.again", name)
            st.rerun()
        if wish == "next":
            acts.do(lambda: self.exams.go_on(self.user_id, self.exam_id, turn.key))

    def _review(self, view: ExamView) -> None:
        answers = self.exams.answers(self.user_id, self.exam_id)
        if any(answer.transcript is TranscriptState.PENDING for answer in answers):
            acts.look_again(self.clock, self.clock.now() + timedelta(seconds=_LOOK_UP_SECONDS))
        self._write_down_again(state.text(f"exam.hear.{self.exam_id}"))
        wish = exam_review.review(
            answers,
            drafts=view.exam.drafts,
            recording=self._recording,
            may_retry=self.exams.writes_down,
            warned=state.text("exam.warned") == self.exam_id,
        )
        if wish is None:
            return
        if wish.retry:
            state.put(f"exam.hear.{self.exam_id}", wish.retry)
            st.rerun()

        typed = any(answer.mode is AnswerMode.TYPED for answer in answers)
        if not (typed or wish.wordless or any(wish.words.values())) and wish.words:
            state.put("exam.warned", self.exam_id)
            st.rerun()

        def finish() -> None:
            for key, text in wish.words.items():
                self.exams.confirm_transcript(self.user_id, self.exam_id, key, text)
            self.exams.finish(self.user_id, self.exam_id, accept_transcripts=True, wait=_REPORT_WAIT)

        acts.do(finish)

    def _write_down_again(self, turn_key: str) -> None:
        """Have the recording of a turn written down once more, after asking where the agreement to that was taken back."""
        if turn_key and self._recorder.has_consent():
            state.pop(f"exam.hear.{self.exam_id}")
            acts.do(lambda: self.exams.retry_transcript(self.user_id, self.exam_id, turn_key))

    def _recording(self, turn_key: str) -> Recording | None:
        return playable(lambda: self.exams.recording(self.user_id, self.exam_id, turn_key))

    def _watch(self, view: ExamView) -> None:
        """Draw the page anew when the stored clock changes what there is to do."""
        if view.ends_at is None:
            return
        if view.exam.phase is Phase.PREPARING:
            acts.look_again(self.clock, view.ends_at)
        elif view.exam.mode is ExamMode.EXAM:
            acts.look_again(self.clock, view.ends_at + self.exams.grace + _A_LITTLE)
