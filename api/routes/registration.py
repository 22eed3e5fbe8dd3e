"""The registration dialect: `/register`, `/login`, `/logout`, `/profile`."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from api.deps import TOKEN_IN_HEADER, ClientOf, CurrentPerson, ServicesOf, token_of
from api.dialects import Dialect, fields_called
from api.faults import faults
from api.login_names import require_email
from api.schemas.common import Done
from api.schemas.registration import LoginRequest, LoginResponse, LogoutRequest, Profile, ProfileUpdate, RegisterRequest, RegisterResponse
from auth.errors import NotSignedIn
from auth.flows.register import RegisterForm
from auth.results import SignedIn

router = APIRouter(tags=["registration flow"])


def _answer(login: SignedIn, message: str) -> RegisterResponse:
    return RegisterResponse(
        user_id=login.user.id,
        email=login.user.email,
        name=login.user.full_name,
        token=login.access_token,
        access_token=login.access_token,
        refresh_token=login.refresh_token,
        expires_in=login.expires_in,
        message=message,
    )


_REGISTER = faults(
    "VALIDATION_ERROR",
    "LANGUAGE_INVALID",
    "EMAIL_MALFORMED",
    "RULE_BROKEN",
    "EMAIL_ALREADY_REGISTERED",
    "USERNAME_TAKEN",
    "INVITE_REQUIRED",
    "RATE_LIMITED",
    dialect=Dialect.REGISTRATION,
)


@router.post("/register", status_code=201, summary="Create an account and sign in", responses=_REGISTER)
def register(body: RegisterRequest, services: ServicesOf, client: ClientOf) -> RegisterResponse:
    """Create an account; a letter to confirm the address is on its way."""
    form = RegisterForm(
        email=body.email,
        password=body.password,
        confirmation=body.confirm_password,
        username=body.username,
        full_name=body.name,
        speaking_language=body.speaking_language,
        listening_language=body.listening_language,
        invite=body.invite,
    )
    with fields_called({"full_name": "name"}):
        login = services.auth.register_and_sign_in(form, client=client, preferences=body.preferences)
    return _answer(login, "Your account is ready. Please confirm your email address with the link that we sent you.")


_LOGIN = faults("VALIDATION_ERROR", "EMAIL_MALFORMED", "INVALID_CREDENTIALS", "RATE_LIMITED", dialect=Dialect.REGISTRATION)


@router.post("/login", summary="Sign in", responses=_LOGIN)
def login(body: LoginRequest, services: ServicesOf, client: ClientOf) -> LoginResponse:
    """Sign in with e-mail (a username will do) and password."""
    if "@" in body.email:
        require_email(body.email)
    return _answer(services.auth.login(body.email, body.password, client=client), "You are signed in.")


@router.get("/login", status_code=303, summary="The sign-in page", response_class=RedirectResponse)
def login_page() -> RedirectResponse:
    """Send a browser to the page."""
    return RedirectResponse("/sign-in", status_code=303)


@router.get("/register", status_code=303, summary="The page to create an account", response_class=RedirectResponse)
def register_page() -> RedirectResponse:
    """Send a browser to the page."""
    return RedirectResponse("/create-account", status_code=303)


@router.post(
    "/logout",
    summary="Sign out",
    responses=faults("NOT_AUTHENTICATED", "VALIDATION_ERROR", dialect=Dialect.REGISTRATION),
    openapi_extra={"security": [*TOKEN_IN_HEADER, {}]},
)
def logout(request: Request, services: ServicesOf, client: ClientOf, body: LogoutRequest | None = None) -> Done:
    """End the session of the token in the header (or in the body); it is dead at once, and so are its refresh tokens."""
    token = token_of(request) or (body and body.token)
    if not token or not services.auth.logout_user(token, client=client):
        raise NotSignedIn
    return Done(message="You are signed out.")


_PROFILE = faults("NOT_AUTHENTICATED", dialect=Dialect.REGISTRATION)


@router.get("/profile", summary="Read one's own profile", responses=_PROFILE)
async def read_profile(person: CurrentPerson, services: ServicesOf) -> Profile:
    """Return the profile of whoever is signed in."""
    # Nothing here waits, and handing it to a thread and back takes longer than the answer.
    return Profile.model_validate(services.auth.public_profile(person.user))


_UPDATE = faults(
    "NOT_AUTHENTICATED", "VALIDATION_ERROR", "LANGUAGE_INVALID", "RULE_BROKEN", "USERNAME_TAKEN", "CONFLICT", dialect=Dialect.REGISTRATION
)


@router.put("/profile", summary="Change one's own profile", responses=_UPDATE)
def update_profile(body: ProfileUpdate, person: CurrentPerson, services: ServicesOf, client: ClientOf) -> Profile:
    """Change names, languages, target level and preferences; roles and verification cannot be changed here."""
    with fields_called({"full_name": "name"} if body.full_name is None else {}):
        user = services.auth.update_profile(person, body.model_dump(exclude_unset=True), client=client)
    return Profile.model_validate(services.auth.public_profile(user))
