"""The report of an exam: first what to know and do, below it everything that it rests on."""

from collections.abc import Callable, Iterator, Sequence
from html import escape

import streamlit as st

from exam.assessment.models import Estimate
from exam.models import AnswerMode, Exam, GradingState
from exam.report.models import AnswerReport, Report
from lexis import LEVELS, Level
from speech.models import Recording
from ui import charts, frame, markup, menu, state
from ui.exam import in_words

_MANY_WORDS = 40
OFFICIAL = "Practice estimate, not an official result."
_CONFIDENCE = {"low": "Low confidence", "medium": "Medium confidence", "good": "Good confidence"}


def summary(report: Report, *, said: str) -> None:
    """Draw the first screen: range, confidence and why, best strength, one next action."""
    estimate = report.estimate
    frame.link(menu.EXAMS, "All exams", icon=":material/arrow_back:")
    st.title(f"Your report: {markup.plain(report.title)}")
    spoken = any(answer.mode is AnswerMode.SPOKEN for answer in report.answers)
    typed = ("partly typed" if spoken else "written rehearsal") if estimate.written_rehearsal else ""
    facts = (f"level {report.aimed_at}", in_words.MODES[report.mode], said, typed)
    st.html(f'<p class="viva-meta">{escape(" · ".join(fact for fact in facts if fact))}</p>')
    with st.container(key="card-summary", gap="small"):
        if report.levels is None:
            reasons = "".join(f"<li>{escape(reason.message)}</li>" for reason in estimate.reasons if reason.message != estimate.next_action)
            st.html(f'<p class="viva-level viva-level-none">Not enough evidence</p>{f"<ul>{reasons}</ul>" if reasons else ""}')
        else:
            scale = f'<p class="viva-meta">{escape(f"{report.scale_name}: {report.scale_text}")}</p>' if report.scale_text else ""
            st.html(f'<p class="viva-level">{escape(report.label)}</p>{_scale(report)}{scale}')
            st.html(f'<p class="viva-why"><strong>{_CONFIDENCE[estimate.confidence]}.</strong> {escape(estimate.confidence_why)}</p>')
        strength = estimate.strength or ("Nothing stands out yet." if report.levels else "")
        best = f"<div><h2>Your best strength</h2><p>{escape(strength)}</p></div>" if strength else ""
        st.html(
            f'<div class="viva-two">{best}<div><h2>Do this next</h2><p>{escape(estimate.next_action)}</p></div></div>'
            f'<p class="viva-official">{escape(report.honesty or OFFICIAL)}</p>'
        )


def _scale(report: Report) -> str:
    low, high = (LEVELS.index(level) for level in report.levels or ("A1", "A1"))
    cells = "".join(f'<span class="{"in" if low <= place <= high else ""}">{level}</span>' for place, level in enumerate(LEVELS))
    return f'<div class="viva-scale" role="img" aria-label="Range {escape(report.label)} on the scale from A1 to C2">{cells}</div>'


def criteria(report: Report) -> None:
    """Draw a range bar for each criterion, a table under it, and what each judgement rests on."""
    st.header("Criterion by criterion")
    bars = [charts.Bar(name=one.title, levels=one.levels, label=one.label) for one in report.criteria if one.levels is not None]
    if bars:
        words = "; ".join(f"{bar.name}: {bar.label}" for bar in bars)
        st.altair_chart(charts.ranges(bars), key="criteria", alt=f"Range of each criterion from A1 to C2. {words}")
    rows = [(one.title, one.label, one.why) for one in report.criteria]
    if bars:
        st.html(charts.table(("Criterion", "Range", "Why"), rows, caption="The same as a table"))
    st.html("".join(_not_assessed(report)))
    found = [result for result in report.estimate.criteria if result.evidence]
    if found:
        items = "".join(
            f"<dt>{escape(in_words.ASPECTS[result.criterion])}</dt>"
            + "".join(f"<dd>{escape(one.note)}{f' <q>{escape(one.quote)}</q>' if one.quote else ''}</dd>" for one in result.evidence)
            for result in found
        )
        st.html(f'<details class="viva-fold"><summary>What this is based on</summary><dl class="viva-words">{items}</dl></details>')


def _not_assessed(report: Report) -> Iterator[str]:
    """Yield a line for each reason for which criteria are not assessed."""
    missing = [one for one in report.criteria if one.levels is None]
    for why in dict.fromkeys(one.why for one in missing):
        titles = ", ".join(one.title for one in missing if one.why == why)
        yield f'<p class="viva-meta"><strong>{escape(titles)}: not assessed.</strong> {escape(why)}</p>'


def words(estimate: Estimate) -> None:
    """Draw the words by level, and the corrections where a model gave any."""
    if estimate.words_by_level:
        st.header("Your words by level")
        known = [(level, found) for level, found in estimate.words_by_level if found]
        st.html("".join(_words_of(level, found, folded=len(found) > _MANY_WORDS) for level, found in reversed(known)))
    if estimate.corrections:
        st.header("Said, and better")
        rows = "".join(f"<tr><td>{escape(one.said)}</td><td>{escape(one.better)}</td></tr>" for one in estimate.corrections)
        st.html(
            '<table class="viva-table"><thead><tr><th scope="col">You said</th><th scope="col">Better</th></tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )


def _words_of(level: Level, found: Sequence[str], *, folded: bool) -> str:
    count = f"{len(found)} {'word' if len(found) == 1 else 'words'} at {level}"
    words = f"<p>{escape(', '.join(found))}</p>"
    if folded:
        return f'<details class="viva-fold viva-words"><summary>{count}</summary>{words}</details>'
    return f'<div class="viva-words"><h3>{count}</h3>{words}</div>'


def answers(report: Report, *, recording: Callable[[str], Recording | None]) -> None:
    """Draw every answer with its player, its ribbon and its words; a recording is read when its answer is opened."""
    st.header("Your answers")
    for number, answer in enumerate(report.answers, start=1):
        key = state.widget(f"answer-{report.exam_id}-{answer.turn_key}")
        box = st.expander(f"{number}. {markup.plain(answer.question)}", key=key, on_change="rerun")
        with box:
            st.html(f'<p class="viva-meta">{escape(_facts(answer))}</p>')
            if answer.recording_id and box.open:
                found = recording(answer.turn_key)
                if found is not None:
                    st.audio(found.data, format=found.content_type, alt="Your recorded answer")
            if answer.ribbon:
                st.html(_ribbon(answer))
            if answer.text:
                st.html(f'<p class="viva-said">{escape(answer.text)}</p>')


def _facts(answer: AnswerReport) -> str:
    if answer.mode is AnswerMode.NONE:
        return "Not answered"
    facts = [answer.part_title, f"{answer.words} words" if answer.text else "no words given"]
    if answer.seconds:
        facts += [f"spoke {answer.speaking_seconds:.0f} of {answer.seconds:.0f} s", f"{answer.pauses} pauses, {answer.long_pauses} long"]
        facts.append(f"longest run {answer.longest_run_seconds:.0f} s")
    if answer.words_per_minute:
        facts.append(f"{answer.words_per_minute:.0f} words a minute")
    facts += [fact for fact, holds in (("late", answer.late), ("short", answer.short), ("does not count", not answer.scored)) if holds]
    return " · ".join(facts)


def _ribbon(answer: AnswerReport) -> str:
    whole = answer.ribbon[-1].end or 1.0
    cells = "".join(
        f'<i class="{"s" if one.is_speech else "p"}" style="width:{100 * one.seconds / whole:.2f}%"></i>' for one in answer.ribbon
    )
    rows = [("speech" if one.is_speech else "silence", f"{one.start:.1f} s", f"{one.end:.1f} s") for one in answer.ribbon]
    label = f"{answer.speaking_seconds:.0f} seconds of speech, {answer.pauses} pauses"
    return (
        f'<div class="viva-ribbon" role="img" aria-label="{escape(label)}">{cells}</div>'
        '<p class="viva-meta">Coloured: you speak. Empty: silence.</p>'
        + charts.table(("What", "From", "To"), rows, caption="The same as a table")
    )


def method(report: Report) -> None:
    """Draw how the estimate was made and what else there is to know."""
    estimate = report.estimate
    failures = [f"{one.model_id} was asked and not used: {one.message}" for one in estimate.failures]
    lines = [f"Method: {estimate.method_label}.", *report.notes, *estimate.notes, *failures, OFFICIAL]
    st.html("".join(f'<p class="viva-meta">{escape(line)}</p>' for line in dict.fromkeys(lines)))


def exports(report: Report, *, pdf: Callable[[], bytes], table: Callable[[], bytes]) -> None:
    """Draw the buttons that save the report; the files are made when they are asked for."""
    name = f"speaking-report-{report.made_at:%Y-%m-%d}"
    with st.container(horizontal=True):
        st.download_button("Save as PDF", pdf, f"{name}.pdf", "application/pdf", icon=":material/picture_as_pdf:", on_click="ignore")
        st.download_button("Save as CSV", table, f"{name}.csv", "text/csv", icon=":material/table_view:", on_click="ignore")


def waiting(exam: Exam, message: str) -> bool:
    """Draw what stands there while there is no report; return whether it is to be made once more."""
    st.title(markup.plain(exam.title))
    if exam.grading is GradingState.FAILED:
        st.error(message, icon=":material/error:")
        return st.button("Make the report again", type="primary", icon=":material/refresh:")
    with st.container(key="card-waiting"):
        st.header("Your report is being made")
        st.write("This takes a few seconds, with a model up to a minute. You can leave this page; the report will be in your list.")
    return False
