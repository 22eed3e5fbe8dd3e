"""Handing in: checks an answer, stores it once, and knows it again when it comes twice."""

from dataclasses import replace

from core.ids import Ids
from exam.bank.models import PlannedTurn
from exam.config import ExamConfig
from exam.engine import moves
from exam.engine.desk import Desk
from exam.engine.moves import Change, Opened
from exam.engine.texts import answer_text
from exam.errors import AnswerInvalid, AnswerStored, AnswerTooShort, NothingKept, NotThisTurn, RecordingRefused, TimeOver, WrongMoment
from exam.models import Answer, AnswerMode, KeptRecording, Phase
from exam.ports import ExamStore
from lexis import words
from speech.audio import check_recording, content_type
from speech.models import AudioCheck, AudioLimits, AudioProblem, Problem
from speech.ports import RecordingStore

_JUDGED_FROM_SECONDS = 1.0


class Submitting:
    """Takes typed and recorded answers. Handing in the same content again returns what is stored and changes nothing."""

    def __init__(self, *, desk: Desk, store: ExamStore, recordings: RecordingStore, ids: Ids, config: ExamConfig) -> None:
        self._desk = desk
        self._store = store
        self._recordings = recordings
        self._ids = ids
        self._config = config

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

        return self._desk.change(user_id, exam_id, move)

    def recording(self, user_id: str, exam_id: str, turn_key: str, data: bytes, *, hand_in_anyway: bool) -> Opened:
        """Store a recorded answer (see `ExamService.submit_recording`): on disk first, then looked at, then counted or kept."""
        mark = moves.fingerprint(data)
        opened = self._desk.open(user_id, exam_id)
        if self._same_again(opened, turn_key, mark):
            return opened
        turn = self._open_turn(opened, turn_key)
        kept = opened.exam.kept
        if kept is not None and kept.fingerprint == mark:
            if hand_in_anyway or _is_late(opened):
                return self.kept(user_id, exam_id, turn_key)
            raise RecordingRefused([AudioProblem(problem=Problem.TOO_SHORT, message=kept.advice[0], blocking=True)], kept=True)
        kind = content_type(data)
        recording_id = self._ids.new("rec")
        self._recordings.put(user_id, recording_id, data, kind)
        try:
            check = self._checked(data, opened, turn)
            too_short = [found for found in check.problems if found.problem is Problem.TOO_SHORT]
            taken = KeptRecording(
                turn_key=turn_key,
                recording_id=recording_id,
                content_type=kind,
                fingerprint=mark,
                timing=check.timing,
                advice=tuple(problem.message for problem in check.problems),
                short=bool(too_short),
            )
            is_answer = not too_short or hand_in_anyway or _is_late(opened)
            stored = self._desk.change(user_id, exam_id, lambda now: self._with_recording(now, taken, is_answer=is_answer))
        except BaseException:
            self._recordings.delete(user_id, recording_id)
            raise
        if not self._needs(stored, taken):  # another tab was faster with the same one
            self._recordings.delete(user_id, recording_id)
        if stored.exam.kept is not None and stored.exam.kept.fingerprint == mark:
            raise RecordingRefused(too_short, kept=True)
        return stored

    def kept(self, user_id: str, exam_id: str, turn_key: str) -> Opened:
        """Hand in the recording that is kept because it is too short; handing it in again changes nothing."""

        def move(now: Opened) -> Change | None:
            kept = now.exam.kept
            if kept is None or kept.turn_key != turn_key:
                found = self._store.answer(user_id, exam_id, turn_key)
                if found is not None and found.mode is AnswerMode.SPOKEN and found.short:
                    return None
                self._open_turn(now, turn_key)
                raise NothingKept
            turn = self._open_turn(now, turn_key)
            return Change(exam=moves.answered(now.exam), answer=self._spoken(now, turn, kept))

        return self._desk.change(user_id, exam_id, move)

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

    def _with_recording(self, now: Opened, taken: KeptRecording, *, is_answer: bool) -> Change | None:
        """Return the exam with a recording as the answer, or kept; None if it has the same one already."""
        kept = now.exam.kept
        if self._same_again(now, taken.turn_key, taken.fingerprint):
            return None
        turn = self._open_turn(now, taken.turn_key)
        if is_answer:
            return Change(exam=moves.answered(now.exam), answer=self._spoken(now, turn, taken))
        return None if kept is not None and kept.fingerprint == taken.fingerprint else Change(exam=replace(now.exam, kept=taken))

    def _spoken(self, now: Opened, turn: PlannedTurn, kept: KeptRecording) -> Answer:
        return moves.spoken_answer(self._answer(now, turn), kept, late=_is_late(now), transcript=self._desk.first_transcript)

    def _needs(self, stored: Opened, taken: KeptRecording) -> bool:
        kept = stored.exam.kept
        answer = self._store.answer(stored.exam.user_id, stored.exam.id, taken.turn_key)
        return taken.recording_id in {kept.recording_id if kept else "", answer.recording_id if answer else ""}

    def _checked(self, data: bytes, opened: Opened, turn: PlannedTurn) -> AudioCheck:
        """Return what the recording is worth. Raises RecordingRefused for one that can be no answer, not even a short one.

        That is one with another fault than that it is too short, and one of less than a second, in which nothing can be heard.
        """
        most = self._config.max_recording_seconds
        if opened.strict:
            most = min(most, turn.answer_seconds + self._config.grace.total_seconds())
        limits = AudioLimits(max_bytes=self._config.max_recording_bytes, max_seconds=most)
        check = check_recording(data, minimum_seconds=float(turn.min_seconds or _JUDGED_FROM_SECONDS), limits=limits)
        blocking = [found for found in check.problems if found.blocking]
        if any(found.problem is not Problem.TOO_SHORT for found in blocking) or (blocking and check.seconds < _JUDGED_FROM_SECONDS):
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


def _is_late(opened: Opened) -> bool:
    ends = opened.exam.answer_ends_at
    return ends is not None and opened.now > ends
