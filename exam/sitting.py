"""Taking an exam: the part of the façade that moves it."""

from collections.abc import Callable
from dataclasses import replace

from exam.engine import moves
from exam.engine.moves import Change, Opened
from exam.engine.texts import answer_text, note_text
from exam.errors import ConsentNeeded, ExamChoiceInvalid, ExamClosed, WrongMoment
from exam.models import Exam, ExamState, ExamView, Phase, Way
from exam.room import Room

ToExam = Callable[[Opened], Exam]


class Sitting(Room):
    """The acts of a person who sits an exam. See `exam.service.ExamService`."""

    def view(self, user_id: str, exam_id: str) -> ExamView:
        """Return what to show now. Reading it also lets the stored clock take effect. Raises ExamNotFound."""
        return self._view(self._desk.open(user_id, exam_id))

    def begin_preparation(self, user_id: str, exam_id: str, turn_key: str) -> ExamView:
        """Start the preparation time; the answer time follows by itself. A running clock is left alone (a second tab, a reload)."""
        return self._whole(user_id, exam_id, lambda now: moves.begun_preparation(now, moves.current(now, turn_key)))

    def begin_answer(self, user_id: str, exam_id: str, turn_key: str) -> ExamView:
        """Start the answer time, also before the preparation time is over. A running clock is left alone."""
        return self._whole(user_id, exam_id, lambda now: moves.begun_answer(now, moves.current(now, turn_key)))

    def save_notes(self, user_id: str, exam_id: str, turn_key: str, text: object) -> ExamView:
        """Keep the person's notes for a turn (at most 4,000 characters, else AnswerInvalid)."""
        kept = note_text(text)

        def noted(now: Opened) -> Exam:
            moves.current(now, turn_key)
            return replace(now.exam, notes={**now.exam.notes, turn_key: kept})

        return self._whole(user_id, exam_id, noted)

    def save_draft(self, user_id: str, exam_id: str, turn_key: str, text: object) -> ExamView:
        """Keep what is being typed and is not handed in: the current answer, or after the last one the words of a recording.

        At most as long as an answer may be, else AnswerInvalid. A draft that comes when the answer is stored changes nothing. When the
        time and the grace of a strict exam end, the draft is what was answered. Raises NotThisTurn, ExamClosed.
        """
        return self._whole(user_id, exam_id, lambda now: moves.drafted(now, turn_key, answer_text(text)))

    def submit_text(self, user_id: str, exam_id: str, turn_key: str, text: object, *, hand_in_anyway: bool = False) -> ExamView:
        """Store a typed answer to the current turn; its phase is ANSWERED then. The same text again changes nothing.

        Raises AnswerInvalid, AnswerTooShort (not with `hand_in_anyway`, nor after the time), AnswerStored (another answer is kept
        and may not be given again), TimeOver, WrongMoment (the clock was not started), NotThisTurn, ExamPaused, ExamClosed.
        """
        self._limits.hit("exam", user_id)
        return self._view(self._submitting.text(user_id, exam_id, turn_key, text, hand_in_anyway=hand_in_anyway))

    def submit_recording(self, user_id: str, exam_id: str, turn_key: str, data: bytes, *, hand_in_anyway: bool = False) -> ExamView:
        """Store a recorded answer (WAV, FLAC, Ogg or MP3); it is kept before anything else, then checked, then written down.

        Raises ConsentNeeded, RecordingRefused (silent, no speech, damaged, …: nothing is kept; too short unless `hand_in_anyway`: it
        stays with the exam, see `submit_kept`), `speech.errors.UnusableAudio`, `speech.errors.RecordingTooLarge`, and as
        `submit_text` does.
        """
        if self._store.consent(user_id) is None:
            raise ConsentNeeded
        self._limits.hit("upload", user_id)
        return self._view(self._submitting.recording(user_id, exam_id, turn_key, data, hand_in_anyway=hand_in_anyway))

    def submit_kept(self, user_id: str, exam_id: str, turn_key: str) -> ExamView:
        """Hand in, as it is, the recording of the current turn that was too short; handing it in again changes nothing.

        The time and the grace of a strict exam do the same when they end. Until then the recording goes when another answer is given, when
        the turn is passed or the exam is left for good. Raises NothingKept, ConsentNeeded, and as `submit_text` does.
        """
        if self._store.consent(user_id) is None:
            raise ConsentNeeded
        self._limits.hit("exam", user_id)
        return self._view(self._submitting.kept(user_id, exam_id, turn_key))

    def skip(self, user_id: str, exam_id: str, turn_key: str) -> ExamView:
        """Pass the current turn: it is marked as not answered and the exam goes on. Skipping it again changes nothing."""
        self._limits.hit("exam", user_id)
        return self._view(self._submitting.passed(user_id, exam_id, turn_key))

    def go_on(self, user_id: str, exam_id: str, turn_key: str) -> ExamView:
        """Leave the answered turn `turn_key` for the next one. Called again for a turn that was left, it changes nothing.

        A follow-up is chosen here, by what is known of the answer. Raises WrongMoment if the turn has no answer yet.
        """
        opened = self._desk.open(user_id, exam_id)
        asked = None
        if opened.turn is not None and opened.turn.key == turn_key and opened.exam.phase is Phase.ANSWERED:
            asked = self._desk.next_question(opened, wording=True)

        def move(now: Opened) -> Change | None:
            if turn_key in [turn.key for turn in now.script.turns[: now.exam.position]]:
                return None
            moves.current(now, turn_key)
            if now.exam.phase is not Phase.ANSWERED:
                raise WrongMoment("Answer this question first, or pass.")
            return Change(exam=moves.advanced(now, asked))

        return self._view(self._desk.change(user_id, exam_id, move))

    def choose_way(self, user_id: str, exam_id: str, way: str) -> ExamView:
        """Keep how the person wants to answer: "speak", "type" or "upload"; it binds no answer. Raises ExamChoiceInvalid, ExamClosed."""

        def chosen(now: Opened) -> Exam:
            if not now.exam.is_open:
                raise ExamClosed
            return replace(now.exam, way=way_of(way))

        return self._whole(user_id, exam_id, chosen)

    def pause(self, user_id: str, exam_id: str) -> ExamView:
        """Pause the exam: in practice mode at any time, the clock stops; in exam mode only between questions (PauseNotAllowed)."""
        return self._whole(user_id, exam_id, moves.paused)

    def resume(self, user_id: str, exam_id: str) -> ExamView:
        """Go on with a paused exam where its clock stood."""
        return self._whole(user_id, exam_id, moves.resumed)

    def abandon(self, user_id: str, exam_id: str) -> ExamView:
        """Leave the exam for good, without a result; what was answered stays until it is deleted. Raises ExamClosed if finished."""

        def left(now: Opened) -> Exam:
            if now.exam.state is ExamState.FINISHED:
                raise ExamClosed
            if now.exam.state is ExamState.ABANDONED:
                return now.exam
            ended = replace(now.exam, state=ExamState.ABANDONED, finished_at=now.now, drafts={}, kept=None)
            return replace(ended, preparation_ends_at=None, answer_ends_at=None, seconds_left=None)

        return self._whole(user_id, exam_id, left)

    def _whole(self, user_id: str, exam_id: str, move: ToExam) -> ExamView:
        self._limits.hit("exam", user_id)

        def changed(now: Opened) -> Change | None:
            exam = move(now)
            return None if exam == now.exam else Change(exam=exam)

        return self._view(self._desk.change(user_id, exam_id, changed))


def way_of(name: str) -> Way:
    """Return the way of answering of this name. Raises ExamChoiceInvalid."""
    if name not in set(Way):
        raise ExamChoiceInvalid("way", "Choose to speak, to type or to upload.")
    return Way(name)
