"""Pages that nobody is signed in to: one address cannot fill the memory with them, and nobody is kept out for long or by others."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.middleware.client_address import ClientAddress
from api.middleware.page_crowd import AT_ONCE, MESSAGES_PER_SECOND, Pace, PageCrowd
from tests.api.conftest import PASSWORD, World
from tests.api.test_page_uploads import cookie_of

STREAM = "/_stcore/stream"
FRIEND, OTHER = {"X-Forwarded-For": "198.51.100.1"}, {"X-Forwarded-For": "198.51.100.2"}


async def stay(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("open")
    with pytest.raises(WebSocketDisconnect):
        await socket.receive_text()


def fronted(world: World, *, most: int) -> TestClient:
    """Return what stands for Streamlit, behind a proxy that is believed."""
    middleware = [Middleware(ClientAddress, trusted=["10.0.0.0/8"]), Middleware(PageCrowd, services=world.services, most=most)]
    app = Starlette(routes=[WebSocketRoute(STREAM, stay)], middleware=middleware)
    return TestClient(app, client=("10.0.0.7", 4711))


@pytest.fixture
def pages(world: World) -> Iterator[TestClient]:
    with fronted(world, most=2) as client:
        yield client


def opens(pages: TestClient, headers: dict[str, str]) -> bool:
    try:
        with pages.websocket_connect(STREAM, headers=headers) as socket:
            return socket.receive_text() == "open"
    except WebSocketDisconnect:
        return False


def test_one_address_has_only_so_many_pages_open_and_no_other_is_kept_out(pages: TestClient) -> None:
    """ASVS 2.4.1."""
    with pages.websocket_connect(STREAM, headers=FRIEND), pages.websocket_connect(STREAM, headers=FRIEND):
        assert not opens(pages, FRIEND)
        assert not opens(pages, FRIEND | {"Cookie": "viva=made-up"})
        assert opens(pages, OTHER)
    assert opens(pages, FRIEND)


def test_all_addresses_of_one_ipv6_subscriber_count_as_one(pages: TestClient) -> None:
    first, second, third = ({"X-Forwarded-For": f"2001:db8::{number}"} for number in (1, 2, 3))
    with pages.websocket_connect(STREAM, headers=first), pages.websocket_connect(STREAM, headers=second):
        assert not opens(pages, third)
        assert opens(pages, {"X-Forwarded-For": "2001:db8:0:1::1"})


def test_who_is_signed_in_gets_in_whatever_strangers_beside_them_do(world: World, pages: TestClient) -> None:
    world.register()
    login = cookie_of(world)
    with pages.websocket_connect(STREAM, headers=FRIEND), pages.websocket_connect(STREAM, headers=FRIEND):
        assert opens(pages, FRIEND | login)
    with pages.websocket_connect(STREAM, headers=FRIEND | login), pages.websocket_connect(STREAM, headers=FRIEND | login):
        assert opens(pages, FRIEND)


def test_the_bound_can_be_lifted(world: World) -> None:
    with (
        fronted(world, most=0) as pages,
        pages.websocket_connect(STREAM, headers=FRIEND),
        pages.websocket_connect(STREAM, headers=FRIEND),
        pages.websocket_connect(STREAM, headers=FRIEND),
    ):
        assert opens(pages, FRIEND)


def test_what_the_pages_of_one_address_send_is_taken_at_a_bounded_pace_and_no_other_waits() -> None:
    """ASVS 2.4.1: each message may start a run of a page, beside those that still run."""
    pace, now = Pace(), 1000.0
    assert [pace.wait("stranger", now) for _ in range(AT_ONCE)] == pytest.approx([0.0] * AT_ONCE)
    waits = [pace.wait("stranger", now) for _ in range(600)]
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(600 / MESSAGES_PER_SECOND)
    assert pace.wait("other", now) == 0
    assert pace.wait("stranger", now + 3600) == 0


def test_addresses_that_are_gone_are_forgotten() -> None:
    pace = Pace()
    for number in range(5000):
        pace.wait(str(number), float(number))
    assert len(vars(pace)["_free"]) <= 1001


def test_a_page_that_sends_too_much_hears_of_all_of_it_one_after_another(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is signed in is counted as a person: a class in its exam may share an address, too."""
    asked: list[str] = []

    def counted(_: Pace, source: str, _now: float) -> float:
        asked.append(source)
        return 0.0

    monkeypatch.setattr(Pace, "wait", counted)

    async def echo(socket: WebSocket) -> None:
        await socket.accept()
        async for text in socket.iter_text():
            await socket.send_text(text)

    middleware = [Middleware(ClientAddress, trusted=["10.0.0.0/8"]), Middleware(PageCrowd, services=world.services, most=2)]
    app = Starlette(routes=[WebSocketRoute(STREAM, echo)], middleware=middleware)
    with TestClient(app, client=("10.0.0.7", 4711)) as client, client.websocket_connect(STREAM, headers=FRIEND) as socket:
        for number in range(5):
            socket.send_text(str(number))
        assert [socket.receive_text() for _ in range(5)] == ["0", "1", "2", "3", "4"]
    assert asked == ["198.51.100.1"] * 5
    asked.clear()
    world.register()
    headers = FRIEND | cookie_of(world)
    with TestClient(app, client=("10.0.0.7", 4711)) as client, client.websocket_connect(STREAM, headers=headers) as socket:
        socket.send_text("signed in")
        assert socket.receive_text() == "signed in"
    assert asked == [world.services.auth.login("ada@example.com", PASSWORD).user.id]
