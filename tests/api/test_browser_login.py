"""The routes that give a browser its login and take it away: only for pages of this site, only with a fresh code, only once."""

import pytest

from auth.errors import NotSignedIn
from auth.flows.register import RegisterForm
from tests.api.conftest import PASSWORD, Start, World

OURS = {"Sec-Fetch-Site": "same-origin"}


def fresh_code(world: World) -> str:
    form = RegisterForm(email="ada@example.com", password=PASSWORD, full_name="Ada Lovelace")
    signed_in = world.services.auth.register_and_sign_in(form, refreshable=False)
    return world.services.auth.start_handoff(signed_in.session.id)


def test_a_fresh_code_becomes_an_httponly_cookie_that_is_a_login(world: World) -> None:
    """ASVS 3.3.2, 3.3.4, 7.2.3."""
    answer = world.client.post("/auth/browser/session", json={"code": fresh_code(world)}, headers=OURS)
    assert answer.status_code == 200
    login = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("viva="))
    assert "HttpOnly" in login
    assert "SameSite=lax" in login
    assert "Path=/" in login
    assert answer.headers["cache-control"] == "no-store"
    value = login.partition("=")[2].partition(";")[0]
    assert len(value) >= 43
    assert world.services.auth.session_from_cookie(value).user.email == "ada@example.com"
    assert value not in answer.text


def test_behind_https_the_cookies_are_secure_and_bound_to_the_host(start: Start) -> None:
    """ASVS 3.3.1, 3.3.3."""
    world = start(public_url="https://viva.example.org")
    answer = world.client.post("/auth/browser/session", json={"code": fresh_code(world)}, headers=OURS)
    cookies = answer.headers.get_list("set-cookie")
    assert {line.partition("=")[0] for line in cookies} == {"__Host-viva", "__Host-viva-device"}
    assert all("; Secure" in line and "domain=" not in line.lower() for line in cookies)


def test_a_code_works_once(world: World) -> None:
    code = fresh_code(world)
    assert world.client.post("/auth/browser/session", json={"code": code}, headers=OURS).status_code == 200
    again = world.client.post("/auth/browser/session", json={"code": code}, headers=OURS)
    assert again.status_code == 400
    assert "set-cookie" not in again.headers


def test_a_code_of_more_than_a_minute_ago_is_refused(world: World) -> None:
    code = fresh_code(world)
    world.clock.advance(seconds=61)
    assert world.client.post("/auth/browser/session", json={"code": code}, headers=OURS).status_code == 400


@pytest.mark.parametrize(
    "body", [{}, {"code": ""}, {"code": None}, {"code": "x" * 201}, {"code": ["a"]}, {"code": {"$gt": ""}}, [], "code"]
)
def test_nonsense_instead_of_a_code_sets_nothing(world: World, body: object) -> None:
    answer = world.client.post("/auth/browser/session", json=body, headers=OURS)
    assert answer.status_code in {400, 422}
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer anything"},
        {},
    ],
)
def test_another_site_can_neither_sign_a_browser_in_nor_out(world: World, headers: dict[str, str]) -> None:
    """ASVS 3.5.1, 7.6.2: login CSRF is refused."""
    code = fresh_code(world)
    refused = world.client.post("/auth/browser/session", json={"code": code}, headers=headers)
    assert refused.status_code == 403
    assert "set-cookie" not in refused.headers
    assert world.client.post("/auth/browser/end", json={}, headers=headers).status_code == 403
    assert world.client.post("/auth/browser/session", json={"code": code}, headers=OURS).status_code == 200


def test_a_browser_that_sends_only_an_origin_is_let_in_from_this_host(world: World) -> None:
    answer = world.client.post("/auth/browser/session", json={"code": fresh_code(world)}, headers={"Origin": world.url})
    assert answer.status_code == 200


def test_signing_out_ends_the_session_and_takes_the_cookie_away(world: World) -> None:
    """ASVS 7.4.1, 14.3.1."""
    world.client.post("/auth/browser/session", json={"code": fresh_code(world)}, headers=OURS)
    value = world.client.cookies["viva"]
    answer = world.client.post("/auth/browser/end", json={}, headers=OURS)
    assert answer.status_code == 200
    assert "storage" in answer.headers["clear-site-data"]
    assert "viva" not in world.client.cookies
    assert "viva-device" in world.client.cookies
    with pytest.raises(NotSignedIn):
        world.services.auth.session_from_cookie(value)


def test_signing_out_without_a_login_is_fine(world: World) -> None:
    assert world.client.post("/auth/browser/end", json={}, headers=OURS).status_code == 200


@pytest.mark.parametrize("path", ["/auth/browser/session", "/auth/browser/end"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_a_link_or_an_image_changes_nothing(world: World, path: str, method: str) -> None:
    """ASVS 3.5.3: no change of state by GET."""
    assert world.client.request(method, path, headers=OURS).status_code == 405


def test_the_cookie_changes_with_each_login_and_the_former_is_dead(world: World) -> None:
    """ASVS 7.2.4: no fixation."""
    world.client.post("/auth/browser/session", json={"code": fresh_code(world)}, headers=OURS)
    first = world.client.cookies["viva"]
    who = world.services.auth.session_from_cookie(first)
    code = world.services.auth.start_handoff(who.session.id)
    world.client.post("/auth/browser/session", json={"code": code}, headers=OURS)
    assert world.client.cookies["viva"] != first
    with pytest.raises(NotSignedIn):
        world.services.auth.session_from_cookie(first)
