import hashlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from auth import breach
from auth.breach import PwnedRange

PASSWORD = "Quiet-Harbour-71"
SHA1 = hashlib.sha1(PASSWORD.encode()).hexdigest().upper()
LISTED = f"{SHA1[5:]}:42\r\n"


class Service:
    """A range service on a free port; `play` answers in its place if it is set."""

    def __init__(self) -> None:
        self.text, self.status = "", 200
        self.play: Callable[[BaseHTTPRequestHandler], None] | None = None
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.released = threading.Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.asked.append((self.path, dict(self.headers)))
                (service.play or service.answer)(self)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/range/"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(self.status)
        handler.send_header("Location", self.url + "elsewhere")
        handler.end_headers()
        handler.wfile.write(self.text.encode())

    def hang(self, _handler: BaseHTTPRequestHandler) -> None:
        self.released.wait(20)

    def trickle(self, handler: BaseHTTPRequestHandler) -> None:
        """Begin with what would be a hit, so that only the time limit makes a difference."""
        self.answer(handler)
        while not self.released.wait(0.02):
            try:
                handler.wfile.write(b"\r\n")
            except ConnectionError:
                return

    def cut(self, handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + self.text.encode())

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def contains(self) -> bool:
        return PwnedRange(url=self.url).contains(PASSWORD)


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.close()


def test_a_listed_suffix_is_a_breached_password(service: Service) -> None:
    """ASVS 6.2.12."""
    service.text = f"0000000000000000000000000000000000A:3\r\n{LISTED}"
    assert service.contains()


def test_another_suffix_is_not(service: Service) -> None:
    service.text = "0000000000000000000000000000000000A:3\r\n"
    assert not service.contains()


def test_a_padding_line_is_not(service: Service) -> None:
    service.text = f"{SHA1[5:]}:0\r\n"
    assert not service.contains()


def test_only_five_characters_of_the_hash_leave(service: Service) -> None:
    """ASVS 6.2.12: k-anonymity."""
    service.contains()
    ((path, headers),) = service.asked
    assert path == f"/range/{SHA1[:5]}"
    assert headers["Add-Padding"] == "true"
    said = f"{path} {headers}"
    assert SHA1[5:] not in said
    assert PASSWORD not in said


@pytest.mark.parametrize("status", [503, 404, 302])
def test_a_service_that_refuses_refuses_nobody(service: Service, status: int) -> None:
    """ASVS 6.2.12: it degrades to the bundled list, which the policy asks first. A redirect is not followed."""
    service.status, service.text = status, LISTED
    assert not service.contains()
    assert len(service.asked) == 1


@pytest.mark.parametrize("way", ["hang", "trickle", "cut"])
def test_a_service_that_does_not_answer_in_time_refuses_nobody(service: Service, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breach, "TIMEOUT_SECONDS", 0.3)
    service.text, service.play = LISTED, getattr(service, way)
    assert not service.contains()
    assert len(service.asked) == 1


def test_nobody_waits_longer_than_two_seconds() -> None:
    assert breach.TIMEOUT_SECONDS == 2.0


def test_a_service_that_is_down_refuses_nobody(service: Service) -> None:
    """ASVS 6.2.12."""
    service.close()
    assert not service.contains()


@pytest.mark.parametrize("url", ["breaches.example.org/range/", "ftp://127.0.0.1/", "http://[::1/"])
def test_an_address_that_is_none_refuses_nobody(url: str) -> None:
    assert not PwnedRange(url=url).contains(PASSWORD)
