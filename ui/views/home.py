"""The first page: what this is for somebody new, what to do next for somebody who is back."""

from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import Literal

import streamlit as st

from chat.models import Conversation
from exam.models import Exam, TurnView
from ui import frame, markup, menu
from ui.home import Desk
from ui.views.conversation import title_of

Start = Literal["create-account", "join", "sign-in"]
_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


AFTER_DELETION = "?account=deleted"
"""The address of the home page for somebody whose account has just been deleted."""


def welcome(*, farewell: bool = False) -> Start | None:
    """Draw the page for a stranger; return where they want to go. `farewell`: their account has just been deleted."""
    if farewell:
        st.success(
            "Your account is deleted, and with it your conversations, exams, recordings and results. You are signed out everywhere. "
            "Thank you for practising here.",
            icon=":material/check_circle:",
        )
    levels = "".join(f"<span>{level}</span>" for level in _LEVELS)
    st.html(
        '<section class="viva-hero">'
        f'<div class="viva-levels">{levels}</div>'
        "<h1>Speak before it counts.</h1>"
        "<p>Practise for your CEFR speaking exam with an examiner who asks, listens and asks on. "
        "Every conversation is kept for you, so you can see how far you have come.</p>"
        "</section>"
    )
    chosen: Start | None = None
    with st.container(horizontal=True, key="viva-start"):
        if st.button("Create account", type="primary", icon=":material/person_add:"):
            chosen = "create-account"
        if st.button("Sign up by chatting", icon=":material/forum:"):
            chosen = "join"
        if st.button("Sign in"):
            chosen = "sign-in"
    st.html(
        '<section class="viva-steps">'
        "<div><h2>Pick a level and a topic</h2><p>From A1 to C2, from family to science. The questions fit both, and none comes "
        "twice in a row.</p></div>"
        "<div><h2>Answer in your own words</h2><p>The examiner takes up what you said. Leave whenever you like: your conversation "
        "waits for you.</p></div>"
        "<div><h2>Get an honest answer</h2><p>Feedback says what it is based on. Where there is too little to go by, it says that "
        "too.</p></div>"
        "</section>"
    )
    return chosen


def at_home(*, name: str, desk: Desk, said: Callable[[datetime], str]) -> Literal["start", "resume"] | None:
    """Draw the page for somebody who is signed in: first what is unfinished, then what is done. `said` words a time."""
    chosen: Literal["start", "resume"] | None
    st.title(f"Hello, {markup.plain(name)}")
    if desk == Desk(last=None):
        frame.lead("Your first conversation takes about five minutes. Pick a level that feels comfortable; you can change it any time.")
        chosen = _first()
        _to_exams()
        return chosen
    frame.lead("Pick up where you left off, or begin something new.")
    if desk.unfinished is not None:
        _unfinished(desk.unfinished, desk.turn, said=said)
    chosen = _last(desk.last, said=said) if desk.last is not None else _first()
    if desk.last is not None and st.button("Start something new", icon=":material/add:"):
        chosen = "start"
    if desk.result is not None:
        _result(desk.result, said=said)
    if desk.unfinished is None:
        _to_exams()
    return chosen


def _first() -> Literal["start"] | None:
    with st.container(key="card-first"):
        st.header("Start your first practice")
        st.write("The examiner greets you, asks one question at a time and takes up what you answer.")
        pressed = st.button("Choose a level and a topic", type="primary", icon=":material/arrow_forward:", icon_position="right")
    return "start" if pressed else None


def _last(last: Conversation, *, said: Callable[[datetime], str]) -> Literal["resume"] | None:
    with st.container(key="card-last"):
        facts = ("Your last conversation", f"level {last.level}" if last.level else "", said(last.updated_at))
        st.html(f'<p class="viva-meta">{escape(" · ".join(fact for fact in facts if fact))}</p>')
        st.header(markup.plain(title_of(last)))
        if last.last_message:
            st.html(f'<p class="viva-quote">{escape(last.last_message)}</p>')
        pressed = st.button("Go on with this conversation", type="primary", icon=":material/arrow_forward:", icon_position="right")
    return "resume" if pressed else None


def _unfinished(exam: Exam, turn: TurnView | None, *, said: Callable[[datetime], str]) -> None:
    where = f"part {turn.part_number} of {turn.part_count}" if turn else "all questions answered"
    with st.container(key="card-open-exam", gap="xxsmall"):
        facts = (f"Level {exam.level}", f"question {turn.number} of {turn.turn_count}" if turn else "", f"begun {said(exam.created_at)}")
        st.html(f'<p class="viva-meta">{escape(" · ".join(fact for fact in facts if fact))}</p>')
        frame.link(menu.EXAM, f"Continue your {markup.plain(_named(exam))} ({where})", icon=":material/play_circle:", e=exam.id)


def _named(exam: Exam) -> str:
    """Return the exam's title for the middle of a sentence, with its level once."""
    return exam.title if exam.level in exam.title else f"{exam.level} {exam.title[:1].lower()}{exam.title[1:]}"


def _result(exam: Exam, *, said: Callable[[datetime], str]) -> None:
    with st.container(key="card-row-result", gap="xxsmall"):
        facts = ("Your last result", exam.title, f"level {exam.level}", said(exam.finished_at or exam.created_at))
        st.html(f'<p class="viva-meta">{escape(" · ".join(facts))}</p><p class="viva-result">{escape(exam.label)}</p>')
        frame.link(menu.REPORT, "Look at the report", icon=menu.REPORT.icon, e=exam.id)


def _to_exams() -> None:
    frame.link(menu.EXAMS, "Or take a mock exam: the quick check takes three minutes", icon=menu.EXAMS.icon)
