"""What the exam needs from outside. The docstrings are the contract; `tests/contract/exams/` runs it on every store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from exam.models import Answer, Exam, ExamCursor, ExamScript, StoredReport


class ExamStore(Protocol):
    """Exams, their scripts, answers and reports.

    Every read by a person's request takes the owner's id: what belongs to somebody else looks like nothing. A store that cannot
    be reached raises `core.errors.StoreUnavailable` and has changed nothing. Whatever returned is durable.
    """

    def add(self, exam: Exam, script: ExamScript) -> None:
        """Store a new exam together with its script: both or nothing."""
        ...

    def get(self, user_id: str, exam_id: str) -> Exam | None:
        """Return the exam as it is now."""
        ...

    def script(self, user_id: str, exam_id: str) -> ExamScript | None:
        """Return the script that was stored with the exam."""
        ...

    def change(self, exam: Exam, *, version: int, answer: Answer | None = None, report: StoredReport | None = None) -> bool:
        """Store `exam` if the stored one has `version`, and with it, in the same step, an answer and a report.

        An answer of the same turn is replaced whole, and so is a report. Returns False, and changes nothing, if the exam has another
        version or is gone.
        """
        ...

    def answers(self, user_id: str, exam_id: str) -> list[Answer]:
        """Return the exam's answers by position."""
        ...

    def answer(self, user_id: str, exam_id: str, turn_key: str) -> Answer | None:
        """Return the answer to one turn."""
        ...

    def change_answer(self, answer: Answer, *, version: int) -> bool:
        """Replace an answer if the stored one has `version` (its transcript changes apart from the exam); False otherwise."""
        ...

    def history(self, user_id: str, *, after: ExamCursor | None, limit: int) -> list[Exam]:
        """Return the person's exams, newest first (created_at, then id), those behind `after`."""
        ...

    def report(self, user_id: str, exam_id: str) -> StoredReport | None:
        """Return the exam's report."""
        ...

    def reports(self, user_id: str, *, limit: int) -> list[StoredReport]:
        """Return the person's newest reports, newest first (made_at, then exam id)."""
        ...

    def pending_gradings(self, *, limit: int) -> list[Exam]:
        """Return exams of anybody whose grading is pending, in any order."""
        ...

    def pending_transcripts(self, *, limit: int) -> list[Answer]:
        """Return answers of anybody whose transcript is pending, in any order."""
        ...

    def consent(self, user_id: str) -> datetime | None:
        """Return when the person agreed to being recorded."""
        ...

    def set_consent(self, user_id: str, at: datetime | None) -> None:
        """Keep that the person agreed, or (None) that they do not any more."""
        ...

    def delete(self, user_id: str, exam_id: str) -> bool:
        """Remove an exam with everything that belongs to it; False if there is none."""
        ...

    def delete_all_of(self, user_id: str) -> None:
        """Remove every exam of the person, and their consent."""
        ...


class Pick(Protocol):
    """Picks one of several (`random.Random(seed).choice`, `secrets.choice`)."""

    def __call__(self, options: Sequence[Any], /) -> Any:
        """Return one of `options`, which is not empty."""
        ...


class Limits(Protocol):
    """Named limits (`core.limits.RateLimits` fits)."""

    def hit(self, name: str, *key: str) -> None:
        """Count one attempt. Raises `core.errors.TooManyAttempts` when the limit `name` is used up for `key`."""
        ...
