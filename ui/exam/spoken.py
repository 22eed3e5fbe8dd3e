"""A recorded answer on the page: handed in at once, refused in words, or kept with the question because it is too short."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.clock import Clock
from core.errors import AppError
from exam.errors import RecordingRefused
from exam.models import ExamMode, ExamView, Phase, TurnView, Way
from exam.service import ExamService
from speech.models import Recording
from ui import faults, state
from ui.exam import acts, in_words
from ui.views import exam_answer


def playable(look_up: Callable[[], Recording]) -> Recording | None:
    """Return the recording that is looked up, or None where there is none any more."""
    try:
        return look_up()
    except AppError:
        return None


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one person records in one exam."""

    exams: ExamService
    clock: Clock
    user_id: str
    exam_id: str

    def show(self, name: str, view: ExamView, turn: TurnView, way: Way) -> None:
        """Draw the recorder (or the field for a file) and what is kept; hand in what was recorded."""
        version = state.number(f"exam.version.{name}")
        data = exam_answer.record(name, version) if way is Way.SPEAK else exam_answer.upload(name, version)
        if data:
            self._take(name, view, turn, data)
        self.kept(view, turn, player=not data, done=name)

    def kept(self, view: ExamView, turn: TurnView, *, player: bool, done: str) -> None:
        """Draw the recording that is kept because it is too short, and hand it in when the person wants that."""
        kept = view.exam.kept
        if kept is None or kept.turn_key != turn.key or not self.exams.has_consent(self.user_id):
            return
        if exam_answer.kept(kept, self._sound(turn) if player else None, what_now=self._what_now(view)):
            acts.do(lambda: self.exams.submit_kept(self.user_id, self.exam_id, turn.key), done=done)

    def _take(self, name: str, view: ExamView, turn: TurnView, data: bytes) -> None:
        """Hand a recording in, once: it stays in the recorder after it was refused, with the reason below it."""
        before = state.get("exam.refused")
        error = before[2] if isinstance(before, tuple) and before[:2] == (name, hash(data)) else None
        if error is None:
            error = self._try(name, turn, data)
        if not (isinstance(error, RecordingRefused) and error.kept):
            faults.show(error)
        elif view.exam.mode is ExamMode.EXAM and view.ends_at is not None:
            if view.overtime:  # who records again has an empty recorder: nothing else is coming
                acts.do(lambda: self.exams.submit_kept(self.user_id, self.exam_id, turn.key), done=name)
            acts.look_again(self.clock, view.ends_at)

    def _try(self, name: str, turn: TurnView, data: bytes) -> AppError:
        """Return why the recording was refused; draw the page anew if it was not, or if it is kept now."""
        try:
            self.exams.submit_recording(self.user_id, self.exam_id, turn.key, data)
        except AppError as error:
            state.put("exam.refused", (name, hash(data), error))
            if isinstance(error, RecordingRefused) and error.kept:
                st.rerun()
            return error
        else:
            acts.moved(name)
            st.rerun()

    def _sound(self, turn: TurnView) -> Recording | None:
        return playable(lambda: self.exams.kept_recording(self.user_id, self.exam_id, turn.key))

    def _what_now(self, view: ExamView) -> str:
        if view.exam.phase is Phase.ANSWERED:
            return "It is kept, and your stored answer stays unless you hand this one in."
        if view.exam.mode is not ExamMode.EXAM:
            return "It is kept. Record again, or hand it in as it is."
        if view.overtime:
            grace = in_words.seconds(round(self.exams.grace.total_seconds()))
            return f"It is kept. Hand it in now, or it is handed in for you {grace} after the end of the time."
        if view.exam.way is Way.TYPE:
            return "It is kept. What you type counts instead of it; if you type nothing, it is handed in when the time is over."
        return "It is kept. You can record again; if you do not, this one is handed in when the time is over."
