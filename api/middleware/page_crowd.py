"""Keeps one address from filling the memory with pages that nobody is signed in to.

Streamlit keeps a session (40 to 70 KiB, and a script run) for every socket that opens, and asks nobody who they are.
"""

from collections import Counter

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from api.deps import get_client
from core import cookies
from core.errors import AppError
from wiring import Services

_TRY_AGAIN_LATER = 1013


class PageCrowd:
    """ASGI middleware in front of Streamlit: of the pages open without a login, one address has `most` at a time.

    A socket that comes with a living login always opens and is not counted. One too many is refused (403), and opens when another
    has closed. The address is what `ClientAddress` found, an IPv6 one as its /64 network; each process counts for itself.
    """

    def __init__(self, app: ASGIApp, *, services: Services, most: int) -> None:
        """Wrap `app`; `most` 0 is no bound."""
        self._app = app
        self._services = services
        self._most = most
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "websocket" or "/_stcore/" not in scope["path"] or not self._most:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if await self._is_signed_in(connection):
            await self._app(scope, receive, send)
            return
        source = get_client(connection).source
        if self._open[source] >= self._most:
            await receive()  # the client's request to connect
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return
        self._open[source] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._open[source] -= 1
            if not self._open[source]:
                del self._open[source]

    async def _is_signed_in(self, connection: HTTPConnection) -> bool:
        cookie = connection.cookies.get(cookies.login_name(https=self._services.settings.is_https), "")
        if not cookie:
            return False
        try:
            await run_in_threadpool(
                self._services.auth.session_from_cookie, cookie, client=get_client(connection), even_if_must_change=True
            )
        except AppError:
            return False
        return True
