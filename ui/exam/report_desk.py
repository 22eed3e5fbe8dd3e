"""A report on a page: read it, or wait for it."""

from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from core.errors import AppError
from exam.errors import ReportNotReady
from exam.models import ExamState, GradingState
from exam.report.models import Report
from exam.service import ExamService
from speech.models import Recording
from ui import frame, menu, session
from ui.exam.spoken import playable
from ui.views import report as view

_LOOK_UP_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class ReportDesk:
    """One exam's report of one person."""

    exams: ExamService
    user_id: str
    exam_id: str

    def report(self) -> Report:
        """Return the report; draws the wait, or "not found", and ends the page where there is none."""
        try:
            return self.exams.report(self.user_id, self.exam_id, wait=0.5)
        except ReportNotReady as error:
            self._wait(error)
        except AppError as error:
            frame.not_found(error.message)

    def recording(self, turn_key: str) -> Recording | None:
        """Return a recording, or None where there is none any more."""
        return playable(lambda: self.exams.recording(self.user_id, self.exam_id, turn_key))

    def _wait(self, error: ReportNotReady) -> NoReturn:
        exam = self.exams.view(self.user_id, self.exam_id).exam
        if exam.state is not ExamState.FINISHED:
            frame.go(menu.EXAM, e=self.exam_id)
        if view.waiting(exam, error.message):
            self.exams.grade_again(self.user_id, self.exam_id)
            st.rerun()
        if exam.grading is GradingState.PENDING:

            @st.fragment(run_every=_LOOK_UP_SECONDS)
            def look() -> None:
                if session.require_person().user.id != self.user_id:  # a fragment runs again without its page
                    st.rerun()
                if self.exams.view(self.user_id, self.exam_id).exam.grading is not GradingState.PENDING:
                    st.rerun()

            look()
        st.stop()
