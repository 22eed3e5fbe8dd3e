"""What a person sees of the safety of their account: address, sessions, what happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

import streamlit as st

from auth.devices import describe
from auth.models import AuditEvent
from auth.results import SessionView
from ui import markup, state
from ui.account import deeds
from ui.views import fields

EMAIL_FIELDS = ("email", "current_password")
ENDING_FIELDS = ("current_password",)
Said = Callable[[datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailIntent:
    """Somebody wants another address for their account."""

    email: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndIntent:
    """Somebody wants a session to end; an empty `session_id` means all but this one."""

    session_id: str = ""


def email(current: str, *, problems: fields.Problems, attempt: int) -> EmailIntent | None:
    """Draw the form for another address."""
    with st.form(state.widget("change-email"), border=True):
        st.html(f'<p class="viva-meta">Now: {escape(current)}</p>')
        new = fields.text("New email", name="email", problems=problems, kind="email", autocomplete="email", max_chars=254)
        password = fields.text(
            "Your password",
            name="current_password",
            problems=problems,
            kind="password",
            autocomplete="current-password",
            version=1000 + attempt,  # apart from the field of the same name in the form above
        )
        sent = st.form_submit_button("Send a letter to the new email")
    return EmailIntent(email=new, password=password) if sent else None


def sessions(views: Sequence[SessionView], *, said: Said) -> EndIntent | None:
    """Draw where the person is signed in; return which of it is to end."""
    intent: EndIntent | None = None
    for view in views:
        with st.container(key=f"card-row-{view.id}", horizontal=True, vertical_alignment="center"):
            with st.container(gap=None, width="stretch"):
                st.html(device(view, said=said))
            if view.is_current:
                st.badge("This device", icon=":material/check:", color="green")
                continue
            which = f"{describe(view.user_agent)}, last used {said(view.last_seen_at)}"
            if st.button(markup.named("End", which), key=state.widget(f"named-end-{view.id}"), icon=":material/logout:"):
                intent = EndIntent(session_id=view.id)
    if len(views) > 1 and st.button("End all others", icon=":material/logout:"):
        intent = EndIntent()
    return intent


def confirm(where: str, *, problems: fields.Problems, attempt: int) -> str | bool:
    """Draw the form that asks for the password before sessions end; return it when sent, True if the person thinks better of it."""
    with st.form(state.widget("confirm-ending"), border=True):
        st.markdown(f"Sign out {markup.plain(where)}. You signed in a while ago, so please enter your password.")
        password = fields.text(
            "Your password now",
            name="current_password",
            problems=problems,
            kind="password",
            autocomplete="current-password",
            version=2000 + attempt,  # apart from the fields of the same name in the forms above
        )
        with st.container(horizontal=True):
            sent = st.form_submit_button("Sign out there", type="primary", icon=":material/logout:")
            kept = st.form_submit_button("Leave it as it is")
    return kept or (password if sent else False)


def device(view: SessionView, *, said: Said) -> str:
    """Return HTML for one session: the device in words, when it was last seen, and from where."""
    name = describe(view.user_agent)
    facts = f"Last used {said(view.last_seen_at)} · signed in {said(view.created_at)}" + (f" · {view.ip}" if view.ip else "")
    return f'<p class="viva-name">{escape(name[:1].upper() + name[1:])}</p><p class="viva-meta">{escape(facts)}</p>'


def events(found: Sequence[AuditEvent], *, said: Said) -> None:
    """Draw what happened, newest first."""
    rows = "".join(
        f"<li><span>{escape(deeds.said(event.name, event.data))}</span>"
        f"<small>{escape(' · '.join(part for part in (said(event.at), _where(event)) if part))}</small></li>"
        for event in found
    )
    st.html(f'<ul class="viva-events">{rows}</ul>' if rows else '<p class="viva-meta">Nothing yet.</p>')


def _where(event: AuditEvent) -> str:
    return f"{describe(event.user_agent)}, {event.ip}" if event.user_agent and event.ip else event.ip
