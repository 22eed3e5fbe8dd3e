from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from auth.errors import PasswordNeeded
from auth.models import Client
from core.errors import TooManyAttempts

from .conftest import ANNA, AWAY, HOME, OTHER_PASSWORD, PASSWORD, STRANGER, World, device_of, outcome


def test_ten_wrong_passwords_close_one_account_for_one_address(world: World) -> None:
    """ASVS 6.3.1: 10 in 5 minutes; afterwards the right password works again."""
    world.register()
    assert [outcome(world) for _ in range(20)] == ["INVALID_CREDENTIALS"] * 10 + ["RATE_LIMITED"] * 10
    assert outcome(world, ANNA, PASSWORD) == "RATE_LIMITED"
    world.clock.advance(minutes=5, seconds=1)
    assert outcome(world, ANNA, PASSWORD) == "in"


def test_wrong_current_passwords_count_as_failed_logins_but_failed_logins_do_not_close_that_entrance(world: World) -> None:
    """ASVS 6.1.3, 6.3.1: guessing while signed in uses up tries at the door; a stranger at the door cannot keep the owner from acting."""
    world.register()
    who = world.identity()
    for _ in range(5):
        for _ in range(10):
            with pytest.raises(PasswordNeeded):
                world.auth.change_password(who, "wrong", OTHER_PASSWORD, client=AWAY)
        world.clock.advance(minutes=5, seconds=1)
    assert outcome(world, client=STRANGER) == "RATE_LIMITED"
    assert world.auth.change_password(who, PASSWORD, OTHER_PASSWORD, client=AWAY)


def test_the_wait_is_told_in_seconds(world: World) -> None:
    """ASVS 6.3.1."""
    world.register()
    for _ in range(10):
        outcome(world)
    world.clock.advance(seconds=100)
    with pytest.raises(TooManyAttempts) as caught:
        world.auth.login(ANNA, PASSWORD, client=STRANGER)
    assert 195 <= caught.value.retry_after <= 201


def test_a_username_and_an_address_of_one_account_share_the_counter(world: World) -> None:
    """ASVS 6.3.1."""
    world.register(username="annie")
    results = [outcome(world, name) for _ in range(6) for name in (ANNA, "ANNIE")]
    assert results == ["INVALID_CREDENTIALS"] * 10 + ["RATE_LIMITED"] * 2


def test_many_addresses_against_one_account_are_stopped(world: World) -> None:
    """ASVS 6.3.1, NIST SP 800-63B-4 3.2.2: 50 an hour, well below 100."""
    world.register()
    results = [outcome(world, ANNA, "wrong", Client(ip=f"10.0.0.{number}")) for number in range(60)]
    assert results == ["INVALID_CREDENTIALS"] * 50 + ["RATE_LIMITED"] * 10


def test_one_address_against_many_accounts_is_stopped(world: World) -> None:
    """ASVS 6.3.1: 15 in 5 minutes."""
    results = [outcome(world, f"a{number}@example.com") for number in range(20)]
    assert results == ["INVALID_CREDENTIALS"] * 15 + ["RATE_LIMITED"] * 5


def test_parallel_guesses_get_no_more_tries(world: World) -> None:
    """ASVS 6.3.1: the count is atomic."""
    world.register()
    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(lambda _: outcome(world), range(48)))
    assert results.count("INVALID_CREDENTIALS") <= 10
    assert results.count("INVALID_CREDENTIALS") >= 8
    assert set(results) == {"INVALID_CREDENTIALS", "RATE_LIMITED"}


def test_success_clears_the_accounts_counters(world: World) -> None:
    world.register()
    for _ in range(3):
        for _ in range(4):
            assert outcome(world) == "INVALID_CREDENTIALS"
        assert outcome(world, ANNA, PASSWORD) == "in"


def test_a_success_does_not_clear_what_an_address_has_failed_elsewhere(world: World) -> None:
    """ASVS 6.3.1: an own account is no way around the limit."""
    world.register()
    world.register("own@example.com")
    results = []
    for number in range(20):
        results.append(outcome(world, f"a{number}@example.com"))
        if number < 14:
            assert outcome(world, "own@example.com", PASSWORD) == "in"
    assert results == ["INVALID_CREDENTIALS"] * 15 + ["RATE_LIMITED"] * 5


def test_a_class_that_signs_in_behind_one_address_is_not_taken_for_an_attack(world: World) -> None:
    pupils = [f"pupil{number}@example.com" for number in range(30)]
    for pupil in pupils:
        world.register(pupil)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda pupil: outcome(world, pupil, PASSWORD), pupils)) == {"in"}


def test_a_stranger_cannot_lock_out_somebody_with_a_known_device(world: World) -> None:
    """ASVS 6.1.1, 6.3.1."""
    world.register()
    device = device_of(world)
    for number in range(60):
        outcome(world, ANNA, "wrong", Client(ip=f"10.0.0.{number}"))
    for _ in range(20):
        outcome(world, "nobody@example.com", "wrong", HOME)
    assert outcome(world, ANNA, PASSWORD, AWAY) == "RATE_LIMITED"
    assert outcome(world, ANNA, PASSWORD, replace(HOME, device=device)) == "in"
    assert outcome(world, ANNA, PASSWORD, replace(AWAY, device=device)) == "in"


def test_a_known_device_can_guess_no_more_than_anybody(world: World) -> None:
    """ASVS 6.3.1: a stolen device cookie is no way around the limit."""
    world.register()
    thief = replace(STRANGER, device=device_of(world))
    results = [outcome(world, ANNA, "wrong", replace(thief, ip=f"10.0.0.{number}")) for number in range(15)]
    assert results == ["INVALID_CREDENTIALS"] * 10 + ["RATE_LIMITED"] * 5


def test_a_device_of_one_person_is_not_known_to_another(world: World) -> None:
    world.register()
    world.register("other@example.com")
    thief = replace(STRANGER, device=device_of(world))
    for number in range(50):
        outcome(world, "other@example.com", "wrong", Client(ip=f"10.0.0.{number}"))
    assert outcome(world, "other@example.com", PASSWORD, thief) == "RATE_LIMITED"


@pytest.mark.parametrize("claimed", ["x", "agent", "A" * 42, "A" * 44, "A" * 43, "é" * 43])
def test_an_invented_device_is_not_known(world: World, claimed: str) -> None:
    world.register()
    device_of(world)
    for number in range(50):
        outcome(world, ANNA, "wrong", Client(ip=f"10.0.0.{number}"))
    assert outcome(world, ANNA, PASSWORD, replace(HOME, device=claimed)) == "RATE_LIMITED"


def test_a_limit_ends_no_session(world: World) -> None:
    world.register()
    inside = world.signed_in()
    for _ in range(20):
        outcome(world, ANNA, "wrong", HOME)
    assert world.auth.authenticate(inside.access_token)
