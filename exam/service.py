"""The exam component's façade: everything that pages and HTTP routes call. Each method checks, does one thing, and returns values.

`ExamService` = this file (formats, consent, start, history) + `exam.sitting` (taking an exam) + `exam.results` (answers and result).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import lexis
from exam import export
from exam.bank import ExamFormat, choose_items
from exam.config import MOST_PER_PAGE
from exam.engine import script
from exam.errors import ExamChoiceInvalid
from exam.models import Exam, ExamCursor, ExamMode, ExamPage, ExamView
from exam.report import pdf, records
from exam.results import Results
from exam.sitting import Sitting, way_of
from lexis import LEVELS, Level


class ExamService(Sitting, Results):
    """Speaking exams: the engine owns parts, order, counts and the clock.

    Every method takes the person's id first and treats what belongs to others as unknown (`ExamNotFound`). Methods that act on a
    turn take its key and refuse another one (`NotThisTurn`), so that a second tab never answers the wrong question. All may
    raise `StoreUnavailable`; those that change something also `TooManyAttempts`.
    """

    def formats(self) -> tuple[ExamFormat, ...]:
        """Return every exam format in the order in which it is offered."""
        return self._catalogue().formats()

    @property
    def grace(self) -> timedelta:
        """How long after the answer time an answer may still be handed in, in exam mode."""
        return self._config.grace

    @property
    def writes_down(self) -> bool:
        """Whether recordings are written down automatically; otherwise the person types what they said."""
        return self._transcription.available

    @property
    def transcribers(self) -> tuple[str, ...]:
        """Return who hears recordings (provider names), for the sentence that asks for consent; empty: nobody."""
        return self._transcription.providers

    def has_consent(self, user_id: str) -> bool:
        """Tell whether the person has agreed to being recorded."""
        return self.agreed_at(user_id) is not None

    def agreed_at(self, user_id: str) -> datetime | None:
        """Return when the person agreed to being recorded, or None."""
        return self._store.consent(user_id)

    def give_consent(self, user_id: str) -> None:
        """Keep that the person agrees to being recorded; asked once, before the first recording."""
        if not self.has_consent(user_id):
            self._store.set_consent(user_id, self._clock.now())

    def withdraw_consent(self, user_id: str) -> None:
        """Keep that the person does not agree any more; recordings that exist stay until their exam is deleted."""
        self._store.set_consent(user_id, None)

    def start(self, user_id: str, *, format_id: str, level: str, mode: str = "exam", way: str = "speak") -> ExamView:
        """Begin an exam: items are drawn (none of the last five exams) and copied, the first question is READY.

        Raises UnknownFormat, ExamChoiceInvalid (a level that the format does not offer, another mode or way), NotEnoughItems.
        """
        form = self._catalogue().format(format_id)
        wished = _level(level, form)
        if mode not in set(ExamMode):
            raise ExamChoiceInvalid("mode", "Choose exam or practice.")
        self._limits.hit("exam", user_id)
        seen = {item for exam in self._store.history(user_id, after=None, limit=self._config.recent_exams) for item in exam.item_ids}
        plan = choose_items(self._catalogue(), form, level=wished, seen_ids_last_five=seen, choice=self._pick)
        now = self._clock.now()
        exam = Exam(
            id=self._ids.new("exam"),
            user_id=user_id,
            format_id=form.id,
            title=form.title,
            level=wished,
            mode=ExamMode(mode),
            way=way_of(way),
            created_at=now,
            updated_at=now,
            turn_count=len(plan.turns),
            item_ids=plan.item_ids,
        )
        self._store.add(exam, script.written(self._catalogue(), form, plan, exam_id=exam.id, user_id=user_id))
        return self.view(user_id, exam.id)

    def history(self, user_id: str, *, after: ExamCursor | None = None, limit: int = 20) -> ExamPage:
        """Return the person's exams, newest first, and the cursor of the next page. `limit` is 1–100, else ExamChoiceInvalid."""
        if not 1 <= limit <= MOST_PER_PAGE:
            raise ExamChoiceInvalid("limit", f"Choose a number from 1 to {MOST_PER_PAGE}.")
        found = self._store.history(user_id, after=after, limit=limit + 1)
        items = tuple(found[:limit])
        more = ExamCursor(items[-1].created_at, items[-1].id) if len(found) > limit else None
        return ExamPage(items=items, next=more)

    def warm_up(self) -> None:
        """Load now what the first exam and the first report would wait for: items, word tables, the PDF library."""
        self._catalogue()
        lexis.warm_up()
        pdf.warm_up()
        records.warm_up()

    def recover_at_start(self) -> int:
        """Take up transcriptions and reports that an earlier run left behind; returns how many."""
        return self._hearing.recover(at_start=True) + self._grading.recover(at_start=True)

    def tidy(self) -> int:
        """Take up what another process dropped: it held a lease that ran out. For every process, now and then."""
        return self._hearing.recover(at_start=False) + self._grading.recover(at_start=False)

    def export_all(self, user_id: str) -> Iterator[str]:
        """Return every exam with its answers and its report as pieces of one JSON document (recordings are named, not included)."""
        return export.as_json(self._store, user_id)

    def export_list(self, user_id: str) -> Iterator[str]:
        """Return the exams of `export_all` alone, as pieces of one JSON list."""
        return export.as_list(self._store, user_id)

    def delete_all_of(self, user_id: str, /) -> None:
        """Remove everything of a person whose account is deleted: exams, answers, reports, recordings, consent."""
        self._store.delete_all_of(user_id)
        self._recordings.delete_all_of(user_id)

    def close(self) -> None:
        """End the background work; what is unfinished is taken up at the next start."""
        self._hearing.close()
        self._grading.close()


def _level(level: str, form: ExamFormat) -> Level:
    found = next((name for name in LEVELS if name == level), None)
    if found is None or found not in form.levels:
        raise ExamChoiceInvalid("level", f"This exam can be taken at {', '.join(form.levels)}.")
    return found
