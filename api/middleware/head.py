"""Answers HEAD wherever there is a GET, as RFC 9110 asks of every server; FastAPI by itself refuses it."""

from collections.abc import Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadAsGet:
    """ASGI middleware: a HEAD is handled as the GET of its path, and the body is left out.

    `apart` are paths whose GET does something: there a HEAD stays a HEAD (405), because mail scanners try links that way.
    """

    def __init__(self, app: ASGIApp, *, apart: Collection[str]) -> None:
        """Wrap `app`."""
        self._app = app
        self._apart = frozenset(apart)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"] in self._apart:
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)
