"""The signup endpoint's dialect: sign up, confirm the address, ask for the letter again."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from api import verify_page
from api.deps import ClientOf, ServicesOf
from api.dialects import Dialect
from api.faults import faults
from api.schemas.common import Done, TokenText
from api.schemas.signup import Resend, SignupRequest, SignupResponse, TokenBody, Verified
from auth.errors import TokenRefused
from auth.flows.register import RegisterForm
from auth.models import Client
from auth.policy import Rules
from wiring import Services

router = APIRouter(prefix="/api/v1/auth", tags=["signup endpoint"])
NEUTRAL = "If there is an account with this address that is not confirmed yet, a letter is on its way."

_SIGNUP = faults(
    "VALIDATION_ERROR",
    "LANGUAGE_INVALID",
    "EMAIL_MALFORMED",
    "RULE_BROKEN",
    "EMAIL_ALREADY_REGISTERED",
    "INVITE_REQUIRED",
    "RATE_LIMITED",
    dialect=Dialect.SIGNUP,
    statuses={"RULE_BROKEN": 422, "EMAIL_MALFORMED": 422},
)


@router.post("/signup", status_code=201, summary="Create an account", responses=_SIGNUP)
def signup(body: SignupRequest, services: ServicesOf, client: ClientOf) -> SignupResponse:
    """Create an unverified account; a letter with a link is on its way."""
    form = RegisterForm(
        email=body.email,
        password=body.password,
        full_name=body.full_name or "",
        speaking_language=body.speaking_language,
        listening_language=body.listening_language,
        invite=body.invite,
    )
    user = services.auth.register(form, client=client, rules=Rules.LENGTH)
    return SignupResponse(
        id=user.id,
        email=user.email,
        full_name=user.full_name,
        username=user.username,
        speaking_language=user.speaking_language,
        listening_language=user.listening_language,
        is_active=user.is_active,
        is_verified=user.is_verified,
        created_at=user.created_at,
    )


_TOKEN_SCHEMA = {"schema": {"type": "object", "properties": {"token": {"type": "string", "minLength": 1, "maxLength": 4096}}}}
_VERIFY = faults("TOKEN_INVALID", "VALIDATION_ERROR")


@router.get("/verify-email", summary="Confirm an address by the link of the letter", responses=_VERIFY, response_model=Verified)
def verify_by_link(token: Annotated[TokenText, Query()], request: Request, services: ServicesOf, client: ClientOf) -> Verified | Response:
    """Confirm the address; a browser gets a page with a button instead, because mail scanners follow links."""
    if verify_page.is_wanted(request):
        return HTMLResponse(verify_page.question(token, services.auth.peek_verification(token)))
    return _verified(services, token, client)


@router.post(
    "/verify-email",
    summary="Confirm an address",
    responses=_VERIFY,
    response_model=Verified,
    openapi_extra={"requestBody": {"content": dict.fromkeys(("application/json", "application/x-www-form-urlencoded"), _TOKEN_SCHEMA)}},
)
async def verify(
    request: Request, services: ServicesOf, client: ClientOf, token: Annotated[TokenText | None, Query()] = None
) -> Verified | Response:
    """Confirm the address by a token in the body (JSON or form) or in the query; again is fine (`already_verified`)."""
    secret = token or await _body_token(request)
    try:
        done = await run_in_threadpool(_verified, services, secret, client)
    except TokenRefused as error:
        if verify_page.is_wanted(request):
            return HTMLResponse(verify_page.outcome(error.message, good=False), status_code=400)
        raise
    return HTMLResponse(verify_page.outcome(done.message, good=True)) if verify_page.is_wanted(request) else done


async def _body_token(request: Request) -> str:
    """Return the token of a form or JSON body. Raises TokenRefused when there is none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        fields = dict(await request.form(max_files=0)) if kind == "application/x-www-form-urlencoded" else await request.json()
        return TokenBody.model_validate(fields).token
    except (ValueError, ValidationError, RecursionError):  # the last: nested too deeply
        raise TokenRefused from None


def _verified(services: Services, token: str, client: Client) -> Verified:
    found = services.auth.verify_email(token, client=client)
    if found.already_verified:
        return Verified(status="already_verified", message="Your email address was confirmed already.", email=found.user.email)
    return Verified(status="verified", message="Your email address is confirmed.", email=found.user.email)


@router.post(
    "/resend-verification",
    status_code=202,
    summary="Send the verification letter again",
    responses=faults("VALIDATION_ERROR", "EMAIL_MALFORMED", "RATE_LIMITED"),
)
def resend(body: Resend, services: ServicesOf, client: ClientOf) -> Done:
    """Send the letter again; the answer is the same whether or not there is such an account."""
    services.auth.resend_verification(body.email, client=client)
    return Done(message=NEUTRAL)
