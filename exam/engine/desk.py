"""Opens and changes exams: every change is a compare-and-swap, tried again when another tab was faster.

What a change takes with it happens here, too, whoever made it: a new recording is written down, one that nothing needs any more goes.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

from core import log
from core.clock import Clock
from core.errors import AppError
from exam.bank.models import PlannedTurn
from exam.config import ExamConfig
from exam.engine import moves
from exam.engine.follow_ups import FollowUps
from exam.engine.moves import Change, Opened
from exam.errors import ExamBusy, ExamNotFound
from exam.hearing import Hearing
from exam.models import Answer, Asked, Exam, TranscriptState
from exam.ports import ExamStore
from speech.ports import RecordingStore

_TRIES = 12

Move = Callable[[Opened], Change | None]


class Desk:
    """The one place that stores changes of an exam."""

    def __init__(
        self,
        *,
        store: ExamStore,
        recordings: RecordingStore,
        hearing: Hearing,
        clock: Clock,
        follow_ups: FollowUps,
        config: ExamConfig,
    ) -> None:
        self._store = store
        self._recordings = recordings
        self._hearing = hearing
        self._clock = clock
        self._follow_ups = follow_ups
        self._config = config
        self._log = log.get("exam")

    @property
    def first_transcript(self) -> TranscriptState:
        """Where the words of a recording begin: somebody writes it down, or nobody does."""
        return TranscriptState.PENDING if self._hearing.available else TranscriptState.NONE

    def open(self, user_id: str, exam_id: str) -> Opened:
        """Return the exam as the clock has it now: what lapsed is stored first. Raises ExamNotFound."""
        for _ in range(_TRIES):
            opened = self._read(user_id, exam_id)
            change = self._due(opened)
            if change is None:
                return opened
            self._stored(opened, change)
        raise ExamBusy

    def change(self, user_id: str, exam_id: str, move: Move) -> Opened:
        """Store what `move` makes of the exam (None: nothing); return it after that. Raises as `move` does, ExamNotFound, ExamBusy."""
        for _ in range(_TRIES):
            opened = self.open(user_id, exam_id)
            change = move(opened)
            if change is None:
                return opened
            stored = self._stored(opened, change)
            if stored is not None:
                return replace(opened, exam=stored)
        raise ExamBusy

    def next_question(self, opened: Opened, *, wording: bool) -> Asked | None:
        """Return the follow-up that the next turn will ask, None if it asks something else. With `wording` a model may word it."""
        position = opened.exam.position + 1
        if position >= len(opened.script.turns) or opened.script.turns[position].ask != "follow_up":
            return None
        turn, before = opened.script.turns[position], opened.script.turns[opened.exam.position]
        said = self._said(opened, before) if before.item_id == turn.item_id else ""
        question = " ".join((moves.question_of(opened.exam, before), *before.bullets))
        chosen = self._follow_ups.choose(turn, answer=said, asked=_asked_here(opened, turn), question=question)
        if not wording:
            return chosen
        return self._follow_ups.word(chosen, question=question, answer=said, level=opened.exam.level)

    def _read(self, user_id: str, exam_id: str) -> Opened:
        exam = self._store.get(user_id, exam_id)
        script = self._store.script(user_id, exam_id) if exam else None
        if exam is None or script is None:
            raise ExamNotFound
        return Opened(exam=exam, script=script, now=self._clock.now())

    def _due(self, opened: Opened) -> Change | None:
        """Return what the clock alone has changed since the exam was stored."""
        turn = opened.turn
        if turn is not None and moves.is_lapsed(opened, self._config.grace):
            exam = moves.advanced(opened, self.next_question(opened, wording=False))
            return Change(exam=exam, answer=moves.lapsed_answer(opened, turn, transcript=self.first_transcript))
        exam_now = moves.settled(opened)
        return Change(exam=exam_now) if exam_now else None

    def _stored(self, opened: Opened, change: Change) -> Exam | None:
        version = opened.exam.version
        exam = replace(change.exam, version=version + 1, updated_at=opened.now)
        gone = self._let_go(opened.exam, change)
        if not self._store.change(exam, version=version, answer=change.answer):
            return None
        for recording_id in gone:
            self._remove(exam.user_id, recording_id)
        if change.answer is not None:
            self._hearing.begin(change.answer)
        return exam

    def _let_go(self, exam: Exam, change: Change) -> set[str]:
        """Return the recordings that nothing needs once the change is stored: of the exam, and of the answer that is replaced."""
        had = {exam.kept.recording_id} if exam.kept else set()
        needed = {change.exam.kept.recording_id} if change.exam.kept else set()
        if change.answer is not None:
            before = self._store.answer(exam.user_id, exam.id, change.answer.turn_key)
            had |= {before.recording_id} if before else set()
            needed.add(change.answer.recording_id)
        return had - needed - {""}

    def _remove(self, user_id: str, recording_id: str) -> None:
        try:
            self._recordings.delete(user_id, recording_id)
        except AppError as error:  # the change is stored: what is left over goes with the account
            self._log.warning("recording not removed", extra={"code": error.code})

    def _said(self, opened: Opened, turn: PlannedTurn) -> str:
        answer = self._store.answer(opened.exam.user_id, opened.exam.id, turn.key)
        return words_of(answer) if answer else ""


def words_of(answer: Answer) -> str:
    """Return what is known of the words of an answer: those that count, or what a provider heard."""
    return answer.text or (answer.proposed if answer.transcript is TranscriptState.PROPOSED else "")


def _asked_here(opened: Opened, turn: PlannedTurn) -> Collection[Asked]:
    keys = {other.key for other in opened.script.turns if other.item_id == turn.item_id}
    return [asked for key, asked in opened.exam.asked.items() if key in keys]
