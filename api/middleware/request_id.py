"""Gives every request an id: on the response, on each log line, and in one access line that holds no secret."""

import logging
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core import log
from core.ids import Ids

_FROM_OUTSIDE = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_log = log.get("http")


class RequestId:
    """ASGI middleware; takes over a well-formed `X-Request-ID` of the client, so that a proxy's logs and ours meet."""

    def __init__(self, app: ASGIApp, *, ids: Ids) -> None:
        """Wrap `app`."""
        self._app = app
        self._ids = ids

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        request_id = given.decode("ascii") if _FROM_OUTSIDE.fullmatch(given) else self._ids.new("req")
        scope.setdefault("state", {})["request_id"] = request_id
        token = log.request_id.set(request_id)
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] in {"http.response.start", "websocket.accept"}:
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
                status = message.get("status", 0)
            await send(message)
            if status and message["type"] == "http.response.body":
                _log_line(scope, status)  # once the first bytes are out, which need not wait for it
                status = 0

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            log.request_id.reset(token)


def _log_line(scope: Scope, status: int) -> None:
    if scope["path"].startswith("/api"):
        _log.log(logging.INFO, "request", extra={"method": scope["method"], "path": scope["path"], "status": status})
