"""One's own account as a whole: its trail, everything in it as a file, and its end."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from api.deps import ClientOf, CurrentPerson, ServicesOf
from api.faults import faults
from api.schemas.common import Done
from api.schemas.session import AuditEventOut, PasswordProof
from wiring import account_as_json
from wiring.export import FILE_NAME

router = APIRouter(prefix="/api/v1/account", tags=["account"])


@router.get("/events", summary="What happened to my account", responses=faults("NOT_AUTHENTICATED"))
def events(person: CurrentPerson, services: ServicesOf) -> list[AuditEventOut]:
    """Return the newest events about one's own account."""
    return [AuditEventOut.model_validate(event) for event in services.auth.own_events(person)]


_EXPORT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The document, as a file",
        "content": {
            "application/json": {
                "schema": {"type": "object"},
                "example": {
                    "format": "viva-account",
                    "version": 1,
                    "exported_at": "2026-03-14T12:00:00.000000Z",
                    "profile": {"id": "usr_4Jd", "email": "ada@example.com", "full_name": "Ada Lovelace"},
                    "preferences": {},
                    "sessions": [],
                    "consents": {"recording": {"agreed_at": None}},
                    "events": [],
                    "conversations": [],
                    "exams": [],
                },
            }
        },
        "headers": {"Content-Disposition": {"description": "the name of the file", "schema": {"type": "string"}}},
    }
}


@router.get(
    "/export",
    summary="Everything in my account, as one file",
    response_class=StreamingResponse,
    responses=faults("NOT_AUTHENTICATED") | _EXPORT,
)
def export(person: CurrentPerson, services: ServicesOf) -> StreamingResponse:
    """Return profile, preferences, consents, sessions, trail, conversations and exams; nothing secret, recordings only by name."""
    pieces: Iterator[str] = account_as_json(services, person)
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"', "Cache-Control": "no-store"}
    return StreamingResponse((piece.encode() for piece in pieces), media_type="application/json", headers=headers)


@router.post(
    "/delete",
    summary="Delete my account",
    responses=faults("NOT_AUTHENTICATED", "REAUTHENTICATION_REQUIRED", "VALIDATION_ERROR", "RATE_LIMITED", "LAST_ADMIN"),
)
def delete(body: PasswordProof, person: CurrentPerson, services: ServicesOf, client: ClientOf) -> Done:
    """Delete the account and everything that belongs to it, by the current password. It cannot be undone."""
    services.auth.delete_account(person, body.current_password, client=client)
    return Done(message="Your account and everything in it are deleted.")
