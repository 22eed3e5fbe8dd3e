"""Decides who answers: the HTTP API what one of its routes matches and everything under /api, Streamlit the rest."""

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAMLIT_PREFIXES = ("/_stcore/", "/static/", "/media/", "/component/")
_WITHOUT_PAGES = ("/_stcore/", "/static/")
"""Where no HTML is ever wanted."""
CLOSED_PREFIXES = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
"""Monitoring and automation endpoints of Streamlit that nobody outside may use."""


class Dispatch:
    """ASGI middleware in front of Streamlit.

    A path that the API documents is the API's with every method, so that a wrong one gets its 405 rather than a page.
    """

    def __init__(self, app: ASGIApp, *, api: Starlette) -> None:
        self._pages = app
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to the API, refuse it, or let it through to the pages."""
        if scope["type"] not in {"http", "websocket"}:
            await self._pages(scope, receive, send)
        elif scope["type"] == "http" and str(scope["path"]).startswith(CLOSED_PREFIXES):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
        elif self._is_documented(scope):
            await self._api(scope, receive, send)
        elif scope["type"] == "http" and str(scope["path"]).startswith(_WITHOUT_PAGES):
            await self._without_shell(scope, receive, send)
        else:
            await self._pages(scope, receive, send)

    async def _without_shell(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 404 where Streamlit would show its own shell for a file that it does not have."""
        refused = False

        async def send_no_shell(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                refused = True
                await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
            elif not refused:
                await send(message)

        await self._pages(scope, receive, send_no_shell)

    def _is_documented(self, scope: Scope) -> bool:
        path: str = scope["path"]
        if path.startswith(STREAMLIT_PREFIXES):
            return False
        if path == "/api" or path.startswith("/api/"):
            return True
        return any(route.matches(scope)[0] is not Match.NONE for route in self._api.routes)
