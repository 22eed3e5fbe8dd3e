"""Who is really at the other end of a connection, also behind proxies that the operator has named."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network


def parse_networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """Return the networks of CIDR `texts`. Raises ValueError for one that cannot be read."""
    return tuple(ip_network(text, strict=False) for text in texts)


def client_ip(peer: str, forwarded_for: str, trusted: Sequence[Network]) -> str:
    """Return the client's address.

    `X-Forwarded-For` counts only when the connecting peer is a trusted proxy, and then the rightmost address that is not itself a
    trusted proxy wins: everything left of it could have been written by the client.
    """
    if not _is_trusted(peer, trusted):
        return peer
    for hop in reversed([part.strip() for part in forwarded_for.split(",") if part.strip()]):
        address = _plain(hop)
        if address is None:
            return peer
        if not _is_trusted(address, trusted):
            return address
        peer = address
    return peer


def _plain(hop: str) -> str | None:
    """Return the address in `hop` without port or brackets, or None when there is none."""
    candidates = (hop, hop.partition("]")[0].removeprefix("["), hop.rpartition(":")[0])
    for candidate in candidates:
        try:
            return str(ip_address(candidate))
        except ValueError:
            continue
    return None


def _is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in trusted)
