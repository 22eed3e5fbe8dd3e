"""Identifiers and secrets as an injected dependency."""

import hashlib
import secrets
from typing import Protocol


class Ids(Protocol):
    """Where a component gets unguessable names from."""

    def new(self, prefix: str) -> str:
        """Return a new identifier `<prefix>_<22 url-safe characters>` with 128 random bits."""
        ...

    def secret(self) -> str:
        """Return a new secret of 256 random bits as 43 url-safe characters."""
        ...


class RandomIds:
    """Identifiers from the operating system's random source."""

    def new(self, prefix: str) -> str:
        """Return a new identifier `<prefix>_<22 url-safe characters>` with 128 random bits."""
        return f"{prefix}_{secrets.token_urlsafe(16)}"

    def secret(self) -> str:
        """Return a new secret of 256 random bits as 43 url-safe characters."""
        return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return the SHA-256 of `secret` in hex: how tokens and cookies are stored.

    A plain digest is enough only for secrets of at least 128 random bits; passwords go through `auth.passwords`.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
