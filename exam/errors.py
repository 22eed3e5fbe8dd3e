"""What can go wrong in an exam, with stable codes."""

from collections.abc import Sequence

from core.errors import AppError, FieldProblem, Kind, NotFound
from speech.models import AudioProblem


class ExamNotFound(NotFound):
    """There is no such exam for this person."""

    code = "EXAM_NOT_FOUND"

    def __init__(self) -> None:
        """Use the one sentence that says nothing about whose it is."""
        super().__init__("This exam does not exist or is not yours.")


class AnswerNotFound(NotFound):
    """There is no such answer or recording in this exam."""

    code = "EXAM_ANSWER_NOT_FOUND"

    def __init__(self) -> None:
        """Use one sentence for an unknown turn and a turn without an answer."""
        super().__init__("There is no answer to this question.")


class ExamChoiceInvalid(AppError):
    """The format, level, mode or another value is not one of the possible ones."""

    code = "INVALID_CHOICE"
    kind = Kind.INVALID

    def __init__(self, field: str, message: str) -> None:
        """Name the field at fault."""
        super().__init__(message, problems=[FieldProblem(field, message, "INVALID_CHOICE")])


class AnswerInvalid(AppError):
    """A typed answer, transcript or note cannot be taken; the message says why."""

    code = "EXAM_ANSWER_INVALID"
    kind = Kind.INVALID

    def __init__(self, message: str, *, field: str = "text") -> None:
        """Name the field at fault."""
        super().__init__(message, problems=[FieldProblem(field, message)])


class RecordingRefused(AppError):
    """A recording cannot stand as an answer; `audio_problems` hold everything that is wrong with it, the worst first.

    With `kept` it is only too short and kept with the exam: it can be handed in as it is.
    """

    code = "EXAM_RECORDING_REFUSED"
    kind = Kind.INVALID

    def __init__(self, problems: Sequence[AudioProblem], *, kept: bool = False) -> None:
        """Use the worst problem's sentence; say so if the recording is kept."""
        message = f"{problems[0].message} This recording is kept: you can also hand it in as it is." if kept else problems[0].message
        super().__init__(message, problems=[FieldProblem("recording", one.message, one.problem.value) for one in problems])
        self.audio_problems = tuple(problems)
        self.kept = kept


class NothingKept(NotFound):
    """No recording of this turn is kept."""

    code = "EXAM_NOTHING_KEPT"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("No recording is kept for this question. Record your answer, or type it.")


class ConsentNeeded(AppError):
    """The person has not agreed to being recorded."""

    code = "EXAM_CONSENT_NEEDED"
    kind = Kind.FORBIDDEN

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Please agree to being recorded first, or type your answer.")


class ExamClosed(AppError):
    """The exam is finished or was abandoned."""

    code = "EXAM_CLOSED"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This exam is over. Start a new one to go on practising.")


class ExamPaused(AppError):
    """The exam is paused."""

    code = "EXAM_PAUSED"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This exam is paused. Resume it first.")


class PauseNotAllowed(AppError):
    """The clock of a turn cannot be stopped in exam mode."""

    code = "EXAM_PAUSE_NOT_ALLOWED"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("In exam mode the clock cannot be stopped in the middle of a question. You can pause after it.")


class NotThisTurn(AppError):
    """Another turn is the current one: this tab is behind, or ahead."""

    code = "EXAM_NOT_THIS_TURN"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The exam is at another question now. Reload the page to see it.")


class WrongMoment(AppError):
    """What was asked for does not fit what the current turn waits for."""

    code = "EXAM_WRONG_MOMENT"
    kind = Kind.CONFLICT


class AnswerStored(AppError):
    """Another answer to this turn is stored already and cannot be given again."""

    code = "EXAM_ANSWER_STORED"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what is kept."""
        super().__init__("Your answer to this question is stored already and cannot be changed any more. Go on to the next question.")


class TimeOver(AppError):
    """The answer came after the time and its grace: the turn is marked as not answered."""

    code = "EXAM_TIME_OVER"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what happened."""
        super().__init__("The time for this answer was over, so it counts as not answered. The exam goes on with the next question.")


class AnswerTooShort(AppError):
    """The answer is below the least words; it can be handed in all the same."""

    code = "EXAM_ANSWER_TOO_SHORT"
    kind = Kind.INVALID

    def __init__(self, *, words: int, least: int) -> None:
        """Say how much is missing."""
        said = f"{words} {'word' if words == 1 else 'words'}"
        message = f"Your answer has {said}; this question asks for at least {least}. Say a little more, or hand it in as it is."
        super().__init__(message, problems=[FieldProblem("text", message)])


class ExamNotComplete(AppError):
    """Turns are still open."""

    code = "EXAM_NOT_COMPLETE"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Some questions are still open. Answer them first, or leave the exam without a result.")


class TranscriptsOpen(AppError):
    """Transcripts wait for the person; `turn_keys` names them."""

    code = "EXAM_TRANSCRIPTS_OPEN"
    kind = Kind.CONFLICT

    def __init__(self, turn_keys: Sequence[str]) -> None:
        """Say what to do."""
        message = "Please check the words of your answers first, or accept them as they are."
        super().__init__(message, problems=[FieldProblem(key, message) for key in turn_keys])
        self.turn_keys = tuple(turn_keys)


class ReportNotReady(AppError):
    """The report is being made, or the exam is not finished."""

    code = "EXAM_REPORT_NOT_READY"
    kind = Kind.CONFLICT
    retry_after = 1

    def __init__(self, message: str = "") -> None:
        """Use the usual sentence unless another is given."""
        super().__init__(message or "Your report is being made. Please look again in a moment.")


class ExamBusy(AppError):
    """Several tabs changed the exam at the same moment, again and again."""

    code = "EXAM_BUSY"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This exam was changed in another tab at the same moment. Reload the page and try again.")
