"""Accounts and sessions: who somebody is, and what ends that."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auth.service import AuthService

__all__ = ["AuthService"]


def __getattr__(name: str) -> object:
    """Load the service when it is first asked for, so that importing a value from here does not load bcrypt and JWT."""
    if name == "AuthService":
        from auth.service import AuthService  # noqa: PLC0415 - see above

        return AuthService
    raise AttributeError(name)
