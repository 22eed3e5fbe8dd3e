"""Who is here. Asked at every rerun; the session's row in the database is what counts, never what a tab remembers.

A login lives in three places: the row; an HttpOnly cookie, through which a new tab or a reload finds the row; and an access token in
this tab's state, because the cookies that a running tab sees are those of the moment when it connected.
"""

from datetime import datetime, timedelta
from typing import NoReturn

import streamlit as st

import wiring
from auth.errors import EmailNotVerified, NotSignedIn
from auth.models import Role
from auth.results import Identity, SignedIn
from ui import browser, client, frame, menu, messages, session_cookie, state
from ui.conversation import saying
from ui.views import accounts
from wiring import Services

RENEW_BELOW = timedelta(seconds=60)
HANDOFF_LIFE = timedelta(seconds=60)
_RANK = {Role.LEARNER: 0, Role.TEACHER: 1, Role.ADMIN: 2}


def services() -> Services:
    """Return the services of this process. Tests replace this function."""
    return wiring.current()


def current() -> Identity | None:
    """Return who is signed in in this tab at this moment, or None. Forgets everything of a person whose login has ended."""
    try:
        identity = _from_state() or _from_cookie()
    except NotSignedIn:
        identity = None
    known = state.text("user_id")
    if known and (identity is None or identity.user.id != known):
        waiting = saying.was_sent()
        state.wipe(keep=("message",))
        state.put("words_wait", waiting and identity is None)
    if identity is not None:
        _remember(identity)
    return identity


def require_person(*, even_if_must_change: bool = False) -> Identity:
    """Return who is here; a stranger is sent to the sign-in page, and back here afterwards.

    The first statement of every private page, whatever the menu says. Somebody who must choose a new password first is sent to the page
    where that is done.
    """
    identity = current()
    if identity is None:
        ask_to_sign_in()
    if identity.user.must_change_password and not even_if_must_change:
        frame.go(menu.SECURITY)
    return identity


def require_verified_person() -> Identity:
    """Return who is here as `require_person` does; where the settings ask for a confirmed email, the page ends for others."""
    identity = require_person()
    try:
        services().auth.require_verified(identity.user)
    except EmailNotVerified as error:
        if accounts.confirm_first(error.message, identity.user.email):
            services().auth.resend_verification(identity.user.email, client=client.current())
            messages.later("If the last letter is lost, a new one is on its way.")
            st.rerun()
        st.stop()
    return identity


def require_role(role: Role) -> Identity:
    """Return who is here if they have at least this role; for anybody else the page does not exist."""
    identity = require_person()
    if _RANK[identity.user.role] < _RANK[role]:
        frame.not_found("There is no such page, or it is not open to you.")
    return identity


def ask_to_sign_in() -> NoReturn:
    """Open the sign-in page and remember where the person wanted to go."""
    here = client.page_path()
    if menu.by_path(here) is not None:
        state.put("wanted", (here, dict(st.query_params)))
    frame.go(menu.SIGN_IN)


def sign_in(result: SignedIn) -> NoReturn:
    """Make this tab and this browser the person's, and open the page they wanted.

    Everything of whoever was here before is forgotten first.
    """
    wanted = state.get("wanted")
    state.wipe(keep=("message",))
    _remember(Identity(user=result.user, session=result.session))
    _hand_over(result)
    path, query = wanted if isinstance(wanted, tuple) else ("", {})
    entry = menu.by_path(path) or menu.HOME
    frame.go(entry if menu.is_open(entry, result.user.role) else menu.HOME, **query)


def renew(result: SignedIn) -> None:
    """Take over new tokens of the same person (after a change of password or a re-authentication) and give the browser a new cookie."""
    state.put("access_ends", None)
    _remember(Identity(user=result.user, session=result.session))
    _hand_over(result)


def sign_out(then: str = menu.SIGN_IN.path) -> NoReturn:
    """End the login everywhere it lives: the row, this tab, and the browser's cookie; then load the page at `then` anew."""
    identity = current()
    if identity is not None:
        services().auth.logout(identity, client=client.current())
    state.wipe()
    browser.forget_login(then)
    st.stop()


def keep_in_browser() -> None:
    """Draw the hand-over of a fresh login to the browser, as long as its code lives. Called by the main script at each rerun."""
    handoff = state.get("handoff")
    if not isinstance(handoff, tuple):
        return
    code, until = handoff
    if services().clock.now() < until:
        browser.keep_login(str(code), user_id=state.text("user_id"))
    else:
        state.pop("handoff")


def _hand_over(result: SignedIn) -> None:
    code = services().auth.start_handoff(result.session.id)
    state.put("handoff", (code, services().clock.now() + HANDOFF_LIFE))


def _from_state() -> Identity | None:
    token, session_id, ends = state.text("access_token"), state.text("session_id"), state.get("access_ends")
    if not token or not isinstance(ends, datetime):
        return None
    auth = services().auth
    if ends - services().clock.now() < RENEW_BELOW:
        return auth.recheck(session_id, client=client.current(), even_if_must_change=True)
    return auth.authenticate(token, client=client.current(), even_if_must_change=True)


def _from_cookie() -> Identity | None:
    cookie = client.cookie(session_cookie.login_name())
    if not cookie:
        return None
    return services().auth.session_from_cookie(cookie, client=client.current(), even_if_must_change=True)


def _remember(identity: Identity) -> None:
    """Keep a fresh access token of this session in the tab, unless the one there is good for a while."""
    ends = state.get("access_ends")
    now = services().clock.now()
    if isinstance(ends, datetime) and ends - now >= RENEW_BELOW and state.text("session_id") == identity.session.id:
        return
    access = services().auth.access_token_for(identity.session)
    state.put("user_id", identity.user.id)
    state.put("session_id", identity.session.id)
    state.put("access_token", access.value)
    state.put("access_ends", now + timedelta(seconds=access.expires_in))
