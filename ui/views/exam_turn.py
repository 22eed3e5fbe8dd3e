"""The current question of an exam: where it stands, what to do, the pictures, the clock."""

import base64
from html import escape
from typing import Literal

import streamlit as st

from exam.models import Exam, ExamMode, ExamView, Phase, ScriptPicture, TurnView, Way
from exam.pictures import svg
from speech import voice
from ui import markup, state
from ui.exam import in_words, scripts

Act = Literal["pause", "leave", "abandon", "pass"]
_LABELS: dict[Act, str] = {
    "pass": ":material/skip_next: Pass this question",
    "pause": ":material/pause: Pause",
    "leave": ":material/arrow_back: Leave and come back later",
    "abandon": ":material/logout: Leave for good",
}


def heading(view: ExamView) -> Act | None:
    """Draw where the exam stands and its menu; return what was chosen there."""
    exam, turn = view.exam, view.turn
    title = turn.part.title if turn else "All questions answered"
    with st.container(key="viva-exam-head", horizontal=True, vertical_alignment="top"):
        with st.container(gap="xxsmall", width="stretch"):
            facts = [exam.title, f"level {exam.level}", in_words.MODES[exam.mode]]
            st.html(f'<p class="viva-meta">{escape(" · ".join(facts))}</p>')
            st.title(markup.plain(title))
        acts = _acts(view)
        act = st.menu_button(
            "Menu",
            acts,
            format_func=lambda one: _LABELS[one],
            type="tertiary",
            icon=":material/more_horiz:",
            key=state.widget("exam-menu"),
        )
    st.html(_steps(exam, turn, view))
    return act


def _acts(view: ExamView) -> list[Act]:
    acts: list[Act] = ["pause"] if view.may_pause else []
    if view.exam.phase in {Phase.READY, Phase.PREPARING, Phase.ANSWERING} and view.turn is not None:
        acts.insert(0, "pass")
    return [*acts, "leave", "abandon"]


def _steps(exam: Exam, turn: TurnView | None, view: ExamView) -> str:
    cells = "".join(
        f'<span class="{"done" if number < exam.position else "now" if number == exam.position else "next"}"></span>'
        for number in range(exam.turn_count)
    )
    where = f"Part {turn.part_number} of {turn.part_count} · Question {turn.number} of {turn.turn_count}" if turn else ""
    missed = f"{len(view.missed)} not answered" if view.missed else ""
    facts = " · ".join(fact for fact in (where, missed) if fact)
    return f'<div class="viva-steps-line" aria-hidden="true">{cells}</div><p class="viva-meta">{escape(facts)}</p>'


def note(text: str) -> None:
    """Draw what happened without this tab."""
    st.info(text, icon=":material/info:")


def question(view: ExamView, turn: TurnView) -> None:
    """Draw what to do, the question with its voice, pictures, points and options. An exam reads a question out by itself, once."""
    exam = view.exam
    is_open = exam.phase is not Phase.ANSWERED
    read_aloud = is_open and exam.mode is ExamMode.EXAM
    with st.container(key="card-question", gap="small"):
        if turn.opens_part and exam.phase is Phase.READY:
            st.html(f'<p class="viva-instructions">{escape(turn.part.instructions)}</p>')
        with st.container(key="viva-examiner"):
            st.html(
                voice.voice_box(turn.question, utterance_id=f"{exam.id}-{turn.key}", automatic=read_aloud), unsafe_allow_javascript=True
            )
        if turn.bullets:
            st.html(f'<ul class="viva-bullets">{"".join(f"<li>{escape(one)}</li>" for one in turn.bullets)}</ul>')
        if turn.pictures:
            st.html(f'<div class="viva-pictures viva-pictures-{len(turn.pictures)}">{"".join(map(_picture, turn.pictures))}</div>')
        if turn.options and not turn.pictures:
            st.html(f'<ul class="viva-options">{"".join(f"<li>{escape(one)}</li>" for one in turn.options)}</ul>')
        focus = scripts.focus("[data-viva-words]", step=f"{turn.key}-{exam.phase}", top=exam.phase is Phase.READY) if is_open else ""
        st.html(f'<p class="viva-meta">{escape(_terms(turn, exam.way))}</p>{focus}', unsafe_allow_javascript=True)


def _picture(picture: ScriptPicture) -> str:
    data = base64.b64encode(picture.svg.encode()).decode()
    return (
        f'<figure><img src="data:image/svg+xml;base64,{data}" alt="{escape(picture.alt)}" width="{svg.WIDTH}" height="{svg.HEIGHT}">'
        f"<details><summary>The picture in words</summary><p>{escape(picture.alt)}</p></details></figure>"
    )


def _terms(turn: TurnView, way: Way) -> str:
    prepare = f"{in_words.seconds(turn.preparation_seconds)} to prepare, then " if turn.preparation_seconds else ""
    if way is Way.TYPE:
        least = f", at least {turn.min_words} words" if turn.min_words else ""
    else:
        least = f". Speak for at least {in_words.seconds(turn.min_seconds)}" if turn.min_seconds else ""
    scored = "" if turn.scored else " This one is for practice and does not count."
    return f"You have {prepare}{in_words.seconds(turn.answer_seconds)} to answer{least}.{scored}"


def clock(view: ExamView, turn: TurnView) -> None:
    """Draw the running clock."""
    if view.seconds_left is None:
        return
    preparing = view.exam.phase is Phase.PREPARING
    strict = view.exam.mode is ExamMode.EXAM
    over = "Time is over. Stop now and hand in your answer." if strict else "The time is over. You may go on in practice mode."
    if preparing:
        over = "The answer time begins now."
    with st.container(key="viva-clock-place", gap="xxsmall"):
        st.html(
            scripts.countdown(
                left=view.seconds_left,
                whole=turn.preparation_seconds if preparing else turn.answer_seconds,
                label="Time to prepare" if preparing else "Time to answer",
                over=over,
                face=in_words.clock(view.seconds_left),
            ),
            unsafe_allow_javascript=True,
        )
        if view.overtime:  # within the clock's place: what is being recorded below it must not be drawn anew
            st.warning(over, icon=":material/timer_off:")


def begin(turn: TurnView) -> Literal["prepare", "answer"] | None:
    """Draw the buttons that start a clock."""
    with st.container(horizontal=True):
        if turn.preparation_seconds:
            if st.button("Start preparing", type="primary", icon=":material/edit_note:"):
                return "prepare"
            return "answer" if st.button("Answer without preparing") else None
        return "answer" if st.button("Start answering", type="primary", icon=":material/play_arrow:") else None


def begin_early() -> bool:
    """Draw the button that ends the preparation."""
    return st.button("Start answering now", type="primary", icon=":material/play_arrow:")


def paused(view: ExamView) -> bool:
    """Draw a paused exam; return whether to go on."""
    with st.container(key="card-paused"):
        st.header("The exam is paused")
        left = f" The clock stands at {in_words.clock(view.seconds_left)}." if view.seconds_left is not None else ""
        st.write(f"Everything so far is kept.{left} You can close this page and come back at any time.")
        return st.button("Go on with the exam", type="primary", icon=":material/play_arrow:")
