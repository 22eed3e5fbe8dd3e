"""Lets only pages of this site open the page's WebSocket, and only messages through that the pages need.

Streamlit refuses other sites too, but before it does it asks the internet for this machine's own address, while every other request
waits. So a foreign origin is turned away here.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.origins import host_of

_POLICY_VIOLATION = 1008


class PageSocket:
    """ASGI middleware for `/_stcore/stream`.

    A handshake whose `Origin` is neither this host nor `public_url` is refused (403). Of what arrives, a frame that is not
    `wanted` is dropped without an answer.
    """

    def __init__(self, app: ASGIApp, *, public_url: str, wanted: Callable[[bytes], bool]) -> None:
        """Wrap `app`."""
        self._app = app
        self._public = urlsplit(public_url).netloc
        self._wanted = wanted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "websocket" or "/_stcore/" not in scope["path"]:
            await self._app(scope, receive, send)
            return
        if self._is_foreign(Headers(scope=scope)):
            await receive()  # the client's request to connect
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return

        async def receive_wanted() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or self._wanted(message.get("bytes") or b""):
                    return message

        await self._app(scope, receive_wanted, send)

    def _is_foreign(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        return origin is not None and host_of(origin) not in {headers.get("host", ""), self._public}
