"""Puts the accounts component together."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from auth import AuthService
from auth.breach import PwnedRange
from auth.config import AuthConfig
from auth.kit import Eraser, Stores, build_kit
from auth.policy import Breaches, NoBreachCheck
from core.settings import Settings
from wiring import secrets
from wiring.base import Base


def auth_service(base: Base, *, erasers: Sequence[Eraser], mailbox: Eraser, after_erasing: Callable[[], object]) -> AuthService:
    """Return the service. `erasers` and `mailbox` remove what the other components keep of a person, `after_erasing` comes last."""
    stores = base.stores
    kit = build_kit(
        config=_config(base.settings),
        stores=Stores(
            accounts=stores.accounts,
            sessions=stores.sessions,
            tokens=stores.tokens,
            devices=stores.devices,
            audit=stores.audit,
            outbox=stores.outbox,
        ),
        clock=base.clock,
        ids=base.ids,
        limits=base.limits,
        breaches=_breaches(base.settings),
        erasers=erasers,
        mailbox=mailbox,
        after_erasing=after_erasing,
    )
    return AuthService(kit=kit)


def _config(settings: Settings) -> AuthConfig:
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


def _breaches(settings: Settings) -> Breaches:
    """Return where passwords are looked up among breached ones: over the network, or nowhere."""
    return PwnedRange(url=settings.security.breach_api_url) if settings.checks_breaches else NoBreachCheck()
