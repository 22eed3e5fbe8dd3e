"""Numbers and parts of an exam in words."""

from collections.abc import Iterator, Sequence

from exam.assessment.models import Criterion
from exam.bank import ExamFormat
from exam.bank.models import Part, TurnRule
from exam.models import Exam, ExamMode, ExamState, GradingState, Phase

_MINUTE = 60
MODES = {ExamMode.EXAM: "Exam mode", ExamMode.PRACTICE: "Practice mode"}
ASPECTS: dict[Criterion, str] = {
    "range": "Vocabulary",
    "accuracy": "Grammar",
    "fluency": "Fluency",
    "interaction": "Taking part",
    "coherence": "Connecting ideas",
    "phonology": "Pronunciation",
}
"""What is measured, in the words that most styles of exam use for it too."""


def seconds(number: float) -> str:
    """Return "45 s", "1 min" or "1 min 30 s"."""
    whole = round(number)
    minutes, rest = divmod(whole, _MINUTE)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def clock(number: float) -> str:
    """Return "1:05"."""
    whole = max(0, int(number))
    return f"{whole // _MINUTE}:{whole % _MINUTE:02}"


def minutes(pair: tuple[float, float]) -> str:
    """Return "3 minutes" or "11 to 14 minutes"."""
    low, high = (f"{number:g}" for number in pair)
    return f"{low} minutes" if low == high else f"{low} to {high} minutes"


def levels(names: Sequence[str]) -> str:
    """Return "B1" or "A1 to C2"."""
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def size(form: ExamFormat) -> str:
    """Return how long an exam is: minutes, parts, answers."""
    parts = f"{len(form.parts)} {'part' if len(form.parts) == 1 else 'parts'}"
    return f"{minutes(form.minutes)} · {parts} · {form.turn_count} answers"


def asks(part: Part) -> str:
    """Return what a part asks for, such as "3 answers of 30 s"."""
    said = ", then ".join(_grouped(part))
    return said[:1].upper() + said[1:]


def _grouped(part: Part) -> Iterator[str]:
    counted: list[tuple[int, TurnRule]] = []
    for task in part.tasks:
        for turn in task.turns:
            count = task.items * turn.times
            if counted and _alike(counted[-1][1], turn):
                counted[-1] = (counted[-1][0] + count, turn)
            else:
                counted.append((count, turn))
    for count, turn in counted:
        answers = "an answer" if count == 1 else f"{count} answers"
        before = f" after {seconds(turn.preparation_seconds)} to prepare" if turn.preparation_seconds else ""
        yield f"{answers} of {seconds(turn.answer_seconds)}{before}"


def _alike(one: TurnRule, other: TurnRule) -> bool:
    return (one.answer_seconds, one.preparation_seconds) == (other.answer_seconds, other.preparation_seconds)


def stands(exam: Exam) -> str:
    """Return where an exam stands, for lists."""
    if exam.state is ExamState.ABANDONED:
        return "Left without a result"
    if exam.state is ExamState.FINISHED:
        if exam.grading is GradingState.READY:
            return exam.label
        return "The report could not be made" if exam.grading is GradingState.FAILED else "The report is being made"
    if exam.phase is Phase.COMPLETE:
        return "All questions answered: get your report"
    done = f"Question {exam.position + 1} of {exam.turn_count}"
    return f"{done}, paused" if exam.state is ExamState.PAUSED else done
