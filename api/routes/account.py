"""One's own account as a whole: its trail, and its end."""

from fastapi import APIRouter

from api.deps import ClientOf, CurrentPerson, ServicesOf
from api.faults import faults
from api.schemas.common import Done
from api.schemas.session import AuditEventOut, PasswordProof

router = APIRouter(prefix="/api/v1/account", tags=["account"])


@router.get("/events", summary="What happened to my account", responses=faults("NOT_AUTHENTICATED"))
def events(person: CurrentPerson, services: ServicesOf) -> list[AuditEventOut]:
    """Return the newest events about one's own account."""
    return [AuditEventOut.model_validate(event) for event in services.auth.own_events(person)]


@router.post(
    "/delete",
    summary="Delete my account",
    responses=faults("NOT_AUTHENTICATED", "REAUTHENTICATION_REQUIRED", "VALIDATION_ERROR", "RATE_LIMITED", "LAST_ADMIN"),
)
def delete(body: PasswordProof, person: CurrentPerson, services: ServicesOf, client: ClientOf) -> Done:
    """Delete the account and everything that belongs to it, by the current password. It cannot be undone."""
    services.auth.delete_account(person, body.current_password, client=client)
    return Done(message="Your account and everything in it are deleted.")
