"""What a browser, a proxy or somebody with a strange client can do to the HTTP interface: nothing."""

import io
import logging
import socket
from dataclasses import replace
from urllib.parse import urlsplit

import httpx2
import pytest
from opentelemetry import trace
from websockets.sync.client import connect

from core import log
from core.errors import StoreUnavailable
from tests.api.conftest import PASSWORD, Start, World

APP = "https://app.example.com"


def test_other_origins_are_told_nothing_by_default(world: World) -> None:
    """ASVS 3.4.2."""
    token = world.register()["token"]
    for method in ("OPTIONS", "GET"):
        headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET", **world.bearer(token)}
        answer = world.client.request(method, "/profile", headers=headers)
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_only_listed_origins_may_read_answers(start: Start) -> None:
    """ASVS 3.4.2, 3.5.2."""
    world = start(cors_allowed_origins=(APP,), cors_allow_credentials=True)
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization,content-type"}
    friend = world.client.options("/profile", headers={"Origin": APP, **asked})
    assert friend.status_code == 200
    assert friend.headers["access-control-allow-origin"] == APP
    assert "PUT" in friend.headers["access-control-allow-methods"]
    for origin in ("https://evil.example", "http://app.example.com", f"{APP}.evil.example", "null"):
        stranger = world.client.options("/profile", headers={"Origin": origin, **asked})
        assert "access-control-allow-origin" not in stranger.headers
    body = {"email": "ada@example.com", "password": PASSWORD, "confirm_password": PASSWORD, "name": "Ada"}
    assert world.client.post("/register", json=body, headers={"Origin": APP}).status_code == 201
    assert world.client.post("/register", json=body, headers={"Origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_simple_request_of_another_site_signs_nobody_in(world: World, content_type: str) -> None:
    """ASVS 3.5.1, 3.5.2, 7.6.2: login CSRF."""
    world.register()
    headers = {"Origin": "https://evil.example", **({"Content-Type": content_type} if content_type else {})}
    for path in ("/api/auth/login", "/login", "/auth/browser/session", "/auth/browser/end", "/api/v1/auth/logout"):
        answer = world.client.post(path, content=b'{"email":"ada@example.com","password":"x"}', headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


def test_every_answer_of_every_kind_carries_the_safe_headers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 3.4.3 to 3.4.6, 14.3.2, 16.5.1."""
    headers = world.bearer(world.register()["token"])
    monkeypatch.setattr(type(world.services.auth), "list_sessions", lambda *_: 1 / 0)
    answers = {
        200: world.client.get("/profile", headers=headers),
        303: world.client.get("/login"),
        401: world.client.get("/profile"),
        404: world.client.get("/api/nothing"),
        405: world.client.delete("/register"),
        413: world.client.post("/register", content=b"x" * 300_000),
        422: world.client.post("/register", json={}),
        500: world.client.get("/api/v1/auth/sessions", headers=headers),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer.headers["x-content-type-options"] == "nosniff", status
        assert answer.headers["x-frame-options"] == "DENY", status
        assert answer.headers["referrer-policy"] == "same-origin", status
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], status
        assert answer.headers["x-request-id"], status
        assert "strict-transport-security" not in answer.headers
        if status != 303:
            assert answer.headers["cache-control"] == "no-store", status
    assert answers[500].json()["code"] == "INTERNAL_ERROR"
    assert "ZeroDivision" not in answers[500].text
    assert "Traceback" not in answers[500].text


def test_behind_https_browsers_are_told_to_stay_there(start: Start) -> None:
    """ASVS 3.4.1."""
    world = start(public_url="https://viva.example.org")
    for path in ("/healthz", "/api/nothing", "/profile"):
        assert "max-age=31536000" in world.client.get(path).headers["strict-transport-security"]


def test_no_secret_reaches_a_log_line(world: World) -> None:
    """ASVS 14.2.1, 16.2.5. Ours and the server's own access log, with a token in a WebSocket's address and in a link."""
    lines = io.StringIO()
    log.configure(json_lines=True, level="DEBUG", stream=lines)
    handler = logging.StreamHandler(lines)
    servers = [logging.getLogger(name) for name in ("uvicorn.access", "uvicorn.error", "uvicorn")]
    before = [(one, one.level) for one in servers]
    for one in servers:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
    try:
        login = world.register()
        letter = world.token_in("verification")
        world.client.get("/api/v1/auth/verify-email", params={"token": letter})
        world.client.get("/api/users/me", params={"token": login["token"], "access_token": login["token"]})
        world.client.post("/login", json={"email": "ada@example.com", "password": "Wr0ng-password"})
        world.client.post("/api/v1/auth/refresh", json={"refresh_token": login["refresh_token"]})
        with connect(f"{world.url.replace('http', 'ws')}/api/chat/ws?token={login['token']}", proxy=None) as chat:
            chat.send('{"message": "My secret is a pineapple"}')
            chat.recv(timeout=10)
    finally:
        for one, level in before:
            one.removeHandler(handler)
            one.setLevel(level)
    text = lines.getvalue()
    assert "/api/v1/auth/verify-email" in text
    assert "account:login:failure" in text
    for secret in (login["token"], login["refresh_token"], letter, PASSWORD, "Wr0ng-password", "pineapple", "ada@example.com"):
        assert secret not in text
    assert login["token"].split(".")[2] not in text


class _Recorder(trace.NoOpTracer, trace.TracerProvider):
    """What an operator may have set up around the app: keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def get_tracer(self, *_: object, **__: object) -> trace.Tracer:
        return self

    def start_span(self, name: str, *arguments: object, **named: object) -> trace.Span:
        self.told.append((name, arguments, named))
        return trace.INVALID_SPAN


def test_no_request_is_reported_to_whoever_collects_traces(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """FastAPI would report the address with the secret of its link, and hand on the body."""
    recorder = _Recorder()
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: recorder)
    world.client.get("/verify-email", params={"token": "a-secret"})
    world.client.post("/login", json={"email": "ada@example.com", "password": ["a-secret"]})
    assert recorder.told == []


def test_line_breaks_in_what_was_sent_stay_in_one_log_line(world: World) -> None:
    """ASVS 16.4.1."""
    lines = io.StringIO()
    log.configure(json_lines=True, level="DEBUG", stream=lines)
    world.client.post("/login", json={"email": 'a@example.com\n{"level": "forged"}', "password": "x"})
    world.client.get("/api/%0a%7b%22level%22%3a%22forged%22%7d", headers={"User-Agent": "x\ty"})
    assert all(line.startswith('{"at"') for line in lines.getvalue().splitlines())


@pytest.mark.parametrize("path", ["/profile\x00", "/api/v1/chat/chats/%00/", "/api/v1/chat/chats/%ff%fe/", "/api/v1/chat/shared/%00%0d%0a"])
def test_null_bytes_and_broken_text_in_an_address_are_no_server_error(world: World, path: str) -> None:
    token = world.register()["token"]
    raw = path.replace("\x00", "%00")
    assert world.client.get(raw, headers=world.bearer(token)).status_code in {400, 404, 422}


@pytest.mark.parametrize("field", ["email", "password", "name", "username", "speaking_language", "invite"])
def test_null_bytes_and_lone_surrogates_in_a_field_are_no_server_error(world: World, field: str) -> None:
    body = {"email": "ada@example.com", "password": PASSWORD, "confirm_password": PASSWORD, "name": "Ada"}
    for bad in ("a\x00b", "a\u202eb", "\ufffe", "x" * 5000):
        assert world.client.post("/register", json=body | {field: bad}).status_code in {201, 400, 409, 422}
    raw = b'{"email":"a@example.com","password":"x","confirm_password":"x","name":"A","' + field.encode() + b'":"\\ud800"}'
    assert world.client.post("/register", content=raw, headers={"Content-Type": "application/json"}).status_code in {400, 422}


@pytest.mark.parametrize(
    "request_lines",
    [
        b"GET /profile HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET /profile HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \x00\x01\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /profile HTTP/1.1\r\n\r\n",
        b"NONSENSE\r\n\r\n",
    ],
)
def test_a_malformed_request_gets_a_4xx_and_the_server_lives_on(world: World, request_lines: bytes) -> None:
    address = urlsplit(world.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(request_lines)
        status = connection.recv(4096).split(b" ")[1:2]
    assert status in ([], [b"400"], [b"401"], [b"413"], [b"422"], [b"431"])
    assert world.client.get("/healthz").status_code == 200


def test_nothing_can_be_hidden_behind_a_request_that_ends_in_two_places(world: World) -> None:
    """ASVS 4.2.1: what a proxy may take for the body of this request is never answered as a request of its own."""
    address = urlsplit(world.url)
    hidden = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    twofold = b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 44\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden
    answers = b""
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(twofold)
        while piece := connection.recv(4096):  # until the server closes
            answers += piece
    assert answers.startswith(b"HTTP/1.1 400 ")
    assert answers.count(b"HTTP/1.1 ") == 1


def test_a_request_id_from_outside_cannot_smuggle_anything(world: World) -> None:
    """ASVS 16.4.1."""
    for bad in ("short", "x" * 65, "has spaces here", '"};alert(1)'):
        assert world.client.get("/healthz", headers={"X-Request-ID": bad}).headers["x-request-id"] != bad


def test_a_store_that_is_down_lets_nobody_in_and_answers_503(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 16.5.3, 16.5.1."""
    login = world.register()

    def down(*_: object, **__: object) -> None:
        raise StoreUnavailable("The database cannot be reached. Nothing was changed. Please try again in a moment.")

    stores = world.services.auth.kit.stores
    for store in (stores.accounts, stores.sessions, stores.tokens, stores.audit, stores.devices):
        for name in (name for name in dir(type(store)) if not name.startswith("_")):
            monkeypatch.setattr(type(store), name, down)
    body = {"email": "ada@example.com", "password": PASSWORD}
    asked = [
        world.client.post("/login", json=body),
        world.client.post("/api/auth/login", json=body),
        world.client.get("/profile", headers=world.bearer(login["token"])),
        world.client.post("/register", json=body | {"confirm_password": PASSWORD, "name": "Ada"}),
        world.client.post("/api/v1/auth/refresh", json={"refresh_token": login["refresh_token"]}),
        world.client.post("/api/v1/auth/password/forgot", json={"email": "ada@example.com"}),
    ]
    assert [answer.status_code for answer in asked] == [503] * len(asked)
    assert {answer.json()["code"] for answer in asked} == {"STORE_UNAVAILABLE"}
    assert not any("token" in name for answer in asked for name in answer.json())
    assert world.client.get("/healthz").status_code == 200


def test_a_database_that_is_gone_is_told_by_readyz_without_details(world: World) -> None:
    """ASVS 16.5.1."""
    assert world.client.get("/readyz").json() == {"status": "ready"}

    def down() -> str:
        raise StoreUnavailable("disk I/O error at /secret/place")

    broken = replace(world.services, check_store=down)
    from api.routes import system

    answer = httpx2.Response(200)
    found = system.readyz(broken, answer)  # type: ignore[arg-type]  # only the status of the response is set
    assert (found.status, answer.status_code) == ("unavailable", 503)


def test_what_would_list_or_monitor_is_closed_to_strangers(world: World) -> None:
    """ASVS 13.4.5, 13.4.2."""
    for path in ("/api/docs", "/api/redoc", "/redoc", "/metrics", "/api/openapi.json", "/debug", "/.env", "/.git/config", "/api/../app.py"):
        assert world.client.get(path).status_code == 404
