"""The documented account routes, each as its document shows it, over one user base."""

from typing import Any

import pytest

from tests.api.conftest import PASSWORD, World

TOKENS = {"access_token", "refresh_token", "token_type", "expires_in"}


def test_an_account_made_in_one_dialect_signs_in_through_all_others(world: World) -> None:
    """ASVS 6.1.3, 6.3.4: one way to prove who one is behind every documented path."""
    world.client.post(
        "/api/v1/accounts/register/",
        json={"username": "ada_l", "email": "ada@example.com", "password1": PASSWORD, "password2": PASSWORD},
    ).raise_for_status()
    logins: list[dict[str, Any]] = [
        world.client.post("/login", json={"email": "ada@example.com", "password": PASSWORD}).json(),
        world.client.post("/api/auth/login", json={"email": "ADA@example.com", "password": PASSWORD}).json(),
        world.client.post("/api/auth/login", data={"username": "ada@example.com", "password": PASSWORD}).json(),
        world.client.post("/api/v1/accounts/login/", json={"username": "ada_l", "password": PASSWORD}).json(),
        world.client.post("/api/v1/accounts/login", json={"username": "Ada_L", "password": PASSWORD}).json(),
    ]
    assert all(set(login) >= TOKENS for login in logins)
    assert len({login["user_id"] for login in logins}) == 1
    for login in logins:
        assert world.client.get("/api/users/me", headers={"Authorization": f"Token {login['access_token']}"}).json()["username"] == "ada_l"


def test_registration_answers_as_documented(world: World) -> None:
    answer = world.register()
    assert set(answer) >= {"user_id", "email", "name", "token", "message"} | TOKENS
    assert answer["name"] == "Ada Lovelace"
    assert answer["token"] == answer["access_token"]


def test_the_signup_endpoint_answers_the_public_profile_and_nothing_else(world: World) -> None:
    body = {"email": "user@example.com", "password": "securepassword", "full_name": " Ada Lovelace ", "listening_language": "fr"}
    answer = world.client.post("/api/v1/auth/signup", json=body)
    assert answer.status_code == 201
    found = answer.json()
    assert found | {"id": "", "created_at": "", "username": ""} == {
        "id": "",
        "email": "user@example.com",
        "full_name": "Ada Lovelace",
        "username": "",
        "speaking_language": "en",
        "listening_language": "fr",
        "is_active": True,
        "is_verified": False,
        "created_at": "",
    }
    assert found["created_at"].endswith("Z")
    assert world.letters()[0]["template"] == "verification"


def test_a_taken_email_is_a_409_with_the_documented_body(world: World) -> None:
    world.register("user@example.com")
    answer = world.client.post("/api/v1/auth/signup", json={"email": "User@Example.com", "password": "securepassword"})
    assert answer.status_code == 409
    message = "An account with this email already exists."
    assert answer.json() == {
        "status": "error",
        "code": "EMAIL_ALREADY_REGISTERED",
        "message": message,
        "details": [],
        "detail": message,
    }


def test_a_taken_name_is_a_400_with_a_field_list_in_the_accounts_dialect(world: World) -> None:
    world.register(username="ada_l")
    body = {"username": "ADA_L", "email": "other@example.com", "password1": PASSWORD, "password2": PASSWORD}
    answer = world.client.post("/api/v1/accounts/register/", json=body)
    assert answer.status_code == 400
    assert answer.json()["username"] == ["That username is already taken."]
    assert answer.json()["code"] == "USERNAME_TAKEN"


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("/register", {"email": "ada@example.com"}, 422, "password"),
        ("/register", {"email": "ada", "password": PASSWORD, "confirm_password": PASSWORD, "name": "Ada"}, 400, "email"),
        ("/register", {"email": "ada@example.com", "password": PASSWORD, "confirm_password": "x", "name": "Ada"}, 400, "confirm_password"),
        ("/register", {"email": "ada@example.com", "password": "short", "confirm_password": "short", "name": "Ada"}, 400, "password"),
        ("/register", {"email": "ada@example.com", "password": PASSWORD, "confirm_password": PASSWORD, "name": "123"}, 400, "name"),
        ("/api/auth/register", {"email": {"$gt": ""}, "password": PASSWORD}, 422, "email"),
        ("/api/auth/register", {"email": "ada@example.com", "password": "a" * 129}, 400, "password"),
        ("/api/v1/auth/signup", {"email": "ada", "password": PASSWORD}, 422, "email"),
        ("/api/v1/auth/signup", {"email": "ada@example.com", "password": "short"}, 422, "password"),
        ("/api/v1/auth/signup", {"email": "ada@example.com", "password": PASSWORD, "speaking_language": "zz-!!"}, 422, "speaking_language"),
        ("/api/v1/auth/signup", {"email": "ada@example.com", "password": PASSWORD, "full_name": "x" * 256}, 422, "full_name"),
    ],
)
def test_bad_input_names_the_field_and_creates_nothing(world: World, path: str, body: dict[str, Any], status: int, field: str) -> None:
    answer = world.client.post(path, json=body)
    assert answer.status_code == status, answer.text
    assert field in {problem["field"] for problem in answer.json()["details"]}
    assert answer.json()["status"] == "error"
    assert world.services.auth.kit.stores.accounts.count() == 0
    assert PASSWORD not in answer.text


def test_the_registration_dialect_adds_its_own_names_to_errors(world: World) -> None:
    answer = world.client.post("/register", json={"email": "ada", "password": "x", "confirm_password": "y", "name": "Ada"}).json()
    assert answer["success"] is False
    assert answer["error_code"] == "VALIDATION_ERROR"
    assert set(answer["errors"]) >= {"email", "password", "confirm_password"}


def test_a_password_without_a_digit_is_refused_with_the_documented_sentence(world: World) -> None:
    answer = world.client.post("/api/auth/register", json={"email": "ada@example.com", "password": "onlyletters"})
    assert {problem["message"] for problem in answer.json()["details"]} >= {
        "Password must contain uppercase letter",
        "Password must contain number",
    }


def test_a_profile_is_read_and_changed_and_preferences_are_merged(world: World) -> None:
    headers = world.bearer(world.register(preferences={"voice": "calm", "speed": 1})["token"])
    answer = world.client.put(
        "/profile", headers=headers, json={"name": "Ada King", "target_level": "B2", "preferences": {"speed": 2}, "role": "admin"}
    )
    assert answer.status_code == 200, answer.text
    profile = world.client.get("/profile", headers=headers).json()
    assert profile["name"] == "Ada King"
    assert profile["target_level"] == "B2"
    assert profile["preferences"] == {"voice": "calm", "speed": 2}
    assert profile["role"] == "learner"


@pytest.mark.parametrize("path", ["/logout", "/api/v1/accounts/logout/", "/api/v1/accounts/logout", "/api/v1/auth/logout"])
def test_a_token_is_dead_at_once_after_signing_out(world: World, path: str) -> None:
    login = world.register()
    headers = {"Authorization": f"Token {login['token']}"}
    assert world.client.get("/profile", headers=headers).status_code == 200
    assert world.client.post(path, headers=headers).json()["success"] is True
    assert world.client.get("/profile", headers=headers).status_code == 401
    assert world.client.post("/api/v1/auth/refresh", json={"refresh_token": login["refresh_token"]}).status_code == 401


def test_signing_out_by_query_or_by_get_does_nothing(world: World) -> None:
    token = world.register()["token"]
    assert world.client.post("/logout", params={"token": token}).status_code == 401
    assert world.client.get("/logout", headers=world.bearer(token)).status_code == 405
    assert world.client.get("/profile", headers=world.bearer(token)).status_code == 200


def test_a_browser_that_opens_an_api_address_is_sent_to_the_page(world: World) -> None:
    assert world.client.get("/login").headers["location"] == "/sign-in"
    assert world.client.get("/register").headers["location"] == "/create-account"


def test_a_letter_confirms_the_address_once_and_again_without_harm(world: World) -> None:
    login = world.register()
    token = world.token_in("verification")
    page = world.client.get("/api/v1/auth/verify-email", params={"token": token}, headers={"Accept": "text/html"})
    assert "<button>" in page.text
    assert world.client.get("/profile", headers=world.bearer(login["token"])).json()["is_verified"] is False
    assert world.client.post("/api/v1/auth/verify-email", json={"token": token}).json()["status"] == "verified"
    assert world.client.get("/profile", headers=world.bearer(login["token"])).json()["is_verified"] is True
    assert world.client.get("/api/v1/auth/verify-email", params={"token": token}).json()["status"] == "already_verified"


def test_a_verification_link_is_dead_after_its_hours(world: World) -> None:
    world.register()
    token = world.token_in("verification")
    world.clock.advance(hours=24)
    answer = world.client.get("/api/v1/auth/verify-email", params={"token": token})
    assert answer.status_code == 400
    assert answer.json()["code"] == "TOKEN_INVALID"


def test_asking_for_the_letter_again_says_nothing_about_accounts(world: World) -> None:
    world.register()
    answers = [
        world.client.post("/api/v1/auth/resend-verification", json={"email": email}) for email in ("ada@example.com", "nobody@example.com")
    ]
    assert answers[0].status_code == answers[1].status_code == 202
    assert answers[0].json() == answers[1].json()


def test_unknown_api_addresses_and_methods_answer_json(world: World) -> None:
    assert world.client.get("/api/nothing").json()["code"] == "NOT_FOUND"
    wrong = world.client.delete("/register")
    assert wrong.status_code == 405
    assert wrong.json()["code"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"x"', b"null", b'{"email": "\\ud800", "password": "x"}', b"\xff\xfe"])
def test_a_body_that_is_no_json_object_is_a_422(world: World, body: bytes) -> None:
    answer = world.client.post("/register", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "VALIDATION_ERROR"


def test_a_huge_body_is_refused_before_it_is_read(world: World) -> None:
    answer = world.client.post("/register", json={"email": "a" * 1_000_000})
    assert answer.status_code == 413
    assert answer.json()["code"] == "TOO_LARGE"


def test_every_answer_has_a_request_id_and_safe_headers(world: World) -> None:
    for path in ("/healthz", "/api/nothing", "/profile"):
        headers = world.client.get(path).headers
        assert headers["x-request-id"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert world.client.get("/profile").headers["cache-control"] == "no-store"
    assert world.client.get("/healthz", headers={"X-Request-ID": "from-my-proxy-1"}).headers["x-request-id"] == "from-my-proxy-1"


def test_another_sites_form_cannot_write(world: World) -> None:
    """ASVS 3.5.1, 7.6.2."""
    body = {"email": "ada@example.com", "password": PASSWORD, "confirm_password": PASSWORD, "name": "Ada"}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = world.client.post("/register", json=body, headers=headers)
        assert answer.status_code == 403
    assert world.services.auth.kit.stores.accounts.count() == 0
