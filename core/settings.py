"""Everything that can be configured, read once from the environment and `.env`. The only reader of the environment.

Names are nested with two underscores (`AUTH__INVITE_ONLY=true`). `.env.example` documents each of them; a test compares the two.
"""

import re
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.errors import ConfigurationError

MIN_SECRET_BYTES = 32
_PLACEHOLDER = re.compile(r"change.?me|your[_-]|placeholder|example|secret[_-]?key|^(.)\1+$", re.IGNORECASE)
CommaList = Annotated[tuple[str, ...], NoDecode]


def is_weak_secret(value: str) -> bool:
    """Tell whether a signing key is missing, shorter than 32 bytes or an obvious placeholder."""
    return len(value.encode()) < MIN_SECRET_BYTES or bool(_PLACEHOLDER.search(value))


class _Group(BaseModel):
    """A group of settings; a misspelt name in it is an error rather than silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Security(_Group):
    """Keys, hashing and the network in front of us."""

    jwt_secret: SecretStr = SecretStr("")
    jwt_expires_in: int | None = Field(default=None, ge=30, le=86_400, description="seconds")
    jwt_issuer: str = "viva"
    jwt_audience: str = "viva"
    password_pepper: SecretStr = SecretStr("")
    bcrypt_rounds: int = Field(default=12, ge=4, le=16)
    trusted_proxies: CommaList = ()
    breach_check: Literal["auto", "on", "off"] = "auto"
    breach_api_url: str = "https://api.pwnedpasswords.com/range/"

    @field_validator("jwt_expires_in", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return _comma_list(value)


class Auth(_Group):
    """Accounts and sessions."""

    require_verified_email: Literal["auto", "on", "off"] = "auto"
    invite_only: bool = False
    refresh_grace_seconds: int = Field(default=20, ge=0, le=300)
    session_idle_hours: int = Field(default=7 * 24, ge=1)
    session_absolute_hours: int = Field(default=30 * 24, ge=1)
    max_sessions: int = Field(default=20, ge=1, le=1000)
    verification_hours: int = Field(default=24, ge=1, le=168)
    reset_minutes: int = Field(default=30, ge=5, le=1440)
    invite_days: int = Field(default=14, ge=1, le=365)

    @property
    def session_idle(self) -> timedelta:
        """How long a session lives without use."""
        return timedelta(hours=self.session_idle_hours)

    @property
    def session_absolute(self) -> timedelta:
        """How long a session lives at most."""
        return timedelta(hours=self.session_absolute_hours)


class Email(_Group):
    """How letters leave: files unless SMTP (or Gmail) or Kafka is configured."""

    transport: Literal["auto", "file", "smtp", "kafka"] = "auto"
    from_email: str = "viva@localhost"
    from_name: str = "Viva"
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65_535)
    smtp_username: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_timeout_seconds: float = Field(default=10, gt=0, le=60)
    gmail_from_email: str = ""
    gmail_app_password: SecretStr = SecretStr("")
    kafka_topic: str = "notifications.email"
    max_attempts: int = Field(default=8, ge=1, le=50)
    poll_seconds: float = Field(default=1, gt=0, le=60)


class AiServices(BaseModel):
    """Model providers. Numbered keys (`…_API_KEY_1`, `…_API_KEY_2`, …) are used in turn."""

    model_config = ConfigDict(extra="allow", frozen=True)

    order: CommaList = ("openrouter", "gemini", "groq", "openai", "ollama", "custom")
    open_router_model: str = "openai/gpt-4o-mini"
    gemini_model: str = "gemini-2.0-flash"
    groq_model: str = "llama-3.3-70b-versatile"
    openai_model: str = "gpt-4o-mini"
    ollama_base_url: str = ""
    ollama_model: str = "llama3.2"
    custom_base_url: str = ""
    custom_model: str = ""
    open_router_base_url: str = "https://openrouter.ai/api/v1"
    gemini_base_url: str = "https://generativelanguage.googleapis.com/v1beta/openai/"
    groq_base_url: str = "https://api.groq.com/openai/v1"
    openai_base_url: str = "https://api.openai.com/v1"
    connect_timeout_seconds: float = Field(default=5, gt=0)
    first_token_timeout_seconds: float = Field(default=20, gt=0)
    total_timeout_seconds: float = Field(default=90, gt=0)
    context_tokens: int = Field(default=6000, ge=500)
    max_parallel: int = Field(default=128, ge=1, le=1024)
    grade_with_model: bool = True

    @field_validator("order", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return _comma_list(value)

    @model_validator(mode="after")
    def _known_names_only(self) -> Self:
        for name in self.model_extra or {}:
            if not re.fullmatch(r"(open_router|gemini|groq|openai|custom)_api_key(_\d+)?", name):
                msg = f"AI_SERVICES__{name.upper()} is not a known setting"
                raise ValueError(msg)
        return self

    def keys(self, provider: str) -> tuple[str, ...]:
        """Return the API keys of `provider` (`open_router`, `gemini`, …): the unnumbered first, then by number."""
        found: list[tuple[int, str]] = []
        for name, value in (self.model_extra or {}).items():
            match = re.fullmatch(rf"{provider}_api_key(?:_(\d+))?", name)
            if match and str(value).strip():
                found.append((int(match[1] or 0), str(value).strip()))
        return tuple(value for _, value in sorted(found))


class Limits(_Group):
    """How often something may be tried; an empty string switches a limit off (refused in production)."""

    signup: str = "10/minute"
    signup_conversation: str = "60/minute"
    login_account_ip: str = "10/5minutes"
    login_account: str = "50/hour"
    login_ip: str = "15/5minutes"
    reset_account: str = "5/hour"
    reset_ip: str = "20/hour"
    resend_account: str = "5/hour"
    refresh_ip: str = "120/minute"
    password_check: str = "10/5minutes"
    chat: str = "30/minute"
    exam: str = "120/minute"
    upload: str = "60/minute"


class Signup(_Group):
    """The signup assistant."""

    session_ttl_seconds: int = Field(default=300, ge=10, le=3600)
    model_help: bool = True
    language: Literal["en", "fr", "es", "de"] = "en"


class Chat(_Group):
    """Conversations."""

    max_parallel_replies: int = Field(default=3, ge=1, le=50, description="per person")
    daily_replies: int = Field(default=500, ge=0, description="per person; 0 is no quota")
    restore_days: int = Field(default=30, ge=1, le=365)


class Speech(_Group):
    """Recordings and transcription."""

    max_recording_mb: int = Field(default=25, ge=1, le=200)
    transcriber: Literal["auto", "openai", "groq", "openrouter", "gemini", "whisper", "none"] = "auto"
    openai_model: str = "whisper-1"
    groq_model: str = "whisper-large-v3-turbo"
    openrouter_model: str = "google/gemini-2.0-flash-001"
    gemini_model: str = "gemini-2.0-flash"
    whisper_folder: str = ""
    examiner_voice: Literal["browser", "provider", "off"] = "browser"


class Exam(_Group):
    """Exams."""

    items_folder: str = ""


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
        return _comma_list(value)

    @property
    def is_production(self) -> bool:
        """Whether the strict rules apply."""
        return self.app_env == "production"

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


def _comma_list(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


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
            settings.is_production and not settings.public_url.startswith("https://"),
            "PUBLIC_URL must start with https:// in production: links in letters and the login cookie depend on it.",
        ),
    ]
