"""Bodies that are too large are refused with 413, whatever their type and whether or not they say how long they are."""

import asyncio
import socket
from urllib.parse import urlsplit

import httpx2
import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from api.middleware.body_limit import JSON_LIMIT, BodyLimit
from tests.api.conftest import PASSWORD, Start, World

PIECE = 8192


def streamed(world: World, path: str, content_type: str, body: bytes, *, token: str) -> httpx2.Response:
    """Send a body in chunks, without saying how long it is."""
    pieces = (body[start : start + PIECE] for start in range(0, len(body), PIECE))
    answer = world.client.post(path, content=pieces, headers={"Content-Type": content_type, **world.bearer(token)})
    assert "content-length" not in answer.request.headers
    return answer


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/register", "application/json"),
        ("/login", "application/json"),
        ("/api/auth/login", "application/x-www-form-urlencoded"),
        ("/api/auth/login", "text/plain"),
        ("/api/v1/auth/signup", "application/json"),
        ("/api/v1/auth/signup/conversation", "application/json"),
        ("/api/v1/auth/verify-email", "application/x-www-form-urlencoded"),
        ("/api/v1/accounts/login/", "application/json"),
        ("/api/chat", "application/json"),
        ("/api/chat/stream", "application/json"),
        ("/api/v1/exams", "application/json"),
        ("/api/v1/exams/x/turns/y/answer", "application/json"),
    ],
)
def test_a_body_that_does_not_say_how_long_it_is_is_cut_off(world: World, path: str, content_type: str) -> None:
    token = world.register()["token"]
    answer = streamed(world, path, content_type, b"a" * 320 * 1024, token=token)
    assert (answer.status_code, answer.json()["code"]) == (413, "TOO_LARGE")
    assert answer.headers["x-request-id"]
    assert world.client.get("/healthz").status_code == 200


def test_a_body_that_broke_off_is_not_waited_for_again() -> None:
    told: list[Message] = []
    arriving: list[Message] = [{"type": "http.request", "body": b"a" * (JSON_LIMIT + 1), "more_body": False}]

    async def receive() -> Message:
        return arriving.pop()  # there is nothing else, and a server would wait for it

    async def send(message: Message) -> None:
        told.append(message)

    async def reads_twice(_: Scope, receive: Receive, __: Send) -> None:
        assert [(await receive())["type"] for _ in range(2)] == ["http.disconnect"] * 2

    limited = BodyLimit(reads_twice, refuse=lambda _: Response(status_code=413), upload_limit=0, upload_prefix="/uploads/")
    asyncio.run(limited({"type": "http", "method": "POST", "path": "/", "headers": []}, receive, send))
    assert told[0]["status"] == 413


def test_only_a_form_with_a_recording_may_be_large(start: Start) -> None:
    world = start(speech={"max_recording_mb": 1}, limits={"login_ip": ""})
    token = world.register()["token"]
    path = "/api/v1/exams/x/turns/y/answer"
    for kind, size, allowed in (
        ("multipart/form-data", 900_000, True),
        ("multipart/form-data", 1_200_000, False),
        ("application/json", 900_000, False),
        ("application/x-www-form-urlencoded", 900_000, False),
    ):
        headers = {"Content-Type": f"{kind}; boundary=x", "Authorization": f"Bearer {token}"}
        body = b'--x\r\nContent-Disposition: form-data; name="recording"; filename="a.wav"\r\n\r\n' + b"a" * size + b"\r\n--x--\r\n"
        answer = world.client.post(path, content=body, headers=headers)
        assert (answer.status_code == 413) is not allowed, (kind, size)
        assert (streamed(world, path, f"{kind}; boundary=x", body, token=token).status_code in {413, 415}) is not allowed


def test_a_body_of_just_the_limit_is_read(world: World) -> None:
    body = f'{{"email": "ada@example.com", "password": "{PASSWORD}", "x": "'.encode()
    for size, status in ((256 * 1024, 201), (256 * 1024 + 1, 413)):
        content = body + b"x" * (size - len(body) - 2) + b'"}'
        answer = world.client.post("/api/auth/register", content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code == status


def test_a_length_that_is_no_number_is_refused(world: World) -> None:
    address = urlsplit(world.url)
    for line in ("Content-Length: abc", "Content-Length: +5", "Content-Length: -5", "Content-Length: 5\r\nContent-Length: 6"):
        with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
            connection.sendall(f"POST /login HTTP/1.1\r\nHost: x\r\n{line}\r\n\r\nhello".encode())
            assert connection.recv(4096).split(b" ")[1] in {b"400", b"413"}


@pytest.mark.parametrize("piece", [b"[", b'{"a":'], ids=["lists", "objects"])
@pytest.mark.parametrize(
    "path",
    [
        "/register",
        "/login",
        "/api/auth/login",
        "/api/v1/auth/signup",
        "/api/v1/auth/verify-email",
        "/api/v1/auth/signup/conversation",
        "/api/v1/accounts/login/",
        "/api/chat",
        "/api/v1/exams/x/turns/y/answer",
    ],
)
def test_a_body_nested_too_deeply_to_be_read_is_a_fault_of_the_client(world: World, path: str, piece: bytes) -> None:
    headers = {"Content-Type": "application/json", **world.bearer(world.register()["token"])}
    answer = world.client.post(path, content=piece * 50_000, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] in {"VALIDATION_ERROR", "TOKEN_INVALID"}
