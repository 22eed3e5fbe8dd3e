"""Refuses request bodies that are larger than any honest one, declared or streamed."""

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

JSON_LIMIT = 256 * 1024
"""Bytes; the longest documented field is an 8,000-character message, at most 32 kB."""

Refuse = Callable[[Request], Response]


class BodyLimit:
    """ASGI middleware: `upload_limit` bytes for forms with files below `upload_prefix`, else 256 KiB. Answers 413."""

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
        headers = Headers(scope=scope)
        limit = self._limit(scope["path"], headers.get("content-type", ""))
        declared = headers.get("content-length")
        if declared is None:
            await self._count(scope, receive, send, limit)
        elif declared.isdigit() and int(declared) <= limit:
            await self._app(scope, receive, send)  # the server sees to it that the body is no longer than that
        else:
            await self._refuse(Request(scope))(scope, receive, send)

    async def _count(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        """Handle a request whose body is as long as it turns out to be."""
        counted = _Counted(receive, send, limit)
        try:
            await self._app(scope, counted.receive, counted.send)
        except Exception:
            if not counted.exceeded:  # else it only says that the body broke off
                raise
        if counted.exceeded and not counted.answered:
            await self._refuse(Request(scope))(scope, receive, send)

    def _limit(self, path: str, content_type: str) -> int:
        is_upload = path.startswith(self._upload_prefix) and content_type.lower().startswith("multipart/")
        return self._upload_limit if is_upload else JSON_LIMIT


class _Counted:
    """A connection whose body breaks off at a limit, as if the client had left; what is answered to that is not sent."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._left = receive, send, limit
        self.exceeded = False
        self.answered = False

    async def receive(self) -> Message:
        """Hand on a piece of the body; once it has broken off there is nothing to wait for."""
        if self.exceeded:
            return {"type": "http.disconnect"}
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                self.exceeded = True
        return {"type": "http.disconnect"} if self.exceeded else message

    async def send(self, message: Message) -> None:
        """Hand on a piece of the answer, unless it answers a body that was cut off."""
        if self.exceeded and not self.answered:
            return
        self.answered = True
        await self._send(message)
