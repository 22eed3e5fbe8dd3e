"""Answers, their words and the result: the part of the façade that reads and finishes an exam."""

from dataclasses import replace

from core.errors import NotFound
from exam.engine.moves import Change, Opened
from exam.engine.texts import answer_text
from exam.errors import (
    AnswerNotFound,
    ConsentNeeded,
    ExamClosed,
    ExamNotComplete,
    ExamNotFound,
    NothingKept,
    ReportNotReady,
    TranscriptsOpen,
    WrongMoment,
)
from exam.feedback import feedback_on
from exam.models import Answer, AnswerMode, Exam, ExamState, Feedback, GradingState, Phase, TranscriptState
from exam.progress import Progress, progress_of
from exam.report import records
from exam.report.models import Report
from exam.room import Room
from speech.models import Recording

_MOST_REPORTS = 100


class Results(Room):
    """What has been said and what came of it. See `exam.service.ExamService`."""

    def answers(self, user_id: str, exam_id: str) -> list[Answer]:
        """Return the answers so far, by position. Raises ExamNotFound."""
        self._head(user_id, exam_id)
        return self._store.answers(user_id, exam_id)

    def answer(self, user_id: str, exam_id: str, turn_key: str) -> Answer:
        """Return one answer with the state of its transcript. Raises ExamNotFound, AnswerNotFound."""
        self._head(user_id, exam_id)
        found = self._store.answer(user_id, exam_id, turn_key)
        if found is None:
            raise AnswerNotFound
        return found

    def recording(self, user_id: str, exam_id: str, turn_key: str) -> Recording:
        """Return the recording of an answer, byte for byte. Raises ExamNotFound, AnswerNotFound."""
        answer = self.answer(user_id, exam_id, turn_key)
        if not answer.recording_id:
            raise AnswerNotFound
        try:
            return self._recordings.get(user_id, answer.recording_id)
        except NotFound:
            raise AnswerNotFound from None

    def kept_recording(self, user_id: str, exam_id: str, turn_key: str) -> Recording:
        """Return the recording of the current turn that is kept because it was too short. Raises ExamNotFound, NothingKept."""
        kept = self._desk.open(user_id, exam_id).exam.kept
        if kept is None or kept.turn_key != turn_key:
            raise NothingKept
        try:
            return self._recordings.get(user_id, kept.recording_id)
        except NotFound:
            raise NothingKept from None

    def confirm_transcript(self, user_id: str, exam_id: str, turn_key: str, text: object) -> Answer:
        """Store what the person says they said: the corrected proposal, or typed from nothing; "" means only the timing counts.

        Possible until the exam is finished, again and again. Raises AnswerNotFound (no spoken answer), AnswerInvalid, ExamClosed.
        """
        said = answer_text(text)
        answer = self.answer(user_id, exam_id, turn_key)
        if answer.mode is not AnswerMode.SPOKEN:
            raise AnswerNotFound
        if not self._head(user_id, exam_id).is_open:
            raise ExamClosed

        def confirmed(now: Answer) -> Answer:
            return replace(now, text=said, transcript=TranscriptState.CONFIRMED, transcript_error="", transcript_lease=None)

        return self._hearing.change(user_id, exam_id, turn_key, confirmed) or answer

    def retry_transcript(self, user_id: str, exam_id: str, turn_key: str) -> Answer:
        """Have a failed transcription tried again. Raises AnswerNotFound, ConsentNeeded when the agreement was taken back."""
        if self._store.consent(user_id) is None:
            raise ConsentNeeded
        self._limits.hit("exam", user_id)
        self.answer(user_id, exam_id, turn_key)
        found = self._hearing.again(user_id, exam_id, turn_key)
        if found is None:
            raise AnswerNotFound
        return found

    def feedback(self, user_id: str, exam_id: str, turn_key: str) -> Feedback:
        """Return notes on an answer: in practice mode at once, in exam mode only after the end (WrongMoment before)."""
        answer = self.answer(user_id, exam_id, turn_key)
        opened = self._desk.open(user_id, exam_id)
        if opened.strict and opened.exam.state is not ExamState.FINISHED:
            raise WrongMoment("In exam mode there are no notes before the end.")
        return feedback_on(answer, level=opened.exam.level, min_words=opened.script.turns[answer.position].min_words)

    # --- the result ----------------------------------------------------------------------------------------------------------

    def open_transcripts(self, user_id: str, exam_id: str) -> list[Answer]:
        """Return the spoken answers whose words wait: being written down, or not yet confirmed."""
        waiting = {TranscriptState.PENDING, TranscriptState.PROPOSED}
        return [answer for answer in self.answers(user_id, exam_id) if answer.mode is AnswerMode.SPOKEN and answer.transcript in waiting]

    def finish(self, user_id: str, exam_id: str, *, accept_transcripts: bool = False, wait: float = 0.0) -> Exam:
        """End an exam whose turns are all done, and have its report made in the background; `wait` up to so many seconds for it.

        With `accept_transcripts` proposals count as they are, and answers still being written down count by their timing only.
        Finishing again changes nothing. Raises ExamNotComplete, TranscriptsOpen, ExamClosed (abandoned).
        """
        exam = self._head(user_id, exam_id)
        if exam.state is not ExamState.FINISHED:
            waiting = self.open_transcripts(user_id, exam_id)
            if waiting and not accept_transcripts:
                raise TranscriptsOpen([answer.turn_key for answer in waiting])
            for answer in waiting:
                self.confirm_transcript(user_id, exam_id, answer.turn_key, answer.proposed)
            self._limits.hit("exam", user_id)
            exam = self._desk.change(user_id, exam_id, _finished).exam
            self._grading.begin(exam)
        self._grading.wait(exam_id, timeout=wait)
        return self._head(user_id, exam_id)

    def grade_again(self, user_id: str, exam_id: str) -> Exam:
        """Have the report made once more after it failed, or after a model is configured. Raises WrongMoment before `finish`."""
        self._limits.hit("exam", user_id)

        def wanted(now: Opened) -> Change | None:
            if now.exam.state is not ExamState.FINISHED:
                raise WrongMoment("Finish the exam first.")
            if now.exam.grading is GradingState.PENDING:
                return None
            return Change(exam=replace(now.exam, grading=GradingState.PENDING, grading_error="", grading_lease=None))

        exam = self._desk.change(user_id, exam_id, wanted).exam
        self._grading.begin(exam)
        return exam

    def report(self, user_id: str, exam_id: str, *, wait: float = 0.0) -> Report:
        """Return the report; `wait` up to so many seconds for one that is being made. Raises ReportNotReady, ExamNotFound."""
        exam = self._head(user_id, exam_id)
        if self._grading.is_dropped(exam):
            self._grading.begin(exam)
        if exam.grading is GradingState.PENDING:
            self._grading.wait(exam_id, timeout=wait)
        found = self._store.report(user_id, exam_id)
        if found is None:
            exam = self._head(user_id, exam_id)
            raise ReportNotReady(
                "This exam has no report yet. Finish it first." if exam.grading is GradingState.NONE else exam.grading_error
            )
        return records.from_text(found.data)

    def progress(self, user_id: str) -> Progress:
        """Return the ranges of the newest 100 reports over time, by exam, aspect and kind of task."""
        return progress_of([records.from_text(found.data) for found in self._store.reports(user_id, limit=_MOST_REPORTS)])

    def delete(self, user_id: str, exam_id: str) -> None:
        """Remove an exam with its answers, recordings and report for good. Raises ExamNotFound."""
        kept = self._head(user_id, exam_id).kept
        recordings = {answer.recording_id for answer in self._store.answers(user_id, exam_id)} | {kept.recording_id if kept else ""}
        if not self._store.delete(user_id, exam_id):
            raise ExamNotFound
        for recording_id in recordings - {""}:
            self._recordings.delete(user_id, recording_id)


def _finished(now: Opened) -> Change | None:
    exam = now.exam
    if exam.state is ExamState.FINISHED:
        return None
    if exam.state is ExamState.ABANDONED:
        raise ExamClosed
    if exam.phase is not Phase.COMPLETE:
        raise ExamNotComplete
    ended = replace(exam, state=ExamState.FINISHED, finished_at=now.now, grading=GradingState.PENDING, grading_lease=None, drafts={})
    return Change(exam=ended)
