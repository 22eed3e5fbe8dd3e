"""How an exam moves: pure functions from what is stored and the time to what is stored next.

The clock of a turn: READY (none runs) → PREPARING until `preparation_ends_at` → ANSWERING until `answer_ends_at` → ANSWERED →
the next turn, READY. Both deadlines are stored when the first of them starts, so nothing depends on a process being alive.
In exam mode a turn whose answer time and grace have passed is closed and the exam stands at the next turn: a recording that was kept
because it is too short, or what was being typed, is the answer; else the turn is marked as not answered. In practice mode the time is
shown but closes nothing.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from exam.bank.models import PlannedTurn
from exam.errors import ExamClosed, ExamPaused, NotThisTurn, PauseNotAllowed, WrongMoment
from exam.models import (
    Answer,
    AnswerMode,
    Asked,
    Exam,
    ExamMode,
    ExamScript,
    ExamState,
    KeptRecording,
    Phase,
    TranscriptState,
    Way,
)
from lexis import words

_CLOCKS = {Phase.PREPARING, Phase.ANSWERING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An exam as it is now: with its script and the moment at which it was looked at."""

    exam: Exam
    script: ExamScript
    now: datetime

    @property
    def turn(self) -> PlannedTurn | None:
        """The current turn; None when all are done."""
        return self.script.turns[self.exam.position] if self.exam.position < len(self.script.turns) else None

    @property
    def strict(self) -> bool:
        """Whether the clock closes turns."""
        return self.exam.mode is ExamMode.EXAM


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What to store next."""

    exam: Exam
    answer: Answer | None = None


def current(opened: Opened, turn_key: str) -> PlannedTurn:
    """Return the current turn if it is the one that is meant. Raises ExamClosed, ExamPaused, NotThisTurn."""
    if not opened.exam.is_open:
        raise ExamClosed
    if opened.exam.state is ExamState.PAUSED:
        raise ExamPaused
    turn = opened.turn
    if turn is None or turn.key != turn_key:
        raise NotThisTurn
    return turn


def question_of(exam: Exam, turn: PlannedTurn) -> str:
    """Return the turn's question as it was asked."""
    asked = exam.asked.get(turn.key)
    return asked.text if asked else turn.text


def is_lapsed(opened: Opened, grace: timedelta) -> bool:
    """Tell whether the current turn's time and grace are over without an answer."""
    exam = opened.exam
    if not opened.strict or exam.state is not ExamState.RUNNING or exam.phase not in _CLOCKS or exam.answer_ends_at is None:
        return False
    return opened.now > exam.answer_ends_at + grace


def settled(opened: Opened) -> Exam | None:
    """Return the exam after its preparation time ran out by itself, or None if nothing happened since."""
    exam = opened.exam
    ends = exam.preparation_ends_at if exam.state is ExamState.RUNNING and exam.phase is Phase.PREPARING else None
    return replace(exam, phase=Phase.ANSWERING, preparation_ends_at=None) if ends is not None and opened.now >= ends else None


def without_answer(opened: Opened, turn: PlannedTurn) -> Answer:
    """Return the mark that a turn was not answered."""
    return Answer(
        exam_id=opened.exam.id,
        user_id=opened.exam.user_id,
        turn_key=turn.key,
        position=opened.exam.position,
        question=question_of(opened.exam, turn),
        mode=AnswerMode.NONE,
        submitted_at=opened.now,
        allowed_seconds=turn.answer_seconds,
        scored=turn.scored,
    )


def spoken_answer(nothing: Answer, kept: KeptRecording, *, late: bool, transcript: TranscriptState) -> Answer:
    """Return what becomes of a turn without an answer (`nothing`) when this recording is handed in."""
    return replace(
        nothing,
        mode=AnswerMode.SPOKEN,
        recording_id=kept.recording_id,
        content_type=kept.content_type,
        timing=kept.timing,
        advice=kept.advice,
        late=late,
        short=kept.short,
        fingerprint=kept.fingerprint,
        transcript=transcript,
    )


def lapsed_answer(opened: Opened, turn: PlannedTurn, *, transcript: TranscriptState) -> Answer:
    """Return what stands for a turn whose time and grace are over, marked late; `transcript` is where the words of a recording begin.

    The recording that is kept, or what was being typed; of both, the one for which the person chose the way last. Of neither: that the
    turn was not answered.
    """
    nothing = without_answer(opened, turn)
    kept, draft = opened.exam.kept, opened.exam.drafts.get(turn.key, "").strip()
    if kept is not None and not (draft and opened.exam.way is Way.TYPE):
        return spoken_answer(nothing, kept, late=True, transcript=transcript)
    if not draft:
        return nothing
    short = len(words(draft)) < turn.min_words
    return replace(nothing, mode=AnswerMode.TYPED, text=draft, late=True, short=short, fingerprint=fingerprint(draft))


def fingerprint(content: str | bytes) -> str:
    """Return what tells whether the same content was handed in again."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content).hexdigest()


def drafted(opened: Opened, turn_key: str, text: str) -> Exam:
    """Keep what is being typed for the current turn, also while paused; afterwards, what it is typed over is stored already.

    Raises ExamClosed, NotThisTurn.
    """
    exam, turn = opened.exam, opened.turn
    if not exam.is_open:
        raise ExamClosed
    if turn is not None and turn.key == turn_key:
        return exam if exam.phase is Phase.ANSWERED else _with_draft(exam, turn_key, text)
    if turn is not None or turn_key not in {one.key for one in opened.script.turns}:
        raise NotThisTurn
    return _with_draft(exam, turn_key, text)


def _with_draft(exam: Exam, turn_key: str, text: str) -> Exam:
    others = {key: kept for key, kept in exam.drafts.items() if key != turn_key}
    return replace(exam, drafts={**others, turn_key: text} if text else others)


def begun_preparation(opened: Opened, turn: PlannedTurn) -> Exam:
    """Start the preparation time, behind which the answer time follows by itself; a clock that runs is left alone."""
    exam = opened.exam
    if exam.phase in _CLOCKS:
        return exam
    if exam.phase is not Phase.READY:
        raise WrongMoment("This question is answered already. Go on to the next one.")
    if not turn.preparation_seconds:
        return begun_answer(opened, turn)
    ends = opened.now + timedelta(seconds=turn.preparation_seconds)
    answer_ends = ends + timedelta(seconds=turn.answer_seconds)
    return replace(exam, phase=Phase.PREPARING, started_at=opened.now, preparation_ends_at=ends, answer_ends_at=answer_ends)


def begun_answer(opened: Opened, turn: PlannedTurn) -> Exam:
    """Start the answer time (from READY, or by ending the preparation early); a running one is left alone."""
    exam = opened.exam
    if exam.phase is Phase.ANSWERING:
        return exam
    if exam.phase not in {Phase.READY, Phase.PREPARING}:
        raise WrongMoment("This question is answered already. Go on to the next one.")
    ends = opened.now + timedelta(seconds=turn.answer_seconds)
    return replace(exam, phase=Phase.ANSWERING, started_at=exam.started_at or opened.now, preparation_ends_at=None, answer_ends_at=ends)


def answered(exam: Exam) -> Exam:
    """Mark the current turn as answered; its deadline stays: in exam mode it says how long the answer may be given again."""
    return replace(exam, phase=Phase.ANSWERED, preparation_ends_at=None, drafts={}, kept=None)


def may_answer_again(opened: Opened) -> bool:
    """Tell whether a stored answer of the current turn may be replaced."""
    exam = opened.exam
    if exam.phase is not Phase.ANSWERED or exam.state is not ExamState.RUNNING:
        return False
    return not opened.strict or (exam.answer_ends_at is not None and opened.now <= exam.answer_ends_at)


def advanced(opened: Opened, asked: Asked | None) -> Exam:
    """Move to the next turn, which asks `asked` if it is a follow-up."""
    exam, position = opened.exam, opened.exam.position + 1
    follow_ups = dict(exam.asked)
    if asked is not None:
        follow_ups[opened.script.turns[position].key] = asked
    phase = Phase.READY if position < len(opened.script.turns) else Phase.COMPLETE
    return replace(
        exam,
        position=position,
        phase=phase,
        started_at=None,
        preparation_ends_at=None,
        answer_ends_at=None,
        seconds_left=None,
        asked=follow_ups,
        drafts={},
        kept=None,
    )


def may_pause(opened: Opened) -> bool:
    """Tell whether the exam can be paused now: in practice always, in exam mode between two clocks."""
    exam = opened.exam
    return exam.state is ExamState.RUNNING and exam.phase is not Phase.COMPLETE and not (opened.strict and exam.phase in _CLOCKS)


def paused(opened: Opened) -> Exam:
    """Stop the clock. Pausing a paused exam changes nothing."""
    exam = opened.exam
    if not exam.is_open:
        raise ExamClosed
    if exam.state is ExamState.PAUSED:
        return exam
    if opened.strict and exam.phase in _CLOCKS:
        raise PauseNotAllowed
    left = seconds_left(opened)
    if exam.phase in _CLOCKS:
        return replace(exam, state=ExamState.PAUSED, seconds_left=left or 0.0, preparation_ends_at=None, answer_ends_at=None)
    return replace(exam, state=ExamState.PAUSED)


def resumed(opened: Opened) -> Exam:
    """Let the clock run on from where it was stopped. Resuming a running exam changes nothing."""
    exam, turn = opened.exam, opened.turn
    if not exam.is_open:
        raise ExamClosed
    if exam.state is ExamState.RUNNING:
        return exam
    running = replace(exam, state=ExamState.RUNNING, seconds_left=None)
    if turn is None or exam.seconds_left is None or exam.phase not in _CLOCKS:
        return running
    ends = opened.now + timedelta(seconds=exam.seconds_left)
    if exam.phase is Phase.ANSWERING:
        return replace(running, answer_ends_at=ends)
    return replace(running, preparation_ends_at=ends, answer_ends_at=ends + timedelta(seconds=turn.answer_seconds))


def clock_ends_at(opened: Opened) -> datetime | None:
    """Return when the running clock ends."""
    exam = opened.exam
    if exam.state is not ExamState.RUNNING or exam.phase not in _CLOCKS:
        return None
    return exam.preparation_ends_at if exam.phase is Phase.PREPARING else exam.answer_ends_at


def seconds_left(opened: Opened) -> float | None:
    """Return what the clock has left, 0.0 and more; None where none runs (paused: what it had left)."""
    if opened.exam.state is ExamState.PAUSED:
        return opened.exam.seconds_left
    ends = clock_ends_at(opened)
    return None if ends is None else max(0.0, (ends - opened.now).total_seconds())
