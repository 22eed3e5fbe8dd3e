"""Limits over the whole stack: counted together by all dialects, by the real address, and never a way to sign anybody out."""

import pytest

from auth.flows import admin
from core.setting_groups import Limits
from tests.api.conftest import PASSWORD, Start, World

OFF = dict.fromkeys(Limits.model_fields, "")


def wrong(world: World, number: int, *, email: str = "ada@example.com", headers: dict[str, str] | None = None) -> int:
    """One wrong login, each time through another documented entrance."""
    bad = "Wr0ng-password"
    tries = (
        lambda: world.client.post("/login", json={"email": email, "password": bad}, headers=headers),
        lambda: world.client.post("/api/auth/login", json={"email": email, "password": bad}, headers=headers),
        lambda: world.client.post("/api/auth/login", data={"username": email, "password": bad}, headers=headers),
        lambda: world.client.post("/api/v1/accounts/login/", json={"username": email, "password": bad}, headers=headers),
    )
    return int(tries[number % len(tries)]().status_code)


def test_all_dialects_count_failed_logins_together(start: Start) -> None:
    """ASVS 6.3.1, 6.1.3. The person who is signed in stays signed in."""
    world = start()
    login = world.register()
    assert [wrong(world, number) for number in range(12)] == [401] * 10 + [429] * 2
    refused = world.client.post("/login", json={"email": "ada@example.com", "password": PASSWORD})
    assert refused.status_code == 429
    assert refused.json()["code"] == "RATE_LIMITED"
    assert 1 <= int(refused.headers["retry-after"]) <= 300
    assert world.client.get("/profile", headers=world.bearer(login["token"])).status_code == 200


def test_one_address_against_many_accounts_is_stopped(start: Start) -> None:
    """ASVS 6.3.1."""
    world = start()
    assert [wrong(world, number, email=f"person{number}@example.com") for number in range(17)] == [401] * 15 + [429] * 2


def test_a_forged_address_is_not_believed(start: Start) -> None:
    """ASVS 4.1.3, 15.3.4."""
    world = start()
    seen = [wrong(world, number, headers={"X-Forwarded-For": f"198.51.100.{number}", "X-Real-IP": "203.0.113.9"}) for number in range(12)]
    assert seen[10:] == [429, 429]
    forged = {"Forwarded": "for=192.0.2.1", "X-Forwarded-For": "192.0.2.1", "True-Client-IP": "192.0.2.1"}
    assert wrong(world, 0, headers=forged) == 429


def test_the_addresses_of_one_ipv6_subscriber_count_as_one(start: Start) -> None:
    """ASVS 6.3.1: a subscriber has 2^64 addresses or more to guess from."""
    world = start(security={"trusted_proxies": ["127.0.0.1/32"]})

    def guessed(address: str, number: int) -> int:
        return wrong(world, number, email=f"person{number}@example.com", headers={"X-Forwarded-For": address})

    assert [guessed(f"2001:db8:1:2::{number:x}", number) for number in range(17)] == [401] * 15 + [429] * 2
    assert guessed("2001:db8:1:2:ffff:ffff:ffff:ffff", 17) == 429
    assert guessed("2001:db8:1:3::1", 18) == 401, "the network beside it is somebody else's"
    assert [guessed("192.0.2.1", 19), guessed("192.0.2.2", 20)] == [401, 401]


def test_unlocking_forgets_the_failures_from_an_ipv6_network_too(start: Start) -> None:
    world = start(security={"trusted_proxies": ["127.0.0.1/32"]}, limits={"login_ip": ""})
    user_id = world.register()["user_id"]
    there = {"X-Forwarded-For": "2001:db8:1:2::7"}
    assert [wrong(world, number, headers=there) for number in range(11)][-1] == 429
    boss = world.register("boss@example.com")
    admin.promote(world.services.auth.kit, "boss@example.com")
    world.client.post(f"/api/v1/admin/users/{user_id}/unlock", headers=world.bearer(boss["token"])).raise_for_status()
    assert wrong(world, 12, headers=there) == 401


def test_the_address_is_believed_from_a_configured_proxy_only_up_to_the_first_stranger(start: Start) -> None:
    """ASVS 4.1.3, 15.3.4."""
    world = start(security={"trusted_proxies": ["127.0.0.1/32", "10.0.0.0/8"]})
    for number in range(30):
        assert wrong(world, number, email=f"person{number}@example.com", headers={"X-Forwarded-For": f"198.51.100.{number}"}) == 401
    chain = [
        wrong(world, number, email=f"other{number}@example.com", headers={"X-Forwarded-For": f"192.0.2.{number}, 203.0.113.7, 10.1.2.3"})
        for number in range(17)
    ]
    assert chain == [401] * 15 + [429] * 2


@pytest.mark.parametrize("path", ["/register", "/api/auth/register", "/api/v1/auth/signup", "/api/v1/accounts/register/"])
def test_the_eleventh_sign_up_in_a_minute_is_refused_in_every_dialect(start: Start, path: str) -> None:
    """The signup endpoint's document; one counter for all dialects."""
    world = start()
    paths = ["/register", "/api/auth/register", "/api/v1/auth/signup", "/api/v1/accounts/register/"]
    passwords = dict.fromkeys(("password", "confirm_password", "password1", "password2"), PASSWORD)

    def sign_up(where: str, number: int) -> int:
        body = {"email": f"person{number}@example.com", "username": f"person{number}", "name": "Ada", **passwords}
        return world.client.post(where, json=body).status_code

    assert [sign_up(paths[number % 4], number) for number in range(10)] == [201] * 10
    assert sign_up(path, 99) == 429
    assert world.services.auth.kit.stores.accounts.count() == 10


@pytest.mark.parametrize("path", ["/api/v1/auth/password/forgot", "/api/v1/auth/resend-verification"])
def test_asking_for_letters_is_limited_and_says_nothing_about_accounts(start: Start, path: str) -> None:
    """ASVS 6.3.8, 6.3.1."""
    world = start()
    world.register()
    known = [world.client.post(path, json={"email": "ada@example.com"}) for _ in range(6)]
    unknown = [world.client.post(path, json={"email": "nobody@example.com"}) for _ in range(6)]
    assert [answer.status_code for answer in known] == [202] * 5 + [429]
    assert [answer.status_code for answer in unknown] == [202] * 5 + [429]
    assert known[0].json() == unknown[0].json()
    assert known[-1].json() == unknown[-1].json()


def test_login_says_the_same_of_known_and_unknown_people(world: World) -> None:
    """ASVS 6.3.8."""
    world.register(username="ada_l")
    for path, field in (("/login", "email"), ("/api/auth/login", "email"), ("/api/v1/accounts/login/", "username")):
        known = world.client.post(path, json={field: "ada@example.com", "password": "Wr0ng-password"})
        unknown = world.client.post(path, json={field: "nobody@example.com", "password": "Wr0ng-password"})
        assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
        assert set(known.headers) == set(unknown.headers)


def test_chat_is_limited_for_each_person(start: Start) -> None:
    """ASVS 2.4.1."""
    world = start(limits=OFF | {"chat": "2/minute"})
    mine, others = (world.bearer(world.register(email)["token"]) for email in ("ada@example.com", "bob@example.com"))
    statuses = [world.client.post("/api/chat", json={"message": "Hello"}, headers=mine).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert world.client.post("/api/chat", json={"message": "Hello"}, headers=others).status_code == 200
