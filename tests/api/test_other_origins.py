"""What pages of other sites may ask and read: nothing by default, everything documented where the operator lists them (ASVS 3.4.2)."""

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.api.conftest import PASSWORD, Start, World

FRIEND = "https://app.example.com"
STRANGER = "https://evil.example"
BODY = {"email": "ada@example.com", "password": PASSWORD, "confirm_password": PASSWORD, "name": "Ada"}


def preflight(world: World, path: str, method: str, origin: str, headers: str = "authorization,content-type") -> dict[str, str]:
    asked = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    answer = world.client.options(path, headers=asked)
    return {name: value for name, value in answer.headers.items() if name.startswith("access-control-")}


def test_a_preflight_is_a_405_where_nobody_is_listed(world: World) -> None:
    assert preflight(world, "/api/chat", "POST", STRANGER) == {}
    assert world.client.options("/api/chat").status_code == 405


def test_a_listed_page_may_use_every_documented_route_and_method(start: Start) -> None:
    world = start(cors_allowed_origins=(FRIEND,))
    for path, methods in world.client.get("/openapi.json").json()["paths"].items():
        for method in methods:
            headers = "authorization,content-type,idempotency-key,last-event-id,x-request-id"
            granted = preflight(world, path.replace("{", "").replace("}", ""), method.upper(), FRIEND, headers)
            assert granted["access-control-allow-origin"] == FRIEND, path
            assert method.upper() in granted["access-control-allow-methods"], path
            assert "access-control-allow-credentials" not in granted


@pytest.mark.parametrize("origin", [STRANGER, "http://app.example.com", f"{FRIEND}.evil.example", f"{FRIEND}:8443", "null", FRIEND.upper()])
def test_a_page_that_is_not_listed_exactly_may_read_nothing(start: Start, origin: str) -> None:
    world = start(cors_allowed_origins=(FRIEND,), cors_allow_credentials=True)
    assert "access-control-allow-origin" not in preflight(world, "/api/chat", "POST", origin)
    assert "access-control-allow-origin" not in world.client.get("/healthz", headers={"Origin": origin}).headers
    assert world.client.post("/register", json=BODY, headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "http://a]", "//["])
def test_an_origin_that_is_no_address_is_refused_like_a_stranger(world: World, origin: str) -> None:
    headers = {"Origin": origin}
    for path in ("/register", "/api/auth/login", "/auth/browser/session"):
        assert world.client.post(path, json=BODY, headers=headers).status_code == 403
    with pytest.raises(InvalidStatus) as refused:
        connect(world.url.replace("http", "ws") + "/api/chat/ws", origin=Origin(origin), proxy=None)
    assert refused.value.response.status_code == 403


def test_a_listed_page_can_read_errors_and_streams_and_their_request_ids(start: Start) -> None:
    world = start(cors_allowed_origins=(FRIEND,), cors_allow_credentials=True)
    headers = {"Origin": FRIEND, **world.bearer(world.client.post("/register", json=BODY, headers={"Origin": FRIEND}).json()["token"])}
    answers = {
        200: world.client.post("/api/chat/stream", json={"message": "Hello"}, headers=headers),
        401: world.client.get("/profile", headers={"Origin": FRIEND}),
        404: world.client.get("/api/nothing", headers=headers),
        405: world.client.delete("/register", headers=headers),
        413: world.client.post("/register", content=b"x" * 300_000, headers=headers),
        422: world.client.post("/register", json={}, headers=headers),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == FRIEND
        assert answer.headers["access-control-allow-credentials"] == "true"
        assert {"x-request-id", "retry-after"} <= set(answer.headers["access-control-expose-headers"].lower().split(", "))
        assert answer.headers["x-request-id"]
        assert "origin" in answer.headers["vary"].lower()


def test_a_listed_page_may_open_the_socket_and_no_other(start: Start) -> None:
    world = start(cors_allowed_origins=(FRIEND,))
    token = world.client.post("/register", json=BODY).json()["token"]
    address = f"{world.url.replace('http', 'ws')}/api/chat/ws?token={token}"
    with connect(address, origin=Origin(FRIEND), proxy=None) as socket:
        assert socket.response is not None
        assert socket.response.headers["X-Request-ID"]
    with pytest.raises(InvalidStatus) as refused:
        connect(address, origin=Origin(STRANGER), proxy=None)
    assert refused.value.response.status_code == 403
