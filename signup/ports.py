"""What the signup assistant needs from outside. The docstrings are the contract; `tests/contract/` checks the stores.

Store and accounts may raise `core.errors.StoreUnavailable` from every method; the assistant lets it through to the face (503).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.errors import FieldProblem
from signup.models import HashedPassword, NewAccount, Opened, SignupSession


class SessionStore(Protocol):
    """Conversations that are under way. A write has happened durably when the method returns."""

    def create(self, session: SignupSession) -> None:
        """Store a new conversation; its id is unguessable and never used twice."""
        ...

    def get(self, session_id: str) -> SignupSession | None:
        """Return the conversation, or None. An expired one may be returned or not: the caller checks `expires_at`.

        `session_id` comes from outside: any text up to 200 characters, compared as it is.
        """
        ...

    def replace(self, session: SignupSession) -> bool:
        """Store `session` if the stored version is `session.version - 1`; return whether it was. Of two callers one gets True."""
        ...

    def delete(self, session_id: str) -> None:
        """Remove the conversation if it is there."""
        ...

    def delete_all_of(self, user_id: str) -> None:
        """Remove every conversation that ended with this account (never those without one)."""
        ...

    def delete_expired(self, *, before: datetime) -> int:
        """Remove conversations whose `expires_at` is before `before`; return how many (0 where the store does it by itself)."""
        ...


class Accounts(Protocol):
    """What the assistant needs from the accounts component; wiring adapts `AuthService` to it."""

    def email_problems(self, email: str) -> Sequence[FieldProblem]:
        """Return the broken rules of an e-mail address (syntax, length), in English; empty when it may be used."""
        ...

    def username_problems(self, username: str) -> Sequence[FieldProblem]:
        """Return the broken rules of a username (length, characters, reserved names), in English; empty when it may be used."""
        ...

    def name_problems(self, name: str, *, field: str) -> Sequence[FieldProblem]:
        """Return the broken rules of a first or last name (`field` is `first_name` or `last_name`), in English."""
        ...

    def password_problems(self, password: str, *, known: Mapping[str, str]) -> Sequence[FieldProblem]:
        """Return the broken rules of a password (length, letters, digit, common, breached, built from `known`), in English.

        `known` holds what is collected so far under `email`, `username`, `first_name`, `last_name`.
        """
        ...

    def is_email_free(self, email: str) -> bool:
        """Tell whether no account has this e-mail address, upper and lower case alike."""
        ...

    def is_username_free(self, username: str) -> bool:
        """Tell whether no account has this username, upper and lower case alike."""
        ...

    def suggest_usernames(self, wanted: str, *, count: int) -> Sequence[str]:
        """Return up to `count` valid usernames that are free now and resemble `wanted` (any text, perhaps invalid)."""
        ...

    def hash_password(self, password: str) -> HashedPassword:
        """Hash a password that has no problems; slow on purpose."""
        ...

    def create_account(self, account: NewAccount, *, client: "Client") -> Opened:
        """Create the account and sign the person in, or change nothing.

        Raises `auth.errors.EmailTaken` or `UsernameTaken` when somebody was faster, and other `core.errors.AppError`s
        (invite needed, too many sign-ups) whose message is shown to the person.
        """
        ...

    def sign_in(self, user_id: str, *, client: "Client") -> Opened | None:
        """Return a fresh login of an account that this very conversation made moments ago; None if it may not sign in.

        Used once an answer was lost on its way and the client sends the last message again.
        """
        ...


class Interpreter(Protocol):
    """A model that reads one message where the deterministic reading is unsure.

    It is never asked at the password step, nor about a message that could hold a password. It may be slow or fail in any
    way: the caller waits `timeout_seconds` at most and treats every exception as "no answer".
    """

    def interpret(self, *, message: str, step: str, schema: Mapping[str, object], timeout_seconds: float) -> Mapping[str, object]:
        """Return a JSON object that follows `schema`; the caller trusts nothing in it and validates every value."""
        ...


class Client(Protocol):
    """Who is asking: `auth.models.Client` fits."""

    @property
    def ip(self) -> str:
        """The client's address, or an empty text."""
        ...
