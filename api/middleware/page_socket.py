"""Lets only pages of this site open the page's WebSocket.

Streamlit refuses other sites too, but before it does it asks the internet for this machine's own address, while every other request
waits. So a foreign origin is turned away here.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_POLICY_VIOLATION = 1008


class PageSocket:
    """ASGI middleware: a handshake for `/_stcore/stream` whose `Origin` is neither this host nor `public_url` is refused (403)."""

    def __init__(self, app: ASGIApp, *, public_url: str) -> None:
        self._app = app
        self._public = urlsplit(public_url).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "websocket" and scope["path"].startswith("/_stcore/") and self._is_foreign(Headers(scope=scope)):
            await receive()  # the client's request to connect
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        await self._app(scope, receive, send)

    def _is_foreign(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        return origin is not None and urlsplit(origin).netloc not in {headers.get("host", ""), self._public}
