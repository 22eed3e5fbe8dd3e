"""Facts of Streamlit that this app is built on. One that changes with an upgrade fails here, loudly, before it fails a person."""

import ctypes
import http.client
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tests.e2e.conftest import App, StartApp, start_app
from tests.e2e.person import Visitor

PIDFD_OPEN, PIDFD_GETFD = 434, 438  # the same numbers on every Linux architecture
PRIVATE_PATHS = ("/practice", "/history", "/account")


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(Request(url, headers=headers), timeout=60) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except HTTPError as error:
        with error:
            return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


def handshake(app: App, **headers: str) -> int:
    """Return the status of a WebSocket handshake with the page's stream."""
    connection = http.client.HTTPConnection(urlsplit(app.url).netloc, timeout=60)
    connection.request(
        "GET",
        "/_stcore/stream",
        headers={
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            **headers,
        },
    )
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.fixture(scope="module", params=["streamlit", "uvicorn"])
def either(request: pytest.FixtureRequest, app: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app, started either way."""
    if request.param == "streamlit":
        yield app
        return
    other = start_app(tmp_path_factory.mktemp("uvicorn"), with_uvicorn=True)
    yield other
    other.stop()


def test_both_ways_to_start_serve_pages_and_api(either: App) -> None:
    status, headers, body = get(f"{either.url}/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"<title>CEFR Speaking Exam Simulator</title>" in body
    assert json.loads(get(f"{either.url}/healthz")[2]) == {"status": "ok"}
    assert get(f"{either.url}/_stcore/health")[0] == 200


def test_settings_of_the_platform_are_the_same_however_it_starts(either: App) -> None:
    """Under uvicorn most STREAMLIT_* variables are ignored, so they stand in .streamlit/config.toml."""
    status, _, body = get(f"{either.url}/_stcore/agent/openapi.json")
    assert status == 404
    assert b"enabled" not in body
    assert get(f"{either.url}/_stcore/metrics")[0] == 404


@pytest.mark.parametrize("path", ["/", "/sign-in", *PRIVATE_PATHS, "/nothing-here", "/_stcore/health", "/api/nothing", "/healthz"])
def test_every_answer_carries_security_headers_and_a_request_id(app: App, path: str) -> None:
    _, headers, _ = get(app.url + path)
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-request-id"]


def test_an_unknown_page_is_answered_with_the_shell_and_404(app: App) -> None:
    """The script behind the shell says in words that there is nothing here; programs and search engines read the status."""
    for path in ("/nothing-here", "/not-found"):
        status, _, body = get(app.url + path)
        assert status == 404
        assert b'<div id="root">' in body
    assert get(f"{app.url}/practice")[0] == 200


@pytest.mark.parametrize("path", ["/a/b", "/robots.txt", "/index.html", "/caf%C3%A9", "/practice.php"])
def test_an_address_that_no_page_can_have_leads_a_reader_to_our_page_and_is_404_for_programs(app: App, path: str) -> None:
    status, headers, body = get(app.url + path)
    assert (status, headers["content-type"], body) == (404, "text/plain; charset=utf-8", b"Not found")
    status, _, body = get(app.url + path, Accept="text/html")  # followed to where it leads
    assert status == 404
    assert b"<title>CEFR Speaking Exam Simulator</title>" in body


@pytest.mark.parametrize("path", ["/static/js/of-an-older-version.js", "/static/nothing", "/_stcore/nothing"])
def test_a_file_that_streamlit_does_not_have_is_404_and_never_a_page(app: App, path: str) -> None:
    status, headers, body = get(app.url + path, Accept="text/html")
    assert (status, headers["content-type"], body) == (404, "text/plain; charset=utf-8", b"Not found")


def test_browsers_find_the_icon_where_they_look_for_it_by_themselves(app: App) -> None:
    status, headers, _ = get(f"{app.url}/favicon.ico")
    assert (status, headers["content-type"]) == (200, "image/svg+xml")


def test_a_page_opened_by_its_address_leaves_no_error_in_the_browsers_console(page: Page, app: App) -> None:
    """Streamlit by itself looks for its health below the page's own name first."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.text} {message.location}") if message.type == "error" else None)
    Visitor(page, app.url).open("/sign-in").sees("Sign in")
    assert said == []


def test_a_slash_too_many_still_finds_the_page(app: App) -> None:
    assert get(f"{app.url}/privacy/")[0] == 200
    assert get(f"{app.url}/nothing-here/")[0] == 404


def test_what_no_page_sends_does_not_reach_streamlit(app: App) -> None:
    """ASVS 13.4.5: it would close the connection for a frame that is no message, so that one which is dropped leaves it open."""
    rerun = BackMsg()
    rerun.rerun_script.query_string = ""
    with connect(app.url.replace("http", "ws") + "/_stcore/stream", subprotocols=[Subprotocol("streamlit")], proxy=None) as stream:
        stream.send(b"\xff")
        stream.send(rerun.SerializeToString())
        assert stream.recv(timeout=20)


def test_no_other_site_steers_the_pages(app: App) -> None:
    """ASVS 3.4.6: Streamlit would take messages from a list of its own sites."""
    assert json.loads(get(f"{app.url}/_stcore/host-config")[2])["allowedOrigins"] == []


def test_strangers_cannot_hand_files_to_the_pages(app: App) -> None:
    """ASVS 2.4.1: each would stay in memory for as long as their tab is open."""
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{app.url}/_stcore/upload_file/any/file", data=b"x", method="PUT"), timeout=60)
    with refused.value as answer:
        assert (answer.code, json.loads(answer.read())["code"]) == (401, "NOT_AUTHENTICATED")


def test_a_page_from_another_site_cannot_open_the_stream(app: App) -> None:
    """ASVS 4.4.2."""
    assert handshake(app, Origin=app.url) == 101
    assert handshake(app, Origin="https://evil.example") == 403
    assert handshake(app, Origin="http://[") == 403


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api", "/api/chat/nothing"])
def test_unknown_paths_under_api_are_404_in_json(app: App, path: str) -> None:
    status, headers, body = get(app.url + path)
    assert (status, headers["content-type"]) == (404, "application/json")
    assert json.loads(body)["status"] == "error"


def test_the_data_folder_is_for_its_owner_only(app: App) -> None:
    assert app.data_dir.stat().st_mode & 0o077 == 0


def test_nobody_is_asked_anything_and_nothing_leaves_the_machine_at_the_start(app: App) -> None:
    """The start never asks for an e-mail address, and never asks the internet for its own."""
    assert "email" not in app.output.lower()
    assert "external ip" not in app.output.lower()


def test_contradictory_settings_stop_the_start_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="needs MONGODB_URI"):
        start_app(tmp_path, settings={"STORE": "mongodb"})


@pytest.mark.skipif(sys.platform != "linux", reason="looks at another process's sockets through Linux's pidfd")
def test_a_connection_to_the_running_app_does_not_delay_its_answers(either: App) -> None:
    """TCP_NODELAY is set on the app's end, so that a second answer does not wait 40 ms for an acknowledgement."""
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(either.url).port, timeout=60)
    for _ in range(2):
        connection.request("GET", "/healthz")
        assert connection.getresponse().read() == b'{"status":"ok"}'
    ours = connection.sock.getsockname()[1]
    ends = sockets_of(either.process.pid, peer_port=ours)
    options = [end.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for end in ends]
    for end in ends:
        end.close()
    connection.close()
    assert len(options) == 1
    assert options[0] != 0


def test_a_header_without_end_ends_its_connection(either: App) -> None:
    """Kept in memory until it is whole, it would fill that: nothing here may parse requests without a bound."""
    with socket.create_connection(("127.0.0.1", urlsplit(either.url).port or 0), timeout=60) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 100_000)
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_a_message_of_any_size_or_in_any_number_of_pieces_ends_its_connection(either: App) -> None:
    """As above, for the page's socket, which is open to everybody: neither how large a message may be nor its pieces are unbounded."""
    address = either.url.replace("http", "ws") + "/_stcore/stream"
    for pieces, code in (([b"a" * 200_000] * 3, 1009), ([b""] * 2000, 1002)):
        with connect(address, origin=Origin(either.url), proxy=None, compression=None) as connection:
            with suppress(ConnectionClosed):
                connection.send(pieces)
            with pytest.raises(ConnectionClosed) as closed:
                connection.recv(timeout=60)
        assert closed.value.rcvd is None or closed.value.rcvd.code == code


def sockets_of(pid: int, *, peer_port: int) -> list[socket.socket]:
    """Return the sockets of another process that are connected to this port (which an owner may look at, see pidfd_getfd(2))."""
    found: list[socket.socket] = []
    call = ctypes.CDLL(None, use_errno=True).syscall
    process = call(PIDFD_OPEN, pid, 0)
    assert process >= 0, os.strerror(ctypes.get_errno())
    for link in Path(f"/proc/{pid}/fd").iterdir():
        descriptor = call(PIDFD_GETFD, process, int(link.name), 0)
        if descriptor < 0:
            continue
        try:
            end = socket.socket(fileno=descriptor)
        except OSError:  # no socket
            os.close(descriptor)
            continue
        if end.family in {socket.AF_INET, socket.AF_INET6} and _peer_port(end) == peer_port:
            found.append(end)
        else:
            end.close()
    os.close(process)
    return found


def _peer_port(end: socket.socket) -> int:
    try:
        return int(end.getpeername()[1])
    except OSError:  # listening
        return 0


def test_a_foreign_host_name_is_refused_on_pages_api_and_stream_where_the_names_are_listed(own_app: StartApp) -> None:
    app = own_app(settings={"ALLOWED_HOSTS": "viva.example.org,localhost"})
    for path in ("/", "/healthz", "/_stcore/health", "/practice"):
        assert get(app.url + path, Host="evil.example")[0] == 400
        assert get(app.url + path, Host="viva.example.org")[0] == get(app.url + path)[0] == 200
    assert handshake(app, Host="evil.example") in {400, 403}
    assert handshake(app) == 101
