"""Values of the accounts and mail components with only what a test cares about spelt out."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from auth.models import AuditEvent, Device, OneTimeToken, Purpose, Session, User
from chat.models import Conversation, MessageDraft, MessageRole, MessageStatus, ReplyOutcome, Usage
from mail.models import Letter, Template
from tests.factories import NOW


def later(**delta: float) -> datetime:
    """Return NOW plus `timedelta(**delta)`."""
    return NOW + timedelta(**delta)


def user(tag: str = "ada", /, **changes: Any) -> User:
    made = User(
        id=f"usr_{tag}",
        email=f"{tag.title()}@Example.com",
        email_key=f"{tag}@example.com",
        username=tag.title(),
        username_key=tag,
        password_hash="$2b$04$hash",
        password_key_id="k1",
        full_name=f"{tag.title()} Lovelace",
        created_at=NOW,
        updated_at=NOW,
        password_changed_at=NOW,
    )
    return replace(made, **changes)


def session(tag: str = "s1", /, **changes: Any) -> Session:
    made = Session(
        id=f"ses_{tag}",
        user_id="usr_ada",
        cookie_hash=f"cookie-{tag}",
        refresh_hash=f"refresh-{tag}",
        created_at=NOW,
        authenticated_at=NOW,
        last_seen_at=NOW,
        idle_expires_at=later(days=7),
        expires_at=later(days=30),
        user_agent="Firefox",
        ip="192.0.2.1",
    )
    return replace(made, **changes)


def token(tag: str = "t1", /, **changes: Any) -> OneTimeToken:
    made = OneTimeToken(
        hash=f"hash-{tag}",
        purpose=Purpose.VERIFY_EMAIL,
        user_id="usr_ada",
        data={"new_email": "ada@example.org"},
        created_at=NOW,
        expires_at=later(hours=24),
    )
    return replace(made, **changes)


def device(tag: str = "d1", /, **changes: Any) -> Device:
    made = Device(user_id="usr_ada", device_hash=f"device-{tag}", user_agent="Firefox", first_seen_at=NOW, last_seen_at=NOW)
    return replace(made, **changes)


def event(tag: str = "e1", /, **changes: Any) -> AuditEvent:
    made = AuditEvent(id=f"evt_{tag}", name="account:login:success", user_id="usr_ada", actor_id="usr_ada", at=NOW, data={"how": "form"})
    return replace(made, **changes)


def letter(tag: str = "l1", /, **changes: Any) -> Letter:
    made = Letter(
        id=f"ltr_{tag}",
        to="Ada@Example.com",
        template=Template.VERIFICATION,
        data={"verification_link": "https://viva.example.com/verify#t"},
        user_id="usr_ada",
        created_at=NOW,
    )
    return replace(made, **changes)


def conversation(tag: str = "c1", /, **changes: Any) -> Conversation:
    made = Conversation(id=f"cnv_{tag}", user_id="usr_ada", level="B1", topic="travel", created_at=NOW, updated_at=NOW)
    return replace(made, **changes)


def draft(tag: str = "m1", content: str = "Hello there", /, **changes: Any) -> MessageDraft:
    return replace(MessageDraft(id=f"msg_{tag}", role=MessageRole.USER, content=content, created_at=NOW), **changes)


def reply(tag: str = "r1", content: str = "", /, **changes: Any) -> MessageDraft:
    made = MessageDraft(
        id=f"msg_{tag}",
        role=MessageRole.ASSISTANT,
        content=content,
        status=MessageStatus.STREAMING,
        created_at=NOW,
        reply_to="msg_m1",
        lease_until=later(minutes=1),
    )
    return replace(made, **changes)


def outcome(content: str = "A whole answer", /, **changes: Any) -> ReplyOutcome:
    made = ReplyOutcome(
        content=content,
        status=MessageStatus.COMPLETE,
        finished_at=later(seconds=5),
        provider="offline",
        model="examiner",
        usage=Usage(prompt_tokens=10, completion_tokens=20, cost_micros=30),
        first_token_ms=40,
        duration_ms=50,
    )
    return replace(made, **changes)
