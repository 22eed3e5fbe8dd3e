"""What can be configured, and what stops the start: one sentence each."""

import os
from pathlib import Path

import pytest

from core.errors import ConfigurationError
from core.settings import Settings, is_weak_secret, load, served_at

KEY, PEPPER = "Zk3vQ9xT7mB2nR8wL5cY1dF6gH4jP0sA", "Uw8eR2tY6uI0oP4aS8dF2gH6jK0lZ4xC"
PRODUCTION = {
    "APP_ENV": "production",
    "SECRET_KEY": KEY,
    "SECURITY__PASSWORD_PEPPER": PEPPER,
    "PUBLIC_URL": "https://viva.example.org",
}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.split("__")[0].lower() in Settings.model_fields or name.upper() in {"MONGO_URI", "MONGODB_URI"}:
            monkeypatch.delenv(name)


def loaded(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return load(None)


def faults(monkeypatch: pytest.MonkeyPatch, **values: str) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        loaded(monkeypatch, **values)
    return str(caught.value).splitlines()


def test_nothing_needs_to_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch)
    assert not settings.is_production
    assert not settings.uses_mongodb
    assert settings.sqlite_path == Path(".viva/viva.db")
    assert (settings.mail_transport, settings.requires_verified_email, settings.checks_breaches) == ("file", False, False)
    assert settings.access_token_seconds == 900


def test_links_lead_to_the_port_that_the_site_is_started_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert served_at(loaded(monkeypatch), 8600).public_url == "http://localhost:8600"


def test_the_port_does_not_change_where_links_lead_once_that_is_set_or_while_it_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert served_at(loaded(monkeypatch), 0).public_url == "http://localhost:8501"
    settings = loaded(monkeypatch, PUBLIC_URL="https://viva.example.org")
    assert served_at(settings, 8600).public_url == "https://viva.example.org"


@pytest.mark.parametrize(("public", "https"), [("https://viva.example.org/", True), ("http://localhost:8501", False)])
def test_the_public_address_says_whether_the_site_is_https_and_where_a_shared_conversation_is(
    monkeypatch: pytest.MonkeyPatch, public: str, *, https: bool
) -> None:
    settings = loaded(monkeypatch, PUBLIC_URL=public)
    assert settings.is_https is https
    assert settings.shared_url("s3cret") == f"{public.rstrip('/')}/shared?link=s3cret"


def test_production_needs_keys_and_https_and_then_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 13.3.1."""
    assert loaded(monkeypatch, **PRODUCTION).checks_breaches


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "change-me-change-me-change-me-change-me"}, "SECRET_KEY"),
        ({"SECRET_KEY": "your_secure_django_secret_key_0123456789"}, "SECRET_KEY"),
        ({"SECURITY__PASSWORD_PEPPER": ""}, "SECURITY__PASSWORD_PEPPER"),
        ({"SECURITY__PASSWORD_PEPPER": KEY}, "must differ"),
        ({"SECURITY__BCRYPT_ROUNDS": "11"}, "SECURITY__BCRYPT_ROUNDS"),
        ({"DEBUG": "true"}, "DEBUG"),
        ({"PUBLIC_URL": "http://viva.example.org"}, "PUBLIC_URL"),
        ({"LIMITS__LOGIN_IP": ""}, "LIMITS__LOGIN_IP"),
        ({"AUTH__REQUIRE_VERIFIED_EMAIL": "on"}, "AUTH__REQUIRE_VERIFIED_EMAIL"),
        ({"EMAIL__SMTP_HOST": "mail.example.org", "EMAIL__SMTP_SECURITY": "none"}, "EMAIL__SMTP_SECURITY"),
    ],
)
def test_production_refuses_what_is_unsafe(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], named: str) -> None:
    """ASVS 13.3.1, 13.4.2, 11.4.2."""
    (sentence,) = faults(monkeypatch, **{**PRODUCTION, **changed})
    assert named in sentence
    assert sentence.endswith((".", "'"))


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"DATABASE_URL": "postgresql://localhost/viva"}, "Postgres is not supported"),
        ({"POSTGRES_DB": "viva"}, "Postgres is not supported"),
        ({"DATABASE_URL": "mysql://localhost"}, "DATABASE_URL"),
        ({"STORE": "mongodb"}, "MONGODB_URI"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"AUTH__SESSION_IDLE_HOURS": "800"}, "AUTH__SESSION_IDLE_HOURS"),
        ({"EMAIL__TRANSPORT": "smtp"}, "EMAIL__SMTP_HOST"),
        ({"EMAIL__TRANSPORT": "kafka"}, "KAFKA_BOOTSTRAP_SERVERS"),
        ({"EMAIL__GMAIL_FROM_EMAIL": "a@example.com"}, "EMAIL__GMAIL_APP_PASSWORD"),
        ({"CORS_ALLOWED_ORIGINS": "*", "CORS_ALLOW_CREDENTIALS": "true"}, "CORS_ALLOWED_ORIGINS"),
        ({"ALGORITHM": "none"}, "ALGORITHM"),
        ({"ALGORITHM": "RS256"}, "ALGORITHM"),
        ({"SECURITY__BCRYPT_ROUNDS": "3"}, "SECURITY__BCRYPT_ROUNDS"),
        ({"SECURITY__BCRYPT_ROUND": "12"}, "SECURITY__BCRYPT_ROUND"),
        ({"AI_SERVICES__OPENAI_KEY": "x"}, "AI_SERVICES__OPENAI_KEY"),
        ({"APP_ENV": "staging"}, "APP_ENV"),
    ],
)
def test_what_contradicts_itself_or_is_misspelt_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], named: str
) -> None:
    (sentence,) = faults(monkeypatch, **values)
    assert named in sentence


def test_every_fault_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(faults(monkeypatch, STORE="mongodb", EMAIL__TRANSPORT="kafka", DATABASE_URL="mysql://x")) == 3


def test_the_names_of_the_documents_work(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(
        monkeypatch,
        SECRET_KEY=KEY,
        ACCESS_TOKEN_EXPIRE_MINUTES="30",
        ALGORITHM="HS256",
        DATABASE_URL="sqlite:///./chatbot.db",
        MONGO_URI="mongodb://localhost/x",
        CORS_ALLOWED_ORIGINS="https://a.example.org, https://b.example.org",
        ALLOWED_HOSTS="a.example.org,localhost",
        OPENAI_API_KEY="key",
        AI_SERVICES__OPEN_ROUTER_API_KEY_2="second",
        AI_SERVICES__OPEN_ROUTER_API_KEY_1="first",
        AI_SERVICES__GROQ_API_KEY="groq",
        EMAIL__GMAIL_FROM_EMAIL="a@example.com",
        EMAIL__GMAIL_APP_PASSWORD="x",
    )
    assert (settings.signing_key, settings.access_token_seconds) == (KEY, 1800)
    assert settings.uses_mongodb
    assert settings.sqlite_path == Path("chatbot.db")
    assert settings.cors_allowed_origins == ("https://a.example.org", "https://b.example.org")
    assert settings.allowed_hosts == ("a.example.org", "localhost")
    assert settings.ai_services.keys("open_router") == ("first", "second")
    assert settings.ai_services.keys("groq") == ("groq",)
    assert settings.ai_services.keys("gemini") == ()
    assert (settings.mail_transport, settings.requires_verified_email) == ("smtp", True)


def test_the_security_group_wins_over_the_plain_names(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(
        monkeypatch,
        SECRET_KEY=KEY,
        SECURITY__JWT_SECRET=PEPPER,
        ACCESS_TOKEN_EXPIRE_MINUTES="30",
        SECURITY__JWT_EXPIRES_IN="120",
    )
    assert (settings.signing_key, settings.access_token_seconds) == (PEPPER, 120)


def test_an_explicit_store_wins_over_what_else_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not loaded(monkeypatch, STORE="sqlite", MONGODB_URI="mongodb://localhost").uses_mongodb
    assert loaded(monkeypatch, STORE="mongodb").uses_mongodb


def test_the_transport_follows_what_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, KAFKA_BOOTSTRAP_SERVERS="localhost:9092").mail_transport == "kafka"
    assert loaded(monkeypatch, EMAIL__TRANSPORT="file").mail_transport == "file"
    assert not loaded(monkeypatch, AUTH__REQUIRE_VERIFIED_EMAIL="auto").requires_verified_email
    assert loaded(monkeypatch, AUTH__REQUIRE_VERIFIED_EMAIL="on").requires_verified_email


def test_a_file_is_read_and_the_environment_wins_over_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("MONGODB_DB=from_file\nAUTH__MAX_SESSIONS=3\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("MONGODB_DB", "from_environment")
    settings = load(file)
    assert (settings.mongodb_db, settings.auth.max_sessions) == ("from_environment", 3)


def test_no_secret_is_shown_when_settings_are_printed_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 13.3.1, 16.2.5."""
    secrets = {
        "SECRET_KEY": KEY,
        "SECURITY__PASSWORD_PEPPER": PEPPER,
        "MONGODB_URI": "mongodb://user:hunter2-xyz@db/x",
        "EMAIL__SMTP_PASSWORD": "hunter2-smtp",
        "OPENAI_API_KEY": "hunter2-openai",
        "AI_SERVICES__GROQ_API_KEY_1": "hunter2-groq",
    }
    shown = repr(loaded(monkeypatch, **secrets)) + str(loaded(monkeypatch, **secrets).model_dump())
    refused = "\n".join(faults(monkeypatch, **secrets, EMAIL__TRANSPORT="kafka", AI_SERVICES__GROK_API_KEY="hunter2-grok"))
    for text in (shown, refused):
        assert "hunter2" not in text
        assert KEY not in text
        assert PEPPER not in text


@pytest.mark.parametrize(
    "weak", ["", "x" * 31, "a" * 40, "changeme" * 5, "placeholder-placeholder-placeholder", "my-secret-key-0123456789-abcdefghij"]
)
def test_weak_keys_are_recognised(weak: str) -> None:
    assert is_weak_secret(weak)


def test_a_random_key_is_not_weak() -> None:
    assert not is_weak_secret(KEY)
