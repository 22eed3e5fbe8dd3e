"""The end of an exam: check what was said, then get the report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from exam.models import Answer, AnswerMode, TranscriptState
from speech.models import Recording
from ui import markup, state
from ui.exam import scripts
from ui.exam.scripts import Typed

_STATES = {
    TranscriptState.PENDING: "Your words are being written down. You can wait for them, or type them.",
    TranscriptState.PROPOSED: "Please read it and correct what was heard wrongly.",
    TranscriptState.FAILED: "This recording could not be written down. Type what you said, or try again.",
    TranscriptState.NONE: "Listen and type what you said. Left empty, only the timing of this answer counts.",
    TranscriptState.CONFIRMED: "",
}

_WORDLESS = (
    "Your recordings have no words yet, so the report can say nothing about your level, only how long you spoke and paused. Type what you "
    "said in a few of your longer answers: 60 words or more in all. Afterwards it is too late for this exam."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewIntent:
    """The report is asked for with these words by turn key, `wordless` if it may be one without a level.

    Or the recording of the turn `retry` is to be written down once more.
    """

    words: Mapping[str, str]
    retry: str = ""
    wordless: bool = False


def review(
    answers: Sequence[Answer], *, drafts: Mapping[str, str], recording: Callable[[str], Recording | None], may_retry: bool, warned: bool
) -> ReviewIntent | None:
    """Draw every answer, and what was being typed over the spoken ones (`drafts`, by turn key); return what is wanted.

    `warned`: the report was asked for without any words, so that there would be no level in it.
    """
    spoken = [answer for answer in answers if answer.mode is AnswerMode.SPOKEN]
    words: dict[str, str] = {}
    retry = ""
    with st.form(state.widget("exam-review")):
        st.html(scripts.focus("[data-testid=stHeading]", step="review", top=True), unsafe_allow_javascript=True)
        if spoken:
            st.html(
                '<p class="viva-instructions">Check the words of your answers before they are looked at. Nothing is changed for you.</p>'
            )
        for answer in answers:
            if answer.mode is AnswerMode.TYPED:
                _typed(answer)
            elif answer.mode is AnswerMode.SPOKEN:
                words[answer.turn_key] = _spoken(answer, recording(answer.turn_key), drafts.get(answer.turn_key, ""))
                if may_retry and answer.transcript is TranscriptState.FAILED and _again(answer):
                    retry = answer.turn_key
        _missed([answer for answer in answers if answer.mode is AnswerMode.NONE])
        if warned:
            st.warning(_WORDLESS, icon=":material/edit_note:")
        with st.container(horizontal=True):
            sent = st.form_submit_button("Get my report", type="primary", icon=":material/assessment:")
            wordless = st.form_submit_button("Get it without a level") if warned else False
    return ReviewIntent(words=words, retry=retry, wordless=wordless) if sent or wordless or retry else None


def _again(answer: Answer) -> bool:
    key = state.widget(f"named-retry-{answer.exam_id}-{answer.turn_key}")
    return st.form_submit_button(markup.named("Write it down again", answer.question), icon=":material/refresh:", key=key)


def _typed(answer: Answer) -> None:
    said = f'<p class="viva-asked">{escape(answer.question)}</p><p class="viva-said">{escape(answer.text)}</p>'
    st.html(f'<div class="viva-answer">{said}</div>')


def _missed(missed: Sequence[Answer]) -> None:
    if missed:
        count = "One question has" if len(missed) == 1 else f"{len(missed)} questions have"
        rows = (f"<li>{escape(one.question)}</li>" for one in missed)
        st.html(f'<details class="viva-fold"><summary>{count} no answer</summary><ol class="viva-answers">{"".join(rows)}</ol></details>')


def _spoken(answer: Answer, recording: Recording | None, draft: str) -> str:
    typed = Typed(user_id=answer.user_id, exam_id=answer.exam_id, turn_key=answer.turn_key)
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
        st.html(scripts.draft(typed, drawn=drawn, step=answer.transcript), unsafe_allow_javascript=True)
    return text or ""
