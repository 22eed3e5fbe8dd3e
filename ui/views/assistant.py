"""The signup assistant: bubbles, progress, quick replies, and the field for the next answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st

from core.errors import AppError
from signup.models import Progress, Reply, Step
from signup.texts import DEFAULT, Texts, languages
from ui import assistant, faults, frame, markup, menu, state
from ui.views import bubbles, fields

Send = Callable[[str, str], None]
"""Takes a message and what its bubble is to show."""

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
    """A button that answers for the person: what it says, the message it stands for, and whether it is the way on."""

    label: str
    message: str
    leads_on: bool = False


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
                width=128,
            )
            if chosen != texts.language:
                assistant.speak(chosen)
    frame.lead(escape(texts.say("page.intro")))


def progress(texts: Texts, now: Progress) -> None:
    """Draw how far the person is; it stays in view."""
    said = texts.say("page.progress", done=now.current_step, total=now.total_steps)
    with st.container(key="viva-join-progress"):
        st.progress(now.percentage, text=f"{now.percentage} % · {said}")


def log(lines: Sequence[assistant.Line]) -> None:
    """Draw what was said. The newest bubble is read out by `browser.let_log`."""
    with st.container(key="viva-join-log"):
        for line in lines:
            with st.chat_message("user", avatar=":material/person:") if line.mine else bubbles.examiner():
                st.html(_said(line))


def _said(line: assistant.Line) -> str:
    """Return the words of a bubble as they are: paragraphs, lines, lists of dashes, and each in its own direction of writing.

    Not Markdown, which would make links of addresses.
    """
    if line.mine:
        return f'<p class="viva-words" dir="auto">{escape(line.text)}</p>'
    parts = "".join(_paragraph(part) for part in line.text.split("\n\n"))
    return f'<div lang="{escape(line.language)}">{parts}</div>'


def _paragraph(text: str) -> str:
    plain = "\n".join(line for line in text.split("\n") if not line.startswith("- "))
    items = "".join(f"<li>{escape(line[2:])}</li>" for line in text.split("\n") if line.startswith("- "))
    return f'<p class="viva-words" dir="auto">{escape(plain)}</p>' + (f'<ul class="viva-words">{items}</ul>' if items else "")


def unsent(fault: AppError) -> None:
    """Draw why the last message was not taken."""
    faults.show(fault)


def offers(texts: Texts, reply: Reply) -> list[Offer]:
    """Return the quick replies that fit the question. What they send is English, which the assistant reads whatever it speaks."""
    english = Texts(DEFAULT)
    names = _REPLIES.get(reply.next_step, ())
    if reply.revisiting:
        names = ("keep", *names)
    if any("@" not in name for name in reply.suggestions):
        names = tuple(name for name in names if name != "suggest")
    asked = [Offer(label=texts.say(f"page.{name}"), message=english.say(f"page.{name}"), leads_on=name == "yes") for name in names]
    return [*(Offer(label=name, message=name) for name in reply.suggestions), *asked]


def replies(choices: Sequence[Offer], *, turn: int, send: Send) -> None:
    """Draw the quick replies. `turn` makes them new ones after each answer."""
    with st.container(horizontal=True, gap="xsmall", key="viva-join-replies"):
        for number, offer in enumerate(choices):
            key = state.widget(f"reply-{turn}-{number}")
            kind: Literal["primary", "secondary"] = "primary" if offer.leads_on else "secondary"
            st.button(markup.plain(offer.label), key=key, type=kind, on_click=send, args=(offer.message, offer.label))


def box(texts: Texts, *, send: Send, at_rest: bool = False) -> str:
    """Draw where the person answers, at the foot of the page; return what this drawing is about, or an empty text.

    While a password is asked it is `at_rest` and not to be seen; left out, it would take the place along where the bubbles are drawn,
    and all of them would be drawn, and read out, anew.
    """
    key = state.widget("join-answer")

    def sent() -> None:
        if message := state.typed(key):
            send(message, message)

    return st.chat_input(texts.say("page.placeholder"), key=key, on_submit=sent, disabled=at_rest) or ""


def password(texts: Texts, *, turn: int, send: Send) -> None:
    """Draw the field for the password with its rules, at the foot of the page. It is a new, empty one afterwards."""

    def sent() -> None:
        if typed := state.typed(fields.key("join-password", turn)):
            send(typed, assistant.DOTS)

    with st.bottom, st.form(state.widget(f"join-secret-{turn}"), clear_on_submit=True, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom", key="viva-join-secret"):
            fields.text(
                texts.say("page.password_label"),
                name="join-password",
                problems={},
                kind="password",
                autocomplete="new-password",
                version=turn,
            )
            st.form_submit_button(texts.say("page.send"), type="primary", on_click=sent)
        fields.meter({name: texts.say(key) for name, key in _RULES.items()}, worded=texts.language == DEFAULT, version=turn)
        st.html(f'<p class="viva-meta">{escape(texts.say("page.password_help"))}</p>')


def other_ways(texts: Texts) -> None:
    """Draw the ways to the ordinary form and to signing in."""
    with st.container(horizontal=True, gap="xsmall", key="viva-join-ways"):
        frame.link(menu.CREATE_ACCOUNT, texts.say("page.form_link"), icon=":material/list_alt:")
        frame.link(menu.SIGN_IN, texts.say("page.sign_in_link"), icon=":material/login:")
