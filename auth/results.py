"""What the flows give back to pages and routes. None of these holds a password or a hash."""

from dataclasses import dataclass
from datetime import datetime

from auth.models import Session, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Somebody who is signed in right now, as the database has it at this moment."""

    user: User
    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A login, a refresh or a re-authentication that worked.

    `refresh_token` is empty for a browser's login, which lives in a cookie instead.
    """

    user: User
    session: Session
    access_token: str
    refresh_token: str
    expires_in: int
    """Seconds until the access token ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserGrant:
    """What a redeemed hand-off code gives the browser: two cookie values and when they end."""

    cookie: str
    expires_at: datetime
    device: str
    """Value for the long-lived device cookie (the one the client sent, or a new one)."""
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """One of a person's own sessions, without anything secret."""

    id: str
    user_agent: str
    ip: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What became of a verification link."""

    user: User
    already_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """An open invite. `token` is set only in the answer that makes it."""

    id: str
    email: str
    role: str
    created_at: datetime
    expires_at: datetime
    token: str = ""
    link: str = ""
