"""Administration: people, sessions, invites, letters. Every act asks for the right again and leaves an audit event."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.deps import Admin, ClientOf, ServicesOf
from api.faults import faults
from api.schemas.admin import Day, DeadLetter, OutboxState, PersonOut, Retried, RoleChange, UseOfDay, UseOfPerson
from api.schemas.common import PLAIN_DIGITS, Done
from api.schemas.session import AuditEventOut, Ended, InviteOut, InviteRequest, SessionOut
from auth.models import Role
from mail.models import LetterState
from wiring import administration
from wiring.administration import Days

_ALWAYS = ("NOT_AUTHENTICATED", "FORBIDDEN")
router = APIRouter(prefix="/api/v1/admin", tags=["administration"], responses=faults(*_ALWAYS))
_ONE = faults(*_ALWAYS, "NOT_FOUND")
_LISTED = 100
_MOST_DAYS = 366


def _days(
    services: ServicesOf,
    first: Annotated[Day | None, Query(description="the first day (UTC); without it 30 days are looked at, more than 366 never")] = None,
    last: Annotated[Day | None, Query(description="the last day, which counts too; without it today")] = None,
) -> Days:
    end = last or services.clock.now().date()
    if first is None:
        return Days.up_to(end)
    return Days(first=max(first, Days.up_to(end, number=_MOST_DAYS).first), last=end)


DaysOf = Annotated[Days, Depends(_days)]


@router.get("/users", summary="Find people", responses=faults(*_ALWAYS, "VALIDATION_ERROR"))
def find(
    admin: Admin,
    services: ServicesOf,
    client: ClientOf,
    q: Annotated[str, Query(max_length=200, description="part of an address, username or name")] = "",
    after: Annotated[str, Query(max_length=100, description="the last id of the page before")] = "",
    limit: Annotated[int, Query(ge=1, le=100), PLAIN_DIGITS] = 50,
) -> list[PersonOut]:
    """Return accounts by id."""
    return [PersonOut.model_validate(user) for user in services.auth.admin.find(admin, q, after=after, limit=limit, client=client)]


@router.get("/users/{user_id}", summary="Look at one account", responses=_ONE)
def read(user_id: str, admin: Admin, services: ServicesOf, client: ClientOf) -> PersonOut:
    """Return one account."""
    return PersonOut.model_validate(services.auth.admin.get(admin, user_id, client=client))


@router.put("/users/{user_id}/role", summary="Give a role", responses=faults(*_ALWAYS, "NOT_FOUND", "VALIDATION_ERROR", "LAST_ADMIN"))
def set_role(user_id: str, body: RoleChange, admin: Admin, services: ServicesOf, client: ClientOf) -> PersonOut:
    """Change what somebody may do; it holds from their next request on."""
    return PersonOut.model_validate(services.auth.admin.set_role(admin, user_id, Role(body.role), client=client))


@router.post("/users/{user_id}/disable", summary="Switch an account off", responses=faults(*_ALWAYS, "NOT_FOUND", "LAST_ADMIN"))
def disable(user_id: str, admin: Admin, services: ServicesOf, client: ClientOf) -> PersonOut:
    """Switch an account off; every session of it ends at once."""
    return PersonOut.model_validate(services.auth.admin.disable(admin, user_id, client=client))


@router.post("/users/{user_id}/enable", summary="Switch an account on", responses=_ONE)
def enable(user_id: str, admin: Admin, services: ServicesOf, client: ClientOf) -> PersonOut:
    """Switch an account on again."""
    return PersonOut.model_validate(services.auth.admin.enable(admin, user_id, client=client))


@router.post("/users/{user_id}/unlock", summary="Forget failed logins", responses=_ONE)
def unlock(user_id: str, admin: Admin, services: ServicesOf, client: ClientOf) -> Done:
    """Forget the failed logins counted against somebody."""
    services.auth.admin.unlock(admin, user_id, client=client)
    return Done(message="The person can try to sign in again.")


@router.post("/users/{user_id}/compromised", summary="Make somebody choose a new password", responses=_ONE)
def compromised(user_id: str, admin: Admin, services: ServicesOf, client: ClientOf) -> PersonOut:
    """Note that the password is known to others: sessions end, the next login must change it."""
    return PersonOut.model_validate(services.auth.admin.mark_compromised(admin, user_id, client=client))


@router.post("/users/{user_id}/reset", status_code=202, summary="Send a reset letter", responses=_ONE)
def start_reset(user_id: str, admin: Admin, services: ServicesOf, client: ClientOf) -> Done:
    """Send a reset letter; nobody but the person can choose the password."""
    services.auth.admin.start_reset(admin, user_id, client=client)
    return Done(message="A letter is on its way to the person.")


@router.get("/users/{user_id}/sessions", summary="List somebody's sessions", responses=_ONE)
def sessions(user_id: str, admin: Admin, services: ServicesOf, client: ClientOf) -> list[SessionOut]:
    """Return somebody's living sessions."""
    return [SessionOut.model_validate(view) for view in services.auth.admin.sessions(admin, user_id, client=client)]


@router.delete("/users/{user_id}/sessions", summary="End somebody's sessions", responses=_ONE)
def end_sessions(user_id: str, admin: Admin, services: ServicesOf, client: ClientOf) -> Ended:
    """End every session of one person."""
    ended = services.auth.admin.end_sessions(admin, user_id, client=client)
    return Ended(ended=ended, message="The person is signed out everywhere.")


@router.delete("/sessions", summary="End everybody's sessions")
def end_all_sessions(admin: Admin, services: ServicesOf, client: ClientOf) -> Ended:
    """End every session of everybody, this one too."""
    ended = services.auth.admin.end_everybodys_sessions(admin, client=client)
    return Ended(ended=ended, message="Everybody is signed out.")


@router.get("/events", summary="Read the audit trail", responses=faults(*_ALWAYS, "VALIDATION_ERROR"))
def events(
    admin: Admin,
    services: ServicesOf,
    client: ClientOf,
    user_id: Annotated[str, Query(max_length=100)] = "",
    name: Annotated[str, Query(max_length=100, description="the beginning of an event's name")] = "",
    limit: Annotated[int, Query(ge=1, le=100), PLAIN_DIGITS] = 100,
) -> list[AuditEventOut]:
    """Return the newest events, of one person or of everybody."""
    found = services.auth.admin.events(admin, user_id=user_id, name_prefix=name, limit=limit, client=client)
    return [AuditEventOut.model_validate(event) for event in found]


@router.get("/invites", summary="List open invites")
def invites(admin: Admin, services: ServicesOf, client: ClientOf) -> list[InviteOut]:
    """Return the invites that can still be used."""
    return [InviteOut.model_validate(invite) for invite in services.auth.open_invites(admin, client=client)]


@router.post("/invites", status_code=201, summary="Invite somebody", responses=faults(*_ALWAYS, "VALIDATION_ERROR", "RULE_BROKEN"))
def invite(body: InviteRequest, admin: Admin, services: ServicesOf, client: ClientOf) -> InviteOut:
    """Make an invite; with an address it is sent there and works for nobody else."""
    made = services.auth.create_invite(admin, email=body.email or "", role=Role(body.role), client=client)
    return InviteOut.model_validate(made)


@router.delete("/invites/{invite_id}", summary="Take an invite back", responses=_ONE)
def revoke_invite(invite_id: str, admin: Admin, services: ServicesOf, client: ClientOf) -> Done:
    """Take an open invite back."""
    services.auth.revoke_invite(admin, invite_id, client=client)
    return Done(message="The invite cannot be used any more.")


@router.get("/outbox", summary="How many letters are where?")
def outbox(admin: Admin, services: ServicesOf, client: ClientOf) -> OutboxState:
    """Return the number of letters in each state."""
    counts = administration.letter_counts(services, admin, client=client)
    return OutboxState(**{state.value: counts.get(state, 0) for state in LetterState})


@router.get("/outbox/dead", summary="Letters that could not be delivered")
def dead_letters(admin: Admin, services: ServicesOf, client: ClientOf) -> list[DeadLetter]:
    """Return the newest dead letters, without what they say."""
    return [
        DeadLetter(
            id=entry.letter.id,
            to=entry.letter.to,
            template=entry.letter.template.value,
            attempts=entry.attempts,
            last_error=entry.last_error,
            created_at=entry.letter.created_at,
        )
        for entry in administration.dead_letters(services, admin, limit=_LISTED, client=client)
    ]


@router.post("/outbox/retry", summary="Try dead letters again")
def retry(admin: Admin, services: ServicesOf, client: ClientOf) -> Retried:
    """Give every dead letter a new chance."""
    return Retried(retried=administration.retry_letters(services, admin, client=client))


@router.get("/usage", summary="How much the models are used, day by day", responses=faults(*_ALWAYS, "VALIDATION_ERROR"))
def usage(admin: Admin, services: ServicesOf, client: ClientOf, days: DaysOf) -> list[UseOfDay]:
    """Return what everybody together used, the oldest day first; days without any use are left out."""
    return [UseOfDay.model_validate(day) for day in administration.model_use_by_day(services, admin, days, client=client)]


@router.get("/usage/people", summary="Who uses the models how much", responses=faults(*_ALWAYS, "VALIDATION_ERROR"))
def usage_of_people(
    admin: Admin,
    services: ServicesOf,
    client: ClientOf,
    days: DaysOf,
    page: Annotated[int, Query(ge=1, le=1_000_000), PLAIN_DIGITS] = 1,
    per_page: Annotated[int, Query(ge=1, le=100), PLAIN_DIGITS] = 50,
) -> list[UseOfPerson]:
    """Return what each person used in the days together, most tokens first; a page with fewer than `per_page` is the last."""
    skip = (page - 1) * per_page
    found = administration.model_use(services, admin, days, limit=per_page, skip=skip, client=client)
    return [UseOfPerson.model_validate(person) for person in found]


@router.get(
    "/users/{user_id}/usage", summary="How much somebody uses the models", responses=faults(*_ALWAYS, "NOT_FOUND", "VALIDATION_ERROR")
)
def usage_of(user_id: str, admin: Admin, services: ServicesOf, client: ClientOf, days: DaysOf) -> list[UseOfDay]:
    """Return what one person used, the oldest day first; days without any use are left out."""
    return [UseOfDay.model_validate(day) for day in administration.model_use_of(services, admin, user_id, days, client=client)]
