"""Giving an answer: by voice, by file, by typing; and what stands there once it is stored."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Literal

import streamlit as st

from exam.models import Answer, AnswerMode, Feedback, KeptRecording, Way
from speech.models import Recording
from ui import state
from ui.exam import scripts
from ui.exam.scripts import Typed

WAYS = {Way.SPEAK: ":material/mic: Speak", Way.TYPE: ":material/keyboard: Type", Way.UPLOAD: ":material/upload_file: Upload"}
_NOTE_HEIGHT = 110
_ANSWER_HEIGHT = 170


def way(name: str, first: Way, *, changed: Callable[[Way], None] | None = None) -> Way:
    """Draw the choice of how to answer, `first` to begin with; it stays as chosen wherever the same `name` is drawn."""
    key = state.widget(f"way-{name}")

    def tell() -> None:
        if changed is not None:
            changed(st.session_state[key])

    chosen = st.segmented_control(
        "How do you want to answer?",
        list(WAYS),
        default=first,
        required=True,
        format_func=WAYS.__getitem__,
        key=key,
        on_change=tell,
        persist_state="session" if changed is not None else None,
    )
    return chosen or first


def notes(typed: Typed, value: str, *, save: Callable[[str], None]) -> None:
    """Draw the notes of a question; they are saved while they are typed, and when the field is left."""
    field = typed.name
    key = state.widget(field)

    def changed() -> None:
        save(str(st.session_state.get(key) or ""))

    with st.container(key=field):
        st.text_area("Your notes (only you see them)", value=value, height=_NOTE_HEIGHT, max_chars=4000, key=key, on_change=changed)
        st.html(scripts.draft(typed, drawn=value), unsafe_allow_javascript=True)


def consent(transcribers: Sequence[str]) -> Literal["agree", "type"] | None:
    """Ask in plain words whether answers may be recorded."""
    if transcribers:
        heard = f"To be written down, each recording is sent to {' or '.join(transcribers)}."
    else:
        heard = "No recording is sent anywhere else."
    with st.container(key="card-consent", gap="small"):
        st.html(
            "<h2>May we record your answers?</h2>"
            "<p>Recordings are stored with your exam on the computer that this site runs on, so that you can listen to them and so that "
            f"pauses and speaking time can be measured. {escape(heard)} You can delete them together with the exam, and they are deleted "
            "with your account. You can always type instead.</p>"
        )
        with st.container(horizontal=True):
            if st.button("I agree to being recorded", type="primary", icon=":material/mic:"):
                return "agree"
            return "type" if st.button("Type my answers instead", icon=":material/keyboard:") else None


def try_microphone(heard: Callable[[bytes], Sequence[str]]) -> None:
    """Draw a recorder to try; `heard` says in sentences what is wrong with a recording, which is kept nowhere."""
    with st.expander("Try your microphone", icon=":material/mic:"):
        taken = st.audio_input("Say a sentence, then stop and listen", sample_rate=16_000, key=state.widget("try-microphone"))
        st.html('<p class="viva-meta">This is only a test. It is no answer, and nobody keeps it.</p>')
        if taken is None:
            return
        wrong = heard(taken.getvalue())
        if wrong:
            st.warning(" ".join(wrong), icon=":material/mic_off:")
        else:
            st.success("You can be heard well.", icon=":material/check:")


def record(name: str, version: int) -> bytes | None:
    """Draw the recorder; return what was recorded. A new `version` is an empty one."""
    with st.container(key=f"viva-recorder-{version}"):
        taken = st.audio_input("Record your answer", sample_rate=16_000, key=state.widget(f"record-{name}-{version}"))
        st.html('<p class="viva-meta">Press the microphone, speak, and press it again to stop. Your answer is handed in at once.</p>')
    return taken.getvalue() if taken is not None else None


def upload(name: str, version: int) -> bytes | None:
    """Draw the field for a file; return its content."""
    taken = st.file_uploader("A recording of your answer", type=["wav", "flac", "ogg", "mp3"], key=state.widget(f"upload-{name}-{version}"))
    return taken.getvalue() if taken is not None else None


def kept(found: KeptRecording, recording: Recording | None, *, what_now: str) -> bool:
    """Draw a recording that is kept because it is too short; return whether to hand it in as it is."""
    with st.container(key="card-kept", gap="small"):
        st.warning(found.advice[0], icon=":material/timer:")
        if recording is not None:
            st.audio(recording.data, format=recording.content_type, alt="Your recording, not handed in yet")
        st.html(f'<p class="viva-meta">{escape(what_now)}</p>')
        return st.button("Hand it in as it is", icon=":material/check:")


def typed(text_of: Typed, value: str, *, may_be_short: bool) -> tuple[str, bool] | None:
    """Draw the field for a typed answer; return its text, and whether it is handed in although it is short."""
    field = text_of.name
    with st.form(state.widget(f"form-{field}"), border=False):
        with st.container(key=field):
            text = st.text_area(
                "Your answer, in the words that you would say",
                value=value,
                height=_ANSWER_HEIGHT,
                max_chars=6000,
                key=state.widget(field),
            )
            st.html(scripts.draft(text_of, drawn=value), unsafe_allow_javascript=True)
        with st.container(horizontal=True):
            sent = st.form_submit_button("Hand in", type="primary", icon=":material/check:")
            anyway = st.form_submit_button("Hand it in as it is") if may_be_short else False
    return (text or "", anyway) if sent or anyway else None


def stored(answer: Answer, recording: Recording | None, *, again: bool) -> Literal["next", "again"] | None:
    """Draw the answer that is stored, with what to do next."""
    text_of = Typed(user_id=answer.user_id, exam_id=answer.exam_id, turn_key=answer.turn_key)
    after = scripts.focus(".viva-stored", step=f"{text_of.name}-{answer.version}")
    st.html(scripts.forget(text_of) + after, unsafe_allow_javascript=True)
    with st.container(key="card-stored", gap="small"):
        st.html('<p class="viva-stored" role="status">Your answer is stored.</p>')
        if recording is not None:
            st.audio(recording.data, format=recording.content_type, alt="Your recorded answer")
        if answer.mode is AnswerMode.TYPED:
            st.html(f'<p class="viva-said">{escape(answer.text)}</p>')
        for line in answer.advice:
            st.html(f'<p class="viva-meta">{escape(line)}</p>')
        with st.container(horizontal=True):
            go = st.button("Next", type="primary", icon=":material/arrow_forward:", icon_position="right")
            label = "Record again" if answer.mode is AnswerMode.SPOKEN else "Answer again"
            more = st.button(label, icon=":material/replay:") if again else False
    if go:
        return "next"
    return "again" if more else None


def keep_stored() -> bool:
    """Draw the way back for somebody who was about to answer again."""
    return st.button("Keep my stored answer", type="tertiary", icon=":material/undo:")


def feedback(found: Feedback) -> None:
    """Draw the notes on an answer in practice mode."""
    lines = "".join(f"<li>{escape(note)}</li>" for note in found.notes)
    after = f'<p class="viva-try"><strong>Try next:</strong> {escape(found.try_next)}</p>' if found.try_next else ""
    with st.container(key="card-feedback"):
        st.html(f"<h2>Notes on this answer</h2><ul>{lines}</ul>{after}")
