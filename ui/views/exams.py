"""Choosing an exam, going on with one, and the list of those that are over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal

import streamlit as st

from exam.bank import ExamFormat
from exam.models import Exam, ExamMode, ExamState
from ui import exam_words, frame, markup, menu, state
from ui.views.conversation import LEVELS

Said = Callable[[datetime], str]

_MODES = {
    ExamMode.EXAM: "Like the real one: the clock is strict and nothing is said about your answers before the end.",
    ExamMode.PRACTICE: "The clock is shown but closes nothing. You get notes after every answer and can pause at any time.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartExam:
    """Somebody wants to begin an exam."""

    level: str
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListIntent:
    """What the person wants with their exams."""

    act: Literal["abandon", "delete", "newer", "older"]
    id: str = ""
    title: str = ""


def formats(forms: Sequence[ExamFormat]) -> None:
    """Draw a card for each format; each leads to its own page of choices."""
    with st.container(key="viva-formats"):
        for form in forms:
            with st.container(key=f"card-format-{form.id}", gap="xsmall"):
                frame.link(menu.EXAM, form.title, icon="", f=form.id)
                st.html(
                    f'<p class="viva-meta">{escape(exam_words.size(form))}</p>'
                    f'<p class="viva-about">{escape(form.description)}</p>'
                    f'<p class="viva-tags"><span>{escape(exam_words.levels(form.levels))}</span></p>'
                )


def set_up(form: ExamFormat, *, level: str) -> StartExam | None:
    """Draw what the format asks for and the choices before it starts; `level` is chosen to begin with if it is offered."""
    frame.link(menu.EXAMS, "All exams", icon=":material/arrow_back:")
    st.title(form.title)
    frame.lead(escape(form.description))
    rows = "".join(
        f"<li><div><h3>{escape(part.title)}</h3><p>{escape(part.instructions)}</p></div>"
        f'<p class="viva-meta">{escape(exam_words.asks(part))}</p></li>'
        for part in form.parts
    )
    with st.container(key="card-plan"):
        st.subheader("What comes")
        st.html(f'<p class="viva-meta">{escape(exam_words.size(form))}</p><ol class="viva-parts">{rows}</ol>')
    with st.container(key="card-choices"):
        st.subheader("Level you aim at")
        first = level if level in form.levels else form.levels[0]
        chosen = st.segmented_control(
            "Level you aim at",
            list(form.levels),
            default=first,
            required=True,
            key=state.widget(f"exam-level-{form.id}"),
            label_visibility="collapsed",
        )
        st.html(f'<p class="viva-meta">{escape(LEVELS[chosen or first])}. The questions fit this level.</p>')
        st.subheader("How strict")
        mode = st.radio(
            "How strict",
            list(ExamMode),
            format_func=lambda one: exam_words.MODES[one],
            captions=[_MODES[one] for one in ExamMode],
            key=state.widget("exam-mode"),
            label_visibility="collapsed",
        )
        started = st.button("Start the exam", type="primary", icon=":material/arrow_forward:", icon_position="right")
        st.html(
            '<p class="viva-meta">You can speak or type each answer. You will be asked before anything is recorded. '
            f"{escape(form.honesty)}</p>"
        )
    return StartExam(level=chosen or first, mode=str(mode or ExamMode.EXAM)) if started else None


def unfinished(exams: Sequence[Exam], *, said: Said) -> ListIntent | None:
    """Draw the exams that can be gone on with."""
    intent: ListIntent | None = None
    for exam in exams:
        with st.container(key=f"card-open-{exam.id}", horizontal=True, vertical_alignment="center"):
            with st.container(gap=None, width="stretch"):
                frame.link(menu.EXAM, f"Go on: {markup.plain(exam.title)}", icon=":material/play_circle:", e=exam.id)
                done = round(100 * exam.position / exam.turn_count) if exam.turn_count else 0
                facts = " · ".join((exam_words.stands(exam), f"aiming at {exam.level}", exam_words.MODES[exam.mode], said(exam.created_at)))
                st.html(
                    f'<p class="viva-meta">{escape(facts)}</p>'
                    f'<div class="viva-done" role="img" aria-label="{done} percent answered"><span style="width:{done}%"></span></div>'
                )
            if _menu(exam, {"abandon": ":material/logout: Leave for good"}):
                intent = ListIntent(act="abandon", id=exam.id, title=exam.title)
    return intent


def past(exams: Sequence[Exam], *, said: Said) -> ListIntent | None:
    """Draw the exams that are over, each with its range."""
    intent: ListIntent | None = None
    for exam in exams:
        with st.container(key=f"card-row-{exam.id}", horizontal=True, vertical_alignment="center"):
            with st.container(gap=None, width="stretch"):
                if exam.state is ExamState.FINISHED:
                    frame.link(menu.REPORT, markup.plain(exam.title), icon="", e=exam.id)
                else:
                    st.markdown(f"**{markup.plain(exam.title)}**")
                facts = " · ".join((f"aimed at {exam.level}", exam_words.MODES[exam.mode], said(exam.finished_at or exam.created_at)))
                st.html(f'<p class="viva-meta">{escape(facts)}</p><p class="viva-result">{escape(exam_words.stands(exam))}</p>')
            if _menu(exam, {"delete": ":material/delete: Delete"}):
                intent = ListIntent(act="delete", id=exam.id, title=exam.title)
    return intent


def empty() -> None:
    """Draw what stands in the place of results before the first one."""
    st.html(
        '<p class="viva-meta">No results yet. The three-minute quick check gives you a first range; a whole exam gives you a narrower '
        "one. Your results will stand here.</p>"
    )


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
        "More",
        list(labels),
        format_func=labels.__getitem__,
        type="tertiary",
        icon=":material/more_horiz:",
        key=state.widget(f"more-{exam.id}"),
    )
    return chosen is not None
