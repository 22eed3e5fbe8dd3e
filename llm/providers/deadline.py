"""An HTTP transport whose every wait ends with the call that it works for.

Read timeouts of HTTP libraries start anew with each received byte, so a server that sends a comment a second can hold an answer
back for ever. Here each single wait on the socket is cut to what is left of the call's limits, and a cancelled call stops waiting
within a quarter of a second. No thread of its own is needed: waits happen in the thread that reads the answer.
"""

import ssl
import threading
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

from llm.call import Call

SLICE_SECONDS = 0.25
"""How long one wait on a socket may be before the call is asked again whether it was cancelled."""

_working = threading.local()


class DeadlineTransport(httpx2.HTTPTransport):
    """Serves requests that carry their `Call` in `bound`."""

    def __init__(self, *, base_url: str, connections: int) -> None:
        super().__init__(
            verify=certificates(),
            proxy=_proxy_for(base_url),
            limits=httpx2.Limits(max_connections=connections, max_keepalive_connections=20, keepalive_expiry=30.0),
        )
        # The pool takes its network backend only when it is made, and the transport makes the pool itself. The contract
        # suite's trickling server fails if a release renames these two.
        pool: Any = self._pool
        pool._network_backend = _Backend(pool._network_backend)  # noqa: SLF001 - see above

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request of the call that this thread works for and return a response whose body is read under its limits."""
        call = current()
        response = super().handle_request(request)
        if call is not None and isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _BoundBody(response.stream, call)
        return response


@cache
def certificates() -> ssl.SSLContext:
    """Return the certificates that are trusted: loading them takes 50 ms, so all providers share them."""
    return httpx2.create_ssl_context()


class bound:  # noqa: N801 - reads as a verb: `with bound(call):`
    """Makes `call` the one that this thread works for."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._before: Call | None = None

    def __enter__(self) -> None:
        self._before = current()
        _working.call = self._call

    def __exit__(self, *_: object) -> None:
        _working.call = self._before


def current() -> Call | None:
    """Return the call that this thread works for, or None."""
    return getattr(_working, "call", None)


class _BoundBody(httpx2.SyncByteStream):
    """A response body that is read for one call, whatever its reader's thread did in between."""

    def __init__(self, body: httpx2.SyncByteStream, call: Call) -> None:
        self._body = body
        self._call = call

    def __iter__(self) -> Iterator[bytes]:
        parts = iter(self._body)
        while True:
            with bound(self._call):
                part = next(parts, None)
            if part is None:
                return
            yield part

    def close(self) -> None:
        """Free the connection."""
        self._body.close()


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, inner: httpcore2.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect within the call's connect limit."""
        return _Stream(self._inner.connect_tcp(host, port, _within(timeout), local_address, socket_options))

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        """Connect to a local socket within the call's connect limit."""
        return _Stream(self._inner.connect_unix_socket(path, _within(timeout), socket_options))


class _Stream(httpcore2.NetworkStream):
    def __init__(self, inner: httpcore2.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Wait for bytes until they come, the call's time is up or it is cancelled."""
        call = current()
        if call is None:
            return self._inner.read(max_bytes, timeout)
        while True:
            left = call.remaining()
            if left <= 0 or call.cancelled:
                raise httpcore2.ReadTimeout
            try:
                return self._inner.read(max_bytes, min(SLICE_SECONDS, left))
            except httpcore2.ReadTimeout:
                continue

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send within what is left of the call."""
        self._inner.write(buffer, _within(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> httpcore2.NetworkStream:
        """Shake hands within the connect limit."""
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _within(timeout)))

    def get_extra_info(self, info: str) -> Any:
        """Return what the real stream knows."""
        return self._inner.get_extra_info(info)


def _within(timeout: float | None) -> float | None:
    call = current()
    if call is None:
        return timeout
    left = max(0.001, call.remaining())
    return left if timeout is None else min(timeout, left)


def _proxy_for(base_url: str) -> str | None:
    """Return the machine's proxy for this address, as the HTTP library would find it if it made the transport itself."""
    parts = urlsplit(base_url)
    if proxy_bypass(parts.hostname or ""):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")
