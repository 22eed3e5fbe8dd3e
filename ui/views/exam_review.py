"""The end of an exam: check what was said, then get the report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from exam.models import Answer, AnswerMode, TranscriptState
from speech.models import Recording
from ui import exam_scripts, state
from ui.exam_scripts import Typed

_STATES = {
    TranscriptState.PENDING: "Your words are being written down. You can wait for them, or type them.",
    TranscriptState.PROPOSED: "Please read it and correct what was heard wrongly.",
    TranscriptState.FAILED: "This recording could not be written down. Type what you said, or try again.",
    TranscriptState.NONE: "Listen and type what you said. Left empty, only the timing of this answer counts.",
    TranscriptState.CONFIRMED: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewIntent:
    """The report is asked for with these words by turn key; or the recording of the turn `retry` is to be written down once more."""

    words: Mapping[str, str]
    retry: str = ""


def review(
    answers: Sequence[Answer], *, drafts: Mapping[str, str], recording: Callable[[str], Recording | None], may_retry: bool
) -> ReviewIntent | None:
    """Draw every answer, and what was being typed over the spoken ones (`drafts`, by turn key); return what is wanted."""
    spoken = [answer for answer in answers if answer.mode is AnswerMode.SPOKEN]
    words: dict[str, str] = {}
    retry = ""
    with st.form(state.widget("exam-review")):
        st.html(exam_scripts.focus("[data-testid=stHeading]", step="review"), unsafe_allow_javascript=True)
        if spoken:
            st.html(
                '<p class="viva-instructions">Check the words of your answers before they are looked at. Nothing is changed for you.</p>'
            )
        for answer in spoken:
            words[answer.turn_key] = _spoken(answer, recording(answer.turn_key), drafts.get(answer.turn_key, ""))
            if may_retry and answer.transcript is TranscriptState.FAILED and _again(answer):
                retry = answer.turn_key
        _others([answer for answer in answers if answer.mode is not AnswerMode.SPOKEN])
        sent = st.form_submit_button("Get my report", type="primary", icon=":material/assessment:")
    return ReviewIntent(words=words, retry=retry) if sent or retry else None


def _again(answer: Answer) -> bool:
    key = state.widget(f"retry-{answer.exam_id}-{answer.turn_key}")
    return st.form_submit_button("Write it down again", icon=":material/refresh:", key=key)


def _others(answers: Sequence[Answer]) -> None:
    if not answers:
        return
    rows = "".join(
        f"<li><p class='viva-asked'>{escape(one.question)}</p><p class='viva-said'>"
        f"{escape(one.text) if one.mode is AnswerMode.TYPED else 'Not answered'}</p></li>"
        for one in answers
    )
    st.html(f'<ol class="viva-answers">{rows}</ol>')


def _spoken(answer: Answer, recording: Recording | None, draft: str) -> str:
    typed = Typed(exam_id=answer.exam_id, turn_key=answer.turn_key)
    field = typed.name
    with st.container(key=field, gap="xsmall"):
        st.html(f'<p class="viva-asked">{escape(answer.question)}</p>')
        if recording is not None:
            st.audio(recording.data, format=recording.content_type, alt="Your recorded answer")
        note = answer.transcript_error or _STATES[answer.transcript]
        if note:
            st.html(f'<p class="viva-meta">{escape(note)}</p>')
        if draft and answer.proposed and draft != answer.proposed:
            st.html(f'<p class="viva-meta">What was heard: {escape(answer.proposed)}</p>')
        drawn = draft or answer.text or answer.proposed
        text = st.text_area(
            "What you said",
            value=drawn,
            max_chars=6000,
            key=state.widget(f"{field}-{answer.transcript}"),
        )
        st.html(exam_scripts.draft(typed, drawn=drawn, step=answer.transcript), unsafe_allow_javascript=True)
    return text or ""
