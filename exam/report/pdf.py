"""The report as a PDF document: what the page says, in its order, without players, in the fonts that every reader has."""

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exam.report.models import AnswerReport, Report
from lexis import LEVELS, Level

if TYPE_CHECKING:
    from fpdf import FPDF

_WIDTH = 180.0
_MOST_IN_CELL = 1200
"""Characters; a row that is higher than a sheet cannot be drawn, and what is spelled out in Latin letters can be many times as long."""
_LEFT, _BAR_LEFT, _BAR_WIDTH = 16.0, 84.0, 110.0
_INK, _MUTED, _ACCENT, _RAIL, _PAPER = (28, 32, 38), (95, 102, 112), (36, 98, 168), (224, 228, 234), (255, 255, 255)


def warm_up() -> None:
    """Load the library now, so that the first download does not wait."""
    import fpdf  # noqa: PLC0415 - see `as_pdf`

    del fpdf


def as_pdf(report: Report) -> bytes:
    """Return the document (A4). The same report always gives the same bytes but for fpdf2's own version."""
    pdf = _paper()
    pdf.set_creation_date(report.made_at)
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_margin(15)
    pdf.set_title(_plain(f"{report.title}: {report.label}"))
    pdf.set_lang("en")
    pdf.set_auto_page_break(auto=True, margin=18)
    pdf.add_page()
    _summary(pdf, report)
    _criteria(pdf, report)
    _words(pdf, report)
    _corrections(pdf, report)
    _answers(pdf, report.answers)
    _method(pdf, report)
    return bytes(pdf.output())


def _paper() -> "FPDF":
    from fpdf import FPDF  # noqa: PLC0415 - takes over 100 ms, and only a download needs it

    class Paper(FPDF):
        """Sheets with their number at the foot."""

        def footer(self) -> None:
            self.set_y(-13)
            self.set_font("Helvetica", "", 8)
            _ink(self, _MUTED)
            self.cell(_WIDTH, 5, f"Page {self.page_no()} of {{nb}}", align="R")

    return Paper(format="A4")


def _summary(pdf: "FPDF", report: Report) -> None:
    _line(pdf, report.title, size=18, bold=True)
    mode = "practice" if report.mode.value == "practice" else "exam"
    _line(pdf, f"{report.made_at:%d %B %Y}, {mode} at level {report.aimed_at}", colour=_MUTED)
    pdf.ln(3)
    _line(pdf, report.label, size=26, bold=True, colour=_ACCENT)
    if report.scale_text:
        _line(pdf, f"{report.scale_name}: {report.scale_text}")
    _line(pdf, report.honesty, bold=True)
    _line(pdf, f"Confidence: {report.estimate.confidence}. {report.estimate.confidence_why}")
    if report.estimate.written_rehearsal:
        _line(pdf, "Written rehearsal: some answers were typed.", colour=_MUTED)
    if report.estimate.strength:
        _line(pdf, f"Your best point: {report.estimate.strength}")
    _line(pdf, f"Next: {report.estimate.next_action}")
    for reason in report.estimate.reasons:
        _line(pdf, reason.message, colour=_MUTED)


def _criteria(pdf: "FPDF", report: Report) -> None:
    _heading(pdf, "Criteria")
    for found in report.criteria:
        _room(pdf, 16)
        pdf.set_font("Helvetica", "B", 10)
        _ink(pdf, _INK)
        pdf.cell(_BAR_LEFT - _LEFT, 6, _plain(found.title))
        _bar(pdf, found.levels)
        pdf.ln(6)
        _line(pdf, f"{found.label}{f' ({found.scale_text})' if found.scale_text else ''}. {found.why}", size=9, colour=_MUTED)
        pdf.ln(1.5)
    _line(pdf, f"The rail goes from {LEVELS[0]} to {LEVELS[-1]}.", size=8, colour=_MUTED)


def _bar(pdf: "FPDF", levels: tuple[Level, Level] | None) -> None:
    top, step = pdf.get_y() + 1.5, _BAR_WIDTH / len(LEVELS)
    pdf.set_fill_color(*_RAIL)
    pdf.rect(_BAR_LEFT, top, _BAR_WIDTH, 3, style="F")
    if levels is not None:
        low, high = (LEVELS.index(level) for level in levels)
        pdf.set_fill_color(*_ACCENT)
        pdf.rect(_BAR_LEFT + low * step, top, (high - low + 1) * step, 3, style="F")


def _words(pdf: "FPDF", report: Report) -> None:
    rows = [(level, words) for level, words in report.estimate.words_by_level if words]
    if rows:
        _heading(pdf, "Your words by level")
        for level, words in rows:
            _line(pdf, f"{level} ({len(words)}): {', '.join(words)}", size=9)


def _corrections(pdf: "FPDF", report: Report) -> None:
    if not report.estimate.corrections:
        return
    from fpdf.fonts import FontFace  # noqa: PLC0415 - see `_paper`

    _heading(pdf, "Said, and better")
    pdf.set_font("Helvetica", "", 9)
    pdf.set_draw_color(*_RAIL)
    pdf.set_fill_color(*_PAPER)  # otherwise the cells take the colour of the last bar
    head = FontFace(emphasis="BOLD", color=_MUTED)
    with pdf.table(
        width=_WIDTH, align="LEFT", text_align="LEFT", line_height=4.6, padding=1, borders_layout="HORIZONTAL_LINES", headings_style=head
    ) as table:
        table.row(("You said", "Better"))
        for found in report.estimate.corrections:
            table.row((_plain(found.said)[:_MOST_IN_CELL], _plain(found.better)[:_MOST_IN_CELL]))


def _answers(pdf: "FPDF", answers: Sequence[AnswerReport]) -> None:
    _heading(pdf, "Your answers")
    part = ""
    for answer in answers:
        if answer.part_title != part:
            part = answer.part_title
            _room(pdf, 32)
            pdf.ln(2)
            _line(pdf, part, bold=True, colour=_ACCENT)
        _room(pdf, 22)
        _line(pdf, answer.question, size=10, bold=True)
        _line(pdf, _facts(answer), size=8, colour=_MUTED)
        if answer.ribbon:
            _ribbon(pdf, answer)
        _line(pdf, answer.text or "(no words)", size=10)
        pdf.ln(2.5)


def _facts(answer: AnswerReport) -> str:
    facts = {"spoken": "Spoken", "typed": "Typed", "none": "Not answered"}[answer.mode.value]
    if answer.words:
        facts += f", {answer.words} words"
    if answer.seconds:
        facts += f", {answer.speaking_seconds:.0f} s of speech and {answer.pause_seconds:.0f} s of pauses in {answer.seconds:.0f} s"
    if answer.words_per_minute:
        facts += f", {answer.words_per_minute:.0f} words a minute"
    extras = [name for name, true in (("late", answer.late), ("short", answer.short), ("practice only", not answer.scored)) if true]
    return ", ".join([facts, *extras]) + "."


def _ribbon(pdf: "FPDF", answer: AnswerReport) -> None:
    """Draw speech (dark) and pauses (light) over the length of the recording."""
    top, scale = pdf.get_y() + 0.5, (_WIDTH - 2) / max(answer.seconds, 0.1)
    for segment in answer.ribbon:
        pdf.set_fill_color(*(_ACCENT if segment.is_speech else _RAIL))
        pdf.rect(_LEFT + segment.start * scale, top, max(0.1, segment.seconds * scale), 2.5, style="F")
    pdf.ln(4)


def _method(pdf: "FPDF", report: Report) -> None:
    _heading(pdf, "How this was made")
    _line(pdf, f"{report.estimate.method_label}. {report.estimate.words} words were assessed.", size=9)
    for note in (*report.estimate.notes, *report.notes):
        _line(pdf, note, size=9, colour=_MUTED)
    for failure in report.estimate.failures:
        _line(pdf, f"{failure.model_id} was not used: {failure.message}", size=9, colour=_MUTED)
    _line(pdf, report.honesty, size=9, bold=True)


def _heading(pdf: "FPDF", text: str) -> None:
    _room(pdf, 30)
    pdf.ln(5)
    _line(pdf, text, size=13, bold=True)


def _line(pdf: "FPDF", text: str, *, size: int = 11, bold: bool = False, colour: tuple[int, int, int] = _INK) -> None:
    pdf.set_font("Helvetica", "B" if bold else "", size)
    _ink(pdf, colour)
    pdf.multi_cell(_WIDTH, size * 0.48, _plain(text), new_x="LMARGIN", new_y="NEXT", align="L")


def _ink(pdf: "FPDF", colour: tuple[int, int, int]) -> None:
    pdf.set_text_color(*colour)


def _room(pdf: "FPDF", height: float) -> None:
    """Begin a new page rather than leave a heading or the head of an answer alone at the end of one."""
    if pdf.will_page_break(height):
        pdf.add_page()


def _plain(text: str) -> str:
    """Return the text in the characters of the built-in fonts: what those lack is written in Latin letters, "Привет" as "Privet"."""
    return "".join(_drawable(character) for character in unicodedata.normalize("NFC", text))


def _drawable(character: str) -> str:
    try:
        character.encode("windows-1252")
    except UnicodeEncodeError:
        from anyascii import anyascii  # noqa: PLC0415 - see `as_pdf`; most reports need none of it

        return anyascii(character)
    return character
