"""What one WebSocket may have the server keep and do: nothing that grows without end, and nothing that others wait for."""

import asyncio
import json
from types import SimpleNamespace

import pytest
from uvicorn.protocols.websockets import websockets_sansio_impl as uvicorns
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.sync.client import ClientConnection, connect

from api import socket_bounds
from api.middleware.body_limit import JSON_LIMIT
from api.socket_bounds import MOST_FRAMES, BoundedProtocol, answer_ping
from tests.api.conftest import World


@pytest.fixture
def socket(world: World, monkeypatch: pytest.MonkeyPatch) -> ClientConnection:
    for owner, name in ((uvicorns, "ServerProtocol"), (uvicorns.WebSocketsSansIOProtocol, "handle_ping")):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # put back after the test
    socket_bounds.install()
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
