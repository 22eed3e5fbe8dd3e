"""The accounts dialect: `/api/v1/accounts/…`, with and without the trailing slash."""

from fastapi import APIRouter, Request

from api.deps import TOKEN_IN_HEADER, ClientOf, ServicesOf, token_of
from api.dialects import Dialect, fields_called
from api.faults import faults
from api.schemas.accounts import AccountLogin, AccountRegistration, AccountSession
from api.schemas.common import Done
from auth.errors import NotSignedIn
from auth.flows.register import RegisterForm
from auth.policy import Rules
from auth.results import SignedIn

router = APIRouter(prefix="/api/v1/accounts", tags=["accounts and chat"])


def _answer(login: SignedIn, message: str) -> AccountSession:
    return AccountSession(
        token=login.access_token,
        access_token=login.access_token,
        refresh_token=login.refresh_token,
        expires_in=login.expires_in,
        user_id=login.user.id,
        username=login.user.username,
        email=login.user.email,
        message=message,
    )


_REGISTER = faults(
    "VALIDATION_ERROR",
    "EMAIL_MALFORMED",
    "RULE_BROKEN",
    "EMAIL_ALREADY_REGISTERED",
    "USERNAME_TAKEN",
    "INVITE_REQUIRED",
    "RATE_LIMITED",
    dialect=Dialect.ACCOUNTS,
    statuses={"EMAIL_ALREADY_REGISTERED": 400, "USERNAME_TAKEN": 400},
)


@router.post("/register", status_code=201, include_in_schema=False)
@router.post("/register/", status_code=201, summary="Create an account", responses=_REGISTER)
def register(body: AccountRegistration, services: ServicesOf, client: ClientOf) -> AccountSession:
    """Create an account and sign in."""
    form = RegisterForm(email=body.email, password=body.password1, confirmation=body.password2, username=body.username)
    with fields_called({"password": "password1", "confirm_password": "password2"}):
        login = services.auth.register_and_sign_in(form, client=client, rules=Rules.LENGTH)
    return _answer(login, "Your account is ready.")


@router.post("/login", include_in_schema=False)
@router.post(
    "/login/",
    summary="Sign in by username",
    responses=faults("VALIDATION_ERROR", "INVALID_CREDENTIALS", "RATE_LIMITED", dialect=Dialect.ACCOUNTS),
)
def login(body: AccountLogin, services: ServicesOf, client: ClientOf) -> AccountSession:
    """Sign in and receive the token for `Authorization: Token …`."""
    return _answer(services.auth.login(body.username, body.password, client=client), "You are signed in.")


@router.post("/logout", include_in_schema=False)
@router.post(
    "/logout/",
    summary="Sign out",
    responses=faults("NOT_AUTHENTICATED", dialect=Dialect.ACCOUNTS),
    openapi_extra={"security": TOKEN_IN_HEADER},
)
def logout(request: Request, services: ServicesOf, client: ClientOf) -> Done:
    """Revoke the token of the header; it is dead at once."""
    token = token_of(request)
    if not token or not services.auth.logout_user(token, client=client):
        raise NotSignedIn
    return Done(message="You are signed out.")
