"""Sessions and passwords: refresh, sign out, list, reset, change."""

from fastapi import APIRouter
from starlette.requests import Request

from api.deps import TOKEN_IN_HEADER, AnyPerson, ClientOf, CurrentPerson, ServicesOf, get_client, get_services, token_of
from api.faults import faults
from api.schemas.common import Done
from api.schemas.session import (
    ConfirmToken,
    EmailChange,
    Ended,
    ForgotRequest,
    FreshTokens,
    PasswordChange,
    PasswordIfOld,
    RefreshRequest,
    ResetRequest,
    SessionOut,
)
from auth.errors import NotSignedIn
from auth.results import SignedIn

router = APIRouter(prefix="/api/v1/auth", tags=["sessions and passwords"])
NEUTRAL = "If there is an account with this address, a letter is on its way."


def _password(body: PasswordIfOld | None) -> str:
    return (body and body.current_password) or ""


def _tokens(found: SignedIn) -> FreshTokens:
    return FreshTokens(access_token=found.access_token, refresh_token=found.refresh_token, expires_in=found.expires_in)


@router.post(
    "/refresh", summary="Swap a refresh token for new tokens", responses=faults("NOT_AUTHENTICATED", "VALIDATION_ERROR", "RATE_LIMITED")
)
def refresh(body: RefreshRequest, services: ServicesOf, client: ClientOf) -> FreshTokens:
    """Rotate: the token sent is used up (a repeat within 20 seconds gets the same answer, a later one ends the session)."""
    return _tokens(services.auth.refresh(body.refresh_token, client=client))


@router.post(
    "/logout", summary="Sign out of this session", responses=faults("NOT_AUTHENTICATED"), openapi_extra={"security": TOKEN_IN_HEADER}
)
def logout(request: Request) -> Done:
    """End the session of the token in the header."""
    token = token_of(request)
    if not token or not get_services(request).auth.logout_user(token, client=get_client(request)):
        raise NotSignedIn
    return Done(message="You are signed out.")


_PROVED = ("NOT_AUTHENTICATED", "REAUTHENTICATION_REQUIRED", "VALIDATION_ERROR", "RATE_LIMITED")


@router.post("/logout-all", summary="Sign out everywhere", responses=faults(*_PROVED))
def logout_everywhere(person: CurrentPerson, services: ServicesOf, client: ClientOf, body: PasswordIfOld | None = None) -> Ended:
    """End every session of the person, this one too. Needs the current password if this login is older than ten minutes."""
    ended = services.auth.logout_everywhere(person, current_password=_password(body), client=client)
    return Ended(ended=ended, message="You are signed out everywhere.")


@router.get("/sessions", summary="List one's own sessions", responses=faults("NOT_AUTHENTICATED"))
def sessions(person: CurrentPerson, services: ServicesOf) -> list[SessionOut]:
    """Return the living sessions, the most recently used first."""
    return [SessionOut.model_validate(view) for view in services.auth.list_sessions(person)]


@router.delete("/sessions", summary="End all other sessions", responses=faults(*_PROVED))
def end_others(person: CurrentPerson, services: ServicesOf, client: ClientOf, body: PasswordIfOld | None = None) -> Ended:
    """End every session of the person but this one. Needs the current password if this login is older than ten minutes."""
    ended = services.auth.end_other_sessions(person, current_password=_password(body), client=client)
    return Ended(ended=ended, message="The other sessions are ended.")


@router.delete("/sessions/{session_id}", summary="End one session", responses=faults(*_PROVED, "NOT_FOUND"))
def end_one(session_id: str, person: CurrentPerson, services: ServicesOf, client: ClientOf, body: PasswordIfOld | None = None) -> Ended:
    """End one of one's own sessions. Any but this one needs the current password if this login is older than ten minutes."""
    ended = services.auth.end_session(person, session_id, current_password=_password(body), client=client)
    return Ended(ended=int(ended), message="The session is ended.")


@router.post(
    "/password/forgot",
    status_code=202,
    summary="Ask for a reset letter",
    responses=faults("VALIDATION_ERROR", "EMAIL_MALFORMED", "RATE_LIMITED"),
)
def forgot(body: ForgotRequest, services: ServicesOf, client: ClientOf) -> Done:
    """Send a letter; the answer is the same whether or not there is such an account."""
    services.auth.forgot_password(body.email, client=client)
    return Done(message=NEUTRAL)


@router.post(
    "/password/reset",
    summary="Set a new password by the letter's token",
    responses=faults("TOKEN_INVALID", "RULE_BROKEN", "VALIDATION_ERROR"),
)
def reset(body: ResetRequest, services: ServicesOf, client: ClientOf) -> Done:
    """Set the password; every session ends."""
    services.auth.reset_password(body.token, body.password, confirmation=body.confirm_password, client=client)
    return Done(message="Your password is changed. Please sign in with it.")


@router.post(
    "/password/change",
    summary="Change one's password",
    responses=faults("NOT_AUTHENTICATED", "REAUTHENTICATION_REQUIRED", "RULE_BROKEN", "CONFLICT", "VALIDATION_ERROR", "RATE_LIMITED"),
)
def change(body: PasswordChange, who: AnyPerson, services: ServicesOf, client: ClientOf) -> FreshTokens:
    """Change the password by the current one; all other sessions end and this one gets new tokens."""
    found = services.auth.change_password(who, body.current_password, body.new_password, confirmation=body.confirm_password, client=client)
    return _tokens(found)


@router.post(
    "/email/change",
    status_code=202,
    summary="Change one's email address",
    responses=faults(
        "NOT_AUTHENTICATED", "REAUTHENTICATION_REQUIRED", "RULE_BROKEN", "EMAIL_ALREADY_REGISTERED", "VALIDATION_ERROR", "RATE_LIMITED"
    ),
)
def change_email(body: EmailChange, person: CurrentPerson, services: ServicesOf, client: ClientOf) -> Done:
    """Send a link to the new address; the account keeps the old one until the link is used."""
    services.auth.request_email_change(person, body.new_email, body.current_password, client=client)
    return Done(message="Please confirm the new address with the link that we sent there.")


@router.post(
    "/email/confirm",
    summary="Confirm a new email address",
    responses=faults("TOKEN_INVALID", "EMAIL_ALREADY_REGISTERED", "VALIDATION_ERROR"),
)
def confirm_email(body: ConfirmToken, services: ServicesOf, client: ClientOf) -> Done:
    """Change the address by the token of the letter; the old address is told."""
    services.auth.confirm_email_change(body.token, client=client)
    return Done(message="Your email address is changed.")
