"""Response headers that tell a browser what it must not do, on pages and API alike."""

import base64
import hashlib
import re
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_HSTS_SECONDS = 365 * 24 * 3600

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
API_POLICY = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def script_hash(script: str) -> str:
    """Return the CSP source that allows exactly this inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def page_policy(*, scripts: Iterable[str], host: str) -> str:
    """Return the policy for pages.

    Scripts come from this origin or are one of `scripts`. Styles may be inline because Streamlit's own are. The page's WebSocket
    is named by `host` too, because not every browser counts `ws:` as 'self'; the recorder fetches its recording from a `blob:`.
    """
    hashes = " ".join(script_hash(script) for script in scripts)
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' data: blob:",
            "worker-src 'self' blob:",
            f"connect-src 'self' blob:{sockets}",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """ASGI middleware that adds the headers to every HTTP answer; a header that the answer already carries is kept.

    `scripts` are the inline scripts that pages may run; `https` says whether the site is reached over https: then every cookie is
    marked Secure, Streamlit's own included, which sets it for its own certificates only.
    """

    def __init__(self, app: ASGIApp, *, scripts: Iterable[str] = (), https: bool = False) -> None:
        self._app = app
        self._scripts = tuple(scripts)
        self._https = https
        fixed = COMMON | ({"Strict-Transport-Security": f"max-age={_HSTS_SECONDS}; includeSubDomains"} if https else {})
        self._fixed = [(name.lower().encode(), value.encode()) for name, value in fixed.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(message, scope)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _add(self, message: Message, scope: Scope) -> None:
        if self._https:
            message["headers"] = [(name, _secure(value) if name == b"set-cookie" else value) for name, value in message["headers"]]
        headers: list[tuple[bytes, bytes]] = [*message["headers"]]
        given = dict(headers)
        headers += (one for one in self._fixed if one[0] not in given)  # encoded once: this is done for every answer
        kind = given.get(b"content-type", b"")
        if b"content-security-policy" not in given:
            headers.append((b"content-security-policy", self._page_policy(scope) if kind.startswith(b"text/html") else API_POLICY))
        if kind.startswith(b"application/json") and b"cache-control" not in given:
            headers.append((b"cache-control", b"no-store"))
        message["headers"] = headers

    def _page_policy(self, scope: Scope) -> bytes:
        return page_policy(scripts=self._scripts, host=Headers(scope=scope).get("host", "")).encode()


def _secure(cookie: bytes) -> bytes:
    attributes = {attribute.strip().lower() for attribute in cookie.split(b";")[1:]}
    return cookie if b"secure" in attributes else cookie + b"; Secure"
