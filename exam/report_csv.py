"""A report as a table for other programs: one line for each fact."""

import csv as _csv
import io

from exam.report.models import Report

HEAD = ("section", "name", "value", "note")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv(report: Report) -> bytes:
    """Return the report as CSV in UTF-8 with a byte order mark (spreadsheets need it). No cell can be taken for a formula."""
    estimate = report.estimate
    rows: list[tuple[object, ...]] = [
        ("result", "exam", report.title, report.honesty),
        ("result", "made at", report.made_at.isoformat(timespec="seconds"), ""),
        ("result", "level range", report.label, f"aimed at {report.aimed_at}"),
        ("result", "confidence", estimate.confidence, estimate.confidence_why),
        ("result", "strength", estimate.strength, ""),
        ("result", "next action", estimate.next_action, ""),
        ("result", "method", estimate.method_label, "practice estimate, not an official result"),
    ]
    rows += [("criterion", one.title, one.label, one.why) for one in report.criteria]
    rows += [("words", level, ", ".join(found), len(found)) for level, found in estimate.words_by_level]
    rows += [("correction", one.said, one.better, "") for one in estimate.corrections]
    for one in report.answers:
        rows.append(("answer", one.question, one.text, one.mode.value))
        if one.seconds:
            timing = f"{one.speaking_seconds:.1f} s speaking, {one.pause_seconds:.1f} s pausing, {one.pauses} pauses"
            rows.append(("timing", one.question, timing, f"{one.words_per_minute:.0f} words a minute" if one.words_per_minute else ""))
    kept = io.StringIO()
    writer = _csv.writer(kept)
    writer.writerow(HEAD)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return kept.getvalue().encode("utf-8-sig")


def _safe(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
