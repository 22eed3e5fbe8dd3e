"""Access tokens over the whole stack: nothing but a living one of ours opens anything."""

import base64
import json
import random
import string
from collections.abc import Iterator, Mapping
from typing import Any

import httpx2
import jwt
import pytest

from tests.api.conftest import PASSWORD, World

PROTECTED = "/api/users/me"


@pytest.fixture
def token(world: World) -> str:
    return str(world.register()["token"])


def key_of(world: World) -> str:
    return (world.services.settings.data_dir / "secret_key").read_text(encoding="ascii").strip()


def claims_of(token: str) -> dict[str, Any]:
    return dict(jwt.decode(token, options={"verify_signature": False}))


def signed(claims: Mapping[str, Any], key: str, *, algorithm: str = "HS256", **header: Any) -> str:
    """Sign anything at all: `jwt.encode` refuses to make some of the forgeries."""
    return jwt.PyJWS().encode(json.dumps(claims).encode(), key, algorithm=algorithm, headers={"typ": "at+jwt", **header})


def status_with(world: World, token: str) -> int:
    return world.client.get(PROTECTED, headers=[(b"authorization", b"Bearer " + token.encode("latin-1", "replace"))]).status_code


def unsigned(header: Mapping[str, Any], claims: Mapping[str, Any], signature: str = "") -> str:
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, claims))
    return ".".join((*parts, signature))


def spoilt(token: str, chance: random.Random) -> str:
    """One small change that a slip or an attacker would make; never the token itself."""
    alphabet = string.ascii_letters + string.digits + "-_."
    at = chance.randrange(len(token))
    kind = chance.randrange(6)
    if kind == 0:
        return token[:at] + chance.choice([one for one in alphabet if one != token[at]]) + token[at + 1 :]
    if kind == 1:
        return token[:at] + token[at + 1 :]
    if kind == 2:
        return token[:at] + chance.choice(alphabet) + token[at:]
    if kind == 3:
        return token[: max(1, at)]
    if kind == 4:
        return "".join(chance.choice(alphabet) for _ in range(chance.randrange(1, 300)))
    head, body, tail = token.split(".")
    return ".".join(chance.sample([head, body, tail, head[::-1]], 3))


def forged(world: World, token: str, count: int) -> Iterator[str]:
    chance = random.Random(9)
    claims, key = claims_of(token), key_of(world)
    wrong: dict[str, list[Any]] = {
        "iss": ["other", "", 5, None],
        "aud": ["other", [], 5, None],
        "sub": ["usr_nobody", "", {"$ne": ""}, None],
        "sid": ["ses_nobody", "", 7, None],
        "exp": [claims["iat"] - 1, "soon", None, -1, 10**20],
        "iat": [claims["iat"] + 3600, "now", None],
        "jti": [None, 5],
        "typ": ["refresh", "verify", None, 1],
        "gen": ["x", None, 3],
    }
    for _ in range(count):
        choice = chance.randrange(4)
        if choice == 0:
            name = chance.choice(list(wrong))
            changed = {**claims, name: chance.choice(wrong[name])}
            yield signed({key: value for key, value in changed.items() if value is not None}, key)
        elif choice == 1:
            yield signed(claims, "".join(chance.choices(string.ascii_letters, k=48)))
        else:
            bad = spoilt(token, chance)
            # The last character of base64 carries spare bits: what decodes to the same bytes is the same token.
            yield bad if bad[:-1] != token[:-1] or bad[-1:] == "" else bad + "x"


@pytest.mark.slow
def test_a_thousand_forged_expired_mistyped_or_tampered_tokens_are_all_refused(world: World, token: str) -> None:
    """ASVS 9.1.1, 9.2.1, 9.2.2, 9.2.3."""
    assert status_with(world, token) == 200
    let_in = [bad for bad in forged(world, token, 1000) if bad != token and status_with(world, bad) != 401]
    assert let_in == []
    assert status_with(world, token) == 200


@pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", "NONE", "RS256", "ES256", "HS384", "HS512"])
def test_no_other_algorithm_is_accepted(world: World, token: str, algorithm: str) -> None:
    """ASVS 9.1.2."""
    claims = claims_of(token)
    made = [
        unsigned({"alg": algorithm, "typ": "at+jwt"}, claims),
        unsigned({"alg": algorithm, "typ": "at+jwt"}, claims, token.rpartition(".")[2]),
    ]
    if algorithm.startswith("HS"):
        made.append(signed(claims, key_of(world) * 2, algorithm=algorithm))
        made.append(signed(claims, key_of(world), algorithm=algorithm))
    assert [status_with(world, one) for one in made] == [401] * len(made)


@pytest.mark.parametrize(
    "header",
    [
        {"kid": "../../../../dev/null"},
        {"kid": "' UNION SELECT 'x"},
        {"jku": "http://127.0.0.1:9/keys"},
        {"x5u": "http://127.0.0.1:9/cert"},
        {"jwk": {"kty": "oct", "k": "a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2U"}},
        {"crit": ["exp"]},
    ],
)
def test_no_key_is_taken_from_what_the_token_says(world: World, token: str, header: dict[str, Any]) -> None:
    """ASVS 9.1.3. The forger signs with the key that the header points at."""
    guess = "keykeykeykeykeykeykeykeykeykeyke"
    for key in (guess, "\0" * 32):
        assert status_with(world, signed(claims_of(token), key, **header)) == 401


def test_a_token_ends_with_its_time(world: World, token: str) -> None:
    """ASVS 9.2.1."""
    world.clock.advance(minutes=14, seconds=59)
    assert status_with(world, token) == 200
    world.clock.advance(seconds=1)
    assert status_with(world, token) == 401


def test_no_secret_of_one_kind_opens_what_another_opens(world: World) -> None:
    """ASVS 9.2.2, 6.5.1."""
    login = world.register()
    refresh, letter = login["refresh_token"], world.token_in("verification")
    assert status_with(world, refresh) == 401
    assert status_with(world, letter) == 401
    assert world.client.post("/api/v1/auth/refresh", json={"refresh_token": login["token"]}).status_code == 401
    assert world.client.post("/api/v1/auth/refresh", json={"refresh_token": letter}).status_code == 401
    reset = {"token": letter, "password": "An0ther-long-phrase", "confirm_password": "An0ther-long-phrase"}
    assert world.client.post("/api/v1/auth/password/reset", json=reset).status_code == 400
    assert world.client.post("/api/v1/auth/email/confirm", json={"token": letter}).status_code == 400
    assert world.client.post("/api/v1/auth/verify-email", json={"token": refresh}).status_code == 400
    assert world.client.post("/login", json={"email": "ada@example.com", "password": PASSWORD}).status_code == 200


def test_the_same_refresh_token_later_ends_the_whole_session(world: World) -> None:
    """ASVS 7.2.4, 7.4.1: a token that was used by two is in the wrong hands."""
    first = world.register()
    second = world.client.post("/api/v1/auth/refresh", json={"refresh_token": first["refresh_token"]}).json()
    twin = world.client.post("/api/v1/auth/refresh", json={"refresh_token": first["refresh_token"]}).json()
    assert twin["refresh_token"] == second["refresh_token"]
    world.clock.advance(seconds=21)
    assert world.client.post("/api/v1/auth/refresh", json={"refresh_token": first["refresh_token"]}).status_code == 401
    assert world.client.post("/api/v1/auth/refresh", json={"refresh_token": second["refresh_token"]}).status_code == 401
    assert status_with(world, second["access_token"]) == 401
    assert world.letters()[0]["template"] == "refresh_reuse"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Basic YWRhOmFkYQ==",
        "Bearer null",
        "Bearer undefined",
        "Bearer a b c",
        "Bearer ../../etc/passwd",
        "Token {token}",
        "bearer {token}",
        "{token}",
        "Digest {token}",
        "Bearer Bearer {token}",
        "Bearer {token} {token}",
        "Bearer {token},Bearer {token}",
    ],
)
def test_only_a_well_formed_header_counts(world: World, token: str, header: str) -> None:
    status = world.client.get(PROTECTED, headers={"Authorization": header.format(token=token)}).status_code
    assert status == (200 if header in {"Token {token}", "bearer {token}"} else 401)


def test_a_token_in_the_address_or_a_cookie_opens_nothing(world: World, token: str) -> None:
    """ASVS 14.2.1."""
    assert world.client.get(PROTECTED, params={"token": token, "access_token": token}).status_code == 401
    with httpx2.Client(base_url=world.url, cookies={"token": token, "access_token": token, "viva": token}) as browser:
        assert browser.get(PROTECTED).status_code == 401


def test_the_cookie_of_a_browser_does_not_open_the_http_interface(world: World) -> None:
    """ASVS 3.5.1: what a browser sends by itself is never enough for a route of the API."""
    form = {"email": "ada@example.com", "password": PASSWORD}
    world.register()
    found = world.services.auth.login(form["email"], form["password"], refreshable=False)
    code = world.services.auth.start_handoff(found.session.id)
    with httpx2.Client(base_url=world.url) as browser:
        browser.post("/auth/browser/session", json={"code": code}, headers={"Sec-Fetch-Site": "same-origin"}).raise_for_status()
        assert browser.cookies
        assert browser.get(PROTECTED).status_code == 401
        assert browser.put("/profile", json={"name": "Eve"}).status_code == 401
