"""The groups of settings: `AUTH__…`, `EMAIL__…` and so on. Read by `core.settings`."""

import re
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

CommaList = Annotated[tuple[str, ...], NoDecode]


def comma_list(value: object) -> object:
    """Return the parts of a comma list as a tuple; anything else as it is."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


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
    open_pages_per_address: int = Field(default=500, ge=0, description="without a login; 0 is no bound")

    @field_validator("jwt_expires_in", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return comma_list(value)


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
    __pydantic_extra__: dict[str, SecretStr] = Field(init=False)
    """The numbered keys; secrets, so that printed settings do not show them."""

    order: CommaList = ("openrouter", "gemini", "groq", "openai", "ollama", "custom")
    open_router_model: str = "openrouter/auto"
    gemini_model: str = "gemini-flash-latest"
    groq_model: str = "llama-3.3-70b-versatile"
    openai_model: str = "gpt-6-luna"
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
        return comma_list(value)

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
            if match and (key := value.get_secret_value().strip()):
                found.append((int(match[1] or 0), key))
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
    chat: str = "120/minute"
    exam: str = "600/minute"
    upload: str = "120/minute"
    page_megabytes: str = "200/5minutes"


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
    openai_model: str = "gpt-transcribe"
    groq_model: str = "whisper-large-v3"
    openrouter_model: str = "openai/whisper-large-v3"
    gemini_model: str = "gemini-flash-latest"
    whisper_folder: str = ""


class Exam(_Group):
    """Exams."""

    items_folder: str = ""
    grace_seconds: int = Field(default=60, ge=0, le=600)
