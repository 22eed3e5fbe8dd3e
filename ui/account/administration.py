"""What the admin page does. The services ask for the right to each act again and write it down."""

from functools import cache
from typing import NoReturn

import streamlit as st

from auth.models import User
from auth.results import Identity
from core.errors import AppError
from ui import client, faults, messages, session, state, when
from ui.faulty import Faulty
from ui.views import admin, security
from wiring import administration

_PAGE = 20
_DEAD_SHOWN = 50
_TRAIL_SHOWN = 100
_DONE = {
    "role": "The role is changed.",
    "disable": "The account is switched off.",
    "enable": "The account is switched on again.",
    "unlock": "The failed sign-ins are forgotten.",
    "end_sessions": "Signed out everywhere.",
    "reset": "A letter with a link is on its way to the person.",
    "compromised": "The next sign-in must choose a new password.",
    "everybody": "Everybody is signed out.",
}


def people(actor: Identity) -> None:
    """Find people, a page at a time."""
    _ask(actor, "", "everybody")
    text = admin.search()
    if state.text("admin.searched") != text:
        state.put("admin.searched", text)
        state.pop("admin.after")
    after = state.text("admin.after")
    found = session.services().auth.admin.find(actor, text, after=after, limit=_PAGE + 1, client=client.current())
    chosen = admin.people(found[:_PAGE])
    if chosen:
        _open(chosen)
    turn = admin.turn(back=bool(after), on=len(found) > _PAGE)
    if turn is not None:
        state.put("admin.after", found[_PAGE - 1].id if turn == "next" else "")
        st.rerun()
    if admin.everybody():
        _pend("", admin.ActIntent(act="everybody"))


def one(actor: Identity, user_id: str) -> None:
    """Show one person and do what is wanted about them."""
    service, said = session.services().auth.admin, when.teller()
    if st.button("All people", icon=":material/arrow_back:", type="tertiary"):
        _open("")
    user = service.get(actor, user_id, client=client.current())
    _ask(actor, user_id, user.full_name or user.username)
    intent = admin.person(user, said=said)
    if intent is not None and admin.is_grave(intent.act):
        _pend(user_id, intent)
    if intent is not None:
        _act(actor, user_id, intent)
    st.header("Signed in on")
    views = service.sessions(actor, user_id, client=client.current())
    for view in views:
        st.html(security.device(view, said=said))
    if not views:
        st.write("Nowhere.")
    st.header("What happened lately")
    security.events(service.events(actor, user_id=user_id, limit=20, client=client.current()), said=said)


def invites(actor: Identity) -> None:
    """Invite people and take invites back."""
    auth = session.services().auth
    faulty = Faulty("invite", ("email",))
    faulty.show()
    new = state.pop("invite.made")
    if isinstance(new, tuple):
        admin.made(*new)
    intent = admin.invite_form(problems=faulty.problems)
    if intent is not None:
        try:
            invite = auth.create_invite(actor, email=intent.email, role=intent.role, client=client.current())
        except AppError as error:
            faulty.keep(error)
        state.put("invite.made", (invite.link, invite.email))
        st.rerun()
    zone = client.timezone()
    gone = admin.open_invites(
        auth.open_invites(actor, client=client.current()), said=when.teller(), day=lambda moment: when.day(moment, zone)
    )
    if gone:
        auth.revoke_invite(actor, gone, client=client.current())
        messages.later("The invite cannot be used any more.")
        st.rerun()


def letters(actor: Identity) -> None:
    """Show where the letters are and try again those that were given up."""
    services, here = session.services(), client.current()
    counts = administration.letter_counts(services, actor, client=here)
    dead = administration.dead_letters(services, actor, limit=_DEAD_SHOWN, client=here)
    way = {"file": "Letters are written to files.", "smtp": "Letters leave through a mail server.", "kafka": "Letters leave through Kafka."}
    if admin.outbox(counts, dead, way=way[services.settings.mail_transport], said=when.teller()):
        retried = administration.retry_letters(services, actor, client=here)
        messages.later("One letter is tried again." if retried == 1 else f"{retried} letters are tried again.")
        st.rerun()


def usage(actor: Identity) -> None:
    """Show what the models were used for."""
    services = session.services()
    days = administration.Days.up_to(services.clock.now().date())
    found = administration.model_use(services, actor, days, client=client.current())
    st.html(f'<p class="viva-meta">The last {administration.USUAL_DAYS} days, most first.</p>')
    admin.usage(found, name=lambda user_id: _name(services.auth.get_user(user_id)))


def trail(actor: Identity) -> None:
    """Show what happened lately, whomever it concerns: also acts that concern nobody, such as an invite."""
    auth = session.services().auth
    found = auth.admin.events(actor, limit=_TRAIL_SHOWN, client=client.current())
    st.html(f'<p class="viva-meta">The last {_TRAIL_SHOWN} events, newest first.</p>')
    admin.trail(found, name=cache(lambda user_id: _name(auth.get_user(user_id))), said=when.teller())


def _open(user_id: str) -> NoReturn:
    """Show one person, or everybody. Not by a link: one that leads to its own page is forgotten at the next press of a button."""
    if user_id:
        st.query_params["person"] = user_id
    else:
        st.query_params.clear()
    st.rerun()


def _pend(user_id: str, intent: admin.ActIntent) -> None:
    state.put("admin.pending", (user_id, intent))
    st.rerun()


def _ask(actor: Identity, user_id: str, name: str) -> None:
    """Ask about the grave act that waits for this person, and do it once the answer is yes."""
    pending = state.get("admin.pending")
    if not isinstance(pending, tuple):
        return
    about, intent = pending
    if about != user_id:
        state.pop("admin.pending")
        return
    answer = admin.confirm(intent, name)
    if answer is None:
        return
    state.pop("admin.pending")
    if answer:
        _act(actor, user_id, intent)
    st.rerun()


def _act(actor: Identity, user_id: str, intent: admin.ActIntent) -> None:
    service, who = session.services().auth.admin, client.current()
    try:
        if intent.act == "role":
            service.set_role(actor, user_id, intent.role, client=who)
        elif intent.act == "everybody":
            service.end_everybodys_sessions(actor, client=who)
        else:
            {
                "disable": service.disable,
                "enable": service.enable,
                "unlock": service.unlock,
                "end_sessions": service.end_sessions,
                "reset": service.start_reset,
                "compromised": service.mark_compromised,
            }[intent.act](actor, user_id, client=who)
    except AppError as error:
        faults.show(error)
        st.stop()
    messages.later(_DONE[intent.act])
    st.rerun()


def _name(user: User | None) -> str:
    return f"{user.full_name or user.username} ({user.email})" if user else "Deleted account"
