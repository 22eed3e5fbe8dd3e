"""Refuses writes that another site makes with the browser's cookies (CSRF), login included."""

from collections.abc import Callable, Collection

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.origins import host_of

_SAFE = {"GET", "HEAD", "OPTIONS"}
_OWN = {"same-origin", "none"}


class SameOrigin:
    """ASGI middleware: a write whose `Origin` or `Sec-Fetch-Site` names another site gets 403.

    Programs send neither header and pass; origins of the CORS list pass too. A request that carries a token in `Authorization`
    passes as well: no other site can make a browser add that header without a CORS preflight.
    """

    def __init__(self, app: ASGIApp, *, refuse: Callable[[Request], Response], allowed: Collection[str]) -> None:
        """Wrap `app`; `allowed` are origins such as `https://app.example.com`."""
        self._app = app
        self._refuse = refuse
        self._allowed = frozenset(origin.rstrip("/") for origin in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http" and scope["method"] not in _SAFE and self._is_foreign(Headers(scope=scope)):
            await self._refuse(Request(scope))(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_foreign(self, headers: Headers) -> bool:
        origin = headers.get("origin", "")
        if "authorization" in headers or (origin and origin in self._allowed):
            return False
        if origin:
            return host_of(origin) != headers.get("host", "")
        return headers.get("sec-fetch-site", "same-origin") not in _OWN
