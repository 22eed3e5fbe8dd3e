"""The chatbot dialect's accounts: `/api/auth/register`, `/api/auth/login`, `/api/users/me`."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from api.deps import ClientOf, CurrentPerson, ServicesOf
from api.dialects import fields_called
from api.faults import faults
from api.login_names import require_email
from api.schemas.chatbot import ChatbotLogin, ChatbotRegistration, ChatbotTokens, ChatbotUser
from auth.flows.register import RegisterForm
from auth.models import User

router = APIRouter(prefix="/api", tags=["chatbot"])


def _user(user: User) -> ChatbotUser:
    return ChatbotUser(
        id=user.id,
        email=user.email,
        username=user.username,
        full_name=user.full_name,
        role=user.role.value,
        is_active=user.is_active,
        is_verified=user.is_verified,
        created_at=user.created_at,
    )


_REGISTER = faults(
    "VALIDATION_ERROR", "EMAIL_MALFORMED", "RULE_BROKEN", "EMAIL_ALREADY_REGISTERED", "USERNAME_TAKEN", "INVITE_REQUIRED", "RATE_LIMITED"
)


@router.post("/auth/register", status_code=201, summary="Create an account", responses=_REGISTER)
def register(body: ChatbotRegistration, services: ServicesOf, client: ClientOf) -> ChatbotUser:
    """Create an account with e-mail and password."""
    form = RegisterForm(email=body.email, password=body.password, username=body.username, full_name=body.name or "", invite=body.invite)
    with fields_called({"full_name": "name"}):
        return _user(services.auth.register(form, client=client))


_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["username", "password"],
                    "properties": {
                        "username": {"type": "string", "minLength": 1, "maxLength": 320, "description": "the e-mail address"},
                        "password": {"type": "string", "minLength": 1, "maxLength": 1024, "format": "password"},
                    },
                },
                "example": {"username": "ada@example.com", "password": "MyStr0ngP@ss!"},
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["email", "password"],
                    "properties": {
                        "email": {"type": "string", "minLength": 1, "maxLength": 320},
                        "password": {"type": "string", "minLength": 1, "maxLength": 1024, "format": "password"},
                    },
                },
                "example": {"email": "ada@example.com", "password": "MyStr0ngP@ss!"},
            },
        },
    }
}
_LOGIN = faults("VALIDATION_ERROR", "EMAIL_MALFORMED", "INVALID_CREDENTIALS", "RATE_LIMITED")


@router.post("/auth/login", summary="Sign in, by form or by JSON", responses=_LOGIN, openapi_extra=_FORM)
async def login(request: Request, services: ServicesOf, client: ClientOf) -> ChatbotTokens:
    """Sign in: a form with `username` (the e-mail) and `password`, or JSON with `email` and `password`."""
    name, password = await _credentials(request)
    require_email(name)
    found = await run_in_threadpool(services.auth.login, name, password, client=client)
    return ChatbotTokens(
        access_token=found.access_token,
        refresh_token=found.refresh_token,
        expires_in=found.expires_in,
        user_id=found.user.id,
        email=found.user.email,
        username=found.user.username,
    )


async def _credentials(request: Request) -> tuple[str, str]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    fields: Any
    if kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        form: FormData = await request.form(max_files=0, max_fields=20)
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    else:
        try:
            fields = await request.json()
        except (ValueError, RecursionError):  # the second: nested too deeply
            raise RequestValidationError([{"loc": ("body",), "type": "json_invalid", "msg": "invalid JSON"}]) from None
    try:
        body = ChatbotLogin.model_validate(fields)
    except ValidationError as error:
        raise RequestValidationError(
            [{**fault, "loc": ("body", *fault["loc"])} for fault in (*error.errors(), *_nameless(fields))]
        ) from None
    name = body.email or body.username
    if not name:
        raise RequestValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in _nameless(fields)])
    return name, body.password


def _nameless(fields: Any) -> list[dict[str, Any]]:
    """Return the fault of a login that says nobody's name, if it is one."""
    named = not isinstance(fields, dict) or fields.get("email") is not None or fields.get("username") is not None
    return [] if named else [{"loc": ("email",), "type": "missing", "msg": "missing"}]


@router.get("/users/me", summary="Who am I?", responses=faults("NOT_AUTHENTICATED"))
async def me(person: CurrentPerson) -> ChatbotUser:
    """Return the profile of whoever is signed in."""
    # Nothing here waits, and handing it to a thread and back takes longer than the answer.
    return _user(person.user)
