"""What an administrator sees: people, one person, invites, letters, usage."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal

import streamlit as st

from auth.models import AuditEvent, Role, User
from auth.results import Invite
from chat.models import UsageDay
from mail.models import LetterState, OutboxEntry
from ui import markup, state
from ui.account import deeds
from ui.views import fields

Part = Literal["people", "invites", "letters", "usage", "trail"]
Act = Literal["role", "disable", "enable", "unlock", "end_sessions", "reset", "compromised", "everybody"]
Turn = Literal["first", "next"]
_PARTS = {"people": "People", "invites": "Invites", "letters": "Letters", "usage": "Usage", "trail": "Log"}
_TOKENS = "Tokens are pieces of words, about four for three English words, as the providers of models bill them."
_QUESTIONS: dict[Act, tuple[str, str]] = {
    "role": ("Give {name} the role “{role}”? What they may do changes at once.", "Give the role"),
    "disable": ("Switch off the account of {name}? They are signed out at once and cannot sign in again.", "Switch off"),
    "end_sessions": ("Sign {name} out on every device?", "Sign out everywhere"),
    "compromised": ("Mark the password of {name} as known to others? They are signed out and must choose a new one.", "Mark it"),
    "everybody": ("Sign everybody out, yourself too?", "Sign everybody out"),
}
"""Acts that are asked about first, each with its question and the button that says yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActIntent:
    """An administrator wants this done about a person; `role` only for the act of that name."""

    act: Act
    role: Role = Role.LEARNER


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteIntent:
    """An administrator wants to invite somebody; an empty address makes a link for anybody."""

    email: str
    role: Role


def is_grave(act: Act) -> bool:
    """Tell whether an act is asked about before it is done."""
    return act in _QUESTIONS


def parts() -> Part:
    """Draw the choice between the parts of the page."""
    chosen = st.segmented_control(
        "Part",
        list(_PARTS),
        default="people",
        required=True,
        format_func=_PARTS.__getitem__,
        key=state.widget("admin-part"),
        label_visibility="collapsed",
    )
    for part in ("invites", "letters", "usage", "trail"):
        if chosen == part:
            return part
    return "people"


def search() -> str:
    """Draw the field that finds people; return what is looked for."""
    return (
        st.text_input("Find people", key=state.widget("admin-search"), placeholder="Part of an email, username or name", max_chars=200)
        or ""
    )


def people(found: Sequence[User]) -> str:
    """Draw one row for each account; return the id of the one that is to be opened, or an empty string."""
    chosen = ""
    if not found:
        st.write("Nobody fits.")
    for user in found:
        with st.container(key=f"card-row-{user.id}", horizontal=True, vertical_alignment="center"):
            facts = " · ".join((user.email, user.username, user.role.value, *_marks(user)))
            with st.container(gap=None, width="stretch"):
                st.html(f'<p class="viva-name">{escape(user.full_name or user.username)}</p><p class="viva-meta">{escape(facts)}</p>')
            if st.button(markup.named("Open", user.full_name or user.username), key=state.widget(f"named-open-{user.id}")):
                chosen = user.id
    return chosen


def turn(*, back: bool, on: bool) -> Turn | None:
    """Draw the buttons to the first and the next page."""
    if not (back or on):
        return None
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        first = st.button("Back to the first", icon=":material/first_page:", disabled=not back)
        following = st.button("Next", icon=":material/arrow_forward:", icon_position="right", disabled=not on)
    if first:
        return "first"
    return "next" if following else None


def everybody() -> bool:
    """Draw the button that signs everybody out."""
    return st.button("Sign everybody out", icon=":material/logout:", type="tertiary")


def person(user: User, *, said: Callable[[datetime], str]) -> ActIntent | None:
    """Draw one account and what may be done about it."""
    intent: ActIntent | None = None
    st.header(markup.plain(user.full_name or user.username))
    facts = (user.email, f"username {user.username}", f"role {user.role.value}", *_marks(user))
    seen = f"last signed in {said(user.last_login_at)}" if user.last_login_at else "never signed in"
    st.html(f'<p class="viva-meta">{escape(" · ".join((*facts, f"here since {said(user.created_at)}", seen)))}</p>')
    with st.container(horizontal=True, vertical_alignment="bottom"):
        role = st.selectbox(
            "Role", list(Role), index=list(Role).index(user.role), format_func=lambda one: one.value.capitalize(), width=220
        )
        if st.button("Change role", disabled=role is user.role):
            intent = ActIntent(act="role", role=role or user.role)
    buttons: list[tuple[Act, str, str]] = [
        ("disable", "Switch off", ":material/block:") if user.is_active else ("enable", "Switch on", ":material/check:"),
        ("unlock", "Forget failed sign-ins", ":material/lock_open:"),
        ("end_sessions", "Sign out everywhere", ":material/logout:"),
        ("reset", "Send reset letter", ":material/forward_to_inbox:"),
        ("compromised", "Password is known to others", ":material/warning:"),
    ]
    with st.container(horizontal=True):
        for act, label, icon in buttons:
            if st.button(label, icon=icon, key=state.widget(f"act-{act}")):
                intent = ActIntent(act=act)
    return intent


def confirm(intent: ActIntent, name: str) -> bool | None:
    """Ask whether a grave act is meant; return the answer, None while there is none."""
    question, label = _QUESTIONS[intent.act]
    with st.container(key="card-sure"):
        st.markdown(question.format(name=markup.plain(name), role=intent.role.value))
        with st.container(horizontal=True):
            if st.button(f"Yes: {label.lower()}", type="primary", key=state.widget("sure-yes")):
                return True
            if st.button("No", key=state.widget("sure-no")):
                return False
    return None


def invite_form(*, problems: fields.Problems) -> InviteIntent | None:
    """Draw the form for an invite."""
    with st.form(state.widget("invite"), border=True, clear_on_submit=not problems):
        email = fields.text(
            "Email (optional)",
            name="email",
            problems=problems,
            kind="email",
            autocomplete="off",
            hint="With an email the invite is sent there and works for nobody else. Without, you get a link to pass on.",
        )
        role = st.selectbox("Role", list(Role), format_func=lambda one: one.value.capitalize(), key=state.widget("invite-role"))
        sent = st.form_submit_button("Invite", type="primary", icon=":material/person_add:")
    return InviteIntent(email=email, role=role or Role.LEARNER) if sent else None


def made(link: str, email: str) -> None:
    """Draw the new invite's link, which is shown this once."""
    with st.container(key="card-invite"):
        st.markdown(
            f"A letter is on its way to {markup.plain(email)}." if email else "Pass this link on. It is shown only now and works once."
        )
        if not email:
            st.code(link, language=None, wrap_lines=True)


def open_invites(found: Sequence[Invite], *, said: Callable[[datetime], str], day: Callable[[datetime], str]) -> str:
    """Draw the invites that can still be used; return the id of one that is to be taken back, or an empty string."""
    chosen = ""
    for invite in found:
        with st.container(key=f"card-row-{invite.id}", horizontal=True, vertical_alignment="center"):
            facts = f"{invite.role} · made {said(invite.created_at)} · until {day(invite.expires_at)}"
            with st.container(gap=None, width="stretch"):
                st.html(
                    f'<p class="viva-name">{escape(invite.email or "Anybody with the link")}</p><p class="viva-meta">{escape(facts)}</p>'
                )
            if st.button(
                markup.named("Take back", invite.email or f"made {said(invite.created_at)}"), key=state.widget(f"named-{invite.id}")
            ):
                chosen = invite.id
    if not found:
        st.write("No invite is open.")
    return chosen


def outbox(counts: Mapping[LetterState, int], dead: Sequence[OutboxEntry], *, way: str, said: Callable[[datetime], str]) -> bool:
    """Draw where the letters are; return whether the failed ones are to be tried again."""
    st.html(f'<p class="viva-meta">{escape(way)}</p>')
    for column, (key, label) in zip(
        st.columns(3),
        ((LetterState.WAITING, "Waiting"), (LetterState.SENT, "Sent lately"), (LetterState.DEAD, "Given up")),
        strict=True,
    ):
        column.metric(label, counts.get(key, 0), border=True)
    rows = "".join(
        f"<li><span>{escape(entry.letter.template.value.replace('_', ' ').capitalize())} to {escape(entry.letter.to)}</span>"
        f"<small>{escape(said(entry.letter.created_at))} · {entry.attempts} attempts · {escape(entry.last_error)}</small></li>"
        for entry in dead
    )
    if not rows:
        st.write("No letter was given up.")
        return False
    st.html(f'<ul class="viva-events">{rows}</ul>')
    return st.button("Try them again", type="primary", icon=":material/refresh:")


def usage(days: Sequence[UsageDay], *, name: Callable[[str], str]) -> None:
    """Draw what each person used, most first."""
    if not days:
        st.write("Nobody has had an answer in the last 30 days.")
        return
    rows = []
    for day in days:
        facts = [_counted(day.sends, "message"), _counted(day.replies, "answer")]
        if day.tokens:
            facts.append(f"{day.tokens:,} tokens ({day.prompt_tokens:,} read, {day.completion_tokens:,} written)")
        if day.cost_micros:
            facts.append(f"{day.cost_micros / 1_000_000:.4f} USD")
        rows.append(f"<li><span>{escape(name(day.user_id))}</span><small>{escape(' · '.join(facts))}</small></li>")
    st.html(f'<ul class="viva-events">{"".join(rows)}</ul>')
    st.html(f'<p class="viva-meta">{_TOKENS}</p>')


def trail(found: Sequence[AuditEvent], *, name: Callable[[str], str], said: Callable[[datetime], str]) -> None:
    """Draw what happened everywhere, newest first: to whom, and by whose hand where it was somebody else's."""
    rows = []
    for event in found:
        whom = name(event.user_id) if event.user_id else ""
        who = f"by {name(event.actor_id)}" if event.actor_id not in {"", event.user_id} else ""
        facts = " · ".join(part for part in (whom, who, said(event.at), event.ip) if part)
        rows.append(f"<li><span>{escape(deeds.said(event.name, event.data))}</span><small>{escape(facts)}</small></li>")
    st.html(f'<ul class="viva-events">{"".join(rows)}</ul>' if rows else '<p class="viva-meta">Nothing yet.</p>')


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _marks(user: User) -> tuple[str, ...]:
    found = (
        ("" if user.is_active else "switched off"),
        ("" if user.is_verified else "email not confirmed"),
        ("must choose a new password" if user.must_change_password else ""),
    )
    return tuple(mark for mark in found if mark)
