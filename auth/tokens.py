"""Access tokens (signed, short-lived) and refresh tokens (opaque, rotated)."""

import base64
import calendar
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import jwt

from auth.errors import NotSignedIn
from auth.models import Session
from core.clock import Clock
from core.errors import ConfigurationError
from core.ids import Ids, digest

MIN_KEY_BYTES = 32
ALGORITHM = "HS256"
HEADER_TYPE = "at+jwt"
TYPE = "access"
_LONGEST = 2048
_REMEMBERED = 1024
LEEWAY_SECONDS = 5
"""How far the clock of another of our processes may be ahead."""
_REQUIRED = ("iss", "aud", "exp", "iat", "jti", "sid", "sub", "typ", "gen")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """A signed access token and when it ends."""

    value: str
    expires_at: datetime
    expires_in: int
    """Seconds from when it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessClaims:
    """What a good token says; the session row still decides whether it counts."""

    user_id: str
    session_id: str
    generation: int
    expires_at: datetime


class AccessTokens:
    """Makes and reads access tokens: HS256 only, every claim required, no key ever taken from a token."""

    def __init__(self, *, key: str, issuer: str, audience: str, life: timedelta, clock: Clock, ids: Ids) -> None:
        """Raise ConfigurationError for a key of less than 32 bytes."""
        if len(key.encode()) < MIN_KEY_BYTES:
            raise ConfigurationError("SECRET_KEY must have at least 32 bytes.")
        self._key = key.encode()
        self._issuer = issuer
        self._audience = audience
        self._life = life
        self._clock = clock
        self._ids = ids
        # A signature does not change, and a client sends the same token with each request. What is refused is not kept.
        self._signed = lru_cache(maxsize=_REMEMBERED)(self._verify)

    def make(self, session: Session) -> AccessToken:
        """Return a new token for a session; it never outlives it."""
        now = self._clock.now().replace(microsecond=0)
        expires_at = min(now + self._life, session.expires_at, session.idle_expires_at)
        claims = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": session.user_id,
            "sid": session.id,
            "jti": self._ids.new("jti"),
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
            "typ": TYPE,
            "gen": generation(session),
        }
        value = jwt.encode(claims, self._key, algorithm=ALGORITHM, headers={"typ": HEADER_TYPE})
        return AccessToken(value=value, expires_at=expires_at, expires_in=max(0, int((expires_at - now).total_seconds())))

    def read(self, token: str, *, even_if_expired: bool = False) -> AccessClaims:
        """Return the claims of a good token. Raises NotSignedIn for any other.

        `even_if_expired` is for logging out only.
        """
        if not isinstance(token, str) or len(token) > _LONGEST:
            raise NotSignedIn
        return self._checked(self._signed(token), even_if_expired=even_if_expired)

    def _verify(self, token: str) -> Mapping[str, object]:
        """Return what we have signed; whether it counts now is not looked at. Raises NotSignedIn."""
        if not _has_our_header(token):
            raise NotSignedIn
        try:
            claims: Mapping[str, object] = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                issuer=self._issuer,
                audience=self._audience,
                # Times are compared in `_checked`, with the clock that everything else uses.
                options={"require": list(_REQUIRED), "verify_exp": False, "verify_iat": False, "verify_nbf": False},
            )
        except (jwt.InvalidTokenError, ValueError, TypeError):
            raise NotSignedIn from None
        return claims

    def _checked(self, claims: Mapping[str, object], *, even_if_expired: bool) -> AccessClaims:
        now = self._clock.now().timestamp()
        user_id, session_id, token_id = claims["sub"], claims["sid"], claims["jti"]
        issued, expires, generation_ = claims["iat"], claims["exp"], claims["gen"]
        not_before = claims.get("nbf", issued)
        if not (isinstance(user_id, str) and isinstance(session_id, str) and isinstance(token_id, str)):
            raise NotSignedIn
        if type(issued) is not int or type(expires) is not int or type(generation_) is not int or type(not_before) is not int:
            raise NotSignedIn
        in_time = max(issued, not_before) <= now + LEEWAY_SECONDS and (even_if_expired or now < expires)
        if claims["typ"] != TYPE or not in_time or expires - issued > self._life.total_seconds():
            raise NotSignedIn
        return AccessClaims(
            user_id=user_id,
            session_id=session_id,
            generation=generation_,
            expires_at=datetime.fromtimestamp(expires, UTC),
        )


class RefreshTokens:
    """Opaque refresh tokens of 256 bits; only their digests are stored.

    The successor of a token is a keyed digest of it and of the session: whoever lost the answer to a rotation can be given the
    same successor again without our keeping it, and nobody without the server's key can compute it.
    """

    def __init__(self, *, key: str, ids: Ids) -> None:
        """Derive an own key from the signing key, so that one is never used for two things."""
        self._key = hmac.new(key.encode(), b"viva refresh successor", hashlib.sha256).digest()
        self._ids = ids

    def first(self) -> str:
        """Return a new random token."""
        return self._ids.secret()

    def successor(self, token: str, session_id: str) -> str:
        """Return the token that follows `token` in this session."""
        mac = hmac.new(self._key, f"{session_id}\x1f{token}".encode("utf-8", "surrogatepass"), hashlib.sha256)
        return base64.urlsafe_b64encode(mac.digest()).rstrip(b"=").decode("ascii")


def generation(session: Session) -> int:
    """Return the session's proof of identity in whole milliseconds since 1970: tokens made before a newer proof are dead.

    Milliseconds, because MongoDB keeps no finer times; integers, because floats would round differently on the way back.
    """
    moment = session.authenticated_at.astimezone(UTC)
    return calendar.timegm(moment.timetuple()) * 1000 + moment.microsecond // 1000


def secret_digest(secret: str) -> str:
    """Return how a secret of ours is stored, or an empty string (which nothing is stored as) for what cannot be one."""
    return digest(secret) if isinstance(secret, str) and 0 < len(secret) <= _LONGEST else ""


def _has_our_header(token: str) -> bool:
    """Tell whether the header is exactly ours: no `jwk`, `jku`, `x5u`, `kid` or `crit`, and our type."""
    try:
        segment = token.split(".", 1)[0]
        header = json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))
    except (ValueError, RecursionError):
        return False
    return bool(header == {"alg": ALGORITHM, "typ": HEADER_TYPE})
