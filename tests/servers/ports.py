"""Ports on loopback that nobody else is given while a test uses them."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reserved_port() -> Iterator[int]:
    """Yield a port of 127.0.0.1 that refuses connections until a server of the test's own listens there.

    The socket that holds it never listens: a server with SO_REUSEADDR (asyncio, uvicorn and `socket.create_server` set it) may share
    the port, but the system gives it to no other program. A port that was merely found free can be somebody else's a moment later.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])
