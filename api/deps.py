"""The vocabulary of the routes: who asks, with what right, and the services behind."""

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from api.reading import read
from auth.errors import NotAllowed, NotSignedIn
from auth.models import Client, Role
from auth.results import Identity
from core import cookies
from wiring import Services

_LONGEST_AGENT = 400
BEARER = "HTTPBearer"
TOKEN_IN_HEADER: list[dict[str, list[str]]] = [{BEARER: []}]
"""What a route that reads the header by itself says of it; the OpenAPI document adds the other way to write it everywhere."""
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


async def recognised(connection: HTTPConnection, token: str, *, even_if_must_change: bool = False) -> Identity:
    """Return who presents an access token, and note the use when it is time. Raises NotSignedIn or PasswordChangeNeeded."""
    if not token:
        raise NotSignedIn
    services = get_services(connection)
    who = await read(services, services.auth.recognise, token, even_if_must_change=even_if_must_change)
    if services.auth.is_use_due(who):
        await run_in_threadpool(services.auth.note_use, who, client=get_client(connection))
    return who


class AccessToken(SecurityBase):
    """Who presents an access token, as a dependency. Raises NotSignedIn (401), PasswordChangeNeeded or EmailNotVerified (403).

    One dependency recognises the person and is what the OpenAPI document shows: each further one costs every request of every route.
    """

    def __init__(self, *, even_if_must_change: bool = False, verified: bool = False) -> None:
        """`verified`: only with a confirmed address, where the settings ask for one."""
        self.model = HTTPBearer(description="An access token: `Authorization: Bearer <token>`")
        self.scheme_name = BEARER
        self._even_if_must_change = even_if_must_change
        self._verified = verified

    async def __call__(self, request: Request) -> Identity:
        """Return who is signed in."""
        who = await recognised(request, token_of(request), even_if_must_change=self._even_if_must_change)
        if self._verified:
            get_services(request).auth.require_verified(who.user)
        return who


CurrentPerson = Annotated[Identity, Security(AccessToken())]
VerifiedPerson = Annotated[Identity, Security(AccessToken(verified=True))]
AnyPerson = Annotated[Identity, Security(AccessToken(even_if_must_change=True))]
"""Who is signed in, also while a new password is asked for."""


async def get_admin(person: CurrentPerson) -> Identity:
    """Return who is signed in, if an administrator. Raises NotAllowed (403)."""
    if person.user.role is not Role.ADMIN:
        raise NotAllowed
    return person


Admin = Annotated[Identity, Depends(get_admin)]
