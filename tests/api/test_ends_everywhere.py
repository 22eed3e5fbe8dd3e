"""Whatever ends a login ends it in every dialect for the very next request, on open sockets and for streams too."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from auth.flows import admin
from tests.api.conftest import PASSWORD, World

EMAIL = "ada@example.com"
NEW = "An0ther-long-phrase"
Act = Callable[[World, dict[str, Any]], None]


def signing_out(path: str) -> Act:
    def act(world: World, login: dict[str, Any]) -> None:
        world.client.post(path, headers=world.bearer(login["token"])).raise_for_status()

    return act


def signing_out_by_the_body(world: World, login: dict[str, Any]) -> None:
    world.client.post("/logout", json={"token": login["token"]}).raise_for_status()


def with_another_login(world: World) -> dict[str, str]:
    answer = world.client.post("/login", json={"email": EMAIL, "password": PASSWORD})
    return world.bearer(answer.json()["token"])


def changing_the_password(world: World, _login: dict[str, Any]) -> None:
    headers = with_another_login(world)
    world.clock.advance(seconds=1)
    body = {"current_password": PASSWORD, "new_password": NEW}
    world.client.post("/api/v1/auth/password/change", json=body, headers=headers).raise_for_status()


def resetting_the_password(world: World, _login: dict[str, Any]) -> None:
    world.client.post("/api/v1/auth/password/forgot", json={"email": EMAIL}).raise_for_status()
    body = {"token": world.token_in("password_reset"), "password": NEW}
    world.client.post("/api/v1/auth/password/reset", json=body).raise_for_status()


def ending_the_other_sessions(world: World, _login: dict[str, Any]) -> None:
    world.client.delete("/api/v1/auth/sessions", headers=with_another_login(world)).raise_for_status()


def deleting_the_account(world: World, login: dict[str, Any]) -> None:
    headers = world.bearer(login["token"])
    world.client.post("/api/v1/account/delete", json={"current_password": PASSWORD}, headers=headers).raise_for_status()


def an_administrator(method: str, path: str) -> Act:
    def act(world: World, login: dict[str, Any]) -> None:
        boss = world.register("boss@example.com", name="Grace Hopper")
        admin.promote(world.services.auth.kit, "boss@example.com")
        token = world.client.post("/login", json={"email": "boss@example.com", "password": PASSWORD}).json()["token"]
        assert token != boss["token"]
        world.client.request(method, path.format(id=login["user_id"]), headers=world.bearer(token)).raise_for_status()

    return act


ACTS: dict[str, Act] = {
    "logout of the registration flow": signing_out("/logout"),
    "logout by the body": signing_out_by_the_body,
    "logout of the accounts dialect": signing_out("/api/v1/accounts/logout/"),
    "logout": signing_out("/api/v1/auth/logout"),
    "logout everywhere": signing_out("/api/v1/auth/logout-all"),
    "other sessions ended": ending_the_other_sessions,
    "password changed": changing_the_password,
    "password reset": resetting_the_password,
    "account deleted": deleting_the_account,
    "account disabled": an_administrator("POST", "/api/v1/admin/users/{id}/disable"),
    "password known to others": an_administrator("POST", "/api/v1/admin/users/{id}/compromised"),
    "sessions ended by an administrator": an_administrator("DELETE", "/api/v1/admin/users/{id}/sessions"),
    "everybody signed out": an_administrator("DELETE", "/api/v1/admin/sessions"),
}


def asked(message_id: str, session_id: str) -> list[tuple[str, str, dict[str, Any] | None]]:
    """One request of each dialect and of each part."""
    return [
        ("GET", "/profile", None),
        ("PUT", "/profile", {"name": "Eve"}),
        ("GET", "/api/users/me", None),
        ("GET", "/api/history", None),
        ("POST", "/api/chat", {"message": "Hello"}),
        ("POST", "/api/chat/stream", {"message": "Hello"}),
        ("GET", f"/api/chat/stream/{message_id}", None),
        ("POST", "/api/v1/chat/", {"message": "Hello", "session_id": session_id}),
        ("GET", "/api/v1/chat/chats-history/", None),
        ("GET", f"/api/v1/chat/chats/{session_id}/", None),
        ("GET", "/api/v1/exams", None),
        ("GET", "/api/v1/auth/sessions", None),
        ("GET", "/api/v1/account/export", None),
        ("POST", "/logout", None),
        ("POST", "/api/v1/accounts/logout/", None),
        ("POST", "/api/v1/auth/logout", None),
    ]


@pytest.mark.parametrize("act", ACTS)
def test_the_next_request_in_every_dialect_and_on_an_open_socket_is_refused(world: World, act: str) -> None:
    """ASVS 7.4.1, 7.4.2, 7.4.3."""
    login = world.register()
    headers = world.bearer(login["token"])
    said = world.client.post("/api/chat", json={"message": "Hello"}, headers=headers).json()
    address = f"{world.url.replace('http', 'ws')}/api/chat/ws"
    with (
        connect(address, additional_headers=headers, proxy=None) as by_header,
        connect(f"{address}?token={login['token']}", proxy=None) as by_query,
    ):
        ACTS[act](world, login)
        for socket in (by_header, by_query):
            socket.send('{"message": "Am I still here?"}')
            assert json.loads(socket.recv(timeout=20))["code"] == "NOT_AUTHENTICATED"
            with pytest.raises(ConnectionClosed):
                socket.recv(timeout=20)
    for method, path, body in asked(said["message_id"], said["session_id"]):
        for scheme in ("Bearer", "Token"):
            answer = world.client.request(method, path, json=body, headers={"Authorization": f"{scheme} {login['token']}"})
            assert (answer.status_code, answer.json()["code"]) == (401, "NOT_AUTHENTICATED"), (method, path)
    for where, sent in ((address, headers), (f"{address}?token={login['token']}", {})):
        with pytest.raises(InvalidStatus):
            connect(where, additional_headers=sent, proxy=None)
    answer = world.client.post("/api/v1/auth/refresh", json={"refresh_token": login["refresh_token"]})
    assert answer.status_code == 401
    stored = world.services.chat.history(login["user_id"]).items
    assert all(conversation.message_count <= 2 for conversation in stored)


def test_no_route_that_asks_for_a_login_takes_a_token_after_signing_out(world: World) -> None:
    """Every operation of the document that names a security scheme."""
    token = world.register()["token"]
    document = world.client.get("/openapi.json").json()
    world.client.post("/logout", headers=world.bearer(token)).raise_for_status()
    tried = 0
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if not operation.get("security"):
                continue
            tried += 1
            address = re.sub(r"\{\w+\}", "x", path)
            sent: dict[str, Any] = {"json": {}} if "requestBody" in operation else {}
            answer = world.client.request(method.upper(), address, headers=world.bearer(token), **sent)
            assert answer.status_code == 401, (method, path, answer.text)
            assert answer.headers["www-authenticate"] == "Bearer"
    assert tried >= 70


def test_a_new_role_counts_at_once_on_every_route_of_the_administration(world: World) -> None:
    """ASVS 8.3.2. Whether the token goes on or not, the old right is gone."""
    login = world.register()
    admin.promote(world.services.auth.kit, EMAIL)
    token = world.client.post("/login", json={"email": EMAIL, "password": PASSWORD}).json()["token"]
    paths = [path for path in world.client.get("/openapi.json").json()["paths"] if path.startswith("/api/v1/admin/") and "{" not in path]
    reading = [path for path in paths if world.client.get(path, headers=world.bearer(token)).status_code == 200]
    assert len(reading) >= 5
    an_administrator("GET", "/api/v1/admin/users/{id}")(world, login)
    boss = world.client.post("/login", json={"email": "boss@example.com", "password": PASSWORD}).json()["token"]
    change = f"/api/v1/admin/users/{login['user_id']}/role"
    world.client.put(change, json={"role": "learner"}, headers=world.bearer(boss)).raise_for_status()
    for path in reading:
        assert world.client.get(path, headers=world.bearer(token)).status_code in {401, 403}
    assert world.client.put(change, json={"role": "admin"}, headers=world.bearer(token)).status_code in {401, 403}
