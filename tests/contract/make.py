"""Values of the accounts and mail components with only what a test cares about spelt out."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from auth.models import AuditEvent, Device, OneTimeToken, Purpose, Session, User
from mail.models import Letter, Template
from tests.factories import NOW


def later(**delta: float) -> datetime:
    """Return NOW plus `timedelta(**delta)`."""
    return NOW + timedelta(**delta)


def user(name: str = "ada", /, **changes: Any) -> User:
    made = User(
        id=f"usr_{name}",
        email=f"{name.title()}@Example.com",
        email_key=f"{name}@example.com",
        username=name.title(),
        username_key=name,
        password_hash="$2b$04$hash",
        password_key_id="k1",
        full_name=f"{name.title()} Lovelace",
        created_at=NOW,
        updated_at=NOW,
        password_changed_at=NOW,
    )
    return replace(made, **changes)


def session(name: str = "s1", /, **changes: Any) -> Session:
    made = Session(
        id=f"ses_{name}",
        user_id="usr_ada",
        cookie_hash=f"cookie-{name}",
        refresh_hash=f"refresh-{name}",
        created_at=NOW,
        authenticated_at=NOW,
        last_seen_at=NOW,
        idle_expires_at=later(days=7),
        expires_at=later(days=30),
        user_agent="Firefox",
        ip="192.0.2.1",
    )
    return replace(made, **changes)


def token(name: str = "t1", /, **changes: Any) -> OneTimeToken:
    made = OneTimeToken(
        hash=f"hash-{name}",
        purpose=Purpose.VERIFY_EMAIL,
        user_id="usr_ada",
        data={"new_email": "ada@example.org"},
        created_at=NOW,
        expires_at=later(hours=24),
    )
    return replace(made, **changes)


def device(name: str = "d1", /, **changes: Any) -> Device:
    made = Device(user_id="usr_ada", device_hash=f"device-{name}", user_agent="Firefox", first_seen_at=NOW, last_seen_at=NOW)
    return replace(made, **changes)


def event(name: str = "e1", /, **changes: Any) -> AuditEvent:
    made = AuditEvent(id=f"evt_{name}", name="account:login:success", user_id="usr_ada", actor_id="usr_ada", at=NOW, data={"how": "form"})
    return replace(made, **changes)


def letter(name: str = "l1", /, **changes: Any) -> Letter:
    made = Letter(
        id=f"ltr_{name}",
        to="Ada@Example.com",
        template=Template.VERIFICATION,
        data={"verification_link": "https://viva.example.com/verify#t"},
        user_id="usr_ada",
        created_at=NOW,
    )
    return replace(made, **changes)
