"""Finds out who is really asking: the peer of the connection, or what a proxy that we trust says about it."""

import ipaddress
from collections.abc import Iterable, Sequence
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_LOOPBACK = "127.0.0.1"


class ClientAddress:
    """ASGI middleware that puts the client's address into `scope["client"]`, for HTTP and WebSocket alike.

    `X-Forwarded-For` counts only if the peer is inside `trusted` (networks in CIDR notation); it is read from the right, and the
    first address that is not a trusted proxy is the client. Raises ValueError for a network that cannot be read.

    uvicorn believes this header from 127.0.0.1 whatever we set, and `streamlit run` gives us no way to tell it not to. It marks
    what it has replaced with port 0, which no TCP client has: the peer then was the loopback address.
    """

    def __init__(self, app: ASGIApp, *, trusted: Iterable[str] = ()) -> None:
        self._app = app
        self._trusted = tuple(ipaddress.ip_network(network.strip(), strict=False) for network in trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Correct the address and pass the request on."""
        if scope["type"] in {"http", "websocket"}:
            host, port = scope.get("client") or ("", 0)
            replaced = bool(host) and port == 0
            peer = _LOOPBACK if replaced else host
            forwarded = Headers(scope=scope).getlist("x-forwarded-for")
            scope["client"] = (client_of(peer, forwarded, self._trusted), port)
        await self._app(scope, receive, send)


def client_of(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """Return the address of the client behind `peer`, in canonical form; `peer` itself unless that is a trusted proxy."""
    client = _canonical_peer(peer) or peer
    hops = [hop.strip() for line in forwarded for hop in line.split(",")]
    for hop in reversed(hops):
        if not _is_inside(client, trusted):
            break
        address = _canonical(hop)
        if not address:
            break
        client = address
    return client


def _canonical(text: str) -> str:
    """Return an address without port, brackets or IPv4-in-IPv6 form, or an empty string if it is none."""
    bare = text
    if text.startswith("["):
        bare = text[1:].split("]", 1)[0]
    elif text.count(":") == 1:
        bare = text.split(":", 1)[0]
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


_canonical_peer = lru_cache(maxsize=1024)(_canonical)
"""For the addresses of connections, which come again with each request. What a header says is whatever somebody likes: not kept."""


def _is_inside(text: str, networks: Sequence[Network]) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return any(address in network for network in networks)
