"""Keeps answers on kept-alive connections from waiting 40 ms for an acknowledgement.

`streamlit run` (1.67) binds its listening socket with protocol 0. asyncio sets TCP_NODELAY only on sockets whose protocol says
TCP, so Nagle's algorithm holds back the second write of every later answer until the client's delayed acknowledgement arrives
(the same fault as uvicorn issue 3149). Accepted sockets inherit the option from the listening one, and that one is open before
the application starts: setting it there cures every connection. Drop this file when
`test_streamlit_still_needs_the_cure` fails.
"""

import os
import socket
from pathlib import Path

_DESCRIPTORS = Path("/dev/fd")


def set_on_listening_sockets() -> int:
    """Set TCP_NODELAY on every TCP socket of this process that listens; return on how many.

    Does nothing where descriptors cannot be listed (Windows, where `uvicorn app:app` is the quick way to start).
    """
    return sum(_set(int(name)) for name in _names())


def _names() -> list[str]:
    try:
        return [name for name in os.listdir(_DESCRIPTORS) if name.isdigit()]  # noqa: PTH208 - names are numbers, not paths
    except OSError:
        return []


def _set(descriptor: int) -> bool:
    try:
        listening = socket.socket(fileno=os.dup(descriptor))
    except OSError:  # closed meanwhile, or no socket
        return False
    with listening:
        is_tcp = listening.family in {socket.AF_INET, socket.AF_INET6} and listening.type == socket.SOCK_STREAM
        if not is_tcp or not listening.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return False
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return True
