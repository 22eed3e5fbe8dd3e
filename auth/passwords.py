"""Password hashes: bcrypt over a keyed digest, with as many running at once as there are cores."""

import base64
import hashlib
import hmac
import os
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import bcrypt

from auth.errors import Busy
from core.errors import ConfigurationError
from core.ids import digest

MIN_PEPPER_BYTES = 32
LONGEST_TRIED = 1024
"""Characters; anything longer was never accepted as a password and is not even normalised."""
_HASH = re.compile(r"\$2b\$(\d\d)\$[./A-Za-z0-9]{53}")
_NOBODYS_HASH_BODY = "yQ0pPRnNWtX1bRhL7JdSxu" + "W3nZ5vQm0cKq8rT2yUoXhLbEaGdSiFe"


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordHash:
    """A `$2b$` hash and the id of the pepper that keys it."""

    value: str
    key_id: str


def key_id_of(pepper: str) -> str:
    """Return the public name of a pepper: eight hex digits that do not tell the pepper."""
    return digest(f"viva pepper id\x1f{pepper}")[:8]


class PasswordHasher:
    """Makes and checks password hashes.

    The password is NFC-normalised, keyed with HMAC-SHA256 and base64-encoded (44 characters) before bcrypt, because bcrypt
    reads only 72 bytes and stops at a null byte. All work runs in one of `slots` places (the number of cores): more at once
    would only slow each other and everybody else down.
    """

    def __init__(self, *, peppers: Sequence[str], rounds: int, slots: int | None = None, wait_seconds: float = 20) -> None:
        """Take the peppers, current first. Raises ConfigurationError when there is none or one is short."""
        if not peppers or any(len(pepper.encode()) < MIN_PEPPER_BYTES for pepper in peppers):
            raise ConfigurationError("SECURITY__PASSWORD_PEPPER must have at least 32 bytes.")
        self._keys = {key_id_of(pepper): pepper.encode() for pepper in peppers}
        self._key_id = key_id_of(peppers[0])
        self._rounds = rounds
        self._slots = threading.BoundedSemaphore(slots or os.cpu_count() or 1)
        self._wait_seconds = wait_seconds
        self._nobody = PasswordHash(value=f"$2b${rounds:02d}${_NOBODYS_HASH_BODY}", key_id=self._key_id)

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold one of the places. Raises `Busy` when none becomes free in time."""
        if not self._slots.acquire(timeout=self._wait_seconds):
            raise Busy
        try:
            yield
        finally:
            self._slots.release()

    def hash(self, password: str) -> PasswordHash:
        """Return a new hash with the current cost and pepper. Raises `Busy`."""
        with self.slot():
            value = bcrypt.hashpw(_keyed(password, self._keys[self._key_id]), bcrypt.gensalt(self._rounds, prefix=b"2b"))
        return PasswordHash(value=value.decode("ascii"), key_id=self._key_id)

    def verify(self, password: str, stored: PasswordHash | None) -> bool:
        """Tell whether `password` made `stored`. Raises `Busy`."""
        with self.slot():
            return self.verify_in_slot(password, stored)

    def verify_in_slot(self, password: str, stored: PasswordHash | None) -> bool:
        """Tell whether `password` made `stored`, for a caller that holds a `slot()`.

        The work is the same when there is no such account (`None`), when its pepper is lost and when the password is too
        long to be anybody's: then the answer is False.
        """
        possible = stored is not None and stored.key_id in self._keys and len(password) <= LONGEST_TRIED
        used = stored if possible and stored is not None and _HASH.fullmatch(stored.value) else self._nobody
        fits = bcrypt.checkpw(_keyed(password if possible else "", self._keys[used.key_id]), used.value.encode("ascii"))
        return fits and used is stored

    def is_outdated(self, stored: PasswordHash) -> bool:
        """Tell whether the hash should be made anew: a lower cost than now, or another pepper."""
        match = _HASH.fullmatch(stored.value)
        return match is None or int(match[1]) < self._rounds or stored.key_id != self._key_id


def normalise(password: str) -> str:
    """Return the NFC form, so that one keyboard's é equals another's e plus accent (NIST SP 800-63B-4, 3.1.1.2)."""
    return unicodedata.normalize("NFC", password)


def _keyed(password: str, key: bytes) -> bytes:
    mac = hmac.new(key, normalise(password).encode("utf-8", "surrogatepass"), hashlib.sha256)
    return base64.b64encode(mac.digest())
