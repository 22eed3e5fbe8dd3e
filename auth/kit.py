"""Everything the flows work with, put together once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from auth.config import AuthConfig
from auth.passwords import PasswordHasher
from auth.policy import Breaches, NoBreachCheck, PasswordPolicy
from auth.ports import AccountStore, AuditStore, DeviceStore, SessionStore, TokenStore
from auth.tokens import AccessTokens, RefreshTokens
from core.clock import Clock
from core.errors import ConfigurationError
from core.ids import Ids
from core.limits import RateLimits
from mail.ports import Outbox


class Eraser(Protocol):
    """Removes everything that one component keeps of a person."""

    def __call__(self, user_id: str, /) -> None:
        """Remove it; calling again for the same person does nothing."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """The databases of this component and the outbox."""

    accounts: AccountStore
    sessions: SessionStore
    tokens: TokenStore
    devices: DeviceStore
    audit: AuditStore
    outbox: Outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What a flow may use. Build it with `build_kit`."""

    config: AuthConfig
    stores: Stores
    clock: Clock
    ids: Ids
    limits: RateLimits
    hasher: PasswordHasher
    policy: PasswordPolicy
    access: AccessTokens
    refresh: RefreshTokens
    erasers: Sequence[Eraser]
    """Of other components, in the order in which they run when an account is deleted."""
    mailbox: Eraser | None
    """Of letters that were delivered as files here."""
    after_erasing: Callable[[], object]
    """Called once nothing of an account is stored any more, not even its row: what was deleted is to leave the files, too."""


def build_kit(
    *,
    config: AuthConfig,
    stores: Stores,
    clock: Clock,
    ids: Ids,
    limits: RateLimits,
    breaches: Breaches | None = None,
    erasers: Sequence[Eraser] = (),
    mailbox: Eraser | None = None,
    after_erasing: Callable[[], object] = lambda: None,
) -> Kit:
    """Put the parts together. Raises ConfigurationError for keys that are short or used twice."""
    if config.signing_key in config.peppers:
        raise ConfigurationError("SECURITY__PASSWORD_PEPPER and SECRET_KEY must differ.")
    return Kit(
        config=config,
        stores=stores,
        clock=clock,
        ids=ids,
        limits=limits,
        hasher=PasswordHasher(peppers=config.peppers, rounds=config.bcrypt_rounds),
        policy=PasswordPolicy(app_name=config.app_name, breaches=breaches or NoBreachCheck()),
        access=AccessTokens(
            key=config.signing_key, issuer=config.issuer, audience=config.audience, life=config.access_life, clock=clock, ids=ids
        ),
        refresh=RefreshTokens(key=config.signing_key, ids=ids),
        erasers=tuple(erasers),
        mailbox=mailbox,
        after_erasing=after_erasing,
    )
