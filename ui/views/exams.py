"""Choosing an exam, going on with one, and the list of those that are over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal

import streamlit as st

from exam.bank import ExamFormat
from exam.models import Exam, ExamMode, ExamState, Way
from ui import frame, markup, menu, state
from ui.exam import in_words
from ui.views import exam_answer
from ui.views.conversation import LEVELS

Said = Callable[[datetime], str]

_MODES = {
    ExamMode.EXAM: "Like the real one: the clock is strict and nothing is said about your answers before the end.",
    ExamMode.PRACTICE: "The clock is shown but closes nothing. You get notes after every answer and can pause at any time.",
}


_WAYS = {
    Way.SPEAK: "Your microphone records each answer. You are asked before anything is recorded, and can type any answer instead.",
    Way.TYPE: "Write each answer as you would say it. You can speak any answer instead; only speech shows your fluency.",
    Way.UPLOAD: "Record each answer with another program and hand in the file. You can change this at every answer.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartExam:
    """Somebody wants to begin an exam."""

    level: str
    mode: str
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class ListIntent:
    """What the person wants with their exams."""

    act: Literal["abandon", "delete", "newer", "older"]
    id: str = ""
    title: str = ""


def formats(forms: Sequence[ExamFormat], *, first_time: bool) -> None:
    """Draw a card for each format, which leads to its own page of choices; `first_time`: say what a first result is good for."""
    if first_time:
        st.html(
            '<p class="viva-meta">No results yet. The three-minute quick check gives you a first range; a whole exam gives you a '
            "narrower one.</p>"
        )
    with st.container(key="viva-formats"):
        for form in forms:
            with st.container(key=f"card-format-{form.id}", gap=None):
                frame.link(menu.EXAM, form.title, icon="", f=form.id)
                st.html(
                    f'<p class="viva-tags"><span>{escape(in_words.levels(form.levels))}</span> {escape(in_words.size(form))}</p>'
                    f'<p class="viva-about">{escape(form.description)}</p>'
                )


def set_up(form: ExamFormat, *, level: str, way: Way) -> StartExam | None:
    """Draw what the format asks for and the choices before it starts; `level`, if it is offered, and `way` are chosen to begin with."""
    frame.link(menu.EXAMS, "All exams", icon=":material/arrow_back:")
    st.title(form.title)
    frame.lead(escape(form.description))
    st.html(f'<p class="viva-facts">{escape(in_words.size(form))}</p>')
    with st.container(key="card-choices"):
        chosen = _level(form, level)
        answering = exam_answer.way("start", way)
        st.html(f'<p class="viva-meta">{escape(_WAYS[answering])}</p>')
        mode = st.radio(
            "How strict?",
            list(ExamMode),
            format_func=lambda one: in_words.MODES[one],
            captions=[_MODES[one] for one in ExamMode],
            key=state.widget("exam-mode"),
        )
        started = st.button("Start the exam", type="primary", icon=":material/arrow_forward:", icon_position="right")
        st.html(f'<p class="viva-meta">No clock runs before you start your first answer. {escape(form.honesty)}</p>')
    with st.container(key="card-plan"):
        st.header("What comes")
        st.html(_plan(form))
    return StartExam(level=chosen, mode=str(mode or ExamMode.EXAM), way=answering) if started else None


def _level(form: ExamFormat, level: str) -> str:
    """Draw the choice of the level, if there is one."""
    first = level if level in form.levels else form.levels[0]
    if len(form.levels) == 1:
        st.html(f'<p class="viva-meta">The questions fit level {escape(first)}: {escape(LEVELS[first])}.</p>')
        return first
    key = state.widget(f"exam-level-{form.id}")
    chosen = st.segmented_control("Which level do you aim at?", list(form.levels), default=first, required=True, key=key) or first
    st.html(f'<p class="viva-meta">{escape(LEVELS[chosen])}. The questions fit this level.</p>')
    return chosen


def _plan(form: ExamFormat) -> str:
    rows = "".join(
        f"<li><div><h3>{escape(part.title)}</h3><p>{escape(part.instructions)}</p></div>"
        f'<p class="viva-meta">{escape(in_words.asks(part))}</p></li>'
        for part in form.parts
    )
    return f'<ol class="viva-parts">{rows}</ol>'


def results_heading() -> None:
    """Draw the heading of the latest results, with the way to see them over time."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="viva-results-head"):
        st.header("Your latest results", width="content")
        frame.link(menu.PROGRESS, "Your progress", icon=menu.PROGRESS.icon)


def rows(exams: Sequence[Exam], *, said: Said) -> ListIntent | None:
    """Draw exams, one row each: those that can be gone on with lead there, finished ones to their report."""
    intents = [_open(exam, said=said) if exam.is_open else _over(exam, said=said) for exam in exams]
    return next((intent for intent in intents if intent is not None), None)


def _open(exam: Exam, *, said: Said) -> ListIntent | None:
    with st.container(key=f"card-open-{exam.id}", horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch"):
            frame.link(menu.EXAM, f"Continue: {markup.plain(exam.title)}", icon=":material/play_circle:", e=exam.id)
            done = round(100 * exam.position / exam.turn_count) if exam.turn_count else 0
            facts = " · ".join((in_words.stands(exam), f"level {exam.level}", in_words.MODES[exam.mode], said(exam.created_at)))
            st.html(
                f'<p class="viva-meta">{escape(facts)}</p>'
                f'<div class="viva-done" role="img" aria-label="{done} percent answered"><span style="width:{done}%"></span></div>'
            )
        if _menu(exam, {"abandon": ":material/logout: Leave for good"}):
            return ListIntent(act="abandon", id=exam.id, title=exam.title)
    return None


def _over(exam: Exam, *, said: Said) -> ListIntent | None:
    with st.container(key=f"card-row-{exam.id}", horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch"):
            if exam.state is ExamState.FINISHED:
                frame.link(menu.REPORT, markup.plain(exam.title), icon="", e=exam.id)
            else:
                st.markdown(f"**{markup.plain(exam.title)}**")
            facts = " · ".join((f"level {exam.level}", in_words.MODES[exam.mode], said(exam.finished_at or exam.created_at)))
            st.html(f'<p class="viva-meta">{escape(facts)}</p><p class="viva-result">{escape(in_words.stands(exam))}</p>')
        if _menu(exam, {"delete": ":material/delete: Delete"}):
            return ListIntent(act="delete", id=exam.id, title=exam.title)
    return None


def confirm(*, question: str, act: str) -> bool | None:
    """Draw a question with two buttons; return True for `act`, False for staying, None while undecided."""
    st.write(question)
    with st.container(horizontal=True):
        if st.button(act, type="primary", key=state.widget("confirm-yes")):
            return True
        if st.button("Cancel", key=state.widget("confirm-no")):
            return False
    return None


def _menu(exam: Exam, labels: dict[str, str]) -> bool:
    chosen = st.menu_button(
        f"More: {markup.plain(exam.title)}",
        list(labels),
        format_func=labels.__getitem__,
        type="tertiary",
        icon=":material/more_horiz:",
        key=state.widget(f"more-{exam.id}"),
    )
    return chosen is not None
