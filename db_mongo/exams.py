"""Exams in MongoDB (contract: `exam.ports.ExamStore`).

One document per exam holds its answers (by turn key) and its report, so that an exam and what belongs to it change in one step on any
server. The script never changes and lies beside it under the same id; it is written first, so that an exam never lacks its script.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pymongo.database import Database

from core.clock import from_iso, to_iso
from core.records import from_record, to_record
from db_mongo.database import Document, MongoDatabase
from db_mongo.documents import from_document, to_document
from exam.models import Answer, Exam, ExamCursor, ExamScript, GradingState, StoredReport, TranscriptState, Way


class MongoExams:
    """The exams of this database."""

    def __init__(self, database: MongoDatabase) -> None:
        """Use `database`."""
        self._database = database

    def add(self, exam: Exam, script: ExamScript) -> None:
        """Store the script, then the exam: a crash between leaves a script that nobody sees and that goes with the account."""
        with self._database.using() as db:
            db["exam_scripts"].insert_one(to_document(script, exam.id))
            db["exams"].insert_one({**to_document(exam), "answers": {}, "pending": 0})

    def get(self, user_id: str, exam_id: str) -> Exam | None:
        """Return the exam."""
        with self._database.using() as db:
            found = db["exams"].find_one({"_id": exam_id, "user_id": user_id}, _without_answers())
        return _exam(found) if found else None

    def script(self, user_id: str, exam_id: str) -> ExamScript | None:
        """Return the script."""
        with self._database.using() as db:
            found = db["exam_scripts"].find_one({"_id": exam_id, "user_id": user_id})
        return from_document(ExamScript, found) if found else None

    def change(self, exam: Exam, *, version: int, answer: Answer | None = None, report: StoredReport | None = None) -> bool:
        """Compare and swap the document, the answer and the report in it."""
        head = to_document(exam)
        key = {"_id": head.pop("_id"), "user_id": exam.user_id, "version": version}
        if answer is not None:
            head[f"answers.{_field(answer.turn_key)}"] = to_record(answer)
        if report is not None:
            head["report"] = to_record(report)
        change: Document = {"$set": head}
        if answer is not None and answer.transcript is TranscriptState.PENDING:
            change["$inc"] = {"pending": 1}
        with self._database.using() as db:
            return db["exams"].update_one(key, change).matched_count == 1

    def answers(self, user_id: str, exam_id: str) -> list[Answer]:
        """Return the answers by position."""
        with self._database.using() as db:
            found = db["exams"].find_one({"_id": exam_id, "user_id": user_id}, {"answers": 1})
        return _answers(found) if found else []

    def answer(self, user_id: str, exam_id: str, turn_key: str) -> Answer | None:
        """Return one answer."""
        return next((answer for answer in self.answers(user_id, exam_id) if answer.turn_key == turn_key), None)

    def change_answer(self, answer: Answer, *, version: int) -> bool:
        """Compare and swap one answer."""
        place = f"answers.{_field(answer.turn_key)}"
        key = {"_id": answer.exam_id, "user_id": answer.user_id, f"{place}.version": version}
        change: Document = {"$set": {place: to_record(answer)}}
        if answer.transcript is TranscriptState.PENDING:
            change["$inc"] = {"pending": 1}
        with self._database.using() as db:
            return db["exams"].update_one(key, change).matched_count == 1

    def history(self, user_id: str, *, after: ExamCursor | None, limit: int) -> list[Exam]:
        """Return exams, newest first."""
        where: dict[str, Any] = {"user_id": user_id}
        if after is not None:
            moment = to_iso(after.created_at)
            where["$or"] = [{"created_at": {"$lt": moment}}, {"created_at": moment, "_id": {"$lt": after.id}}]
        with self._database.using() as db:
            found = db["exams"].find(where, _without_answers()).sort([("created_at", -1), ("_id", -1)]).limit(limit)
            return [_exam(document) for document in found]

    def report(self, user_id: str, exam_id: str) -> StoredReport | None:
        """Return the report."""
        with self._database.using() as db:
            found = db["exams"].find_one({"_id": exam_id, "user_id": user_id, "report": {"$exists": True}}, {"report": 1})
        return from_record(StoredReport, found["report"]) if found else None

    def reports(self, user_id: str, *, limit: int) -> list[StoredReport]:
        """Return the newest reports."""
        with self._database.using() as db:
            where = {"user_id": user_id, "report": {"$exists": True}}
            found = db["exams"].find(where, {"report": 1}).sort([("report.made_at", -1), ("_id", -1)]).limit(limit)
            return [from_record(StoredReport, document["report"]) for document in found]

    def pending_gradings(self, *, limit: int) -> list[Exam]:
        """Return exams whose grading is pending."""
        with self._database.using() as db:
            found = db["exams"].find({"grading": GradingState.PENDING.value}, _without_answers()).limit(limit)
            return [_exam(document) for document in found]

    def pending_transcripts(self, *, limit: int) -> list[Answer]:
        """Return answers whose transcript is pending; `pending` counts how often an exam had one, and is cleared when none is left."""
        found: list[Answer] = []
        with self._database.using() as db:
            for document in db["exams"].find({"pending": {"$gt": 0}}, {"answers": 1, "pending": 1}).limit(limit):
                waiting = [answer for answer in _answers(document) if answer.transcript is TranscriptState.PENDING]
                found += waiting
                if not waiting:
                    db["exams"].update_one({"_id": document["_id"], "pending": document["pending"]}, {"$set": {"pending": 0}})
        return found[:limit]

    def consent(self, user_id: str) -> datetime | None:
        """Return when the person agreed."""
        with self._database.using() as db:
            found = db["recording_consents"].find_one({"_id": user_id})
        return from_iso(found["given_at"]) if found else None

    def set_consent(self, user_id: str, at: datetime | None) -> None:
        """Keep or forget that the person agreed."""
        with self._database.using() as db:
            if at is None:
                db["recording_consents"].delete_one({"_id": user_id})
            else:
                db["recording_consents"].replace_one({"_id": user_id}, {"_id": user_id, "given_at": to_iso(at)}, upsert=True)

    def delete(self, user_id: str, exam_id: str) -> bool:
        """Remove the exam, then its script."""
        with self._database.using() as db:
            gone = db["exams"].delete_one({"_id": exam_id, "user_id": user_id}).deleted_count == 1
            db["exam_scripts"].delete_one({"_id": exam_id, "user_id": user_id})
        return gone

    def delete_all_of(self, user_id: str) -> None:
        """Remove every exam of the person, and the consent."""
        with self._database.using() as db:
            db["exams"].delete_many({"user_id": user_id})
            db["exam_scripts"].delete_many({"user_id": user_id})
            db["recording_consents"].delete_one({"_id": user_id})


def _without_answers() -> dict[str, int]:
    """Return the projection of an exam alone, made anew each time: what stands in for the driver in tests writes into it."""
    return {"answers": 0, "report": 0, "pending": 0}


def _field(turn_key: str) -> str:
    """Return a turn's key as the name of a field, in which dots and dollars would mean something."""
    return turn_key.replace("%", "%25").replace(".", "%2E").replace("$", "%24").replace("\x00", "%00")


def put_answer(db: Database[Document], answer: Answer) -> None:
    """Put an answer into its exam, whatever is there (copying from another store)."""
    change: Document = {"$set": {f"answers.{_field(answer.turn_key)}": to_record(answer)}}
    if answer.transcript is TranscriptState.PENDING:
        change["$inc"] = {"pending": 1}
    db["exams"].update_one({"_id": answer.exam_id}, change)


def _answers(document: Mapping[str, Any]) -> list[Answer]:
    found = [from_record(Answer, record) for record in document["answers"].values()]
    return sorted(found, key=lambda answer: answer.position)


def complete(found: Document) -> Document:
    """Return an exam's document with every field: what was stored before there was one has none of it, and is spoken without a choice."""
    return {"drafts": "{}", "way": Way.SPEAK.value, "kept": None, **found}


def _exam(found: Document) -> Exam:
    return from_document(Exam, complete(found))
