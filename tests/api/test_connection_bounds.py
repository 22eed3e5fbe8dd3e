"""What one connection may have the server keep and do: nothing that grows without end, and nothing that others wait for."""

import asyncio
import json
import socket as sockets
from types import SimpleNamespace
from urllib.parse import urlsplit

import h11
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets import websockets_sansio_impl as uvicorns
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.sync.client import ClientConnection, connect

from api import connection_bounds
from api.connection_bounds import MOST_FRAMES, MOST_PIECES, BoundedConnection, BoundedProtocol, answer_ping, end_if_silent
from api.middleware.body_limit import JSON_LIMIT
from tests.api.conftest import World


@pytest.fixture(autouse=True)
def bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ((uvicorns, "ServerProtocol"), (uvicorns.WebSocketsSansIOProtocol, "handle_ping"), (H11Protocol, "connection_made"))
    for owner, name in names:
        monkeypatch.setattr(owner, name, getattr(owner, name))  # put back after the test
    connection_bounds.install()


@pytest.fixture
def socket(world: World) -> ClientConnection:
    headers = world.bearer(world.register()["token"])
    return connect(world.url.replace("http", "ws") + "/api/chat/ws", additional_headers=headers, proxy=None, compression=None)


def ended(socket: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=20)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


def test_a_message_is_as_large_as_any_other_request_may_be(socket: ClientConnection) -> None:
    """ASVS 2.4.1."""
    with socket:
        socket.send("[" + " " * (JSON_LIMIT - 2) + "]")
        assert json.loads(socket.recv(timeout=20))["code"] == "VALIDATION_ERROR"
        socket.send("[" + " " * (JSON_LIMIT - 1) + "]")
        assert ended(socket) == 1009


def test_a_message_in_pieces_that_do_not_end_ends_the_connection(socket: ClientConnection) -> None:
    with socket:
        socket.send(["[", *[""] * (MOST_FRAMES - 3), "]"])  # and one more, which says that it is the last
        assert json.loads(socket.recv(timeout=20))["code"] == "VALIDATION_ERROR"
        socket.send(["[", *[""] * (MOST_FRAMES - 2), "]"])
        assert ended(socket) == 1002


def opened() -> BoundedProtocol:
    return BoundedProtocol(state=State.OPEN)


def sent(opcode: Opcode, *, times: int = 1) -> bytes:
    return Frame(opcode, b"").serialize(mask=True) * times


@pytest.mark.parametrize("opcode", [Opcode.PING, Opcode.PONG, Opcode.TEXT])
def test_frames_without_end_cannot_keep_the_server_busy(opcode: Opcode) -> None:
    protocol = opened()
    for _ in range(3):  # as often as somebody likes, but in between others have their turn
        protocol.receive_data(sent(opcode, times=MOST_FRAMES))
    assert protocol.parser_exc is None
    protocol.receive_data(sent(opcode, times=MOST_FRAMES + 1))
    assert protocol.parser_exc is not None
    assert len(protocol.events_received()) == 4 * MOST_FRAMES


@pytest.mark.parametrize("reads", [True, False])
def test_answers_to_pings_that_nobody_reads_are_not_kept(reads: bool) -> None:
    written: list[bytes] = []
    writable = asyncio.Event()
    if reads:
        writable.set()
    protocol = opened()
    connection = SimpleNamespace(conn=protocol, writable=writable, transport=SimpleNamespace(write=written.append))
    for _ in range(3):
        protocol.receive_data(sent(Opcode.PING))
        answer_ping(connection)  # type: ignore[arg-type]  # of uvicorn's connection it needs these three
    assert written == ([Frame(Opcode.PONG, b"").serialize(mask=False)] * 3 if reads else [])
    assert protocol.data_to_send() == []


CHUNKED = b"POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
PIECE = b"1\r\n \r\n"


def pieces_of(connection: BoundedConnection, read: bytes) -> int:
    """Let the connection read this and return how many pieces of a body it found."""
    connection.receive_data(read)
    found = 0
    while connection.next_event() is not h11.NEED_DATA:
        found += 1
    return found


def test_a_body_in_pieces_without_end_cannot_keep_the_server_busy() -> None:
    connection = BoundedConnection(h11.SERVER)
    pieces_of(connection, CHUNKED)
    assert [pieces_of(connection, PIECE * MOST_PIECES) for _ in range(3)] == [MOST_PIECES] * 3
    with pytest.raises(h11.RemoteProtocolError):
        pieces_of(connection, PIECE * (MOST_PIECES + 1))


@pytest.mark.parametrize(("pieces", "status"), [(10, b"422"), (11, b"400")])
def test_the_pieces_of_every_request_are_counted(world: World, monkeypatch: pytest.MonkeyPatch, pieces: int, status: bytes) -> None:
    monkeypatch.setattr(connection_bounds, "MOST_PIECES", 10)
    with sockets.create_connection(("127.0.0.1", urlsplit(world.url).port or 0), timeout=20) as connection:
        connection.sendall(CHUNKED + PIECE * pieces + b"0\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 " + status


def head(connection: h11.Connection, request: bytes, status: int, headers: list[tuple[bytes, bytes]]) -> tuple[bytes, object]:
    """Answer a request with these headers; return how that looks on the wire and what becomes of the connection."""
    if request:
        connection.receive_data(request + b"\r\nHost: localhost\r\n\r\n")
        while connection.next_event() not in (h11.NEED_DATA, h11.PAUSED):
            pass
    sent = connection.send(h11.Response(status_code=status, headers=headers, reason=b"Reason"))
    return sent, connection.states


REQUESTS = [b"GET / HTTP/1.1", b"GET / HTTP/1.1\r\nConnection: close", b"GET / HTTP/1.0", b"HEAD / HTTP/1.1", b"CONNECT / HTTP/1.1", b""]
ANSWERS = [
    [],
    [(b"content-type", b"text/event-stream"), (b"X-Name", b"one"), (b"x-name", b"two")],
    [(b"Content-Length", b"3")],
    [(b"Transfer-Encoding", b"chunked")],
    [(b"content-length", b"3"), (b"transfer-encoding", b"chunked")],
    [(b"connection", b"close")],
    [(b"Connection", b"keep-alive")],
]


@pytest.mark.parametrize("status", [200, 204, 304, 404])
@pytest.mark.parametrize("headers", ANSWERS)
@pytest.mark.parametrize("request_line", REQUESTS)
def test_an_answer_begins_as_it_would_without_the_bounds(request_line: bytes, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    ours, plain = (head(connection(h11.SERVER), request_line, status, headers) for connection in (BoundedConnection, h11.Connection))
    assert ours == plain


def connected(world: World) -> sockets.socket:
    return sockets.create_connection(("127.0.0.1", urlsplit(world.url).port or 0), timeout=20)


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", b"POST"])
def test_a_connection_that_sends_no_whole_request_is_ended(world: World, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(connection_bounds, "REQUEST_SECONDS", 0.05)
    with connected(world) as connection:
        connection.sendall(sent)
        assert connection.recv(100) == b""


def test_a_connection_that_has_sent_one_request_is_ended_in_the_middle_of_the_next(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_bounds, "REQUEST_SECONDS", 1.0)  # a busy machine still reads the first one in time
    with connected(world) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /heal")
        answers = b"".join(iter(lambda: connection.recv(1000), b""))
    assert answers.count(b"HTTP/1.1 200") == 1


@pytest.mark.parametrize(("requests", "answering", "ends"), [(1, False, True), (1, True, False), (2, False, False)])
def test_only_a_connection_that_waits_in_vain_is_ended(*, requests: int, answering: bool, ends: bool) -> None:
    closed: list[bool] = []
    later: list[int] = []
    connection = SimpleNamespace(
        conn=SimpleNamespace(requests=requests),
        cycle=SimpleNamespace(response_complete=not answering),
        transport=SimpleNamespace(close=lambda: closed.append(True)),
        loop=SimpleNamespace(call_later=lambda _, __, ___, known: later.append(known)),
    )
    connection.connections = [connection]
    end_if_silent(connection, 1)  # type: ignore[arg-type]  # of uvicorn's connection it needs these
    assert (closed, later) == (([True], []) if ends else ([], [requests]))
    connection.connections = []
    end_if_silent(connection, requests)  # type: ignore[arg-type]  # as above: it is closed already, or a WebSocket
    assert len(closed) == ends


def test_a_process_that_is_to_end_waits_only_some_seconds_for_what_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_bounds, "FAREWELL_SECONDS", 0.01)

    async def run() -> None:
        asked = asyncio.Event()

        async def hang(_scope: Scope, _receive: Receive, _send: Send) -> None:
            asked.set()
            await asyncio.Event().wait()

        server = uvicorn.Server(uvicorn.Config(hang, log_config=None, lifespan="off", http="h11"))
        listening = sockets.create_server(("127.0.0.1", 0))
        address = listening.getsockname()
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        _, writer = await asyncio.open_connection(*address)
        writer.write(b"GET / HTTP/1.1\r\nHost: viva\r\n\r\n")
        await asyncio.wait_for(asked.wait(), 20)
        server.should_exit = True
        await asyncio.wait_for(serving, 20)
        writer.close()

    asyncio.run(run())


def test_whoever_starts_the_process_can_have_it_wait_longer() -> None:
    config = uvicorn.Config(lambda: None, timeout_graceful_shutdown=30)
    protocol = SimpleNamespace(config=config, loop=SimpleNamespace(call_later=lambda *_: None))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection_bounds, "_connection_made", lambda *_: None)
        connection_bounds.begin(protocol, None)  # type: ignore[arg-type]  # has what is asked of it
    assert config.timeout_graceful_shutdown == 30
