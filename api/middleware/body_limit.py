"""Refuses request bodies that are larger than any honest one, declared or streamed."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

JSON_LIMIT = 256 * 1024
"""Bytes; the longest documented field is an 8,000-character message, at most 32 kB."""

Refuse = Callable[[Request], Response]


class BodyLimit:
    """ASGI middleware: `upload_limit` bytes for paths ending in one of `upload_suffixes`, else 256 KiB. Answers 413."""

    def __init__(self, app: ASGIApp, *, refuse: Refuse, upload_limit: int, upload_prefix: str) -> None:
        """Wrap `app`; `refuse` makes the answer for a body that is too large."""
        self._app = app
        self._refuse = refuse
        self._upload_limit = upload_limit
        self._upload_prefix = upload_prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._upload_limit if scope["path"].startswith(self._upload_prefix) else JSON_LIMIT
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        if declared and (not declared.isdigit() or int(declared) > limit):
            await self._refuse(Request(scope))(scope, receive, send)
            return
        await self._app(scope, _counted(receive, limit), send)


def _counted(receive: Receive, limit: int) -> Receive:
    """Cut a streamed body off at `limit` bytes: the application then sees a disconnected client."""
    seen = 0

    async def receive_counted() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                return {"type": "http.disconnect"}
        return message

    return receive_counted
