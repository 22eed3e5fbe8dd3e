"""What holds for every service that is asked; `tests/contract/llm/test_connections.py` has what answers of models need besides."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from urllib3 import exceptions

from core.connections import Connections, Deadline

LARGE = bytes(30_000_000)
"""More than the sockets of a machine take before somebody reads."""


class Service:
    """One connection is taken after the other, and `play` does with it what it likes."""

    def __init__(self) -> None:
        self.play: Callable[[socket.socket], None] = lambda line: line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        self.heads: list[bytes] = []
        self.taken = 0
        self.released = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            line, _ = self._socket.accept()
            with line, suppress(ConnectionError):
                if self.released.is_set():
                    return
                self.heads.append(line.recv(65_536))
                self.play(line)

    def close(self) -> None:
        self.released.set()
        socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join()
        self._socket.close()


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _machine_without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def posted(url: str, body: bytes = b"{}", *, seconds: float = 20.0, connect_seconds: float = 20.0) -> bytes:
    with Connections(url) as connections, connections.post(body, {}, call=Deadline(seconds), connect_seconds=connect_seconds) as answer:
        return answer.read(1_000_000)


def test_an_answer_is_read(service: Service) -> None:
    assert posted(service.url) == b"hi"


def test_an_answer_that_is_packed_is_unpacked_only_as_far_as_it_was_asked_for(service: Service) -> None:
    packed = gzip.compress(bytes(50_000_000))
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    service.play = lambda line: line.sendall(head + packed)
    assert posted(service.url) == bytes(1_000_000)


def test_an_answer_that_is_packed_and_comes_in_chunks_is_unpacked(service: Service) -> None:
    packed = gzip.compress(b"hello")
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    service.play = lambda line: line.sendall(head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed))
    with Connections(service.url) as asked, asked.post(b"{}", {}, call=Deadline(20), connect_seconds=20) as answer:
        assert b"".join(answer.parts()) == b"hello"


@pytest.mark.parametrize("size", [b"-1", b"ffffffffffffffff"])
def test_an_answer_without_end_is_given_up_before_it_fills_the_memory(service: Service, size: bytes) -> None:
    def pour(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + size + b"\r\n")
        while not service.released.is_set():
            line.sendall(bytes(1_000_000))

    service.play = pour
    with (
        Connections(service.url) as asked,
        asked.post(b"{}", {}, call=Deadline(60), connect_seconds=20) as answer,
        pytest.raises(exceptions.ProtocolError),
    ):
        for _ in answer.parts():
            pass


@pytest.mark.parametrize("status", [b"100 Continue", b"102 Processing", b"103 Early Hints"])
def test_an_interim_answer_is_not_taken_for_the_answer(service: Service, status: bytes) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
    service.play = lambda line: line.sendall(b"HTTP/1.1 " + status + b"\r\nLink: </a>\r\n\r\n" + answer)
    assert posted(service.url) == b"hi"


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"])
def test_headers_and_contents_that_trickle_are_given_up_at_the_time_limit(service: Service, head: bytes) -> None:
    def trickle(line: socket.socket) -> None:
        line.sendall(head)
        while not service.released.wait(0.02):
            line.sendall(b"x")

    service.play = trickle
    with pytest.raises(exceptions.TimeoutError):
        posted(service.url, seconds=0.3)


def test_a_request_that_nobody_reads_is_given_up_at_the_time_limit(service: Service) -> None:
    def hang(_line: socket.socket) -> None:
        service.released.wait(20)

    service.play = hang
    with pytest.raises(exceptions.TimeoutError):
        posted(service.url, LARGE, seconds=0.3)


def test_the_limit_of_connecting_is_not_that_of_sending(service: Service) -> None:
    def read_late(line: socket.socket) -> None:
        service.released.wait(0.6)
        left = len(LARGE) - 65_536  # its first part came along with the headers
        while left > 0 and (part := line.recv(1_000_000)):
            left -= len(part)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    service.play = read_late
    assert posted(service.url, LARGE, connect_seconds=0.3) == b"hi"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n",
        b"no http at all\r\n\r\n",
    ],
)
def test_half_an_answer_is_none(service: Service, answer: bytes) -> None:
    service.play = lambda line: line.sendall(answer)
    with pytest.raises(exceptions.ProtocolError):
        posted(service.url)


def test_a_redirect_is_not_followed(service: Service) -> None:
    head = f"HTTP/1.1 307 Elsewhere\r\nLocation: {service.url}/else\r\nContent-Length: 0\r\n\r\n".encode()
    service.play = lambda line: line.sendall(head)
    assert posted(service.url) == b""
    assert len(service.heads) == 1


@pytest.mark.parametrize("url", ["", "models.example.org/v1", "127.0.0.1:80/v1", "ftp://127.0.0.1/", "file:///etc/passwd", "http://[::1/"])
def test_only_a_whole_address_is_asked(url: str) -> None:
    """Without a scheme the library would send the key unencrypted."""
    with pytest.raises(exceptions.LocationValueError):
        Connections(url)


@pytest.mark.parametrize("name", ["http_proxy", "all_proxy"])
@pytest.mark.parametrize("scheme", ["http://", ""])
def test_the_machines_proxy_is_asked(service: Service, name: str, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, f"{scheme}127.0.0.1:{service.port}")
    assert posted("http://models.example.org/v1") == b"hi"
    assert service.heads[0].startswith(b"POST http://models.example.org/v1 HTTP/1.1\r\n")


def test_a_secure_service_is_asked_through_a_tunnel_that_sees_no_key(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{service.port}")
    service.play = lambda line: line.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
    connections = Connections("https://models.example.org/v1")
    with connections, pytest.raises(exceptions.HTTPError):
        connections.post(b"{}", {"Authorization": "Bearer sk-secret"}, call=Deadline(20), connect_seconds=20)
    assert service.heads[0].startswith(b"CONNECT models.example.org:443 HTTP/1.")
    assert b"sk-secret" not in service.heads[0]


def test_those_that_need_no_proxy_are_asked_themselves(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
    assert posted(service.url) == b"hi"


def test_a_proxy_of_an_unknown_kind_is_an_error_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:1080")
    with pytest.raises(exceptions.HTTPError):
        Connections("http://models.example.org/v1")
