"""Bounds what one connection may have this process hold and do, below the application, which hears of whole messages only.

uvicorn (0.54) keeps up to 16 MiB (as many as `server.maxMessageSize` says under `streamlit run`) for each message that has not ended,
counts neither the frames of a message nor those that come at once, and answers every ping whether or not anybody reads the answers.
So a stranger with a few sockets could fill the memory, and with some megabytes of empty frames stop everything else for seconds. The
same is true of a request's body in pieces of one byte.
"""

from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets import websockets_sansio_impl as uvicorns
from websockets.exceptions import ProtocolError
from websockets.frames import Frame, Opcode
from websockets.server import ServerProtocol

from api.middleware.body_limit import JSON_LIMIT

MOST_FRAMES = 1000
"""Of one message, and in what is read at once. Proxies that cut messages into pieces make pieces of kilobytes."""

MOST_PIECES = 4000
"""Of a request's body, in what is read at once (256 kB)."""
_connection_made = H11Protocol.connection_made


class BoundedConnection(h11.Connection):
    """HTTP whose pieces of bodies are counted: one too many is a request that cannot be read (400)."""

    _pieces = 0

    def receive_data(self, data: bytes) -> None:
        """Take what was read from the network."""
        self._pieces = 0
        super().receive_data(data)

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """Return what comes next. Raises RemoteProtocolError for a piece too many, which ends the connection."""
        event = super().next_event()
        self._pieces += isinstance(event, h11.Data)
        if self._pieces > MOST_PIECES:
            raise h11.RemoteProtocolError("too many pieces")
        return event


class BoundedProtocol(ServerProtocol):
    """WebSocket whose messages are as large as other requests may be, and whose frames are counted.

    A larger message ends the connection with 1009, more frames with 1002.
    """

    def __init__(self, **settings: Any) -> None:
        """Take what uvicorn says of the connection, but for the size."""
        super().__init__(**(settings | {"max_size": JSON_LIMIT}))
        self._read_at_once = 0
        self._in_message = 0

    def receive_data(self, data: bytes | bytearray) -> None:
        """Take what was read from the network."""
        self._read_at_once = 0
        super().receive_data(data)

    def recv_frame(self, frame: Frame) -> None:
        """Take one frame. Raises ProtocolError for one too many, which ends the connection."""
        self._read_at_once += 1
        if frame.opcode is Opcode.CONT:
            self._in_message += 1
        elif frame.opcode in {Opcode.TEXT, Opcode.BINARY}:
            self._in_message = 1
        if max(self._read_at_once, self._in_message) > MOST_FRAMES:
            raise ProtocolError("too many frames")
        super().recv_frame(frame)


def answer_ping(self: uvicorns.WebSocketsSansIOProtocol) -> None:
    """Answer a ping, unless the answers before it are still waiting to be read (RFC 6455, 5.5.3, lets them be left out)."""
    pong = self.conn.data_to_send()
    if self.writable.is_set():
        self.transport.write(b"".join(pong))


def count_pieces(self: H11Protocol, transport: Any) -> None:
    """Begin a connection whose pieces are counted."""
    size = self.config.h11_max_incomplete_event_size
    self.conn = BoundedConnection(h11.SERVER) if size is None else BoundedConnection(h11.SERVER, size)
    _connection_made(self, transport)


def install() -> None:
    """Have uvicorn keep these bounds. It has no setting that an application could make: `uvicorn app:app` has read its own by then."""
    setattr(uvicorns, "ServerProtocol", BoundedProtocol)  # noqa: B010 - a type checker sees a type that must not change
    setattr(H11Protocol, "connection_made", count_pieces)  # noqa: B010 - as above
    setattr(uvicorns.WebSocketsSansIOProtocol, "handle_ping", answer_ping)  # noqa: B010 - as above
