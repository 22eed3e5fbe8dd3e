"""The report as comma-separated values. Cells that a spreadsheet would read as a formula are disarmed."""

import csv
import io

from exam.report.models import Report

_FORMULA = tuple("=+-@＝＋－＠")  # the wide ones too, which some spreadsheets read as the others


def as_csv(report: Report) -> str:
    """Return the result, one line per criterion and one per answer, with a byte order mark for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out)

    def line(*cells: object) -> None:
        writer.writerow([_safe(cell) for cell in cells])

    line("exam", report.title, "level aimed at", report.aimed_at, "made", report.made_at.isoformat())
    line("result", report.label, "confidence", report.estimate.confidence, "method", report.estimate.method_label)
    if report.scale_text:
        line("scale", report.scale_name, report.scale_text)
    line("note", report.honesty)
    line()
    line("criterion", "result", "scale", "why")
    for found in report.criteria:
        line(found.title, found.label, found.scale_text, found.why)
    line()
    line("part", "question", "mode", "words", "seconds", "speaking seconds", "pause seconds", "pauses", "words a minute", "answer")
    for answer in report.answers:
        measured = (answer.seconds, answer.speaking_seconds, answer.pause_seconds, answer.pauses) if answer.seconds else ("", "", "", "")
        numbers = [round(value, 1) if isinstance(value, float) else value for value in measured]
        line(answer.part_title, answer.question, answer.mode.value, answer.words, *numbers, answer.words_per_minute or "", answer.text)
    line()
    line("level", "words")
    for level, words in report.estimate.words_by_level:
        line(level, ", ".join(words))
    return "\ufeff" + out.getvalue()


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    seen = cell.lstrip()  # a spreadsheet may leave out blanks before it looks
    return f"'{cell}" if seen.startswith(_FORMULA) or cell[:1] in {"\t", "\r", "\n"} else cell
