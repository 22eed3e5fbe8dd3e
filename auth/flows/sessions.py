"""Sessions: begin, recognise, list, end. The row in the database is asked every time; no token is believed alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from auth.errors import NotSignedIn, PasswordChangeNeeded
from auth.flows.common import prove_password
from auth.kit import Kit
from auth.letters import letter, place
from auth.models import AuditEvent, Client, Session, User
from auth.results import Identity, SessionView, SignedIn
from auth.tokens import AccessToken, generation, secret_digest
from auth.trail import event, short_agent
from core import log
from core.errors import NotFound, StoreUnavailable
from mail.models import Letter, Template

_log = log.get("auth")

TOUCH_EVERY = timedelta(seconds=60)
"""How stale `last_seen_at` may be: one write a minute instead of one a request."""

RECENT = timedelta(minutes=10)
"""A login this young stands for the password when sessions are ended (7.5.2): somebody who signs in because of a letter about a strange
device has time to read the list and act. An unlocked screen or a stolen token is older than that in most of its 30 days."""


def begin(
    kit: Kit,
    user: User,
    client: Client,
    *,
    refreshable: bool,
    device_hash: str = "",
    letters: Sequence[Letter] = (),
    events: Sequence[AuditEvent] = (),
) -> SignedIn:
    """Store a new session and return its tokens. Ends the longest unused sessions beyond the allowed number."""
    now = kit.clock.now()
    refresh_token = kit.refresh.first() if refreshable else ""
    session = Session(
        id=kit.ids.new("ses"),
        user_id=user.id,
        refresh_hash=secret_digest(refresh_token),
        created_at=now,
        authenticated_at=now,
        last_seen_at=now,
        idle_expires_at=_idle_end(kit, now, now + kit.config.session_absolute),
        expires_at=now + kit.config.session_absolute,
        user_agent=short_agent(client),
        ip=client.ip,
        device_hash=device_hash,
    )
    kit.stores.sessions.add(session, letters=letters, events=events)
    return signed_in(kit, replace(user, last_login_at=now), session, refresh_token=refresh_token)


def signed_in(kit: Kit, user: User, session: Session, *, refresh_token: str) -> SignedIn:
    """Return a fresh access token with what else a client needs."""
    access = kit.access.make(session)
    return SignedIn(user=user, session=session, access_token=access.value, refresh_token=refresh_token, expires_in=access.expires_in)


def trim(kit: Kit, user_id: str, *, keep: str) -> None:
    """End the sessions beyond the allowed number, longest unused first; never `keep`."""
    now = kit.clock.now()
    others = [session for session in kit.stores.sessions.alive(user_id, now=now) if session.id != keep]
    for session in others[kit.config.max_sessions - 1 :]:
        end(kit, session, reason="too_many_sessions")


def authenticate(kit: Kit, token: str, client: Client, *, even_if_must_change: bool = False) -> Identity:
    """Return who presents an access token, as of now, and note that. Raises NotSignedIn or PasswordChangeNeeded."""
    return _noted(kit, recognise(kit, token, even_if_must_change=even_if_must_change), client)


def recognise(kit: Kit, token: str, *, even_if_must_change: bool = False) -> Identity:
    """Return who presents an access token, as of now. Only reads. Raises NotSignedIn or PasswordChangeNeeded."""
    claims = kit.access.read(token)
    session = kit.stores.sessions.get(claims.session_id)
    if session is None or session.user_id != claims.user_id or generation(session) != claims.generation:
        raise NotSignedIn
    return _living(kit, session, even_if_must_change=even_if_must_change)


def from_cookie(kit: Kit, cookie: str, client: Client, *, even_if_must_change: bool = False) -> Identity:
    """Return who presents a browser's cookie, as of now, and note that. Raises NotSignedIn or PasswordChangeNeeded."""
    session = kit.stores.sessions.by_cookie(secret_digest(cookie))
    if session is None:
        raise NotSignedIn
    return _noted(kit, _living(kit, session, even_if_must_change=even_if_must_change), client)


def recheck(kit: Kit, session_id: str, client: Client, *, even_if_must_change: bool = False) -> Identity:
    """Return the identity of a session that the caller has recognised before, re-read now, and note that. Raises as above."""
    session = kit.stores.sessions.get(session_id)
    if session is None:
        raise NotSignedIn
    return _noted(kit, _living(kit, session, even_if_must_change=even_if_must_change), client)


def is_use_due(kit: Kit, who: Identity) -> bool:
    """Tell whether it is time to note that a session is used."""
    return kit.clock.now() - who.session.last_seen_at >= min(TOUCH_EVERY, kit.config.session_idle / 10)


def note_use(kit: Kit, who: Identity, client: Client) -> None:
    """Write down that a session is used now, which puts off its idle end. What cannot be written refuses nobody."""
    now, session = kit.clock.now(), who.session
    idle_end = _idle_end(kit, now, session.expires_at)
    try:
        kit.stores.sessions.touch(session.id, at=now, idle_expires_at=idle_end, ip=client.ip or session.ip)
    except StoreUnavailable as fault:  # on a full disk people can still read what they have
        _log.warning("use of a session not noted", extra={"user_id": who.user.id, "error": str(fault)})


def is_alive(kit: Kit, session: Session) -> bool:
    """Tell whether a session row counts now."""
    now = kit.clock.now()
    return session.revoked_at is None and now < session.idle_expires_at and now < session.expires_at


def access_token_for(kit: Kit, session: Session) -> AccessToken:
    """Mint an access token for a session that was just recognised."""
    return kit.access.make(session)


def end(
    kit: Kit,
    session: Session,
    *,
    reason: str,
    client: Client | None = None,
    actor_id: str | None = None,
    name: str = "account:session:ended",
) -> bool:
    """End one session; only the caller that really ended it (True) leaves a trace."""
    ended = kit.stores.sessions.revoke(session.id, at=kit.clock.now(), reason=reason)
    if ended:
        kit.stores.audit.append([event(kit, name, user_id=session.user_id, actor_id=actor_id, client=client, data={"reason": reason})])
    return ended


def is_recent(kit: Kit, who: Identity) -> bool:
    """Tell whether the person proved who they are a short while ago, so that ending sessions asks for nothing more."""
    return kit.clock.now() - who.session.authenticated_at < RECENT


def prove_recent(kit: Kit, who: Identity, password: str, client: Client) -> None:
    """Check the current password unless the login is recent. Raises PasswordNeeded, or TooManyAttempts."""
    if not is_recent(kit, who):
        prove_password(kit, who.user, password, client)


def end_one_of(kit: Kit, who: Identity, session_id: str, password: str, client: Client) -> bool:
    """End one of the person's own sessions; any but the one they are in asks for the password as `prove_recent` does.

    Raises NotFound for anybody else's, PasswordNeeded, TooManyAttempts.
    """
    session = kit.stores.sessions.get(session_id)
    if session is None or session.user_id != who.user.id:
        raise NotFound("There is no such session.")
    if session.id != who.session.id:
        prove_recent(kit, who, password, client)
    return end(kit, session, reason="ended_by_owner", client=client)


def end_all(kit: Kit, user_id: str, *, reason: str, keep: str = "", client: Client | None = None, actor_id: str | None = None) -> int:
    """End all sessions of a person but `keep`; return how many."""
    ended = kit.stores.sessions.revoke_all(user_id, at=kit.clock.now(), reason=reason, keep=keep)
    if ended:
        data = {"reason": reason, "count": str(ended)}
        kit.stores.audit.append([event(kit, "account:session:ended", user_id=user_id, actor_id=actor_id, client=client, data=data)])
    return ended


def list_of(kit: Kit, who: Identity) -> list[SessionView]:
    """Return the person's living sessions, most recently seen first."""
    return [
        SessionView(
            id=session.id,
            user_agent=session.user_agent,
            ip=session.ip,
            created_at=session.created_at,
            last_seen_at=session.last_seen_at,
            expires_at=min(session.idle_expires_at, session.expires_at),
            is_current=session.id == who.session.id,
        )
        for session in kit.stores.sessions.alive(who.user.id, now=kit.clock.now())
    ]


def refresh(kit: Kit, token: str, client: Client) -> SignedIn:
    """Swap a refresh token for its successor and a new access token. Raises NotSignedIn, or TooManyAttempts.

    Within the grace time a second use of the token just replaced gets the same successor (the first answer may have been lost).
    Any later use of a replaced token means that two parties hold it: the whole session ends and the person is told.
    """
    if client.ip:
        kit.limits.hit("refresh_ip", client.source)
    presented = secret_digest(token)
    match = kit.stores.sessions.by_refresh(presented)
    if match is None:
        raise NotSignedIn
    user = _owner(kit, match.session)
    if match.age == 0:
        now = kit.clock.now()
        successor = kit.refresh.successor(token, match.session.id)
        idle_end = _idle_end(kit, now, match.session.expires_at)
        new_hash = secret_digest(successor)
        if kit.stores.sessions.rotate(match.session.id, expected_hash=presented, new_hash=new_hash, at=now, idle_expires_at=idle_end):
            return signed_in(kit, user, _read_again(kit, match.session.id), refresh_token=successor)
        match = kit.stores.sessions.by_refresh(presented)
    if match is None or match.session.rotated_at is None or not is_alive(kit, match.session):
        raise NotSignedIn
    successor = kit.refresh.successor(token, match.session.id)
    if kit.clock.now() - match.session.rotated_at > kit.config.refresh_grace or match.age > 1:
        _alarm(kit, user, match.session, client)
        raise NotSignedIn
    if secret_digest(successor) != match.session.refresh_hash:
        raise NotSignedIn  # replaced by a password change a moment ago, not by a rotation
    return signed_in(kit, user, match.session, refresh_token=successor)


def logout(kit: Kit, token: str, client: Client) -> bool:
    """End the session of an access token (even an expired one) or of a refresh token; False if there was none to end."""
    session = _session_of(kit, token)
    return session is not None and end(kit, session, reason="logout", client=client, name="account:logout:success")


def _session_of(kit: Kit, token: str) -> Session | None:
    try:
        claims = kit.access.read(token, even_if_expired=True)
    except NotSignedIn:
        match = kit.stores.sessions.by_refresh(secret_digest(token))
        return match.session if match else None
    session = kit.stores.sessions.get(claims.session_id)
    return session if session is not None and session.user_id == claims.user_id else None


def _living(kit: Kit, session: Session, *, even_if_must_change: bool) -> Identity:
    user = _owner(kit, session)
    if user.must_change_password and not even_if_must_change:
        raise PasswordChangeNeeded
    return Identity(user=user, session=session)


def _noted(kit: Kit, who: Identity, client: Client) -> Identity:
    if is_use_due(kit, who):
        note_use(kit, who, client)
    return who


def _owner(kit: Kit, session: Session) -> User:
    if not is_alive(kit, session):
        raise NotSignedIn
    user = kit.stores.accounts.get(session.user_id)
    if user is None or not user.is_active or user.deleted_at is not None:
        raise NotSignedIn
    return user


def _read_again(kit: Kit, session_id: str) -> Session:
    session = kit.stores.sessions.get(session_id)
    if session is None or not is_alive(kit, session):
        raise NotSignedIn
    return session


def _idle_end(kit: Kit, now: datetime, expires_at: datetime) -> datetime:
    return min(now + kit.config.session_idle, expires_at)


def _alarm(kit: Kit, user: User, session: Session, client: Client) -> None:
    # The letter first, under a name of the session's own: a crash in between leaves a session that the next use ends, and the
    # outbox ignores the second letter.
    notice = letter(kit, Template.REFRESH_REUSE, user, place(kit, client), letter_id=f"ltr_reuse_{session.id}")
    kit.stores.outbox.add([notice])
    end(kit, session, reason="refresh_reuse", client=client, name="account:session:reuse")
