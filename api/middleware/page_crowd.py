"""Keeps one address from filling the memory with pages that nobody is signed in to, and from making them run without end.

Streamlit keeps a session (40 to 70 KiB, and a script run) for every socket that opens, and asks nobody who they are. Each message may
start another run, in a thread of its own, while the one before still runs: 600 messages of two bytes stopped the process for a minute.
"""

import asyncio
from collections import Counter

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.deps import get_client
from core import cookies
from core.errors import AppError
from wiring import Services

_TRY_AGAIN_LATER = 1013
MESSAGES_PER_SECOND = 30
"""Of all pages of one person, or of one address as far as nobody is signed in: somewhat less than two cores can run, so that a class
that opens the site together waits no longer than it would anyway, and others are served meanwhile."""
AT_ONCE = 20
"""Messages that come together and need not wait."""
_KNOWN = 1000
"""Persons and addresses whose pace is kept before those are forgotten that may go on anyway."""


class Pace:
    """Says how long each message has to wait its turn, by the sum of what came from its person or address."""

    def __init__(self) -> None:
        self._free: dict[str, float] = {}

    def wait(self, source: str, now: float) -> float:
        """Count a message of `source` at `now` (seconds of any clock that only rises) and return how many seconds it waits."""
        if len(self._free) > _KNOWN:
            self._free = {known: free for known, free in self._free.items() if free > now}
        self._free[source] = max(self._free.get(source, now), now) + 1 / MESSAGES_PER_SECOND
        return max(0.0, self._free[source] - now - AT_ONCE / MESSAGES_PER_SECOND)


class PageCrowd:
    """ASGI middleware in front of Streamlit: of the pages open without a login, one address has `most` at a time.

    A socket that comes with a living login always opens and is not counted. One too many is refused (403), and opens when another
    has closed. What pages send is taken at a bounded pace for each person, or address without a login: the rest waits with the sender.
    The address is what `ClientAddress` found, an IPv6 one as its /64 network; each process counts for itself.
    """

    def __init__(self, app: ASGIApp, *, services: Services, most: int) -> None:
        """Wrap `app`; `most` 0 is no bound."""
        self._app = app
        self._services = services
        self._most = most
        self._open: Counter[str] = Counter()
        self._pace = Pace()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "websocket" or "/_stcore/" not in scope["path"] or not self._most:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if person := await self._person(connection):
            await self._app(scope, self._in_turn(receive, person), send)
            return
        source = get_client(connection).source
        if self._open[source] >= self._most:
            await receive()  # the client's request to connect
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return
        self._open[source] += 1
        try:
            await self._app(scope, self._in_turn(receive, source), send)
        finally:
            self._open[source] -= 1
            if not self._open[source]:
                del self._open[source]

    def _in_turn(self, receive: Receive, source: str) -> Receive:
        """Return `receive` at the pace of `source`."""

        async def receive_in_turn() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and (wait := self._pace.wait(source, asyncio.get_running_loop().time())):
                await asyncio.sleep(wait)
            return message

        return receive_in_turn

    async def _person(self, connection: HTTPConnection) -> str:
        """Return the id of whoever is signed in, or an empty string."""
        cookie = connection.cookies.get(cookies.login_name(https=self._services.settings.is_https), "")
        if not cookie:
            return ""
        try:
            found = await run_in_threadpool(
                self._services.auth.session_from_cookie, cookie, client=get_client(connection), even_if_must_change=True
            )
        except AppError:
            return ""
        return found.user.id
