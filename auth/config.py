"""What the accounts component can be told. wiring fills it from the settings; it reads nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthConfig:
    """The numbers of accounts and sessions.

    `signing_key` signs access tokens (at least 32 bytes) and `peppers` key the password hashes, the current one first; older
    ones only verify. The two must differ. `public_url` has no slash at its end; the `*_path` are appended with `?token=…`.
    """

    signing_key: str
    peppers: Sequence[str]
    public_url: str = "http://localhost:8501"
    issuer: str = "viva"
    audience: str = "viva"
    app_name: str = "Viva"
    bcrypt_rounds: int = 12
    access_life: timedelta = timedelta(minutes=15)
    session_idle: timedelta = timedelta(days=7)
    session_absolute: timedelta = timedelta(days=30)
    max_sessions: int = 20
    refresh_grace: timedelta = timedelta(seconds=20)
    verification_life: timedelta = timedelta(hours=24)
    reset_life: timedelta = timedelta(minutes=30)
    email_change_life: timedelta = timedelta(hours=24)
    handoff_life: timedelta = timedelta(seconds=60)
    invite_life: timedelta = timedelta(days=14)
    invite_only: bool = False
    require_verified_email: bool = False
    farewell: bool = True
    """Whether a deleted account gets a last letter; not where letters stay on this machine as files."""
    verify_path: str = "/api/v1/auth/verify-email"
    reset_path: str = "/reset-password"
    email_change_path: str = "/confirm-email"
    invite_path: str = "/create-account"
    sign_in_path: str = "/sign-in"
    forgot_path: str = "/forgot-password"
    security_path: str = "/security"

    def link(self, path: str, token: str = "") -> str:
        """Return an absolute link to one of our pages, with the token if there is one."""
        return f"{self.public_url.rstrip('/')}{path}" + (f"?token={token}" if token else "")
