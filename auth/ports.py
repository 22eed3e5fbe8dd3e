"""What the accounts component needs from a database. The docstrings are the contract; `tests/contract/` checks it.

Every method may raise `core.errors.StoreUnavailable`. A write has happened durably when the method returns. `letters` given with a
write reach the outbox if and only if the write happened (see `mail.ports.Outbox`); `tokens` and `events` likewise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from auth.models import AuditEvent, Device, OneTimeToken, Purpose, Role, Session, User
from mail.models import Letter


class AccountStore(Protocol):
    """Accounts, unique by `email_key` and by `username_key`."""

    def add(
        self,
        user: User,
        *,
        tokens: Sequence[OneTimeToken] = (),
        letters: Sequence[Letter] = (),
        events: Sequence[AuditEvent] = (),
    ) -> None:
        """Store a new account. Raises `auth.errors.EmailTaken` or `UsernameTaken` (e-mail first) and then stores nothing."""
        ...

    def get(self, user_id: str) -> User | None:
        """Return the account, or None."""
        ...

    def by_email(self, email_key: str) -> User | None:
        """Return the account with this e-mail key, or None."""
        ...

    def by_username(self, username_key: str) -> User | None:
        """Return the account with this username key, or None."""
        ...

    def replace(
        self,
        user: User,
        *,
        tokens: Sequence[OneTimeToken] = (),
        letters: Sequence[Letter] = (),
        events: Sequence[AuditEvent] = (),
    ) -> bool:
        """Store `user` if the stored version is `user.version - 1`; return whether it was. Raises EmailTaken/UsernameTaken."""
        ...

    def delete(self, user_id: str) -> None:
        """Remove the account row itself; the other stores have `delete_all_of`."""
        ...

    def search(self, text: str, *, after: str, limit: int) -> list[User]:
        """Return accounts whose e-mail key, username key or case-folded full name contains `text` (case-folded, literal), ordered by id.

        `after` is the last id of the page before ("" for the first).
        """
        ...

    def count(self, *, role: Role | None = None) -> int:
        """Return how many accounts there are; with `role`, how many active, undeleted ones have exactly that role."""
        ...

    def marked_deleted(self, *, limit: int) -> list[User]:
        """Return accounts whose `deleted_at` is set (their deletion was interrupted), ordered by id."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshMatch:
    """A session found by a refresh token, and whether the token is its current one, the one before, or older."""

    session: Session
    age: int
    """0 current, 1 the previous one, 2 any older one."""


class SessionStore(Protocol):
    """Logins. Sessions are never updated as a whole: each change is one atomic conditional write."""

    def add(self, session: Session, *, letters: Sequence[Letter] = (), events: Sequence[AuditEvent] = ()) -> None:
        """Store a new session and move the account's `last_login_at` to `session.created_at` (never backwards, `version` unchanged).

        One transaction where the database has them: a login is one durable write.
        """
        ...

    def get(self, session_id: str) -> Session | None:
        """Return the session, revoked or expired ones included, or None."""
        ...

    def by_cookie(self, cookie_hash: str) -> Session | None:
        """Return the session whose current cookie has this digest; never for an empty digest."""
        ...

    def by_refresh(self, refresh_hash: str) -> RefreshMatch | None:
        """Return the session that this refresh token was ever issued for, or None."""
        ...

    def rotate(self, session_id: str, *, expected_hash: str, new_hash: str, at: datetime, idle_expires_at: datetime) -> bool:
        """Make `new_hash` current and `expected_hash` previous, only if `expected_hash` is current and the session is not revoked."""
        ...

    def set_cookie(self, session_id: str, cookie_hash: str) -> bool:
        """Give the session a new cookie (the old one is dead at once); False if it is gone or revoked."""
        ...

    def set_authenticated(self, session_id: str, at: datetime) -> None:
        """Record that the person proved who they are again just now."""
        ...

    def touch(self, session_id: str, *, at: datetime, idle_expires_at: datetime, ip: str) -> None:
        """Record use, unless revoked; times never move backwards."""
        ...

    def revoke(self, session_id: str, *, at: datetime, reason: str) -> bool:
        """End one session; False if it was not alive (so exactly one of two callers gets True)."""
        ...

    def revoke_all(self, user_id: str, *, at: datetime, reason: str, keep: str = "") -> int:
        """End all sessions of a person but `keep`; return how many ended."""
        ...

    def alive(self, user_id: str, *, now: datetime) -> list[Session]:
        """Return the sessions that are neither revoked nor expired, most recently seen first."""
        ...

    def revoke_everyone(self, *, at: datetime, reason: str) -> int:
        """End every session of everybody; return how many ended."""
        ...

    def delete_expired(self, *, before: datetime) -> int:
        """Remove sessions (and their old refresh digests) that expired or were revoked before `before`; return how many."""
        ...

    def delete_all_of(self, user_id: str) -> None:
        """Remove every session of this person."""
        ...


class TokenStore(Protocol):
    """One-time tokens."""

    def add(self, token: OneTimeToken, *, letters: Sequence[Letter] = (), events: Sequence[AuditEvent] = ()) -> None:
        """Store a new token."""
        ...

    def get(self, purpose: Purpose, token_hash: str) -> OneTimeToken | None:
        """Return the token, used or expired ones included, or None."""
        ...

    def take(self, purpose: Purpose, token_hash: str, *, now: datetime) -> OneTimeToken | None:
        """Mark the token used and return it, only if it is unused and unexpired: of any number of callers one gets it."""
        ...

    def void(self, user_id: str, purpose: Purpose, *, now: datetime) -> None:
        """Mark every unused token of this person and purpose used."""
        ...

    def pending(self, purpose: Purpose, *, now: datetime, limit: int) -> list[OneTimeToken]:
        """Return unused, unexpired tokens of a purpose, newest first (the admin's list of open invites)."""
        ...

    def delete_expired(self, *, before: datetime) -> int:
        """Remove tokens that expired before `before`; return how many."""
        ...

    def delete_all_of(self, user_id: str) -> None:
        """Remove every token of this person."""
        ...


class DeviceStore(Protocol):
    """Devices that people have logged in from."""

    def get(self, user_id: str, device_hash: str) -> Device | None:
        """Return the device if this person knows it."""
        ...

    def save(self, device: Device) -> None:
        """Add the device, or move its `last_seen_at` and `user_agent`."""
        ...

    def count(self, user_id: str) -> int:
        """Return how many devices this person has used."""
        ...

    def delete_all_of(self, user_id: str) -> None:
        """Forget every device of this person."""
        ...


class AuditStore(Protocol):
    """The audit trail: append-only but for the deletion of an account."""

    def append(self, events: Sequence[AuditEvent]) -> None:
        """Store events."""
        ...

    def of_user(self, user_id: str, *, before: datetime | None, limit: int) -> list[AuditEvent]:
        """Return the newest events about a person that are older than `before`."""
        ...

    def recent(self, *, name_prefix: str, before: datetime | None, limit: int) -> list[AuditEvent]:
        """Return the newest events of everybody whose name starts with `name_prefix`."""
        ...

    def trim_nobodys(self, *, before: datetime, keep: int) -> int:
        """Remove events about nobody and done by nobody (failed logins in unknown names) from before `before`; return how many.

        Of those that are younger only the newest `keep` stay.
        """
        ...

    def delete_all_of(self, user_id: str) -> None:
        """Remove every event about this person. Events they did to others lose `actor_id`, `ip` and `user_agent`: they become ""."""
        ...
