"""Progress over time: ranges by exam and by aspect, what noise is, the same task compared with itself."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from html import escape

import streamlit as st

from exam.progress import LevelPoint, Progress, TaskSeries
from ui import charts, frame, menu
from ui.exam import in_words

Said = Callable[[datetime], str]


def progress(found: Progress, *, zone: tzinfo, said: Said) -> None:
    """Draw the page."""
    st.title("Your progress")
    frame.lead(escape(found.reading))
    if not found.exams:
        with st.container(key="card-empty"):
            st.header("Nothing to compare yet")
            missing = f"{found.without_evidence} of your exams had too little to go by. " if found.without_evidence else ""
            st.write(f"{missing}Every finished exam adds a range here. Three or more show a direction.")
            frame.link(menu.EXAMS, "Choose an exam", icon=":material/arrow_forward:")
        return
    with st.container(key="card-exams"):
        st.header("Your range at each exam")
        _ranges("exams", found.exams, zone=zone, said=said)
        if found.without_evidence:
            st.html(f'<p class="viva-meta">Not shown, because there was too little to go by: {found.without_evidence}.</p>')
    st.html(f'<p class="viva-official"><strong>What is noise?</strong> {escape(found.noise)}</p>')
    if found.criteria:
        st.header("Aspect by aspect")
        for series in found.criteria:
            with st.expander(f"{in_words.ASPECTS[series.criterion]}: latest {series.points[-1].label}"):
                _ranges(series.criterion, series.points, zone=zone, said=said)
    st.header("The same task, compared")
    if not found.tasks:
        st.html('<p class="viva-meta">Do the same kind of task in two exams, and both stand here side by side.</p>')
    for task in found.tasks:
        _task(task, said=said)


def _ranges(name: str, points: tuple[LevelPoint, ...], *, zone: tzinfo, said: Said) -> None:
    bars = [
        charts.Bar(name=f"{number}. {point.at.astimezone(zone):%d %b}", levels=point.levels, label=f"{point.label} ({point.title})")
        for number, point in enumerate(points, start=1)
    ]
    words = "; ".join(f"{said(point.at)}: {point.label}" for point in points)
    st.altair_chart(charts.ranges(bars), key=f"progress-{name}", alt=f"Ranges from the oldest exam to the newest. {words}")
    rows = [(said(point.at), point.title, point.label, "typed" if point.written else "spoken") for point in points]
    st.html(charts.table(("When", "Exam", "Range", "How"), rows, caption="The same as a table"))


def _task(task: TaskSeries, *, said: Said) -> None:
    rows = [
        (
            said(point.at),
            f"{point.words:.0f}",
            f"{point.words_per_minute:.0f}" if point.words_per_minute is not None else "not measured",
            f"{point.pause_share:.0%}" if point.pause_share is not None else "not measured",
        )
        for point in task.points
    ]
    head = ("When", "Words per answer", "Words a minute", "Silence")
    top = "".join(f'<th scope="col">{one}</th>' for one in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    with st.container(key=f"card-task-{task.kind}"):
        st.html(
            f"<h3>{escape(task.title)}</h3><div class='viva-scroll'><table class='viva-table'><thead><tr>{top}</tr></thead>"
            f"<tbody>{body}</tbody></table></div>"
        )
