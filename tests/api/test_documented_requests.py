"""Unusual but legal requests to the documented routes, and the answers that the documents and the rulings promise."""

import json
from typing import Any

import pytest

from auth.flows import admin
from tests.api.conftest import PASSWORD, World

EMAIL = "ada@example.com"
NEW: dict[str, dict[str, Any]] = {
    "/register": {"email": EMAIL, "password": PASSWORD, "confirm_password": PASSWORD, "name": "Ada Lovelace"},
    "/api/auth/register": {"email": EMAIL, "password": PASSWORD},
    "/api/v1/accounts/register/": {"email": EMAIL, "username": "ada_l", "password1": PASSWORD, "password2": PASSWORD},
    "/api/v1/auth/signup": {"email": EMAIL, "password": PASSWORD},
}
PASSWORDS = {"/api/v1/accounts/register/": ("password1", "password2"), "/register": ("password", "confirm_password")}
LOGINS: dict[str, dict[str, Any]] = {
    "/login": {"email": EMAIL, "password": PASSWORD},
    "/api/auth/login": {"email": EMAIL, "password": PASSWORD},
    "/api/v1/accounts/login/": {"username": EMAIL, "password": PASSWORD},
}


def with_password(path: str, text: str) -> dict[str, Any]:
    return NEW[path] | dict.fromkeys(PASSWORDS.get(path, ("password",)), text)


@pytest.mark.parametrize("path", NEW)
@pytest.mark.parametrize("password", ["", "Ab1cdef", ("Ab1" * 43)[:129], "Ab1" * 1000])
def test_a_password_outside_8_to_128_characters_breaks_a_rule_however_far(world: World, path: str, password: str) -> None:
    answer = world.client.post(path, json=with_password(path, password))
    assert answer.status_code == (422 if path.endswith("/signup") else 400), answer.text
    named = {problem["field"] for problem in answer.json()["details"]}
    assert PASSWORDS.get(path, ("password",))[0] in named
    assert world.services.auth.kit.stores.accounts.count() == 0


@pytest.mark.parametrize("path", NEW)
@pytest.mark.parametrize("length", [8, 128])
def test_a_password_of_8_or_128_characters_is_taken(world: World, path: str, length: int) -> None:
    text = ("Kx7" * 43)[:length]
    assert world.client.post(path, json=with_password(path, text)).status_code == 201
    assert world.client.post("/login", json={"email": EMAIL, "password": text}).status_code == 200


@pytest.mark.parametrize("path", NEW)
@pytest.mark.parametrize(
    "email", ["", " ", "ada", "ada@", "@example.com", "a b@example.com", "a" * 400 + "@example.com", "ada@example.com\n\n, b@c.de"]
)
def test_what_is_no_address_breaks_the_rule_of_addresses(world: World, path: str, email: str) -> None:
    answer = world.client.post(path, json=NEW[path] | {"email": email})
    assert answer.status_code == (422 if path.endswith("/signup") else 400), answer.text
    assert [problem["field"] for problem in answer.json()["details"]] == ["email"]


@pytest.mark.parametrize("path", NEW)
def test_spaces_around_and_letter_case_of_an_address_make_no_second_account(world: World, path: str) -> None:
    first = world.client.post(path, json=NEW[path] | {"email": f"  {EMAIL} "})
    assert first.status_code == 201
    assert first.json()["email"] == EMAIL
    again = world.client.post(path, json=NEW[path] | {"email": EMAIL.upper()})
    assert again.status_code == (400 if "accounts" in path else 409)
    assert again.json()["code"] == "EMAIL_ALREADY_REGISTERED"
    assert world.services.auth.kit.stores.accounts.count() == 1


@pytest.mark.parametrize("path", NEW)
def test_fields_that_nobody_asked_for_change_nothing(world: World, path: str) -> None:
    more = {"id": 1, "role": "admin", "is_verified": True, "is_active": False, "is_staff": True, "deleted_at": "2020-01-01"}
    answer = world.client.post(path, json=NEW[path] | more)
    assert answer.status_code == 201
    token = world.client.post("/login", json=LOGINS["/login"]).json()["token"]
    profile = world.client.get("/profile", headers=world.bearer(token)).json()
    assert (profile["role"], profile["is_verified"], profile["is_active"]) == ("learner", False, True)


@pytest.mark.parametrize("path", [*NEW, *LOGINS])
@pytest.mark.parametrize("value", [None, 12345678, True, ["a"], {"$gt": ""}])
def test_a_field_of_the_wrong_type_is_a_422_that_names_it(world: World, path: str, value: object) -> None:
    body = NEW.get(path) or LOGINS[path]
    for field in body:
        answer = world.client.post(path, json=body | {field: value})
        if path == "/api/auth/login" and field == "email" and value is None:
            assert answer.json()["details"] == [{"field": "email", "message": "This field is required."}]
        assert answer.status_code == 422, answer.text
        assert [problem["field"] for problem in answer.json()["details"]] == [field]


@pytest.mark.parametrize("path", [*NEW, *LOGINS])
def test_every_missing_field_is_named(world: World, path: str) -> None:
    answer = world.client.post(path, json={})
    needed = set(NEW.get(path) or LOGINS[path])
    assert answer.status_code == 422
    assert {problem["field"] for problem in answer.json()["details"]} == needed
    assert {problem["message"] for problem in answer.json()["details"]} == {"This field is required."}


@pytest.mark.parametrize("path", [*NEW, *LOGINS])
def test_json_is_read_with_a_charset_and_refused_under_another_type(world: World, path: str) -> None:
    if path in LOGINS:
        world.register()
    text = json.dumps(NEW.get(path) or LOGINS[path])
    for wrong in ("text/plain", "application/xml"):
        refused = world.client.post(path, content=text, headers={"Content-Type": wrong})
        assert refused.status_code == (200 if path == "/api/auth/login" else 422)  # which reads forms and takes the rest for JSON
    taken = world.client.post(path, content=text, headers={"Content-Type": "application/json; charset=utf-8"})
    assert taken.status_code in {200, 201}, taken.text


def test_no_message_of_an_error_names_our_own_classes(world: World) -> None:
    for body in ("[1]", '"x"', "1", "null"):
        for path in (*NEW, *LOGINS):
            answer = world.client.post(path, content=body, headers={"Content-Type": "application/json"})
            assert answer.status_code == 422
            assert [problem["field"] for problem in answer.json()["details"]] == ["body"]
            assert "instance" not in answer.text


def test_the_chatbots_login_wants_an_address_by_form_and_by_json(world: World) -> None:
    world.client.post("/api/auth/register", json=NEW["/api/auth/register"] | {"username": "ada_l"}).raise_for_status()
    for name in ("ada_l", "not an address", "a@b@c", "ada@"):
        for asked in ({"data": {"username": name, "password": PASSWORD}}, {"json": {"email": name, "password": PASSWORD}}):
            answer = world.client.post("/api/auth/login", **asked)  # type: ignore[arg-type]  # two ways to send
            assert answer.status_code == 400, answer.text
            assert answer.json()["details"] == [{"field": "email", "message": "Please enter a valid email address, like name@example.com."}]
    form = {"grant_type": "password", "username": f" {EMAIL.upper()} ", "password": PASSWORD, "scope": "", "client_id": ""}
    assert world.client.post("/api/auth/login", data=form).status_code == 200
    assert world.client.post("/api/auth/login", files={name: (None, text) for name, text in form.items()}).status_code == 200


def test_the_registration_login_takes_a_username_too_but_no_broken_address(world: World) -> None:
    world.register(username="ada_l")
    assert world.client.post("/login", json={"email": "ADA_L", "password": PASSWORD}).status_code == 200
    assert world.client.post("/login", json={"email": "nobody", "password": PASSWORD}).status_code == 401
    answer = world.client.post("/login", json={"email": "ada@@example.com", "password": PASSWORD})
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"email"}


@pytest.mark.parametrize(("path", "field"), [("/register", "name"), ("/api/auth/register", "name"), ("/api/v1/auth/signup", "full_name")])
def test_a_name_is_called_in_errors_as_it_is_called_in_requests(world: World, path: str, field: str) -> None:
    for bad in ("123", "<b>Ada</b>", "\U0001f600"):
        answer = world.client.post(path, json=NEW[path] | {field: bad})
        assert answer.status_code in {400, 422}
        assert [problem["field"] for problem in answer.json()["details"]] == [field]
    taken = world.client.post(path, json=NEW[path] | {field: "  " + "王" * 255 + "  "})
    assert taken.status_code == 201, taken.text
    assert taken.json()["name" if path == "/register" else "full_name"] == "王" * 255
    assert world.client.post(path, json=NEW[path] | {field: "a" * 256}).status_code == 422


def test_a_name_of_blanks_is_a_missing_name_where_a_name_is_needed(world: World) -> None:
    for blank in ("", "   "):
        answer = world.client.post("/register", json=NEW["/register"] | {"name": blank})
        assert answer.status_code == 422
        assert set(answer.json()["errors"]) == {"name"}
    assert world.services.auth.kit.stores.accounts.count() == 0


def test_a_profile_names_the_field_that_was_sent(world: World) -> None:
    headers = world.bearer(world.register()["token"])
    for field in ("name", "full_name", "first_name"):
        answer = world.client.put("/profile", json={field: "123"}, headers=headers)
        assert answer.status_code == 400
        assert set(answer.json()["errors"]) == {field}


@pytest.mark.parametrize("sent", [{"json": {}}, {"json": {"token": None}}, {"json": {"token": "another"}}, {"content": b""}, {}])
def test_signing_out_by_the_header_does_not_look_at_the_body(world: World, sent: dict[str, Any]) -> None:
    headers = world.bearer(world.register()["token"])
    answer = world.client.post("/logout", headers=headers, **sent)
    assert answer.status_code == 200
    assert set(answer.json()) == {"success", "message"}
    assert world.client.get("/profile", headers=headers).status_code == 401


def test_signing_out_without_a_token_anywhere_is_a_401(world: World) -> None:
    token = world.register()["token"]
    bodies: list[dict[str, Any]] = [{"json": {}}, {"json": {"token": None}}, {"json": {"token": "x.y.z"}}, {}]
    for sent in bodies:
        assert world.client.post("/logout", **sent).status_code == 401
    assert world.client.get("/profile", headers=world.bearer(token)).status_code == 200


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Token", "token"])
def test_both_schemes_are_read_in_any_case(world: World, scheme: str) -> None:
    token = world.register()["token"]
    for path in ("/profile", "/api/users/me", "/api/history", "/api/v1/chat/chats-history/", "/api/v1/exams"):
        assert world.client.get(path, headers={"Authorization": f"{scheme}  {token}"}).status_code == 200
        for bad in (token, f"Basic {token}", f"JWT {token}", scheme, f"{scheme} ", f"{scheme}{token}"):
            refused = world.client.get(path, headers={"Authorization": bad.strip()})
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"] == "Bearer"


def test_every_get_answers_a_head_without_a_body(world: World) -> None:
    headers = world.bearer(world.register()["token"])
    for path in (
        "/healthz",
        "/readyz",
        "/openapi.json",
        "/docs",
        "/profile",
        "/api/users/me",
        "/api/history",
        "/api/v1/chat/chats-history/",
    ):
        got, head = world.client.get(path, headers=headers), world.client.head(path, headers=headers)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == got.headers["content-type"]
        assert head.headers["x-request-id"]
    assert world.client.head("/profile").status_code == 401
    assert world.client.head("/api/nothing").status_code == 404
    assert world.client.head("/login").headers["location"] == "/sign-in"
    posting = world.client.head("/api/chat", headers=headers)
    assert (posting.status_code, posting.headers["allow"]) == (405, "POST")


def test_a_head_of_a_mail_scanner_confirms_nothing(world: World) -> None:
    headers = world.bearer(world.register()["token"])
    answer = world.client.head("/api/v1/auth/verify-email", params={"token": world.token_in("verification")})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
    assert world.client.get("/profile", headers=headers).json()["is_verified"] is False


def test_the_methods_of_an_address_are_listed_where_another_was_used(world: World) -> None:
    for path, allowed in (
        ("/register", "GET, HEAD, POST"),
        ("/profile", "GET, HEAD, PUT"),
        ("/logout", "POST"),
        ("/api/v1/accounts/login", "POST"),
        ("/api/v1/chat/chats/x/", "GET, HEAD"),
        ("/api/v1/exams/x", "DELETE, GET, HEAD"),
        ("/openapi.json", "GET, HEAD"),
        ("/docs", "GET, HEAD"),
    ):
        for method in ("PATCH", "OPTIONS", "TRACE"):
            answer = world.client.request(method, path)
            assert (answer.status_code, answer.headers["allow"]) == (405, allowed), path
            assert answer.json()["code"] == "METHOD_NOT_ALLOWED"


def test_the_sockets_address_tells_a_plain_request_what_it_is(world: World) -> None:
    answer = world.client.get("/api/chat/ws")
    assert (answer.status_code, answer.headers["upgrade"]) == (426, "websocket")
    assert answer.json()["code"] == "UPGRADE_REQUIRED"
    assert world.client.post("/api/chat/ws").status_code == 405


def test_a_connection_is_said_to_end_after_a_fault_of_ours(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = world.bearer(world.register()["token"])
    monkeypatch.setattr(type(world.services.auth), "list_sessions", lambda *_: 1 / 0)
    for _ in range(3):
        answer = world.client.get("/api/v1/auth/sessions", headers=headers)
        assert (answer.status_code, answer.headers["connection"]) == (500, "close")


def test_an_invite_to_an_empty_address_is_no_invite_for_everybody(world: World) -> None:
    headers = world.bearer(world.register()["token"])
    admin.promote(world.services.auth.kit, EMAIL)
    refused = world.client.post("/api/v1/admin/invites", json={"email": ""}, headers=headers)
    assert refused.status_code == 422
    assert world.client.get("/api/v1/admin/invites", headers=headers).json() == []


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("/register", {"name": "", "email": "a@example.org", "password": "x"}, "This is too short."),
        ("/api/v1/chat/delete", {"session_ids": []}, "This is too short."),
        ("/api/v1/chat/delete", {"session_ids": ["x"] * 501}, "This is too long."),
        ("/api/v1/chat/delete", {"session_ids": "x"}, "This must be a list."),
        ("/api/v1/chat/sessions/conv_x/shares", {"days": 0}, "This must be at least 1."),
        ("/api/v1/chat/sessions/conv_x/shares", {"days": 366}, "This must be at most 365."),
        ("/api/chat", {"message": "\ud800"}, "This holds characters that no text can have."),
    ],
)
def test_what_is_wrong_with_a_field_is_said_without_jargon(world: World, path: str, body: dict[str, object], message: str) -> None:
    answer = world.client.post(
        path, content=json.dumps(body), headers=world.bearer(world.register()["token"]) | {"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json()["details"][0]["message"] == message
