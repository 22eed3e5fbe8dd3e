"""The vocabulary of the routes: who asks, with what right, and the services behind."""

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer
from starlette.requests import HTTPConnection

from auth.errors import NotAllowed, NotSignedIn
from auth.models import Client, Role
from auth.results import Identity
from core import cookies
from wiring import Services

_LONGEST_AGENT = 400
_BEARER = HTTPBearer(auto_error=False, description="An access token: `Authorization: Bearer <token>`")
_TOKEN = APIKeyHeader(
    name="Authorization", scheme_name="Token", auto_error=False, description="The same access token as `Authorization: Token <token>`"
)
TOKEN_IN_HEADER: list[dict[str, list[str]]] = [{"HTTPBearer": []}, {"Token": []}]
"""What the OpenAPI document says of a route that reads the header by itself."""
_DEVICE_COOKIES = tuple(cookies.device_name(https=https) for https in (True, False))


def get_services(connection: HTTPConnection) -> Services:
    """Return the services that `build_api` was given."""
    services: Services = connection.app.state.services
    return services


def get_client(connection: HTTPConnection) -> Client:
    """Return what the network tells about the client; its address was settled by `ClientAddress`."""
    device = next((connection.cookies[name] for name in _DEVICE_COOKIES if name in connection.cookies), "")
    return Client(
        ip=connection.client.host if connection.client else "",
        user_agent=connection.headers.get("user-agent", "")[:_LONGEST_AGENT],
        device=device[:200],
    )


def token_of(connection: HTTPConnection) -> str:
    """Return the token of `Authorization: Bearer …` or `Token …`, or an empty string."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() in {"bearer", "token"} else ""


async def _services(connection: HTTPConnection) -> Services:
    """`get_services` as a dependency: asynchronous, so that FastAPI does not hand it to a thread."""
    return get_services(connection)


async def _client(connection: HTTPConnection) -> Client:
    """`get_client` as a dependency, as above."""
    return get_client(connection)


ServicesOf = Annotated[Services, Depends(_services)]
ClientOf = Annotated[Client, Depends(_client)]


def get_identity(
    request: Request,
    services: ServicesOf,
    client: ClientOf,
    _bearer: Annotated[object, Security(_BEARER)] = None,
    _token: Annotated[object, Security(_TOKEN)] = None,
) -> Identity:
    """Return who is signed in. Raises NotSignedIn (401) or PasswordChangeNeeded (403)."""
    token = token_of(request)
    if not token:
        raise NotSignedIn
    return services.auth.authenticate(token, client=client)


CurrentPerson = Annotated[Identity, Depends(get_identity)]


async def get_verified(person: CurrentPerson, services: ServicesOf) -> Identity:
    """Return who is signed in, with a confirmed address where the settings ask for one. Raises EmailNotVerified (403)."""
    services.auth.require_verified(person.user)
    return person


async def get_admin(person: CurrentPerson) -> Identity:
    """Return who is signed in, if an administrator. Raises NotAllowed (403)."""
    if person.user.role is not Role.ADMIN:
        raise NotAllowed
    return person


VerifiedPerson = Annotated[Identity, Depends(get_verified)]
Admin = Annotated[Identity, Depends(get_admin)]
