"""Files for the pages: nobody without a login can fill the memory of the server, and nobody with one can do it at will."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from api.middleware.page_uploads import PageUploads
from auth.errors import NotSignedIn
from tests.api.conftest import PASSWORD, Start, World

PATH = "/_stcore/upload_file/9d2c4373/f1"
OWN = {"Sec-Fetch-Site": "same-origin"}
MEGABYTE = 1_000_000


@pytest.fixture
def world(start: Start) -> World:
    return start(limits={"page_megabytes": "10/5minutes"})


@pytest.fixture
def pages(world: World) -> Iterator[TestClient]:
    """Yield what stands for Streamlit behind the middleware; it keeps what it is given."""

    async def keep(request: Request) -> Response:
        await request.body()
        return Response(status_code=204)

    app = Starlette(
        routes=[Route(PATH, keep, methods=["PUT", "DELETE", "OPTIONS"]), Route("/_stcore/health", keep)],
        middleware=[Middleware(PageUploads, services=world.services, largest=5 * MEGABYTE)],
    )
    with TestClient(app) as client:
        yield client


def cookie_of(world: World) -> dict[str, str]:
    """Sign in as a page does and return the login cookie as a header."""
    signed_in = world.services.auth.login("ada@example.com", PASSWORD)
    code = world.services.auth.start_handoff(signed_in.session.id)
    answer = world.client.post("/auth/browser/session", json={"code": code}, headers=OWN)
    return {"Cookie": f"viva={answer.cookies['viva']}"}


def test_nobody_without_a_login_can_hand_a_file_to_the_pages(world: World, pages: TestClient) -> None:
    """ASVS 2.4.1: a tab of the sign-in page may not fill the memory."""
    login = world.register()
    for headers in ({}, {"Cookie": "viva=made-up"}, world.bearer(login["token"])):
        answer = pages.put(PATH, content=b"x", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "NOT_AUTHENTICATED")
    assert pages.get("/_stcore/health").status_code == 204


def test_who_is_signed_in_can_and_only_until_the_session_ends(world: World, pages: TestClient) -> None:
    world.register()
    cookie = cookie_of(world)
    assert pages.put(PATH, content=b"x", headers=cookie).status_code == 204
    world.services.auth.logout(world.services.auth.session_from_cookie(cookie["Cookie"].partition("=")[2]))
    with pytest.raises(NotSignedIn):
        world.services.auth.session_from_cookie(cookie["Cookie"].partition("=")[2])
    assert pages.put(PATH, content=b"x", headers=cookie).status_code == 401


def test_one_person_hands_over_only_so_much_at_a_time(world: World, pages: TestClient) -> None:
    """ASVS 2.4.1."""
    world.register()
    cookie = cookie_of(world)
    assert pages.put(PATH, content=b"x" * (4 * MEGABYTE), headers=cookie).status_code == 204
    assert pages.put(PATH, content=b"x" * (4 * MEGABYTE), headers=cookie).status_code == 204
    refused = pages.put(PATH, content=b"x", headers=cookie)
    assert (refused.status_code, refused.json()["code"]) == (429, "RATE_LIMITED")
    assert int(refused.headers["retry-after"]) > 0


def test_an_upload_that_does_not_say_its_size_counts_as_the_largest(world: World, pages: TestClient) -> None:
    world.register()
    cookie = cookie_of(world)
    statuses = [pages.put(PATH, content=iter([b"x"]), headers=cookie).status_code for _ in range(2)]
    assert statuses == [204, 429]
