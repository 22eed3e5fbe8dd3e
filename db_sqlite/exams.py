"""Exams in SQLite (contract: `exam.ports.ExamStore`)."""

import sqlite3
from datetime import datetime

from core.clock import from_iso, to_iso
from core.records import Record, from_record, to_record
from db_sqlite.database import SqliteDatabase
from db_sqlite.rows import assignments, insert
from exam.models import Answer, Exam, ExamCursor, ExamScript, StoredReport


class SqliteExams:
    """The exams of this database."""

    def __init__(self, database: SqliteDatabase) -> None:
        """Use `database`."""
        self._database = database

    def add(self, exam: Exam, script: ExamScript) -> None:
        """Store a new exam and its script in one transaction."""
        with self._database.write() as connection:
            insert(connection, "exams", to_record(exam))
            insert(connection, "exam_scripts", to_record(script))

    def get(self, user_id: str, exam_id: str) -> Exam | None:
        """Return the exam."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM exams WHERE id = ? AND user_id = ?", (exam_id, user_id)).fetchone()
        return from_record(Exam, row) if row else None

    def script(self, user_id: str, exam_id: str) -> ExamScript | None:
        """Return the script."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM exam_scripts WHERE exam_id = ? AND user_id = ?", (exam_id, user_id)).fetchone()
        return from_record(ExamScript, row) if row else None

    def change(self, exam: Exam, *, version: int, answer: Answer | None = None, report: StoredReport | None = None) -> bool:
        """Compare and swap, with the answer and the report in the same transaction."""
        with self._database.write() as connection:
            if not _swapped(connection, exam, version):
                return False
            if answer is not None:
                _replace(connection, "exam_answers", to_record(answer))
            if report is not None:
                _replace(connection, "exam_reports", to_record(report))
        return True

    def answers(self, user_id: str, exam_id: str) -> list[Answer]:
        """Return the answers by position."""
        sql = "SELECT * FROM exam_answers WHERE exam_id = ? AND user_id = ? ORDER BY position"
        with self._database.read() as connection:
            return [from_record(Answer, row) for row in connection.execute(sql, (exam_id, user_id))]

    def answer(self, user_id: str, exam_id: str, turn_key: str) -> Answer | None:
        """Return one answer."""
        sql = "SELECT * FROM exam_answers WHERE exam_id = ? AND user_id = ? AND turn_key = ?"
        with self._database.read() as connection:
            row = connection.execute(sql, (exam_id, user_id, turn_key)).fetchone()
        return from_record(Answer, row) if row else None

    def change_answer(self, answer: Answer, *, version: int) -> bool:
        """Compare and swap one answer."""
        record = to_record(answer)
        sql = f"UPDATE exam_answers SET {assignments(tuple(record))} WHERE exam_id = ? AND user_id = ? AND turn_key = ? AND version = ?"  # noqa: S608 - our own column names; values are bound
        key = (answer.exam_id, answer.user_id, answer.turn_key, version)
        with self._database.write() as connection:
            return connection.execute(sql, (*record.values(), *key)).rowcount == 1

    def history(self, user_id: str, *, after: ExamCursor | None, limit: int) -> list[Exam]:
        """Return exams, newest first."""
        sql, values = "SELECT * FROM exams WHERE user_id = ?", [user_id]
        if after is not None:
            sql += " AND (created_at, id) < (?, ?)"
            values += [to_iso(after.created_at), after.id]
        with self._database.read() as connection:
            rows = connection.execute(f"{sql} ORDER BY created_at DESC, id DESC LIMIT ?", (*values, limit))
            return [from_record(Exam, row) for row in rows]

    def report(self, user_id: str, exam_id: str) -> StoredReport | None:
        """Return the report."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM exam_reports WHERE exam_id = ? AND user_id = ?", (exam_id, user_id)).fetchone()
        return from_record(StoredReport, row) if row else None

    def reports(self, user_id: str, *, limit: int) -> list[StoredReport]:
        """Return the newest reports."""
        sql = "SELECT * FROM exam_reports WHERE user_id = ? ORDER BY made_at DESC, exam_id DESC LIMIT ?"
        with self._database.read() as connection:
            return [from_record(StoredReport, row) for row in connection.execute(sql, (user_id, limit))]

    def pending_gradings(self, *, limit: int) -> list[Exam]:
        """Return exams whose grading is pending."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM exams WHERE grading = 'pending' LIMIT ?", (limit,))
            return [from_record(Exam, row) for row in rows]

    def pending_transcripts(self, *, limit: int) -> list[Answer]:
        """Return answers whose transcript is pending."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM exam_answers WHERE transcript = 'pending' LIMIT ?", (limit,))
            return [from_record(Answer, row) for row in rows]

    def consent(self, user_id: str) -> datetime | None:
        """Return when the person agreed."""
        with self._database.read() as connection:
            row = connection.execute("SELECT given_at FROM recording_consents WHERE user_id = ?", (user_id,)).fetchone()
        return from_iso(row["given_at"]) if row else None

    def set_consent(self, user_id: str, at: datetime | None) -> None:
        """Keep or forget that the person agreed."""
        with self._database.write() as connection:
            if at is None:
                connection.execute("DELETE FROM recording_consents WHERE user_id = ?", (user_id,))
            else:
                _replace(connection, "recording_consents", {"user_id": user_id, "given_at": to_iso(at)})

    def delete(self, user_id: str, exam_id: str) -> bool:
        """Remove the exam; the rest goes with it."""
        with self._database.write() as connection:
            return connection.execute("DELETE FROM exams WHERE id = ? AND user_id = ?", (exam_id, user_id)).rowcount == 1

    def delete_all_of(self, user_id: str) -> None:
        """Remove every exam of the person, and the consent."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM exams WHERE user_id = ?", (user_id,))
            connection.execute("DELETE FROM recording_consents WHERE user_id = ?", (user_id,))


def _swapped(connection: sqlite3.Connection, exam: Exam, version: int) -> bool:
    record = to_record(exam)
    sql = f"UPDATE exams SET {assignments(tuple(record))} WHERE id = ? AND user_id = ? AND version = ?"  # noqa: S608 - our own column names; values are bound
    return connection.execute(sql, (*record.values(), exam.id, exam.user_id, version)).rowcount == 1


def _replace(connection: sqlite3.Connection, table: str, record: Record) -> None:
    keys = {"exam_answers": "exam_id, turn_key", "exam_reports": "exam_id", "recording_consents": "user_id"}[table]
    insert(connection, table, record, on_conflict=f"ON CONFLICT ({keys}) DO UPDATE SET {_excluded(tuple(record))}")


def _excluded(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}" = excluded."{name}"' for name in columns)
