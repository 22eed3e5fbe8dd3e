"""A conversation as plain JSON types, the same for every store."""

from collections.abc import Mapping
from typing import Any

from core.clock import from_iso, to_iso
from signup.models import Collected, Phase, SignupSession, Step


def to_document(session: SignupSession) -> dict[str, Any]:
    """Return `session` as JSON types; times are fixed-width UTC texts (`core.clock.to_iso`)."""
    given = session.collected
    return {
        "session_id": session.id,
        "current_step": session.step.value,
        "phase": session.phase.value,
        "collected_data": {
            "email": given.email,
            "username": given.username,
            "password_hash": given.password_hash,
            "password_key_id": given.password_key_id,
            "firstname": given.firstname,
            "lastname": given.lastname,
        },
        "offered": list(session.offered),
        "user_id": session.user_id,
        "created_at": to_iso(session.created_at),
        "updated_at": to_iso(session.updated_at),
        "expires_at": to_iso(session.expires_at),
        "version": session.version,
    }


def from_document(document: Mapping[str, Any]) -> SignupSession:
    """Return the conversation that `to_document` wrote; keys it does not know are ignored."""
    given = document["collected_data"]
    return SignupSession(
        id=document["session_id"],
        step=Step(document["current_step"]),
        phase=Phase(document["phase"]),
        collected=Collected(
            email=given["email"],
            username=given["username"],
            password_hash=given["password_hash"],
            password_key_id=given["password_key_id"],
            firstname=given["firstname"],
            lastname=given["lastname"],
        ),
        offered=tuple(document.get("offered", ())),
        user_id=document["user_id"],
        created_at=from_iso(document["created_at"]),
        updated_at=from_iso(document["updated_at"]),
        expires_at=from_iso(document["expires_at"]),
        version=document["version"],
    )
