"""An exam on a page: the question, the clock, the answer; each act is one call of the exam service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import streamlit as st

from core.clock import Clock
from core.errors import AppError
from exam.errors import AnswerInvalid, AnswerTooShort, RecordingRefused
from exam.models import AnswerMode, ExamMode, ExamState, ExamView, Phase, TranscriptState, TurnView, Way
from exam.service import ExamService
from speech.models import Problem, Recording
from ui import exam_list, faults, frame, menu, messages, state
from ui.exam_recorder import Recorder
from ui.exam_scripts import Typed
from ui.views import exam_answer, exam_review, exam_turn
from ui.views.exams import ListIntent

_A_LITTLE = timedelta(seconds=1)
"""Looks at the exam this long after the service closes a turn, not at the very moment."""
_LOOK_UP_SECONDS = 2.0
_REPORT_WAIT = 2.0


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
                self._do(lambda: self.exams.resume(self.user_id, self.exam_id))
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
            late = any(answer.late and answer.turn_key == key for answer in self.exams.answers(self.user_id, self.exam_id))
            over = "The time for the last question was over. What you had typed was handed in."
            exam_turn.note(over if late else "The last question was answered in another tab. The exam goes on here.")
        elif phase in {Phase.PREPARING, Phase.ANSWERING} and view.exam.phase is Phase.ANSWERED:
            exam_turn.note("This question was answered in another tab.")

    def _menu(self, view: ExamView) -> None:
        act = exam_turn.heading(view)
        if act == "leave":
            frame.go(menu.EXAMS)
        elif act == "abandon":
            exam_list.ask(self.exams, self.user_id, ListIntent(act="abandon", id=self.exam_id, title="Leave this exam"))
        elif act == "pause":
            self._do(lambda: self.exams.pause(self.user_id, self.exam_id))
        elif act == "pass" and view.turn is not None:
            key = view.turn.key
            self._do(lambda: self.exams.skip(self.user_id, self.exam_id, key))

    def _turn(self, view: ExamView, turn: TurnView) -> None:
        exam_turn.clock(view, turn)
        exam_turn.question(view, turn)
        self._watch(view)
        phase, name = view.exam.phase, f"{self.exam_id}-{turn.key}"
        if phase is Phase.READY:
            self._recorder.get_ready(view.exam)
            begin = exam_turn.begin(turn)
            if begin == "prepare":
                self._do(lambda: self.exams.begin_preparation(self.user_id, self.exam_id, turn.key))
            elif begin == "answer":
                self._do(lambda: self.exams.begin_answer(self.user_id, self.exam_id, turn.key))
        elif phase is Phase.PREPARING:
            self._notes(view, turn)
            if exam_turn.begin_early():
                self._do(lambda: self.exams.begin_answer(self.user_id, self.exam_id, turn.key))
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

        exam_answer.notes(Typed(exam_id=self.exam_id, turn_key=turn.key, kind="notes"), view.notes, save=save)

    def _answer(self, name: str, view: ExamView, turn: TurnView, *, before: str) -> None:
        way = self._recorder.way(view.exam)
        if way is Way.TYPE:
            refused = state.pop("exam.answer_error")
            if isinstance(refused, AppError):
                faults.show(refused)
            short = state.text("exam.short") == name
            sent = exam_answer.typed(Typed(exam_id=self.exam_id, turn_key=turn.key), before, may_be_short=short)
            if sent is not None:
                self._hand_in_text(name, turn, *sent)
            return
        if not self._recorder.has_consent():
            return
        version = state.number(f"exam.version.{name}")
        data = exam_answer.record(name, version) if way is Way.SPEAK else exam_answer.upload(name, version)
        if data:
            self._hand_in_recording(name, view, turn, data)

    def _hand_in_text(self, name: str, turn: TurnView, text: str, anyway: bool) -> None:  # noqa: FBT001 - what the form returned
        def refused(error: AppError) -> None:
            if isinstance(error, AnswerTooShort):
                state.put("exam.short", name)
            near = isinstance(error, AnswerTooShort | AnswerInvalid)  # what can be mended in the field is said beside it
            state.put("exam.answer_error" if near else "exam.error", error)

        self._do(lambda: self.exams.submit_text(self.user_id, self.exam_id, turn.key, text, hand_in_anyway=anyway), refused, done=name)

    def _hand_in_recording(self, name: str, view: ExamView, turn: TurnView, data: bytes) -> None:
        kept = state.get("exam.refused")
        error = kept[2] if isinstance(kept, tuple) and kept[:2] == (name, hash(data)) else None
        if isinstance(error, RecordingRefused) and view.overtime:
            error = None  # nobody can say more now: what is too short counts as it is
        if error is None:
            error = self._try_recording(name, turn, data, anyway=False)
        state.put("exam.refused", (name, hash(data), error))
        faults.show(error)
        short = isinstance(error, RecordingRefused) and {found.problem for found in error.audio_problems} == {Problem.TOO_SHORT}
        if short and view.ends_at is not None and view.exam.mode is ExamMode.EXAM:
            self._look_again(view.ends_at)
        if short and exam_answer.too_short(strict=view.exam.mode is ExamMode.EXAM):
            faults.show(self._try_recording(name, turn, data, anyway=True))

    def _try_recording(self, name: str, turn: TurnView, data: bytes, *, anyway: bool) -> AppError:
        """Hand the recording in and draw the page anew; returns why it was refused."""
        try:
            self.exams.submit_recording(self.user_id, self.exam_id, turn.key, data, hand_in_anyway=anyway)
        except AppError as error:
            return error
        else:
            self._forget(name)
            state.put("exam.moved", value=True)
            st.rerun()

    def _stored(self, name: str, view: ExamView, turn: TurnView) -> None:
        if view.answer is None:
            return
        if state.text("exam.again") == name and view.may_answer_again:
            self._answer(name, view, turn, before=view.answer.text)
            return
        wish = exam_answer.stored(view.answer, self._recording(turn.key), again=view.may_answer_again)
        if view.feedback is not None:
            exam_answer.feedback(view.feedback)
        if wish == "again":
            state.put("exam.again", name)
            st.rerun()
        if wish == "next":
            self._do(lambda: self.exams.go_on(self.user_id, self.exam_id, turn.key))

    def _review(self, view: ExamView) -> None:
        answers = self.exams.answers(self.user_id, self.exam_id)
        if any(answer.transcript is TranscriptState.PENDING for answer in answers):
            self._look_again(self.clock.now() + timedelta(seconds=_LOOK_UP_SECONDS))
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

        self._do(finish)

    def _write_down_again(self, turn_key: str) -> None:
        """Have the recording of a turn written down once more, after asking where the agreement to that was taken back."""
        if turn_key and self._recorder.has_consent():
            state.pop(f"exam.hear.{self.exam_id}")
            self._do(lambda: self.exams.retry_transcript(self.user_id, self.exam_id, turn_key))

    def _recording(self, turn_key: str) -> Recording | None:
        try:
            return self.exams.recording(self.user_id, self.exam_id, turn_key)
        except AppError:
            return None

    def _watch(self, view: ExamView) -> None:
        """Draw the page anew when the stored clock changes what there is to do."""
        if view.ends_at is None:
            return
        if view.exam.phase is Phase.PREPARING:
            self._look_again(view.ends_at)
        elif view.exam.mode is ExamMode.EXAM:
            self._look_again(view.ends_at + self.exams.grace + _A_LITTLE)

    def _look_again(self, due: datetime) -> None:
        wait = max(0.5, (due - self.clock.now()).total_seconds() + 0.3)

        @st.fragment(run_every=wait)
        def look() -> None:
            if self.clock.now() >= due:
                st.rerun()

        look()

    def _do(self, act: Callable[[], object], refused: Callable[[AppError], None] | None = None, *, done: str = "") -> None:
        """Do one thing and draw the page anew, with the reason where it was refused."""
        try:
            act()
        except AppError as error:
            if refused is not None:
                refused(error)
            else:
                state.put("exam.error", error)
        else:
            self._forget(done)
            state.put("exam.moved", value=True)
        st.rerun()

    def _forget(self, name: str) -> None:
        if name:
            state.put(f"exam.version.{name}", state.number(f"exam.version.{name}") + 1)
        for key in ("exam.again", "exam.short", "exam.refused", "exam.answer_error"):
            state.pop(key)
