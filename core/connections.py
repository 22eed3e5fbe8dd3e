"""How other services are asked over HTTP: connections, kept open between answers, whose every wait ends with the call it is for.

Read timeouts of HTTP libraries start anew with each received byte, so a server that sends a comment a second can hold an answer
back for ever. Here each single wait on the socket is cut to what is left of the call's limits, and a cancelled call stops waiting
for an answer within a quarter of a second; connecting and sending end with their limits. No thread of its own is needed: waits happen
in the thread that reads the answer.

This module loads urllib3, which takes up to 100 ms: import it where a request is made, not where the app starts.
"""

import http.client
import io
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Protocol, Self, cast
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationValueError
from urllib3.exceptions import TimeoutError as TookTooLong
from urllib3.util import Url, parse_url

from core.tls import certificates

SLICE_SECONDS = 0.25
"""How long one wait on a socket may be before the call is asked again whether it was cancelled."""
IDLE_SECONDS = 30.0
"""How long a connection is kept without use: longer ones are often cut somewhere on the way without a word."""
_IDLE_CONNECTIONS = 20
_READ_BYTES = 65_536
_MOST_BYTES = 16_000_000
"""What one answer may send, packed and with all that HTTP adds: the libraries bound a line, but not a chunk of a negative size."""
_SHORTEST_WAIT = 0.001
"""Seconds: what the libraries are told when no time is left, because they take 0 for something else."""
_FAREWELL_SECONDS = 0.02
"""How long the end of a message is waited for whose content is complete. It nearly always comes along with the content."""

_working = threading.local()


class Call(Protocol):
    """What an answer is waited for: how long it may still take, and whether it is still wanted."""

    @property
    def cancelled(self) -> bool:
        """Whether the answer is no longer wanted; may change at any time, from any thread."""

    def remaining(self) -> float:
        """Return the seconds left (at most 0 when the time is up)."""

    def ends_within(self, seconds: float) -> None:
        """Leave no more than `seconds` from now on."""


class Deadline:
    """A call that nobody cancels and that ends `seconds` from now."""

    cancelled = False

    def __init__(self, seconds: float, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._end = now() + seconds

    def remaining(self) -> float:
        """Return the seconds left."""
        return self._end - self._now()

    def ends_within(self, seconds: float) -> None:
        """Leave no more than `seconds` from now on."""
        self._end = min(self._end, self._now() + seconds)


class Answer:
    """What a service answers, read under the limits of one call. Leave its `with` block to free the connection.

    Reading raises `urllib3.exceptions.HTTPError`.
    """

    def __init__(self, response: urllib3.HTTPResponse, call: Call) -> None:
        self._response = response
        self._call = call
        # `stream` is five times as fast as `read1`, but without chunks it waits until it has all the bytes that were asked for.
        # Of itself it unpacks nothing that comes in chunks.
        streamed = response.chunked
        self._parts = response.stream(_READ_BYTES, decode_content=True) if streamed else iter(lambda: response.read1(_READ_BYTES), b"")
        self.status = response.status
        self.headers: Mapping[str, str] = response.headers

    def parts(self) -> Iterator[bytes]:
        """Return the content in pieces as they come."""
        return self._parts

    def read(self, most: int) -> bytes:
        """Return the first `most` bytes of the content, or all of it."""
        return self._response.read(most)

    def finish(self) -> None:
        """Read what is left of an answer that has said all: then its connection can be used again."""
        self._call.ends_within(_FAREWELL_SECONDS)
        with suppress(HTTPError):
            for _ in self._parts:
                pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._response.close()


class Connections:
    """The connections to one address. Safe to use from many threads; close them, or leave the `with` block, when no more is asked."""

    def __init__(self, url: str) -> None:
        """Take an address, to which the machine's proxies apply. Raises `urllib3.exceptions.LocationValueError` when it is none."""
        self._url = url
        parts = parse_url(url)
        if parts.scheme not in {"http", "https"} or not parts.host:  # without one urllib3 would send a key unencrypted
            raise LocationValueError("the address must begin with http:// or https://")
        tls = certificates() if parts.scheme == "https" else None
        kept: dict[str, Any] = {"maxsize": _IDLE_CONNECTIONS, "block": False, "ssl_context": tls}
        proxy = _proxy_for(parts)
        self._pools: urllib3.PoolManager = _through(proxy, kept) if proxy else urllib3.PoolManager(**kept)
        self._pools.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def get(self, headers: Mapping[str, str], *, call: Call, connect_seconds: float) -> Answer:
        """Ask and return the answer as `post` does."""
        return self._send("GET", None, headers, call, connect_seconds)

    def post(self, body: bytes, headers: Mapping[str, str], *, call: Call, connect_seconds: float) -> Answer:
        """Send `body` and return the answer once its headers are there, whatever its status: a redirect is not followed.

        Raises `urllib3.exceptions.HTTPError`.
        """
        return self._send("POST", body, headers, call, connect_seconds)

    def _send(self, method: str, body: bytes | None, headers: Mapping[str, str], call: Call, connect_seconds: float) -> Answer:
        left = max(_SHORTEST_WAIT, call.remaining())
        before = _current()
        _working.call = call
        try:
            response = self._pools.urlopen(
                method,
                self._url,
                body=body,
                headers={"User-Agent": "viva", **headers},
                timeout=urllib3.Timeout(connect=min(connect_seconds, left), read=left),
                preload_content=False,
                redirect=False,
                retries=False,
            )
        finally:
            _working.call = before
        return Answer(cast("urllib3.HTTPResponse", response), call)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._pools.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def warm_up() -> None:
    """Load the trusted certificates ahead of the first answer; the HTTP library came with this module."""
    certificates()


def _current() -> Call | None:
    """Return the call that this thread works for."""
    return getattr(_working, "call", None)


class _Waits(io.RawIOBase):
    """The bytes of one answer. Each wait for more ends with the call that the answer belongs to."""

    def __init__(self, connection: socket.socket, file: io.RawIOBase, call: Call) -> None:
        self._connection = connection
        self._file = file
        self._call = call
        self._room = _MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while True:
            left = self._call.remaining()
            if left <= 0 or self._call.cancelled:
                raise TimeoutError
            if self._room <= 0:
                raise OSError("the answer is too large")
            self._connection.settimeout(min(SLICE_SECONDS, left))
            with suppress(TimeoutError):
                count = self._connection.recv_into(buffer)
                self._room -= count
                return count

    def close(self) -> None:
        self._file.close()  # the socket is closed with the last file on it
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        if call := _current():
            self.fp = io.BufferedReader(_Waits(sock, self.fp.detach(), call), _READ_BYTES)

    def _read_status(self) -> tuple[str, int, str]:
        """Take each interim answer (RFC 9110, 15.2) for the one that the library skips: else the next request got this one's answer."""
        version, status, reason = super()._read_status()  # type: ignore[misc]  # private, and the only place before the headers
        return version, http.client.CONTINUE if http.client.CONTINUE <= status < http.client.OK else status, reason


class _Kept(HTTPConnection):
    """A connection whose answers wait as `_Waits` does, and that is given up when it was idle for long."""

    response_class = _Response
    _used_at = 0.0

    @property
    def is_connected(self) -> bool:
        return time.monotonic() - self._used_at < IDLE_SECONDS and super().is_connected

    def request(self, *arguments: Any, **options: Any) -> None:
        self._used_at = time.monotonic()
        super().request(*arguments, **options)

    def send(self, data: Any) -> None:
        """Send within what is left of the call: the library would apply the limit of connecting, or that of the last wait before."""
        if self.sock is None:
            self.connect()
        if call := _current():
            self.sock.settimeout(max(_SHORTEST_WAIT, call.remaining()))
        try:
            super().send(data)
        except TimeoutError:
            raise TookTooLong("the request was not taken in time") from None


class _KeptSecure(_Kept, HTTPSConnection):
    """The same over TLS."""


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Kept


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _KeptSecure


def _through(proxy: str, kept: dict[str, Any]) -> urllib3.ProxyManager:
    parts = urlsplit(proxy)
    login = unquote(f"{parts.username}:{parts.password or ''}") if parts.username else None
    return urllib3.ProxyManager(proxy, proxy_headers=urllib3.make_headers(proxy_basic_auth=login), **kept)


def _proxy_for(parts: Url) -> str | None:
    """Return the machine's proxy for this address, as its environment names it."""
    if proxy_bypass((parts.host or "").strip("[]")):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme or "") or proxies.get("all")
    return f"http://{proxy}" if proxy and "://" not in proxy else proxy
