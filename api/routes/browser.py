"""The browser's login: the page's one-time code becomes an HttpOnly cookie, and a way to end it. And what is being typed in an exam.

Not for programs: these routes answer only requests that a page of this site sends.
"""

from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response

from api.deps import ClientOf, ServicesOf
from api.faults import faults
from api.origins import host_of
from api.schemas.browser import Handoff, Typing, Worked
from auth.errors import NotAllowed, NotSignedIn
from core import cookies

DEVICE_COOKIE_LIFE = timedelta(days=400)
"""The longest that browsers allow."""


def only_our_pages(request: Request, services: ServicesOf) -> None:
    """Raise NotAllowed unless a page of this site sent the request; no other site can make a browser say so.

    `Sec-Fetch-Site` decides where the browser sends it (https and localhost), else `Origin` must name this host. A request with
    neither is no browser's: unlike elsewhere that is refused, because nothing but the cookie speaks for it.
    """
    site = request.headers.get("sec-fetch-site")
    origin = host_of(request.headers.get("origin", ""))
    hosts = {request.headers.get("host", ""), urlsplit(services.settings.public_url).netloc}
    if not (site == "same-origin" if site is not None else origin and origin in hosts):
        raise NotAllowed("Only a page of this site may do this.")


router = APIRouter(
    prefix="/auth/browser",
    tags=["browser"],
    dependencies=[Depends(only_our_pages)],
    responses=faults("FORBIDDEN", "NOT_AUTHENTICATED", "TOKEN_INVALID", "VALIDATION_ERROR"),
)


@router.post("/session", summary="Swap a page's one-time code for the login cookie")
def start(services: ServicesOf, client: ClientOf, response: Response, handoff: Handoff) -> Worked:
    """Set the login cookie and the device cookie. 400 when the code is unknown, used or older than a minute."""
    grant = services.auth.redeem_handoff(handoff.code, client=client)
    https = services.settings.is_https
    _keep(response, cookies.login_name(https=https), grant.cookie, grant.expires_at - services.clock.now(), https=https)
    _keep(response, cookies.device_name(https=https), grant.device, DEVICE_COOKIE_LIFE, https=https)
    response.headers["Cache-Control"] = "no-store"
    return Worked()


@router.post("/end", summary="End the browser's login")
def end(request: Request, services: ServicesOf, client: ClientOf, response: Response) -> Worked:
    """End the session of the cookie, if it is alive, and take the cookie away."""
    https = services.settings.is_https
    name = cookies.login_name(https=https)
    cookie = request.cookies.get(name, "")
    with suppress(NotSignedIn):  # ended already: the cookie goes all the same
        services.auth.logout(services.auth.session_from_cookie(cookie, client=client, even_if_must_change=True), client=client)
    response.delete_cookie(name, path="/", secure=https, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"storage"'
    response.headers["Cache-Control"] = "no-store"
    return Worked()


@router.post(
    "/typing",
    summary="Keep what is being typed in an exam",
    responses=faults("EXAM_NOT_FOUND", "EXAM_CLOSED", "EXAM_PAUSED", "EXAM_NOT_THIS_TURN", "RATE_LIMITED"),
)
def keep_typing(request: Request, services: ServicesOf, client: ClientOf, typing: Typing) -> Worked:
    """Keep it for the person of the cookie, so that neither a closed tab nor another computer loses it."""
    cookie = request.cookies.get(cookies.login_name(https=services.settings.is_https), "")
    person = services.auth.session_from_cookie(cookie, client=client)
    keep = services.exams.save_draft if typing.kind == "answer" else services.exams.save_notes
    keep(person.user.id, typing.exam_id, typing.turn_key, typing.text)
    return Worked()


def _keep(response: Response, name: str, value: str, life: timedelta, *, https: bool) -> None:
    response.set_cookie(name, value, max_age=int(life.total_seconds()), path="/", secure=https, httponly=True, samesite="lax")
