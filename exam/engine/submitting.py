"""Handing in: checks an answer, stores it once, and knows it again when it comes twice."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.ids import Ids
from exam.bank.models import PlannedTurn
from exam.config import ExamConfig
from exam.engine import moves
from exam.engine.desk import Desk
from exam.engine.moves import Change, Opened
from exam.engine.texts import answer_text
from exam.errors import AnswerInvalid, AnswerStored, AnswerTooShort, NotThisTurn, RecordingRefused, TimeOver, WrongMoment
from exam.models import Answer, AnswerMode, Phase, TranscriptState
from exam.ports import ExamStore
from lexis import words
from speech.audio import check_recording, content_type
from speech.models import AudioCheck, AudioLimits, Problem
from speech.ports import RecordingStore

_JUDGED_FROM_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """A recording that is kept and may stand as an answer."""

    mark: str
    recording_id: str
    content_type: str
    check: AudioCheck


class Submitting:
    """Takes typed and recorded answers. Handing in the same content again returns what is stored and changes nothing."""

    def __init__(
        self, *, desk: Desk, store: ExamStore, recordings: RecordingStore, ids: Ids, config: ExamConfig, transcribes: Callable[[], bool]
    ) -> None:
        self._desk = desk
        self._store = store
        self._recordings = recordings
        self._ids = ids
        self._config = config
        self._transcribes = transcribes

    def text(self, user_id: str, exam_id: str, turn_key: str, text: object, *, hand_in_anyway: bool) -> Opened:
        """Store a typed answer (see `ExamService.submit_text`)."""
        said = answer_text(text)
        if not said:
            raise AnswerInvalid("Your answer is empty. Say something about the question, or pass.")
        mark = moves.fingerprint(said)
        opened = self._desk.open(user_id, exam_id)
        if self._same_again(opened, turn_key, mark):
            return opened
        count = len(words(said))

        def move(now: Opened) -> Change | None:
            if self._same_again(now, turn_key, mark):
                return None
            turn = self._open_turn(now, turn_key)
            late = _is_late(now)
            if count < turn.min_words and not hand_in_anyway and not late:
                raise AnswerTooShort(words=count, least=turn.min_words)
            answer = replace(self._answer(now, turn), mode=AnswerMode.TYPED, text=said, fingerprint=mark)
            return Change(exam=moves.answered(now.exam), answer=replace(answer, late=late, short=count < turn.min_words))

        before = self._recording_of(opened, turn_key)
        stored = self._desk.change(user_id, exam_id, move)
        self._drop(user_id, before)
        return stored

    def recording(self, user_id: str, exam_id: str, turn_key: str, data: bytes, *, hand_in_anyway: bool) -> Opened:
        """Store a recorded answer (see `ExamService.submit_recording`): on disk first, then looked at, then counted."""
        mark = moves.fingerprint(data)
        opened = self._desk.open(user_id, exam_id)
        if self._same_again(opened, turn_key, mark):
            return opened
        turn = self._open_turn(opened, turn_key)
        kind = content_type(data)
        recording_id = self._ids.new("rec")
        self._recordings.put(user_id, recording_id, data, kind)
        try:
            check = self._checked(data, opened, turn, hand_in_anyway=hand_in_anyway)
            before = self._recording_of(opened, turn_key)
            taken = _Taken(mark=mark, recording_id=recording_id, content_type=kind, check=check)
            stored = self._desk.change(user_id, exam_id, lambda now: self._with_recording(now, turn_key, taken))
        except BaseException:
            self._recordings.delete(user_id, recording_id)
            raise
        kept = self._recording_of(stored, turn_key)
        self._drop(user_id, before if kept == recording_id else recording_id)
        return stored

    def passed(self, user_id: str, exam_id: str, turn_key: str) -> Opened:
        """Mark a turn as not answered because the person passes, and move on; passing again changes nothing."""

        def move(now: Opened) -> Change | None:
            found = self._store.answer(user_id, exam_id, turn_key)
            turn = now.turn
            if found is not None and found.mode is AnswerMode.NONE and (turn is None or turn.key != turn_key):
                return None
            turn = moves.current(now, turn_key)
            if now.exam.phase is Phase.ANSWERED:
                raise WrongMoment("This question is answered already. Go on to the next one.")
            return Change(exam=moves.advanced(now, self._desk.next_question(now, wording=False)), answer=moves.without_answer(now, turn))

        return self._desk.change(user_id, exam_id, move)

    def _with_recording(self, now: Opened, turn_key: str, taken: _Taken) -> Change | None:
        if self._same_again(now, turn_key, taken.mark):
            return None
        turn = self._open_turn(now, turn_key)
        answer = replace(
            self._answer(now, turn),
            mode=AnswerMode.SPOKEN,
            recording_id=taken.recording_id,
            content_type=taken.content_type,
            timing=taken.check.timing,
            advice=tuple(problem.message for problem in taken.check.problems),
            late=_is_late(now),
            short=any(problem.problem is Problem.TOO_SHORT for problem in taken.check.problems),
            fingerprint=taken.mark,
            transcript=TranscriptState.PENDING if self._transcribes() else TranscriptState.NONE,
        )
        return Change(exam=moves.answered(now.exam), answer=answer)

    def _checked(self, data: bytes, opened: Opened, turn: PlannedTurn, *, hand_in_anyway: bool) -> AudioCheck:
        """Return what the recording is worth. Raises RecordingRefused for one that cannot stand as an answer."""
        most = self._config.max_recording_seconds
        if opened.strict:
            most = min(most, turn.answer_seconds + self._config.grace.total_seconds())
        limits = AudioLimits(max_bytes=self._config.max_recording_bytes, max_seconds=most)
        check = check_recording(data, minimum_seconds=float(turn.min_seconds or _JUDGED_FROM_SECONDS), limits=limits)
        forgiven = {Problem.TOO_SHORT} if hand_in_anyway or _is_late(opened) else set()
        blocking = [found for found in check.problems if found.blocking and found.problem not in forgiven]
        if blocking:
            raise RecordingRefused(blocking)
        return check

    def _open_turn(self, opened: Opened, turn_key: str) -> PlannedTurn:
        """Return the turn if an answer may be stored for it now. Raises why not."""
        turn = opened.turn
        if turn is None or turn.key != turn_key:
            self._refuse_done(opened, turn_key)
        turn = moves.current(opened, turn_key)
        phase = opened.exam.phase
        if phase is Phase.ANSWERED:
            if not moves.may_answer_again(opened):
                raise AnswerStored
        elif phase is not Phase.ANSWERING:
            raise WrongMoment("The answer time has not begun. Start your answer first.")
        return turn

    def _refuse_done(self, opened: Opened, turn_key: str) -> None:
        exam = opened.exam
        found = self._store.answer(exam.user_id, exam.id, turn_key)
        if found is None:
            raise NotThisTurn
        raise TimeOver if found.mode is AnswerMode.NONE else AnswerStored

    def _same_again(self, opened: Opened, turn_key: str, mark: str) -> bool:
        found = self._store.answer(opened.exam.user_id, opened.exam.id, turn_key)
        return found is not None and found.fingerprint == mark

    def _answer(self, now: Opened, turn: PlannedTurn) -> Answer:
        before = self._store.answer(now.exam.user_id, now.exam.id, turn.key)
        return replace(moves.without_answer(now, turn), version=before.version + 1 if before else 1)

    def _recording_of(self, opened: Opened, turn_key: str) -> str:
        found = self._store.answer(opened.exam.user_id, opened.exam.id, turn_key)
        return found.recording_id if found else ""

    def _drop(self, user_id: str, recording_id: str) -> None:
        if recording_id:
            self._recordings.delete(user_id, recording_id)


def _is_late(opened: Opened) -> bool:
    ends = opened.exam.answer_ends_at
    return ends is not None and opened.now > ends
