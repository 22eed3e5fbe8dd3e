import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import bcrypt
import pytest

from auth.errors import AccountDisabled, BadCredentials, NotSignedIn, PasswordChangeNeeded
from auth.models import Client, User
from core.errors import AppError, StoreUnavailable
from mail.models import Template

from .conftest import ANNA, AWAY, HOME, OTHER_PASSWORD, PASSWORD, World, device_of, outcome


@pytest.mark.parametrize("name", [ANNA, ANNA.upper(), f"  {ANNA} ", "annie", "ANNIE"])
def test_people_sign_in_by_address_or_username(world: World, name: str) -> None:
    user = world.register(username="Annie")
    result = world.auth.login(name, PASSWORD, client=HOME)
    assert result.user.id == user.id
    assert world.auth.authenticate(result.access_token).user.id == user.id
    assert world.stored(user).last_login_at == world.clock.now()


@pytest.mark.parametrize("wrong", [PASSWORD[:-1], PASSWORD + "x", PASSWORD.upper(), PASSWORD.lower(), f" {PASSWORD}", f"{PASSWORD} ", ""])
def test_nothing_but_the_very_password_lets_anybody_in(world: World, wrong: str) -> None:
    """ASVS 6.2.8."""
    world.register()
    assert outcome(world, ANNA, wrong) == "INVALID_CREDENTIALS"
    assert not world.memory.sessions


def test_an_empty_database_lets_nobody_in(world: World) -> None:
    """ASVS 6.3.2: no default accounts."""
    for name, password in (("admin", "admin"), ("root", "root"), ("admin@example.com", "password"), ("viva", "viva")):
        assert outcome(world, name, password) == "INVALID_CREDENTIALS"
    assert world.auth.kit.stores.accounts.count() == 0


@pytest.mark.parametrize("name", ["", " ", "nobody", "nobody@example.com", "a" * 100_000, "\x00", '{"$gt":""}', "x@", "é" * 10])
def test_a_name_that_nobody_has_gives_the_answer_of_a_wrong_password(world: World, name: str) -> None:
    """ASVS 6.3.8."""
    world.register()
    with pytest.raises(BadCredentials) as unknown:
        world.auth.login(name, PASSWORD, client=HOME)
    with pytest.raises(BadCredentials) as known:
        world.auth.login(ANNA, "wrong", client=HOME)
    assert (unknown.value.code, unknown.value.message, unknown.value.problems) == (
        known.value.code,
        known.value.message,
        known.value.problems,
    )


def test_a_wrong_password_says_the_same_of_every_sort_of_account(world: World) -> None:
    """ASVS 6.3.8: also for unverified, disabled, compromised and half-deleted accounts."""
    for name, change in {
        "plain@example.com": {},
        "verified@example.com": {"is_verified": True},
        "disabled@example.com": {"is_active": False},
        "compromised@example.com": {"must_change_password": True},
        "deleted@example.com": {"deleted_at": world.clock.now(), "is_active": False},
    }.items():
        user = world.register(name)
        world.memory.users[user.id] = replace(user, **change)  # type: ignore[arg-type]  # one override each
        assert outcome(world, name) == "INVALID_CREDENTIALS"


def test_the_right_password_of_a_disabled_account_lets_nobody_in(world: World) -> None:
    user = world.register()
    world.memory.users[user.id] = replace(user, is_active=False)
    with pytest.raises(AccountDisabled):
        world.auth.login(ANNA, PASSWORD)
    assert not world.memory.sessions


def test_the_right_password_of_a_half_deleted_account_lets_nobody_in(world: World) -> None:
    user = world.register()
    world.memory.users[user.id] = replace(user, deleted_at=world.clock.now(), is_active=False)
    assert outcome(world, ANNA, PASSWORD) == "INVALID_CREDENTIALS"


def test_an_unknown_account_costs_one_bcrypt_check_like_a_known_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 6.3.8."""
    world.register()
    calls: list[bytes] = []
    real = bcrypt.checkpw

    def spy(password: bytes, hashed: bytes) -> bool:
        calls.append(hashed[:7])
        return real(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", spy)
    outcome(world, ANNA)
    outcome(world, "nobody@example.com")
    outcome(world, "")
    assert calls == [b"$2b$04$"] * 3


def test_a_rising_cost_is_taken_up_at_the_next_login(world: World) -> None:
    """NIST SP 800-63B-4 3.1.1.2, ASVS 11.4.2."""
    user = world.register()
    world.configure(bcrypt_rounds=5)
    assert outcome(world, ANNA, "wrong") == "INVALID_CREDENTIALS"
    assert world.stored(user).password_hash.startswith("$2b$04$")
    world.signed_in()
    assert world.stored(user).password_hash.startswith("$2b$05$")
    world.signed_in()
    with pytest.raises(BadCredentials):
        world.auth.login(ANNA, "wrong")


def test_a_new_pepper_is_taken_up_at_the_next_login_and_then_the_old_one_can_go(world: World) -> None:
    user = world.register()
    world.configure(peppers=("q" * 48, "p" * 48))
    world.signed_in()
    assert world.stored(user).password_key_id != user.password_key_id
    world.configure(peppers=("q" * 48,))
    world.signed_in()


def test_a_lost_pepper_lets_nobody_in(world: World) -> None:
    world.register()
    world.configure(peppers=("q" * 48,))
    assert outcome(world, ANNA, PASSWORD) == "INVALID_CREDENTIALS"


def test_a_year_without_a_change_of_password_is_no_reason_to_ask_for_one(world: World) -> None:
    """ASVS 6.2.10."""
    world.register()
    world.clock.advance(days=365)
    assert not world.signed_in().user.must_change_password


def test_a_compromised_password_must_be_changed_before_anything_else(world: World) -> None:
    """NIST SP 800-63B-4 3.1.1.2 (6)."""
    user = world.register()
    admin = world.admin()
    inside = world.signed_in()
    world.auth.admin.mark_compromised(admin, user.id)
    with pytest.raises(NotSignedIn):
        world.auth.authenticate(inside.access_token)
    again = world.signed_in()
    with pytest.raises(PasswordChangeNeeded):
        world.auth.authenticate(again.access_token)
    who = world.auth.authenticate(again.access_token, even_if_must_change=True)
    with pytest.raises(AppError, match="not used here before"):
        world.auth.change_password(who, PASSWORD, PASSWORD)
    changed = world.auth.change_password(who, PASSWORD, OTHER_PASSWORD)
    assert world.auth.authenticate(changed.access_token).user.id == user.id


def test_a_login_that_overlaps_a_password_change_does_not_survive_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 7.4.3: the old password, checked just before, is worth nothing just after."""
    user = world.register()
    who = world.identity()
    real = world.kit.stores.sessions.add

    def change_first(*args: object, **kwargs: object) -> None:
        monkeypatch.setattr(world.kit.stores.sessions, "add", real)
        world.clock.advance(seconds=1)
        world.auth.change_password(who, PASSWORD, OTHER_PASSWORD)
        real(*args, **kwargs)  # type: ignore[arg-type]  # passes on what the flow gave

    monkeypatch.setattr(world.kit.stores.sessions, "add", change_first)
    with pytest.raises(BadCredentials):
        world.auth.login(ANNA, PASSWORD, client=AWAY)
    assert [s.id for s in world.kit.stores.sessions.alive(user.id, now=world.clock.now())] == [who.session.id]


def test_the_first_login_and_the_next_from_the_same_place_send_no_letter(world: World) -> None:
    world.register()
    world.signed_in(client=HOME)
    world.signed_in(client=HOME)
    assert world.letters(Template.NEW_DEVICE) == []


def test_a_login_from_a_new_device_is_told_to_the_person(world: World) -> None:
    """ASVS 6.3.5."""
    world.register()
    world.signed_in(client=HOME)
    world.signed_in(client=AWAY)
    (letter,) = world.letters(Template.NEW_DEVICE)
    assert (letter.to, letter.data["ip"], letter.data["device"], letter.data["failures"]) == (ANNA, AWAY.ip, "Chrome on Windows", "")
    world.signed_in(client=AWAY)
    assert len(world.letters(Template.NEW_DEVICE)) == 1


def test_a_login_after_failures_from_a_new_place_is_told_to_the_person(world: World) -> None:
    """ASVS 6.3.5."""
    world.register()
    for _ in range(5):
        outcome(world, ANNA, "wrong", AWAY)
    world.signed_in(client=AWAY)
    (letter,) = world.letters(Template.NEW_DEVICE)
    assert letter.data["failures"] == "5"


def test_a_typing_mistake_on_the_own_device_sends_no_letter(world: World) -> None:
    world.register()
    device = device_of(world)
    for _ in range(4):
        outcome(world, ANNA, "wrong", replace(HOME, device=device))
    world.signed_in(client=replace(HOME, device=device))
    assert world.letters(Template.NEW_DEVICE) == []


def test_sessions_beyond_the_allowed_number_end_the_longest_unused(world: World) -> None:
    """ASVS 7.1.2."""
    world.configure(max_sessions=3)
    world.register()
    tokens = []
    for _ in range(5):
        tokens.append(world.signed_in().access_token)
        world.clock.advance(seconds=10)
    alive = []
    for token in tokens:
        try:
            alive.append(bool(world.auth.authenticate(token)))
        except NotSignedIn:
            alive.append(False)
    assert alive == [False, False, True, True, True]


def test_every_login_has_a_token_of_its_own(world: World) -> None:
    """ASVS 7.2.2, 7.2.4."""
    world.register()
    results = [world.signed_in() for _ in range(5)]
    for values in zip(*((r.session.id, r.access_token, r.refresh_token) for r in results), strict=True):
        assert len(set(values)) == 5


def test_a_store_that_is_down_lets_nobody_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 16.5.3: fail closed."""
    world.register()
    inside = world.signed_in()

    def down(*_: object, **__: object) -> User:
        raise StoreUnavailable("The database cannot be reached.")

    monkeypatch.setattr(world.kit.stores.accounts, "get", down)
    monkeypatch.setattr(world.kit.stores.accounts, "by_email", down)
    assert outcome(world, ANNA, PASSWORD) == "STORE_UNAVAILABLE"
    with pytest.raises(StoreUnavailable):
        world.auth.authenticate(inside.access_token)


def test_hashing_uses_no_more_threads_than_cores_while_others_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.register()
    running, most, guard = 0, 0, threading.Lock()
    real = bcrypt.checkpw

    def spy(password: bytes, hashed: bytes) -> bool:
        nonlocal running, most
        with guard:
            running += 1
            most = max(most, running)
        try:
            return real(password, hashed)
        finally:
            with guard:
                running -= 1

    monkeypatch.setattr(bcrypt, "checkpw", spy)
    monkeypatch.setattr(world.kit.hasher, "_slots", threading.BoundedSemaphore(2))
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: outcome(world, ANNA, PASSWORD), range(16)))
    assert set(results) == {"in"}
    assert most <= 2


def test_the_session_remembers_where_it_began_in_sane_lengths(world: World) -> None:
    world.register()
    session = world.signed_in(client=Client(ip="203.0.113.7", user_agent="A\r\nX: " + "b" * 1000)).session
    assert len(session.user_agent) == 300
    assert "\n" not in session.user_agent
    assert session.expires_at - session.created_at == timedelta(days=30)
