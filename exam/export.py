"""Everything that is kept of a person's exams, as one JSON document."""

import json
from collections.abc import Iterator
from typing import Any

from core.records import to_record
from exam.models import Answer, Exam, ExamCursor
from exam.ports import ExamStore

_PAGE = 50
_HEAD = ("id", "format_id", "title", "level", "mode", "way", "state", "created_at", "finished_at", "label")
_ANSWER = ("turn_key", "question", "mode", "submitted_at", "text", "proposed", "recording_id", "late", "short")

_KEPT = ("turn_key", "recording_id", "content_type", "advice")


def as_json(store: ExamStore, user_id: str) -> Iterator[str]:
    """Yield the document piece by piece, one exam at a time, newest first."""
    agreed = store.consent(user_id)
    yield f'{{"agreed_to_recording_at": {json.dumps(agreed.isoformat() if agreed else None)}, "exams": '
    yield from as_list(store, user_id)
    yield "}"


def as_list(store: ExamStore, user_id: str) -> Iterator[str]:
    """Yield the exams alone, as one JSON list."""
    yield "["
    separator = ""
    for exam in _every(store, user_id):
        report = store.report(user_id, exam.id)
        whole: dict[str, Any] = {name: value for name, value in to_record(exam).items() if name in _HEAD}
        whole["notes"], whole["drafts"] = dict(exam.notes), dict(exam.drafts)
        whole["kept_recording"] = {name: getattr(exam.kept, name) for name in _KEPT} if exam.kept else None
        whole["answers"] = [_answer(answer) for answer in store.answers(user_id, exam.id)]
        whole["report"] = json.loads(report.data) if report else None
        yield separator + json.dumps(whole, ensure_ascii=False)
        separator = ", "
    yield "]"


def _answer(answer: Answer) -> dict[str, object]:
    return {name: value for name, value in to_record(answer).items() if name in _ANSWER}


def _every(store: ExamStore, user_id: str) -> Iterator[Exam]:
    cursor: ExamCursor | None = None
    while page := store.history(user_id, after=cursor, limit=_PAGE):
        yield from page
        cursor = ExamCursor(page[-1].created_at, page[-1].id)
