"""Fills the accounts component's configuration from the settings."""

from datetime import timedelta

from auth.breach import PwnedRange
from auth.config import AuthConfig
from auth.policy import Breaches, NoBreachCheck
from core.settings import Settings
from wiring import secrets


def config(settings: Settings) -> AuthConfig:
    """Return the configuration; in development missing keys are made and kept in the data folder."""
    auth = settings.auth
    return AuthConfig(
        signing_key=secrets.signing_key(settings),
        peppers=tuple(secrets.password_pepper(settings).split(",")),
        public_url=settings.public_url,
        issuer=settings.security.jwt_issuer,
        audience=settings.security.jwt_audience,
        bcrypt_rounds=settings.security.bcrypt_rounds,
        access_life=timedelta(seconds=settings.access_token_seconds),
        session_idle=auth.session_idle,
        session_absolute=auth.session_absolute,
        max_sessions=auth.max_sessions,
        refresh_grace=timedelta(seconds=auth.refresh_grace_seconds),
        verification_life=timedelta(hours=auth.verification_hours),
        reset_life=timedelta(minutes=auth.reset_minutes),
        invite_life=timedelta(days=auth.invite_days),
        invite_only=auth.invite_only,
        require_verified_email=settings.requires_verified_email,
        farewell=settings.mail_transport != "file",
    )


def breaches(settings: Settings) -> Breaches:
    """Return where passwords are looked up among breached ones: over the network, or nowhere."""
    return PwnedRange(url=settings.security.breach_api_url) if settings.checks_breaches else NoBreachCheck()
