"""The signup assistant: bubbles, progress, quick replies, and the field for the next answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from core.errors import AppError
from signup.models import Progress, Reply, Step
from signup.texts import DEFAULT, Texts, languages
from ui import assistant, faults, frame, markup, menu, state
from ui.views import bubbles, fields

_NAMES = {"en": "English", "fr": "Français", "es": "Español", "de": "Deutsch"}
_RULES = {"length": "page.rule_length", "upper": "page.rule_upper", "lower": "page.rule_lower", "digit": "page.rule_digit"}
_REPLIES: dict[Step, tuple[str, ...]] = {
    Step.START: ("yes", "what_needed"),
    Step.EMAIL: ("what_needed", "why"),
    Step.USERNAME: ("suggest", "why", "back", "restart"),
    Step.PASSWORD: ("why", "back", "restart"),
    Step.FIRSTNAME: ("why", "back", "restart"),
    Step.LASTNAME: ("why", "back", "restart"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A button that answers for the person: what it says, and the message it stands for."""

    label: str
    message: str


def words(language: str) -> Texts:
    """Return the texts of the page."""
    return Texts(language)


def heading(texts: Texts) -> None:
    """Draw the title, and the choice of the language where there is one."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="viva-join-head"):
        st.title(texts.say("page.title"), width="content")
        if len(languages()) > 1:
            chosen = st.selectbox(
                texts.say("page.language"),
                languages(),
                index=languages().index(texts.language),
                format_func=lambda code: _NAMES.get(code, code),
                key=state.widget(f"language-{texts.language}"),
                label_visibility="collapsed",
                width=140,
            )
            if chosen != texts.language:
                assistant.speak(chosen)
    frame.lead(escape(texts.say("page.intro")))


def progress(texts: Texts, now: Progress) -> None:
    """Draw how far the person is."""
    said = texts.say("page.progress", done=now.current_step, total=now.total_steps)
    st.progress(now.percentage, text=f"{now.percentage} % · {said}")


def log(lines: Sequence[assistant.Line], *, language: str) -> None:
    """Draw what was said. The newest bubble is read out by `browser.let_log`."""
    del language
    with st.container(key="viva-log"):
        for line in lines:
            with st.chat_message("user", avatar=":material/person:") if line.mine else bubbles.examiner():
                st.markdown(markup.plain(line.text))
                if line.problems:
                    st.html("".join(f'<p class="viva-problem">{escape(problem)}</p>' for problem in line.problems))


def unsent(fault: AppError) -> None:
    """Draw why the last message was not taken."""
    faults.show(fault)


def offers(texts: Texts, reply: Reply) -> list[Offer]:
    """Return the quick replies that fit the question. What they send is English, which the assistant reads whatever it speaks."""
    english = Texts(DEFAULT)
    names = _REPLIES.get(reply.next_step, ())
    if reply.revisiting:
        names = ("keep", *names)
    if reply.suggestions:
        names = tuple(name for name in names if name != "suggest")
    asked = [Offer(label=texts.say(f"page.{name}"), message=english.say(f"page.{name}")) for name in names]
    return [*(Offer(label=name, message=name) for name in reply.suggestions), *asked]


def replies(choices: Sequence[Offer], *, turn: int) -> Offer | None:
    """Draw the quick replies; return the one that was pressed. `turn` makes them new ones after each answer."""
    chosen = None
    with st.container(horizontal=True, gap="small", key="viva-replies"):
        for number, offer in enumerate(choices):
            if st.button(markup.plain(offer.label), key=state.widget(f"reply-{turn}-{number}")):
                chosen = offer
    return chosen


def box(texts: Texts) -> str:
    """Draw where the person answers, at the foot of the page; return what was sent, or an empty text."""
    return st.chat_input(texts.say("page.placeholder"), key=state.widget("join-answer")) or ""


def password(texts: Texts, *, turn: int) -> str:
    """Draw the field for the password with its rules; return what was sent, or an empty text. It is empty again afterwards."""
    with st.container(key="viva-secret"), st.form(state.widget(f"join-secret-{turn}"), clear_on_submit=True):
        typed = fields.text(
            texts.say("page.password_label"),
            name="join-password",
            problems={},
            kind="password",
            autocomplete="new-password",
            hint=texts.say("page.password_help"),
            version=turn,
        )
        fields.meter({name: texts.say(key) for name, key in _RULES.items()}, worded=texts.language == DEFAULT)
        sent = st.form_submit_button(texts.say("page.send"), type="primary")
    return typed if sent else ""


def other_ways(texts: Texts) -> None:
    """Draw the ways to the ordinary form and to signing in."""
    with st.container(horizontal=True, key="viva-other-ways"):
        frame.link(menu.CREATE_ACCOUNT, texts.say("page.form_link"), icon=":material/list_alt:")
        frame.link(menu.SIGN_IN, texts.say("page.sign_in_link"), icon=":material/login:")
