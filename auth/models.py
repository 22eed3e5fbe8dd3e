"""Values of the accounts component."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; each role has the rights of those before it."""

    LEARNER = "learner"
    TEACHER = "teacher"
    ADMIN = "admin"


class Purpose(StrEnum):
    """What a one-time token is good for; a token of one purpose is never accepted for another."""

    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"
    CHANGE_EMAIL = "change_email"
    INVITE = "invite"
    BROWSER_HANDOFF = "browser_handoff"
    ERASED_ACCOUNT = "erased_account"
    """No door: a reminder, which nobody holds the secret of, to look after an erased account once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One account.

    `email` and `username` are as given; `email_key` and `username_key` are their NFC case-folded forms, unique across all
    accounts. `password_hash` is a `$2b$` bcrypt hash and `password_key_id` names the pepper that it was made with.
    `version` rises by one with each write (compare-and-swap).
    """

    id: str
    email: str
    email_key: str
    username: str
    username_key: str
    password_hash: str
    password_key_id: str
    first_name: str = ""
    last_name: str = ""
    full_name: str = ""
    role: Role = Role.LEARNER
    is_active: bool = True
    is_verified: bool = False
    must_change_password: bool = False
    speaking_language: str = "en"
    listening_language: str = "en"
    target_level: str = ""
    preferences: Mapping[str, object] = field(default_factory=dict)
    created_at: datetime
    updated_at: datetime
    password_changed_at: datetime
    last_login_at: datetime | None = None
    deleted_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who is asking: what the network tells, cut to sane lengths by the face that fills it."""

    ip: str = ""
    user_agent: str = ""
    device: str = ""
    """Secret of the long-lived device cookie, if the client sent one; stored only as its digest."""

    @property
    def source(self) -> str:
        """Whom limits count: the IPv4 address, or the /64 network of an IPv6 address, because one subscriber owns all of it."""
        try:
            address = ipaddress.ip_address(self.ip)
        except ValueError:
            return self.ip
        if isinstance(address, ipaddress.IPv4Address):
            return self.ip
        return str(ipaddress.IPv6Network((int(address), 64), strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One login of one person on one device; also the family of its refresh tokens.

    Dead when `revoked_at` is set, or at `idle_expires_at`, or at `expires_at`. `cookie_hash` is the digest of the browser's
    cookie (empty for API clients), `refresh_hash` the digest of the only refresh token that is still good, and
    `previous_refresh_hash` the one it replaced at `rotated_at`.
    """

    id: str
    user_id: str
    cookie_hash: str = ""
    refresh_hash: str = ""
    previous_refresh_hash: str = ""
    rotated_at: datetime | None = None
    created_at: datetime
    authenticated_at: datetime
    last_seen_at: datetime
    idle_expires_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    revoked_reason: str = ""
    user_agent: str = ""
    ip: str = ""
    device_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeToken:
    """A secret that works once, for one purpose, until it expires. Only its digest is stored.

    `user_id` is an invite's own name (`inv_…`), or empty where nobody has an account; `data` carries what the purpose needs
    (`new_email`, `session_id`, ...).
    """

    hash: str
    purpose: Purpose
    user_id: str
    data: Mapping[str, str] = field(default_factory=dict)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device that this person has logged in from before."""

    user_id: str
    device_hash: str
    user_agent: str
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """Something that happened to an account: append-only, shown to its owner.

    `name` has three parts (`account:login:failure`). `user_id` is whom it is about (empty when no account was hit), `actor_id`
    who did it. `data` never holds a secret.
    """

    id: str
    name: str
    user_id: str
    actor_id: str = ""
    at: datetime
    ip: str = ""
    user_agent: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
