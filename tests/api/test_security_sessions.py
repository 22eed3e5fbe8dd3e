"""What ends a login ends it for the very next request; who may do what is asked every time."""

from collections.abc import Callable
from typing import Any

import pytest

from auth.flows import admin
from core.errors import StoreUnavailable
from db_sqlite.sessions import SqliteSessions
from tests.api.conftest import PASSWORD, Start, World

NEW = "An0ther-long-phrase"


def me(world: World, token: str) -> int:
    return world.client.get("/api/users/me", headers=world.bearer(token)).status_code


def sign_in(world: World, email: str = "ada@example.com", password: str = PASSWORD) -> dict[str, Any]:
    answer = world.client.post("/login", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.fixture
def boss(world: World) -> dict[str, str]:
    world.register("boss@example.com", name="Grace Hopper")
    admin.promote(world.services.auth.kit, "boss@example.com")
    return world.bearer(sign_in(world, "boss@example.com")["token"])


def by_admin(act: str) -> Callable[[World, dict[str, Any], dict[str, str]], None]:
    def end(world: World, login: dict[str, Any], boss: dict[str, str]) -> None:
        method, _, path = act.partition(" ")
        world.client.request(method, path.format(id=login["user_id"]), headers=boss).raise_for_status()

    return end


@pytest.mark.parametrize(
    "act",
    [
        "POST /api/v1/admin/users/{id}/disable",
        "POST /api/v1/admin/users/{id}/compromised",
        "DELETE /api/v1/admin/users/{id}/sessions",
        "DELETE /api/v1/admin/sessions",
    ],
)
def test_what_an_administrator_ends_is_over_at_the_next_request(world: World, boss: dict[str, str], act: str) -> None:
    """ASVS 7.4.2, 7.4.5."""
    login = world.register()
    assert me(world, login["token"]) == 200
    by_admin(act)(world, login, boss)
    assert me(world, login["token"]) == 401
    assert world.client.post("/api/v1/auth/refresh", json={"refresh_token": login["refresh_token"]}).status_code == 401


def test_changing_the_password_ends_every_other_login_at_once(world: World) -> None:
    """ASVS 7.4.3, 6.2.3."""
    others = [world.register(), sign_in(world)]
    mine = sign_in(world)
    world.clock.advance(seconds=1)
    body = {"current_password": PASSWORD, "new_password": NEW, "confirm_password": NEW}
    fresh = world.client.post("/api/v1/auth/password/change", json=body, headers=world.bearer(mine["token"])).json()
    assert me(world, fresh["access_token"]) == 200
    assert [me(world, login["token"]) for login in (*others, mine)] == [401, 401, 401]
    assert world.client.post("/login", json={"email": "ada@example.com", "password": PASSWORD}).status_code == 401


def test_a_compromised_password_must_be_changed_before_anything_else(world: World, boss: dict[str, str]) -> None:
    """NIST SP 800-63B-4, 3.1.1.2."""
    by_admin("POST /api/v1/admin/users/{id}/compromised")(world, world.register(), boss)
    login = sign_in(world)
    for path in ("/profile", "/api/history", "/api/users/me", "/api/v1/auth/sessions"):
        answer = world.client.get(path, headers=world.bearer(login["token"]))
        assert (answer.status_code, answer.json()["code"]) == (403, "PASSWORD_CHANGE_REQUIRED")
    body = {"current_password": PASSWORD, "new_password": NEW}
    fresh = world.client.post("/api/v1/auth/password/change", json=body, headers=world.bearer(login["token"])).json()
    assert me(world, fresh["access_token"]) == 200


def test_a_disabled_person_cannot_come_back_until_enabled(world: World, boss: dict[str, str]) -> None:
    """ASVS 7.4.2. Who does not know the password learns nothing about it."""
    login = world.register()
    by_admin("POST /api/v1/admin/users/{id}/disable")(world, login, boss)
    right = world.client.post("/login", json={"email": "ada@example.com", "password": PASSWORD})
    wrong = world.client.post("/login", json={"email": "ada@example.com", "password": "Wr0ng-password"})
    assert (right.status_code, right.json()["code"]) == (401, "ACCOUNT_DISABLED")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "INVALID_CREDENTIALS")
    by_admin("POST /api/v1/admin/users/{id}/enable")(world, login, boss)
    assert me(world, sign_in(world)["token"]) == 200
    assert me(world, login["token"]) == 401


def test_a_new_role_counts_for_the_next_request_with_the_same_token(world: World, boss: dict[str, str]) -> None:
    """ASVS 8.3.2."""
    login = world.register()
    path = f"/api/v1/admin/users/{login['user_id']}/role"
    assert world.client.get("/api/v1/admin/users", headers=world.bearer(login["token"])).status_code == 403
    world.client.put(path, json={"role": "admin"}, headers=boss).raise_for_status()
    token = login["token"] if me(world, login["token"]) == 200 else sign_in(world)["token"]
    assert world.client.get("/api/v1/admin/users", headers=world.bearer(token)).status_code == 200
    world.client.put(path, json={"role": "learner"}, headers=boss).raise_for_status()
    assert world.client.get("/api/v1/admin/users", headers=world.bearer(token)).status_code in {401, 403}


def test_no_route_of_the_administration_is_open_to_anybody_else(world: World) -> None:
    """ASVS 8.2.1."""
    learner = world.bearer(world.register()["token"])
    teacher = world.register("tess@example.com", name="Tess")
    kit = world.services.auth.kit
    world.register("boss@example.com", name="Grace Hopper")
    admin.promote(kit, "boss@example.com")
    boss = world.bearer(sign_in(world, "boss@example.com")["token"])
    world.client.put(f"/api/v1/admin/users/{teacher['user_id']}/role", json={"role": "teacher"}, headers=boss).raise_for_status()
    taught = world.bearer(sign_in(world, "tess@example.com")["token"])
    bodies: dict[str, Any] = {"role": {"role": "admin"}, "invites": {"email": "x@example.com"}}
    routes = [
        (method.upper(), path.format(user_id=teacher["user_id"], invite_id="inv_1"))
        for path, methods in world.client.get("/openapi.json").json()["paths"].items()
        if path.startswith("/api/v1/admin")
        for method in methods
    ]
    assert len(routes) > 15
    for method, path in routes:
        body = bodies.get(path.rpartition("/")[2], {})
        assert world.client.request(method, path, json=body).status_code == 401, path
        for headers in (learner, taught):
            assert world.client.request(method, path, json=body, headers=headers).status_code == 403, path
    assert world.client.get("/profile", headers=learner).json()["role"] == "learner"


@pytest.mark.parametrize("path", ["/register", "/api/auth/register", "/api/v1/auth/signup", "/api/v1/accounts/register/"])
def test_nobody_registers_with_rights_of_their_own_choice(world: World, path: str) -> None:
    """ASVS 15.3.3, 8.2.3."""
    wanted: dict[str, Any] = {
        "email": "ada@example.com",
        "username": "ada_l",
        "name": "Ada",
        **dict.fromkeys(("password", "confirm_password", "password1", "password2"), PASSWORD),
        "role": "admin",
        "roles": ["admin"],
        "is_verified": True,
        "verified": True,
        "is_active": False,
        "is_admin": True,
        "id": "usr_chosen",
        "permissions": ["accounts:manage"],
    }
    assert world.client.post(path, json=wanted).status_code == 201
    profile = world.client.get("/profile", headers=world.bearer(sign_in(world)["token"])).json()
    assert (profile["role"], profile["is_verified"], profile["is_active"]) == ("learner", False, True)
    assert profile["id"] != "usr_chosen"


def test_a_profile_change_cannot_raise_anybody(world: World) -> None:
    """ASVS 15.3.3."""
    login = world.register()
    wanted = {"role": "admin", "is_verified": True, "email": "other@example.com", "must_change_password": True, "id": "x"}
    before = world.client.get("/profile", headers=world.bearer(login["token"])).json()
    world.client.put("/profile", json=wanted, headers=world.bearer(login["token"])).raise_for_status()
    after = world.client.get("/profile", headers=world.bearer(login["token"])).json()
    assert {**after, "updated_at": ""} == {**before, "updated_at": ""}


def test_people_see_and_end_their_own_sessions_and_nobody_elses(world: World) -> None:
    """ASVS 7.5.2."""
    first, second = world.register(), sign_in(world)
    stranger = world.register("eve@example.com", name="Eve")
    listed = world.client.get("/api/v1/auth/sessions", headers=world.bearer(second["token"]))
    assert sum(one["is_current"] for one in listed.json()) == 1
    assert len(listed.json()) == 2
    assert second["token"] not in listed.text
    assert second["refresh_token"] not in listed.text
    other = next(one["id"] for one in listed.json() if not one["is_current"])
    world.client.delete(f"/api/v1/auth/sessions/{other}", headers=world.bearer(stranger["token"]))
    assert me(world, first["token"]) == 200
    world.client.delete(f"/api/v1/auth/sessions/{other}", headers=world.bearer(second["token"])).raise_for_status()
    assert (me(world, first["token"]), me(world, second["token"])) == (401, 200)


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/{id}"), ("DELETE", ""), ("POST", "/../logout-all")])
def test_ending_other_sessions_needs_the_password_once_the_login_is_old(world: World, method: str, path: str) -> None:
    """ASVS 7.5.2: and the fault says so, in the one error body; wrong passwords run into a limit and end nothing."""
    first, second = world.register(), sign_in(world)
    headers = world.bearer(second["token"])
    other = next(one["id"] for one in world.client.get("/api/v1/auth/sessions", headers=headers).json() if not one["is_current"])
    url = "/api/v1/auth/logout-all" if "logout" in path else "/api/v1/auth/sessions" + path.format(id=other)
    world.clock.advance(minutes=11)
    for body in (None, {}, {"current_password": None}, {"current_password": "Wr0ng-password"}):
        refused = world.client.request(method, url, json=body, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "REAUTHENTICATION_REQUIRED")
        assert [fault["field"] for fault in refused.json()["details"]] == ["current_password"]
    assert world.client.request(method, url, json={"current_password": 7}, headers=headers).status_code == 422
    assert (me(world, first["token"]), me(world, second["token"])) == (200, 200)
    ended = world.client.request(method, url, json={"current_password": PASSWORD}, headers=headers)
    assert (ended.status_code, ended.json()["ended"]) == (200, 2 if "logout" in path else 1)
    assert me(world, first["token"]) == 401


def test_guessing_the_password_while_ending_sessions_is_limited(start: Start) -> None:
    """ASVS 6.3.1, 6.1.3."""
    world = start(limits={"signup": "", "login_ip": ""})
    first, second = world.register(), sign_in(world)
    world.clock.advance(minutes=11)
    tried = [
        world.client.request("DELETE", "/api/v1/auth/sessions", json={"current_password": "Wr0ng"}, headers=world.bearer(second["token"]))
        for _ in range(12)
    ]
    assert [answer.status_code for answer in tried] == [403] * 10 + [429] * 2
    assert int(tried[-1].headers["retry-after"]) > 0
    assert (me(world, first["token"]), me(world, second["token"])) == (200, 200)


def test_signing_out_of_this_session_asks_for_nothing_however_old_it_is(world: World) -> None:
    login = world.register()
    world.clock.advance(minutes=14)
    world.client.post("/api/v1/auth/logout", headers=world.bearer(login["token"])).raise_for_status()
    assert me(world, login["token"]) == 401


def test_a_session_ends_after_a_week_without_use_and_after_a_month_of_use(world: World) -> None:
    """ASVS 7.3.1, 7.3.2."""
    login = world.register()
    world.clock.advance(days=7, seconds=1)
    assert world.client.post("/api/v1/auth/refresh", json={"refresh_token": login["refresh_token"]}).status_code == 401
    used = sign_in(world)
    for _ in range(5):
        world.clock.advance(days=5, hours=23)
        answer = world.client.post("/api/v1/auth/refresh", json={"refresh_token": used["refresh_token"]})
        assert answer.status_code == 200
        used = answer.json()
    world.clock.advance(days=1)
    assert world.client.post("/api/v1/auth/refresh", json={"refresh_token": used["refresh_token"]}).status_code == 401


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/auth/password/change", {"current_password": "Wr0ng-password", "new_password": NEW}),
        ("/api/v1/auth/email/change", {"current_password": "Wr0ng-password", "new_email": "new@example.com"}),
        ("/api/v1/account/delete", {"current_password": "Wr0ng-password"}),
    ],
)
def test_what_cannot_be_undone_asks_for_the_current_password(world: World, path: str, body: dict[str, str]) -> None:
    """ASVS 7.5.1, 7.5.3, 6.2.3."""
    headers = world.bearer(world.register()["token"])
    answer = world.client.post(path, json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "REAUTHENTICATION_REQUIRED")
    del body["current_password"]
    assert world.client.post(path, json=body, headers=headers).status_code == 422
    assert world.client.get("/profile", headers=headers).json()["email"] == "ada@example.com"
    sign_in(world)


@pytest.mark.parametrize("local", [True, False], ids=["stores here", "stores elsewhere"])
def test_a_use_is_noted_once_a_minute_and_puts_off_the_idle_end(start: Start, local: bool) -> None:
    """ASVS 7.3.1."""
    world = start(local=local)
    token = world.register()["token"]

    def last_seen() -> str:
        (session,) = world.client.get("/api/v1/auth/sessions", headers=world.bearer(token)).json()
        return str(session["last_seen_at"])

    first = last_seen()
    world.clock.advance(seconds=59)
    assert last_seen() == first
    world.clock.advance(seconds=1)
    assert me(world, token) == 200
    assert last_seen() > first


@pytest.mark.parametrize("local", [True, False], ids=["stores here", "stores elsewhere"])
def test_on_a_full_disk_people_still_read_what_they_have(start: Start, monkeypatch: pytest.MonkeyPatch, local: bool) -> None:
    world = start(local=local)
    token = world.register()["token"]
    touch = SqliteSessions.touch

    def full(*_: object, **__: object) -> None:
        raise StoreUnavailable("The disk is full.")

    world.clock.advance(minutes=1)
    monkeypatch.setattr(SqliteSessions, "touch", full)
    assert me(world, token) == 200
    assert world.client.get("/api/history", headers=world.bearer(token)).status_code == 200
    monkeypatch.setattr(SqliteSessions, "touch", touch)
    assert me(world, token) == 200
    (session,) = world.client.get("/api/v1/auth/sessions", headers=world.bearer(token)).json()
    assert session["last_seen_at"] > session["created_at"]
