"""The conversation with the signup assistant in one tab: what was said, what is asked, and the login at its end.

The conversation itself lives on the server (`signup`); its id stands in the address, so that a reload finds it again while it lives.
"""

from dataclasses import dataclass, replace
from typing import NoReturn

import streamlit as st

from auth.results import SignedIn
from core.errors import AppError
from signup.models import Reply, Step
from signup.texts import Texts, languages
from signup.understanding import passwords
from signup.understanding.words.text import clean
from ui import client, messages, session, state

DOTS = "•" * 8
"""Stands for a password, however long it is."""
_KEPT = "assistant"
_MADE = "assistant.login"
_SAID = "assistant.said"
_ADDRESS = "signup_token"  # a name that the log never writes out
_LANGUAGE = "lang"
_SUMMARY = {"email": "email", "username": "username", "first_name": "firstname", "last_name": "lastname"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One bubble. `text` never holds a password; `language` is that of the assistant's own words."""

    text: str
    mine: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What the tab shows. `reply` is the newest answer, without tokens; `fault` says why the last message was not taken."""

    lines: tuple[Line, ...]
    reply: Reply
    fault: AppError | None = None

    @property
    def asks_password(self) -> bool:
        """Whether what is typed next must not be seen."""
        return self.reply.next_step is Step.PASSWORD


def language() -> str:
    """Return the language of the conversation: what the address says, else that of the settings."""
    wanted = st.query_params.get(_LANGUAGE, "")
    return wanted if wanted in languages() else session.services().settings.signup.language


def speak(code: str) -> NoReturn:
    """Go on in another language: what was said stays, the question is asked again."""
    st.query_params[_LANGUAGE] = code
    kept = state.get(_KEPT)
    if isinstance(kept, Talk) and kept.reply.session_id is None and not any(line.mine for line in kept.lines):
        state.pop(_KEPT)
    elif isinstance(kept, Talk):
        signup = session.services().signup
        reply = (signup.resume(kept.reply.session_id, language=code) if kept.reply.session_id else None) or kept.reply
        if reply is not kept.reply:
            state.put(_KEPT, replace(kept, lines=(*kept.lines, _line(reply)), reply=reply))
    st.rerun()


def talk() -> Talk:
    """Return the conversation of this tab: the one it remembers, the one that the address names, or a new one."""
    kept = state.get(_KEPT)
    if not isinstance(kept, Talk):
        kept = _found(st.query_params.get(_ADDRESS, "")) or _new()
        state.put(_KEPT, kept)
    _name_in_address(kept.reply.session_id)
    return kept


def say(message: str, shown: str) -> None:
    """Send a message; the bubble says `shown`.

    Called before the page is drawn, so that it is drawn once. The end of the conversation leaves a login for `enter_if_done`.
    """
    state.put(_SAID, "yes")
    kept = talk()
    client_now = client.current()
    services = session.services()
    try:
        services.limits.hit("signup_conversation", client_now.source)
        reply = services.signup.handle(
            message=message,
            session_id=kept.reply.session_id,
            current_step=kept.reply.next_step,
            client=client_now,
            language=language(),
        )
    except AppError as error:
        state.put(_KEPT, replace(kept, fault=error))
        return
    if reply.access_token is not None:
        state.put(_MADE, reply.access_token)
        return
    bubble = Line(text=_without_password(shown), mine=True)
    state.put(_KEPT, Talk(lines=(*kept.lines, bubble, _line(reply)), reply=reply))


def say_if_missed(typed: str) -> None:
    """Send what the person wrote into a page whose server was started anew: the call that comes before the drawing was forgotten."""
    if state.pop(_SAID) is None and typed:
        say(typed, typed)
        st.rerun()


def enter_if_done() -> None:
    """Turn the login of a new account into one of this browser, and open the home page; its refresh token is not used and goes nowhere."""
    access_token = state.pop(_MADE)
    if not isinstance(access_token, str):
        return
    services = session.services()
    who = services.auth.authenticate(access_token, client=client.current())
    messages.later("Welcome. Your account is ready.")
    session.sign_in(SignedIn(user=who.user, session=who.session, access_token=access_token, refresh_token="", expires_in=0))


def _found(session_id: str) -> Talk | None:
    """Return the conversation that a reload left behind; one that has ended is said to have."""
    if not session_id:
        return None
    texts, signup = Texts(language()), session.services().signup
    reply = signup.resume(session_id, language=texts.language)
    if reply is None:
        return Talk(lines=(Line(text=texts.say("expired"), language=texts.language),), reply=signup.greeting(language=texts.language))
    known = [texts.say(f"summary.{_SUMMARY[name]}", value=value) for name, value in reply.collected.items() if name in _SUMMARY]
    summary = "\n".join([texts.say("summary.head"), *known]) if known else texts.say("hello_again")
    return Talk(lines=(Line(text=summary, language=texts.language), _line(reply)), reply=reply)


def _new() -> Talk:
    reply = session.services().signup.greeting(language=language())
    return Talk(lines=(_line(reply),), reply=reply)


def _line(reply: Reply) -> Line:
    """Return the assistant's bubble; its words name every rule that was broken, so `validation_errors` need no place of their own."""
    return Line(text=reply.message, language=language())


def _without_password(text: str) -> str:
    """Return what the bubble may show: a password that was sent at another step is not kept here either."""
    cleaned = clean(text)
    return text if passwords.redacted(cleaned) == cleaned else DOTS


def _name_in_address(session_id: str | None) -> None:
    if session_id is None:
        st.query_params.pop(_ADDRESS, None)
    elif st.query_params.get(_ADDRESS) != session_id:
        st.query_params[_ADDRESS] = session_id
