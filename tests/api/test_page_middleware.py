"""What stands in front of pages and API alike: who answers, which headers go out, whose address counts, and what carries it all."""

from collections.abc import Awaitable, Callable

import pytest
import uvloop
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from streamlit.web import bootstrap
from uvicorn import Config

from api.middleware.client_address import ClientAddress, client_of
from api.middleware.dispatch import Dispatch
from api.middleware.security_headers import SecurityHeaders, page_policy, script_hash


def documented_api() -> FastAPI:
    api = FastAPI()

    @api.post("/register")
    def register() -> dict[str, str]:
        return {"from": "api"}

    @api.get("/api/things")
    def things() -> dict[str, str]:
        return {"from": "api"}

    return api


async def page(_: Request) -> HTMLResponse:
    return HTMLResponse("<p>page</p>")


async def where(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.client.host if request.client else "")


async def script(_: Request) -> PlainTextResponse:
    return PlainTextResponse("let a", media_type="text/javascript")


def served(*middleware: Middleware) -> TestClient:
    routes = [Route("/where", where), Route("/static/there.js", script), Route("/{path:path}", page)]
    return TestClient(Starlette(routes=routes, middleware=list(middleware)))


@pytest.fixture
def client() -> TestClient:
    return served(Middleware(SecurityHeaders, scripts=["let a"], https=True), Middleware(Dispatch, api=documented_api()))


async def cookies(_: Request) -> PlainTextResponse:
    answer = PlainTextResponse("")
    answer.set_cookie("_streamlit_xsrf", "secure", samesite="lax")
    answer.set_cookie("viva", "x", secure=True)
    return answer


@pytest.mark.parametrize(("https", "marked"), [(True, [1, 1]), (False, [0, 1])])
def test_behind_https_every_cookie_is_secure_whoever_set_it(https: bool, marked: list[int]) -> None:
    """ASVS 3.3.1."""
    app = Starlette(routes=[Route("/", cookies)], middleware=[Middleware(SecurityHeaders, https=https)])
    found = TestClient(app).get("/").headers.get_list("set-cookie")
    assert [cookie.lower().count("; secure") for cookie in found] == marked


def test_a_documented_path_is_answered_by_the_api(client: TestClient) -> None:
    assert client.post("/register").json() == {"from": "api"}
    assert client.get("/api/things").json() == {"from": "api"}


def test_a_wrong_method_on_a_documented_path_is_405_and_never_a_page(client: TestClient) -> None:
    assert client.put("/register").status_code == 405


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/v1/nothing"])
def test_an_unknown_path_under_api_is_404_and_never_a_page(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/sign-in", "/apiary", "/registered"])
def test_other_paths_are_pages(client: TestClient, path: str) -> None:
    assert client.get(path).text == "<p>page</p>"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"])
def test_monitoring_and_automation_endpoints_are_closed(client: TestClient, path: str) -> None:
    """ASVS 13.4.5, 6.3.4: no unintended monitoring endpoint, and no hidden way in."""
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("path", ["/static/nothing", "/static/js/old.js", "/_stcore/nothing"])
def test_a_file_that_is_not_there_is_404_and_never_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (404, "Not found")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_that_is_there_is_answered_as_it_is(client: TestClient) -> None:
    answer = client.get("/static/there.js")
    assert (answer.status_code, answer.text, answer.headers["content-type"]) == (200, "let a", "text/javascript; charset=utf-8")


@pytest.mark.parametrize("path", ["/", "/api/things", "/api/nothing", "/_stcore/metrics", "/static/nothing"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    """ASVS 3.4.1 to 3.4.6."""
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["strict-transport-security"].startswith("max-age=31536000")


def test_without_https_no_browser_is_told_to_insist_on_it() -> None:
    assert "strict-transport-security" not in served(Middleware(SecurityHeaders)).get("/").headers


def test_an_answer_in_json_is_not_kept_by_caches(client: TestClient) -> None:
    assert client.get("/api/things").headers["cache-control"] == "no-store"


def test_the_page_policy_allows_our_scripts_by_hash_and_no_other_inline_script() -> None:
    policy = page_policy(scripts=["let a"], host="localhost:8501")
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert scripts == f"script-src 'self' {script_hash('let a')}"
    assert "connect-src 'self' blob: ws://localhost:8501 wss://localhost:8501" in policy


@pytest.mark.parametrize("host", ["", "evil.example; script-src *", "a b", "x,y", "ho\tst"])
def test_a_host_header_cannot_write_into_the_policy(host: str) -> None:
    assert "connect-src 'self' blob:;" in page_policy(scripts=[], host=host)


def test_a_header_that_an_answer_brings_along_is_kept() -> None:
    async def docs(_: Request) -> HTMLResponse:
        return HTMLResponse("docs", headers={"Content-Security-Policy": "default-src 'self'"})

    app = Starlette(routes=[Route("/", docs)], middleware=[Middleware(SecurityHeaders)])
    assert TestClient(app).get("/").headers["content-security-policy"] == "default-src 'self'"


class FromPeer:
    """Pretends that the connection comes from `peer`."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], *, peer: tuple[str, int]) -> None:
        self._app = app
        self._peer = peer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["client"] = self._peer
        await self._app(scope, receive, send)


def address_seen(peer: tuple[str, int], trusted: list[str], forwarded: str) -> str:
    client = served(Middleware(FromPeer, peer=peer), Middleware(ClientAddress, trusted=trusted))
    return client.get("/where", headers={"X-Forwarded-For": forwarded}).text


def test_a_stranger_cannot_choose_an_address_with_a_header() -> None:
    """ASVS 4.1.3: X-Forwarded-For counts only behind a proxy that we trust."""
    assert address_seen(("203.0.113.9", 4711), [], "198.51.100.1") == "203.0.113.9"
    assert address_seen(("203.0.113.9", 4711), ["10.0.0.0/8"], "198.51.100.1") == "203.0.113.9"


def test_a_local_client_cannot_choose_an_address_though_the_server_believed_it() -> None:
    """The server has put the header's address there, with port 0, because the peer was 127.0.0.1."""
    assert address_seen(("198.51.100.1", 0), [], "198.51.100.1") == "127.0.0.1"


def test_behind_a_trusted_proxy_the_last_stranger_is_the_client() -> None:
    assert address_seen(("10.1.2.3", 4711), ["10.0.0.0/8"], "1.1.1.1, 198.51.100.7, 10.9.9.9") == "198.51.100.7"
    assert address_seen(("198.51.100.7", 0), ["127.0.0.1"], "1.1.1.1, 198.51.100.7") == "198.51.100.7"


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        (["198.51.100.7:5555"], "198.51.100.7"),
        (["[2001:db8::7]:5555"], "2001:db8::7"),
        (["::ffff:198.51.100.7"], "198.51.100.7"),
        (["nonsense"], "10.1.2.3"),
        (["198.51.100.7, nonsense"], "10.1.2.3"),
        ([""], "10.1.2.3"),
        (["1.1.1.1", "198.51.100.7"], "198.51.100.7"),
    ],
)
def test_addresses_are_read_in_every_form_and_nonsense_ends_the_chain(forwarded: list[str], client: str) -> None:
    import ipaddress

    assert client_of("10.1.2.3", forwarded, [ipaddress.ip_network("10.0.0.0/8")]) == client


def test_both_ways_to_start_use_the_quick_loop() -> None:
    assert Config(PlainTextResponse("Hello")).get_loop_factory() is bootstrap._get_uvloop_loop_factory() is uvloop.new_event_loop
