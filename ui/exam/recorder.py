"""Before an answer is given: by voice, by file or by typing; may it be recorded; does the microphone work."""

from dataclasses import dataclass

import streamlit as st

from core.errors import AppError
from exam.models import Exam, Way
from exam.service import ExamService
from speech.audio import check_recording
from ui import state
from ui.views import exam_answer

_TEST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Recorder:
    """How one person answers in one exam."""

    exams: ExamService
    user_id: str
    exam_id: str

    def way(self, exam: Exam) -> Way:
        """Draw the choice of how to answer; what is chosen is kept with the exam."""
        first = state.get(self._begun)
        if not isinstance(first, Way):  # a control that began with another choice would be a new one, without the focus
            first = exam.way
            state.put(self._begun, first)
        return exam_answer.way(f"{self.exam_id}-{state.number(self._version)}", first, changed=self._keep)

    def get_ready(self, exam: Exam) -> None:
        """Ask for the agreement before a clock runs, because reading it takes as long as a short answer; try the microphone."""
        if exam.way is Way.TYPE or not self.has_consent():
            return
        if exam.way is Way.SPEAK and not exam.position:
            exam_answer.try_microphone(_problems)

    def has_consent(self) -> bool:
        """Tell whether the person agreed to being recorded; ask where they did not."""
        if self.exams.has_consent(self.user_id):
            return True
        wish = exam_answer.consent(self.exams.transcribers)
        if wish == "agree":
            self.exams.give_consent(self.user_id)
            st.rerun()
        if wish == "type":
            self._keep(Way.TYPE)
            state.pop(self._begun)
            state.put(self._version, state.number(self._version) + 1)
            st.rerun()
        return False

    @property
    def _begun(self) -> str:
        return f"exam.way.{self.exam_id}"

    @property
    def _version(self) -> str:
        return f"exam.ways.{self.exam_id}"

    def _keep(self, way: Way) -> None:
        try:
            self.exams.choose_way(self.user_id, self.exam_id, way)
        except AppError as error:
            state.put("exam.error", error)


def _problems(data: bytes) -> list[str]:
    return [problem.message for problem in check_recording(data, minimum_seconds=_TEST_SECONDS).problems]
