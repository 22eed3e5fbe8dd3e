"""Accounts in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from auth.errors import EmailTaken, UsernameTaken
from auth.memory.state import Memory, later
from auth.models import AuditEvent, OneTimeToken, Role, User
from mail.models import Letter


class MemoryAccounts:
    """`auth.ports.AccountStore` in memory."""

    def __init__(self, memory: Memory) -> None:
        """Share `memory` with the other stores."""
        self._memory = memory

    def add(
        self,
        user: User,
        *,
        tokens: Sequence[OneTimeToken] = (),
        letters: Sequence[Letter] = (),
        events: Sequence[AuditEvent] = (),
    ) -> None:
        """Store a new account."""
        with self._memory.lock:
            self._refuse_duplicates(user)
            self._memory.users[user.id] = user
            self._memory.also(tokens, letters, events)

    def get(self, user_id: str) -> User | None:
        """Return the account, or None."""
        return self._memory.users.get(user_id)

    def by_email(self, email_key: str) -> User | None:
        """Return the account with this e-mail key, or None."""
        return self._first(lambda user: user.email_key == email_key)

    def by_username(self, username_key: str) -> User | None:
        """Return the account with this username key, or None."""
        return self._first(lambda user: user.username_key == username_key)

    def replace(
        self,
        user: User,
        *,
        tokens: Sequence[OneTimeToken] = (),
        letters: Sequence[Letter] = (),
        events: Sequence[AuditEvent] = (),
    ) -> bool:
        """Store `user` if the stored version is one less."""
        with self._memory.lock:
            stored = self._memory.users.get(user.id)
            if stored is None or stored.version != user.version - 1:
                return False
            self._refuse_duplicates(user)
            self._memory.users[user.id] = replace(user, last_login_at=later(stored.last_login_at, user.last_login_at))
            self._memory.also(tokens, letters, events)
            return True

    def delete(self, user_id: str) -> None:
        """Remove the account row itself."""
        with self._memory.lock:
            self._memory.users.pop(user_id, None)

    def search(self, text: str, *, after: str, limit: int) -> list[User]:
        """Return accounts that contain `text`, by id."""
        wanted = text.casefold()
        with self._memory.lock:
            found = [
                user
                for user in self._memory.users.values()
                if user.id > after and any(wanted in place for place in (user.email_key, user.username_key, user.full_name.casefold()))
            ]
        return sorted(found, key=lambda user: user.id)[:limit]

    def count(self, *, role: Role | None = None) -> int:
        """Return how many accounts there are, or how many active ones have the role."""
        with self._memory.lock:
            users = list(self._memory.users.values())
        return len(users) if role is None else sum(u.role is role and u.is_active and u.deleted_at is None for u in users)

    def marked_deleted(self, *, limit: int) -> list[User]:
        """Return accounts whose deletion was begun."""
        with self._memory.lock:
            found = [user for user in self._memory.users.values() if user.deleted_at is not None]
        return sorted(found, key=lambda user: user.id)[:limit]

    def _first(self, test: Callable[[User], bool]) -> User | None:
        with self._memory.lock:
            return next((user for user in self._memory.users.values() if test(user)), None)

    def _refuse_duplicates(self, user: User) -> None:
        others = [other for other in self._memory.users.values() if other.id != user.id]
        if any(other.email_key == user.email_key for other in others):
            raise EmailTaken
        if any(other.username_key == user.username_key for other in others):
            raise UsernameTaken
