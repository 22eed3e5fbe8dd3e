"""Refuses a request that says in two ways where it ends."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class OneLength:
    """ASGI middleware: `Content-Length` beside `Transfer-Encoding` gets 400, and the connection ends.

    A proxy that goes by the other of the two takes what follows for a request of somebody else (RFC 9112, section 6.1); the server
    would take it, and go on reading.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        headers = Headers(scope=scope) if scope["type"] == "http" else {}
        if "content-length" in headers and "transfer-encoding" in headers:
            await PlainTextResponse("Bad request", status_code=400, headers={"Connection": "close"})(scope, receive, send)
            return
        await self._app(scope, receive, send)
