import base64
import hashlib
import hmac
import json
import random
from collections.abc import Mapping
from datetime import datetime, timedelta

import jwt
import pytest

from auth.errors import NotSignedIn
from auth.models import Session
from auth.tokens import AccessTokens, RefreshTokens, generation
from core.errors import ConfigurationError
from core.ids import RandomIds
from tests.factories import NOW, FrozenClock

KEY = "k" * 48
LIFE = timedelta(minutes=15)


def session(**changes: object) -> Session:
    values: dict[str, object] = {
        "id": "ses_1",
        "user_id": "usr_1",
        "created_at": NOW,
        "authenticated_at": NOW,
        "last_seen_at": NOW,
        "idle_expires_at": NOW + timedelta(days=7),
        "expires_at": NOW + timedelta(days=30),
        **changes,
    }
    return Session(**values)  # type: ignore[arg-type]  # a bag of overrides for one frozen value


def tokens(clock: FrozenClock | None = None, *, key: str = KEY, issuer: str = "viva", audience: str = "viva") -> AccessTokens:
    return AccessTokens(key=key, issuer=issuer, audience=audience, life=LIFE, clock=clock or FrozenClock(), ids=RandomIds())


def claims(**changes: object) -> dict[str, object]:
    now = int(NOW.timestamp())
    good: dict[str, object] = {
        "iss": "viva",
        "aud": "viva",
        "sub": "usr_1",
        "sid": "ses_1",
        "jti": "jti_1",
        "iat": now,
        "exp": now + 900,
        "typ": "access",
        "gen": generation(session()),
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def signed(body: Mapping[str, object], *, key: str = KEY, algorithm: str = "HS256", header: Mapping[str, object] | None = None) -> str:
    return jwt.encode(dict(body), key, algorithm=algorithm, headers={"typ": "at+jwt", **(header or {})})


def refused(token: str) -> bool:
    try:
        tokens().read(token)
    except NotSignedIn:
        return True
    return False


def test_a_token_of_ours_is_read_back() -> None:
    made = tokens().make(session())
    found = tokens().read(made.value)
    assert (found.user_id, found.session_id, found.generation) == ("usr_1", "ses_1", generation(session()))
    assert made.expires_in == 900
    assert made.expires_at == NOW + LIFE


def test_the_hand_made_token_of_these_tests_would_be_good_if_nothing_were_changed() -> None:
    assert not refused(signed(claims()))


def test_the_header_says_that_it_is_an_access_token() -> None:
    """ASVS 9.2.2."""
    assert jwt.get_unverified_header(tokens().make(session()).value) == {"alg": "HS256", "typ": "at+jwt"}


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_flip_in_any_of_the_three_parts_is_refused(part: int) -> None:
    """ASVS 9.1.1."""
    pieces = tokens().make(session()).value.split(".")
    for position in range(len(pieces[part])):
        flipped = "A" if pieces[part][position] != "A" else "B"
        changed = pieces[part][:position] + flipped + pieces[part][position + 1 :]
        token = ".".join([*pieces[:part], changed, *pieces[part + 1 :]])
        if base64.urlsafe_b64decode(changed + "==") != base64.urlsafe_b64decode(pieces[part] + "=="):
            assert refused(token), (part, position)


@pytest.mark.parametrize("missing", ["iss", "aud", "exp", "iat", "jti", "sid", "sub", "typ", "gen"])
def test_a_token_without_one_of_its_claims_is_refused(missing: str) -> None:
    """ASVS 9.2.1, 9.2.3."""
    assert refused(signed(claims(**{missing: None})))


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": int(NOW.timestamp())},
        {"exp": int(NOW.timestamp()) - 1},
        {"exp": "never"},
        {"exp": 1e20},
        {"exp": True},
        {"exp": int(NOW.timestamp()) + 10**9},
        {"iat": int(NOW.timestamp()) + 60},
        {"iat": "now"},
        {"nbf": int(NOW.timestamp()) + 60},
        {"nbf": "later"},
        {"aud": "other"},
        {"aud": []},
        {"iss": "other"},
        {"typ": "refresh"},
        {"typ": "verify_email"},
        {"typ": "reset_password"},
        {"sub": 1},
        {"sub": {"$gt": ""}},
        {"sid": {"$gt": ""}},
        {"jti": 7},
        {"gen": "x"},
        {"gen": 1.5},
    ],
)
def test_a_claim_of_another_value_or_type_is_refused(changed: Mapping[str, object]) -> None:
    """ASVS 9.2.1, 9.2.2, 9.2.3."""
    assert refused(signed(claims(**changed)))


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_another_algorithm_with_our_key_is_refused(algorithm: str) -> None:
    """ASVS 9.1.2."""
    long_key = "k" * 64
    token = signed(claims(), key=long_key, algorithm=algorithm)
    with pytest.raises(NotSignedIn):
        tokens(key=long_key).read(token)
    tokens(key=long_key).read(signed(claims(), key=long_key))


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize("name", ["none", "None", "NONE", "RS256", "ES256", "hs256", "", None, 5, ["HS256"]])
def test_an_unsigned_token_or_a_confused_algorithm_is_refused(name: object) -> None:
    """ASVS 9.1.2: no `none`, no HS/RS confusion."""

    def segment(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    body = f"{segment({'alg': name, 'typ': 'at+jwt'})}.{segment(claims())}"
    mac = base64.urlsafe_b64encode(hmac.new(KEY.encode(), body.encode(), hashlib.sha256).digest()).rstrip(b"=").decode()
    assert refused(f"{body}.")
    assert refused(f"{body}.{mac}")


@pytest.mark.parametrize(
    "header",
    [
        {"kid": "../../dev/null"},
        {"kid": ""},
        {"jku": "https://evil.example.org/keys"},
        {"x5u": "https://evil.example.org/cert"},
        {"jwk": {"kty": "oct", "k": "a2V5"}},
        {"crit": ["exp"]},
        {"typ": "JWT"},
        {"typ": "rt+jwt"},
        {"b64": False},
    ],
)
def test_no_key_or_extension_is_taken_from_the_header(header: Mapping[str, object]) -> None:
    """ASVS 9.1.3: a header other than ours is refused before anything in it is looked at; no request leaves (sockets are shut)."""
    assert refused(signed(claims(), header=header))


def test_a_thousand_tampered_tokens_are_all_refused() -> None:
    """ASVS 9.1.1, 7.2.1: characters changed, dropped, doubled and swapped at random (the same ones in every run)."""
    chance = random.Random(20260314)
    good = tokens().make(session()).value
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ "
    let_in = []
    for _ in range(1000):
        pieces = list(good)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(pieces) - 1)
            kind = chance.choice(("change", "drop", "double", "swap"))
            if kind == "change":
                pieces[at] = chance.choice(alphabet)
            elif kind == "drop":
                del pieces[at]
            elif kind == "double":
                pieces.insert(at, pieces[at])
            else:
                pieces[at], pieces[at + 1] = pieces[at + 1], pieces[at]
        changed = "".join(pieces)
        if changed != good and not refused(changed):
            let_in.append(changed)
    assert let_in == []


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "a.b.c",
        "....",
        "x" * 5000,
        "\ud800.a.b",
        "é.é.é",
        "Bearer x",
        "null",
        "eyJhbGciOiJIUzI1NiJ9..",
        "\x00",
        " ",
        "[" * 900,
    ],
)
def test_what_is_no_token_is_refused(token: str) -> None:
    assert refused(token)


def test_a_token_that_is_no_text_is_refused() -> None:
    for value in (None, 5, b"x", {"$gt": ""}, ["a"]):
        assert refused(value)  # type: ignore[arg-type]  # the point of the test


def test_another_key_makes_another_token() -> None:
    """ASVS 9.1.1."""
    assert refused(tokens(key="o" * 48).make(session()).value)


def test_a_token_ends_to_the_second() -> None:
    """ASVS 9.2.1."""
    clock = FrozenClock()
    made = tokens(clock).make(session())
    clock.advance(seconds=899)
    tokens(clock).read(made.value)
    clock.advance(seconds=1)
    with pytest.raises(NotSignedIn):
        tokens(clock).read(made.value)
    assert tokens(clock).read(made.value, even_if_expired=True).session_id == "ses_1"


def test_a_token_that_was_read_before_is_refused_when_its_time_is_over() -> None:
    clock = FrozenClock()
    ours = tokens(clock)
    made = ours.make(session())
    assert ours.read(made.value) == ours.read(made.value)
    clock.advance(minutes=15)
    with pytest.raises(NotSignedIn):
        ours.read(made.value)


def test_a_token_that_was_read_before_makes_no_other_one_good() -> None:
    ours = tokens()
    head, body, signature = ours.make(session()).value.split(".")
    ours.read(f"{head}.{body}.{signature}")
    for other in (f"{head}.{body}.", f"{head}.{body}.{signature[::-1]}", f"{head}.{body}"):
        with pytest.raises(NotSignedIn):
            ours.read(other)


def test_a_token_never_outlives_its_session() -> None:
    made = tokens().make(session(expires_at=NOW + timedelta(seconds=90)))
    assert made.expires_in == 90


def test_a_short_key_stops_the_start() -> None:
    with pytest.raises(ConfigurationError):
        tokens(key="k" * 31)


def test_the_generation_survives_a_store_that_keeps_milliseconds_only() -> None:
    exact = datetime.fromisoformat("2026-03-14T12:00:00.123999+00:00")
    cut = exact.replace(microsecond=123000)
    assert generation(session(authenticated_at=exact)) == generation(session(authenticated_at=cut))
    assert generation(session(authenticated_at=exact + timedelta(milliseconds=1))) != generation(session(authenticated_at=exact))


def test_refresh_tokens_are_long_and_their_successors_cannot_be_computed_without_the_key() -> None:
    """ASVS 7.2.3: 256 random bits."""
    ours, theirs = RefreshTokens(key=KEY, ids=RandomIds()), RefreshTokens(key="o" * 48, ids=RandomIds())
    firsts = {ours.first() for _ in range(1000)}
    assert len(firsts) == 1000
    assert all(len(base64.urlsafe_b64decode(token + "=")) == 32 for token in firsts)
    token = firsts.pop()
    assert ours.successor(token, "ses_1") == ours.successor(token, "ses_1")
    assert ours.successor(token, "ses_1") not in {ours.successor(token, "ses_2"), theirs.successor(token, "ses_1"), token}
