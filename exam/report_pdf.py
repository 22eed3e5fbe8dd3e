"""A report on paper."""

import unicodedata
from typing import TYPE_CHECKING

from exam.report.models import Report
from lexis import LEVELS, Level

if TYPE_CHECKING:
    from fpdf import FPDF

_TEAL, _SOFT, _QUIET, _INK = (13, 110, 110), (226, 236, 236), (76, 97, 103), (22, 38, 44)
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "•": "-", "≥": ">=", "≤": "<="})
_LEFT, _BAR_FROM, _BAR_WIDTH = 20.0, 75.0, 115.0


def pdf(report: Report) -> bytes:
    """Return the report as a PDF file. Letters beyond Latin-1, which the built-in fonts lack, lose their marks or become "?"."""
    from fpdf import FPDF  # noqa: PLC0415 - takes 0.2 s to import and only this needs it

    paper = FPDF(format="A4")
    paper.set_title("Speaking exam report")
    paper.set_lang("en")
    paper.set_margins(_LEFT, 18, _LEFT)
    paper.set_auto_page_break(True, margin=18)
    paper.add_page()
    estimate = report.estimate
    _line(paper, f"{report.title} · {report.made_at:%d %B %Y} · aimed at {report.aimed_at}", size=10, colour=_QUIET)
    _line(paper, report.label, size=30, colour=_TEAL, bold=True)
    _line(paper, report.honesty, size=10, colour=_QUIET)
    if report.scale_text:
        _line(paper, f"{report.scale_name}: {report.scale_text}")
    _line(paper, f"Confidence: {estimate.confidence}. {estimate.confidence_why}")
    for reason in estimate.reasons:
        _line(paper, reason.message)
    _head(paper, "Your best strength")
    _line(paper, estimate.strength)
    _head(paper, "Do this next")
    _line(paper, estimate.next_action)
    _head(paper, "Criterion by criterion")
    for one in report.criteria:
        _bar(paper, one.title, one.levels, one.label)
    for one in report.criteria:
        _line(paper, f"{one.title}: {one.label}. {one.why}", size=9, colour=_QUIET)
    _words(paper, report)
    _answers(paper, report)
    _head(paper, "How this was made")
    for text in dict.fromkeys([f"Method: {estimate.method_label}.", *report.notes, *estimate.notes]):
        _line(paper, text, size=9, colour=_QUIET)
    _line(paper, "Practice estimate, not an official result.", size=9, colour=_QUIET)
    return bytes(paper.output())


def _words(paper: "FPDF", report: Report) -> None:
    estimate = report.estimate
    if estimate.words_by_level:
        _head(paper, "Your words by level")
        for level, found in estimate.words_by_level:
            if found:
                _line(paper, f"{level} ({len(found)}): {', '.join(found)}", size=10)
    if estimate.corrections:
        _head(paper, "Said, and better")
        for one in estimate.corrections:
            _line(paper, f'You said: "{one.said}". Better: "{one.better}".', size=10)


def _answers(paper: "FPDF", report: Report) -> None:
    _head(paper, "Your answers")
    for number, one in enumerate(report.answers, start=1):
        _line(paper, f"{number}. {one.question}", bold=True, size=10)
        if one.seconds:
            _line(paper, f"{one.speaking_seconds:.0f} of {one.seconds:.0f} s speaking, {one.pauses} pauses", size=9, colour=_QUIET)
        _line(paper, one.text or ("Not answered" if not one.seconds else "No words given"), size=10)


def _head(paper: "FPDF", text: str) -> None:
    paper.ln(3)
    _line(paper, text, size=13, colour=_TEAL, bold=True)


def _line(paper: "FPDF", text: str, *, size: int = 11, colour: tuple[int, int, int] = _INK, bold: bool = False) -> None:
    if not text:
        return
    paper.set_font("Helvetica", style="B" if bold else "", size=size)
    paper.set_text_color(*colour)
    paper.multi_cell(0, size * 0.5, _printable(text), new_x="LMARGIN", new_y="NEXT")
    paper.ln(1)


def _bar(paper: "FPDF", name: str, levels: tuple[Level, Level] | None, label: str) -> None:
    paper.set_font("Helvetica", size=10)
    paper.set_text_color(*_INK)
    y = paper.get_y()
    paper.cell(_BAR_FROM - _LEFT, 6, _printable(name)[:34])
    if levels is None:
        paper.cell(0, 6, _printable(label))
    else:
        step = _BAR_WIDTH / len(LEVELS)
        low, high = (LEVELS.index(level) for level in levels)
        for place, level in enumerate(LEVELS):
            inside = low <= place <= high
            paper.set_fill_color(*(_TEAL if inside else _SOFT))
            paper.set_text_color(*((255, 255, 255) if inside else _QUIET))
            paper.set_xy(_BAR_FROM + place * step, y + 0.5)
            paper.cell(step - 1, 5, level, align="C", fill=True)
    paper.set_xy(_LEFT, y + 7)


def _printable(text: str) -> str:
    plain = text.translate(_SIGNS)
    kept = "".join(
        sign if _is_latin(sign) else "".join(part for part in unicodedata.normalize("NFKD", sign) if _is_latin(part)) or "?"
        for sign in plain
    )
    return "".join(sign if sign >= " " or sign == "\n" else " " for sign in kept)


def _is_latin(sign: str) -> bool:
    return ord(sign) < 256  # noqa: PLR2004 - the end of Latin-1
