"""Everything that can be configured, read once from the environment and `.env`. The only reader of the environment.

Names are nested with two underscores (`AUTH__INVITE_ONLY=true`). `.env.example` documents each of them; a test compares the two.
"""

import re
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import ConfigurationError
from core.setting_groups import AiServices, Auth, Chat, CommaList, Email, Exam, Limits, Security, Signup, Speech, comma_list

MIN_SECRET_BYTES = 32
_PLACEHOLDER = re.compile(r"change.?me|your[_-]|placeholder|example|secret[_-]?key|^(.)\1+$", re.IGNORECASE)


def is_weak_secret(value: str) -> bool:
    """Tell whether a signing key is missing, shorter than 32 bytes or an obvious placeholder."""
    return len(value.encode()) < MIN_SECRET_BYTES or bool(_PLACEHOLDER.search(value))


class Settings(BaseSettings):
    """The whole configuration. Build it with `load()`, which turns faults into one sentence each."""

    model_config = SettingsConfigDict(
        env_file=".env", env_nested_delimiter="__", extra="ignore", frozen=True, env_ignore_empty=False, populate_by_name=True
    )

    app_env: Literal["development", "production"] = "development"
    debug: bool = False
    data_dir: Path = Path(".viva")
    public_url: str = "http://localhost:8501"
    log_format: Literal["auto", "text", "json"] = "auto"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    store: Literal["auto", "sqlite", "mongodb"] = "auto"
    database_url: str = ""
    mongodb_uri: SecretStr = Field(default=SecretStr(""), validation_alias=AliasChoices("mongodb_uri", "mongo_uri"))
    mongodb_db: str = "viva"
    redis_url: SecretStr = SecretStr("")
    kafka_bootstrap_servers: str = ""
    postgres_db: str = ""
    postgres_host: str = ""

    secret_key: SecretStr = SecretStr("")
    algorithm: Literal["HS256"] = "HS256"
    access_token_expire_minutes: int = Field(default=15, ge=1, le=1440)
    openai_api_key: SecretStr = SecretStr("")
    cors_allowed_origins: CommaList = ()
    cors_allow_credentials: bool = False
    allowed_hosts: CommaList = ()

    security: Security = Security()
    auth: Auth = Auth()
    email: Email = Email()
    ai_services: AiServices = AiServices()
    limits: Limits = Limits()
    signup: Signup = Signup()
    chat: Chat = Chat()
    speech: Speech = Speech()
    exam: Exam = Exam()

    @field_validator("cors_allowed_origins", "allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return comma_list(value)

    @property
    def is_production(self) -> bool:
        """Whether the strict rules apply."""
        return self.app_env == "production"

    @property
    def is_https(self) -> bool:
        """Whether browsers reach this site over https: names and flags of cookies and some headers depend on it."""
        return self.public_url.startswith("https://")

    def shared_url(self, secret: str) -> str:
        """Return the link that shows a shared conversation to whoever has it."""
        return f"{self.public_url.rstrip('/')}/shared?link={secret}"

    @property
    def uses_mongodb(self) -> bool:
        """Whether data lives in MongoDB rather than in the embedded SQLite file."""
        return self.store == "mongodb" or (self.store == "auto" and bool(self.mongodb_uri.get_secret_value()))

    @property
    def access_token_seconds(self) -> int:
        """Life of an access token; `SECURITY__JWT_EXPIRES_IN` (seconds) wins over `ACCESS_TOKEN_EXPIRE_MINUTES`."""
        return self.security.jwt_expires_in or self.access_token_expire_minutes * 60

    @property
    def signing_key(self) -> str:
        """The configured key for access tokens (`SECURITY__JWT_SECRET` wins over `SECRET_KEY`), or an empty string."""
        return self.security.jwt_secret.get_secret_value() or self.secret_key.get_secret_value()

    @property
    def mail_transport(self) -> Literal["file", "smtp", "kafka"]:
        """The way letters leave: as set, else Kafka, else SMTP or Gmail, else files."""
        if self.email.transport != "auto":
            return self.email.transport
        if self.kafka_bootstrap_servers:
            return "kafka"
        return "smtp" if self.email.smtp_host or self.email.gmail_from_email else "file"

    @property
    def requires_verified_email(self) -> bool:
        """Whether unverified accounts are kept from chats and exams: `auto` is on when letters really leave the machine."""
        if self.auth.require_verified_email == "auto":
            return self.mail_transport != "file"
        return self.auth.require_verified_email == "on"

    @property
    def checks_breaches(self) -> bool:
        """Whether passwords are looked up in the breach list over the network."""
        if self.security.breach_check == "auto":
            return self.is_production
        return self.security.breach_check == "on"

    @cached_property
    def sqlite_path(self) -> Path:
        """The SQLite file: `DATABASE_URL=sqlite:///…` or `viva.db` in the data folder."""
        if not self.database_url:
            return self.data_dir / "viva.db"
        return Path(self.database_url.removeprefix("sqlite:///"))


def load(env_file: str | Path | None = ".env") -> Settings:
    """Read and check the settings. Raises ConfigurationError with one sentence per fault."""
    try:
        settings = Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings takes it, its stubs do not say so
    except ValidationError as error:
        sentences = [f"{_env_name(fault['loc'])}: {_plain(fault['msg'])}." for fault in error.errors()]
        raise ConfigurationError("\n".join(sentences)) from None
    faults = list(_contradictions(settings))
    if faults:
        raise ConfigurationError("\n".join(faults))
    return settings


def served_at(settings: Settings, port: int) -> Settings:
    """Return `settings` whose links lead to this `port` of this computer, unless PUBLIC_URL says where they lead.

    0 stands for a port that is not known yet and changes nothing.
    """
    if not port or "public_url" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"public_url": f"http://localhost:{port}"})


def _env_name(location: tuple[int | str, ...]) -> str:
    return "__".join(str(part).upper() for part in location)


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ").rstrip(".")


def _contradictions(settings: Settings) -> list[str]:
    return [
        sentence
        for broken, sentence in (
            *_store_rules(settings),
            *_secret_rules(settings),
            *_mail_rules(settings),
            *_network_rules(settings),
        )
        if broken
    ]


def _store_rules(settings: Settings) -> list[tuple[bool, str]]:
    url = settings.database_url
    postgres = url.startswith("postgres") or bool(settings.postgres_db or settings.postgres_host)
    other = bool(url) and not url.startswith(("sqlite:///", "postgres"))
    return [
        (postgres, "Postgres is not supported: leave DATABASE_URL and POSTGRES_* out for SQLite, or set MONGODB_URI for MongoDB."),
        (other, "DATABASE_URL must start with sqlite:/// (or set MONGODB_URI for MongoDB)."),
        (
            settings.store == "mongodb" and not settings.mongodb_uri.get_secret_value(),
            "STORE=mongodb needs MONGODB_URI.",
        ),
        (
            settings.auth.session_idle_hours > settings.auth.session_absolute_hours,
            "AUTH__SESSION_IDLE_HOURS must not be longer than AUTH__SESSION_ABSOLUTE_HOURS.",
        ),
    ]


def _secret_rules(settings: Settings) -> list[tuple[bool, str]]:
    key, pepper = settings.signing_key, settings.security.password_pepper.get_secret_value()
    how = "make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
    production = settings.is_production
    return [
        (
            is_weak_secret(key) if (production or key) else False,
            f"SECRET_KEY (or SECURITY__JWT_SECRET) is missing, a placeholder or shorter than 32 bytes; {how}",
        ),
        (
            bool(pepper) and is_weak_secret(pepper),
            f"SECURITY__PASSWORD_PEPPER is a placeholder or shorter than 32 bytes; {how}",
        ),
        (production and not pepper, f"SECURITY__PASSWORD_PEPPER is required in production; {how}"),
        (bool(pepper) and pepper == key, "SECURITY__PASSWORD_PEPPER and SECRET_KEY must differ."),
        (
            production and settings.security.bcrypt_rounds < 12,  # noqa: PLR2004 - the cost named in the sentence below
            "SECURITY__BCRYPT_ROUNDS must be at least 12 in production.",
        ),
        (production and settings.debug, "DEBUG must be off in production."),
    ]


def _mail_rules(settings: Settings) -> list[tuple[bool, str]]:
    email, transport = settings.email, settings.email.transport
    gmail = bool(email.gmail_from_email), bool(email.gmail_app_password.get_secret_value())
    return [
        (
            transport == "smtp" and not (email.smtp_host or gmail[0]),
            "EMAIL__TRANSPORT=smtp needs EMAIL__SMTP_HOST or EMAIL__GMAIL_FROM_EMAIL.",
        ),
        (transport == "kafka" and not settings.kafka_bootstrap_servers, "EMAIL__TRANSPORT=kafka needs KAFKA_BOOTSTRAP_SERVERS."),
        (gmail[0] != gmail[1], "EMAIL__GMAIL_FROM_EMAIL and EMAIL__GMAIL_APP_PASSWORD belong together: set both or neither."),
        (
            settings.is_production and settings.auth.require_verified_email == "on" and settings.mail_transport == "file",
            "AUTH__REQUIRE_VERIFIED_EMAIL=on needs SMTP or Kafka in production: letters in files reach nobody.",
        ),
        (
            settings.is_production and settings.mail_transport == "smtp" and bool(email.smtp_host) and email.smtp_security == "none",
            "EMAIL__SMTP_SECURITY=none is refused in production: use starttls or tls.",
        ),
    ]


def _network_rules(settings: Settings) -> list[tuple[bool, str]]:
    off = [name for name, value in settings.limits.model_dump().items() if not value.strip()]
    return [
        (
            "*" in settings.cors_allowed_origins and settings.cors_allow_credentials,
            "CORS_ALLOWED_ORIGINS=* cannot go with CORS_ALLOW_CREDENTIALS=true: list the origins.",
        ),
        (
            settings.is_production and bool(off),
            f"LIMITS__{(off or [''])[0].upper()} must not be empty in production.",
        ),
        (
            settings.is_production and not settings.is_https,
            "PUBLIC_URL must start with https:// in production: links in letters and the login cookie depend on it.",
        ),
    ]
