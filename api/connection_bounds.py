"""Bounds what one connection may have this process hold and do, below the application, which hears of whole messages only.

uvicorn (0.54) keeps up to 16 MiB (as many as `server.maxMessageSize` says under `streamlit run`) for each message that has not ended,
counts neither the frames of a message nor those that come at once, and answers every ping whether or not anybody reads the answers.
So a stranger with a few sockets could fill the memory, and with some megabytes of empty frames stop everything else for seconds. The
same is true of a request's body in pieces of one byte. And it waits for ever for a request that somebody may send, while each of
its connections takes one of the files that the system lets it open; and, when it is to end, for whoever does not read an answer.
"""

from contextlib import suppress
from typing import Any

import h11
from h11._headers import Headers
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
REQUEST_SECONDS = 30.0
"""In which a connection has to send a whole request head, its first or its next one. Browsers open connections that they may need."""
FAREWELL_SECONDS = 5
"""In which requests may still be answered when the process is to end; those who manage processes often kill them after ten."""
FILES = 65_536
"""Open at once, connections included."""
_connection_made = H11Protocol.connection_made
_BODILESS = {204, 304}
_FRAMING = {b"content-length", b"transfer-encoding"}
_CHUNKED = (b"Transfer-Encoding", b"transfer-encoding", b"chunked")


class BoundedConnection(h11.Connection):
    """HTTP whose requests and pieces of bodies are counted: a piece too many is a request that cannot be read (400).

    The headers of an answer are looked at once. h11 (0.16) does it three times where an answer has no length, a stream above all.
    """

    requests = 0
    _pieces = 0

    def receive_data(self, data: bytes) -> None:
        """Take what was read from the network."""
        self._pieces = 0
        super().receive_data(data)

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """Return what comes next. Raises RemoteProtocolError for a piece too many, which ends the connection."""
        event = super().next_event()
        kind = type(event)  # `isinstance` would ask the abstract base class of them all
        self.requests += kind is h11.Request
        self._pieces += kind is h11.Data
        if self._pieces > MOST_PIECES:
            raise h11.RemoteProtocolError("too many pieces")
        return event

    def _clean_up_response_headers_for_sending(self, response: h11.Response) -> h11.Response:
        """Return the answer as it is sent: with what says where it ends."""
        is_plain = self._cstate.keep_alive and self._request_method not in {b"HEAD", b"CONNECT"} and response.status_code not in _BODILESS
        named = response.headers.raw_items()
        if not is_plain or self.their_http_version != b"1.1" or any(name.lower() in _FRAMING for name, _ in named):
            return super()._clean_up_response_headers_for_sending(response)
        headers = Headers([*((name, name.lower(), value) for name, value in named), _CHUNKED])
        return h11.Response(headers=headers, status_code=response.status_code, http_version=response.http_version, reason=response.reason)


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


def begin(self: H11Protocol, transport: Any) -> None:
    """Begin a connection whose requests and pieces are counted, and for which the end of the process does not wait for ever."""
    if self.config.timeout_graceful_shutdown is None:  # nobody asked for another one at the start
        self.config.timeout_graceful_shutdown = FAREWELL_SECONDS
    size = self.config.h11_max_incomplete_event_size
    self.conn = BoundedConnection(h11.SERVER) if size is None else BoundedConnection(h11.SERVER, size)
    _connection_made(self, transport)
    self.loop.call_later(REQUEST_SECONDS, end_if_silent, self, 0)


def end_if_silent(self: H11Protocol, requests: int) -> None:
    """End a connection that has sent no further request than these, unless one is being answered; otherwise look again later."""
    if self not in self.connections:
        return  # closed, or a WebSocket by now
    known = self.conn.requests  # type: ignore[attr-defined]  # see `begin`
    is_answering = self.cycle is not None and not self.cycle.response_complete
    if known == requests and not is_answering:
        self.transport.close()
    else:
        self.loop.call_later(REQUEST_SECONDS, end_if_silent, self, known)


def open_more_files() -> None:
    """Let this process have as many connections as it may need and the system allows; often that gives a thousand until it is asked."""
    try:
        import resource  # noqa: PLC0415 - Windows has neither the module nor the limit
    except ImportError:
        return
    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    if given < wanted:
        with suppress(OSError, ValueError):  # a system may have a bound of its own
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def install() -> None:
    """Have uvicorn keep these bounds. It has no setting that an application could make: `uvicorn app:app` has read its own by then."""
    setattr(uvicorns, "ServerProtocol", BoundedProtocol)  # noqa: B010 - a type checker sees a type that must not change
    setattr(H11Protocol, "connection_made", begin)  # noqa: B010 - as above
    setattr(uvicorns.WebSocketsSansIOProtocol, "handle_ping", answer_ping)  # noqa: B010 - as above
    open_more_files()
