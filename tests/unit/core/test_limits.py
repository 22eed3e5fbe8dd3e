from concurrent.futures import ThreadPoolExecutor

import pytest

from core.counters import MemoryCounters
from core.errors import TooManyAttempts
from core.limits import WindowLimits
from tests.factories import FrozenClock


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def storage(clock: FrozenClock) -> MemoryCounters:
    return MemoryCounters(clock)


@pytest.fixture
def limits(clock: FrozenClock, storage: MemoryCounters) -> WindowLimits:
    return WindowLimits(rules={"login": "3/minute", "reset": "1/hour", "off": ""}, storage=storage, clock=clock)


def refused(limits: WindowLimits, name: str, *key: str) -> bool:
    try:
        limits.hit(name, *key)
    except TooManyAttempts:
        return True
    return False


def test_the_first_hits_pass_and_the_next_is_refused(limits: WindowLimits) -> None:
    """ASVS 6.3.1."""
    assert [refused(limits, "login", "anna") for _ in range(5)] == [False, False, False, True, True]


def test_keys_and_names_are_counted_apart(limits: WindowLimits) -> None:
    for _ in range(3):
        limits.hit("login", "anna", "1.2.3.4")
    assert not refused(limits, "login", "anna", "1.2.3.5")
    assert not refused(limits, "login", "anna1.2.3.4")
    assert not refused(limits, "login", "anna\x1e", "1.2.3.4")
    assert not refused(limits, "reset", "anna", "1.2.3.4")
    assert refused(limits, "login", "anna", "1.2.3.4")


def test_the_window_passes_and_the_wait_is_told(limits: WindowLimits, clock: FrozenClock) -> None:
    for _ in range(3):
        limits.hit("login", "anna")
    clock.advance(seconds=20)
    with pytest.raises(TooManyAttempts) as caught:
        limits.hit("login", "anna")
    assert 39 <= caught.value.retry_after <= 41
    clock.advance(seconds=caught.value.retry_after)
    assert not refused(limits, "login", "anna")


def test_testing_counts_nothing(limits: WindowLimits) -> None:
    for _ in range(10):
        limits.test("login", "anna")
    for _ in range(3):
        limits.hit("login", "anna")
    with pytest.raises(TooManyAttempts):
        limits.test("login", "anna")


def test_a_refund_gives_one_attempt_back_and_no_more(limits: WindowLimits) -> None:
    for _ in range(3):
        limits.hit("login", "anna")
    limits.refund("login", "anna")
    assert [refused(limits, "login", "anna") for _ in range(2)] == [False, True]


def test_clearing_forgets_one_key_only(limits: WindowLimits) -> None:
    for _ in range(3):
        limits.hit("login", "anna")
        limits.hit("login", "ben")
    limits.clear("login", "anna")
    assert [refused(limits, "login", name) for name in ("anna", "ben")] == [False, True]


def test_a_limit_that_is_switched_off_never_refuses(limits: WindowLimits) -> None:
    for _ in range(1000):
        limits.hit("off", "anna")
    limits.test("off", "anna")
    limits.refund("off", "anna")
    limits.clear("off", "anna")


def test_no_name_or_address_is_stored(limits: WindowLimits, storage: MemoryCounters) -> None:
    limits.hit("login", "anna@example.com", "203.0.113.7")
    stored = repr(vars(storage))
    assert "anna" not in stored
    assert "203.0.113.7" not in stored


def test_parallel_hits_get_no_more_than_the_limit(limits: WindowLimits) -> None:
    """ASVS 6.3.1: one atomic step each."""
    with ThreadPoolExecutor(16) as pool:
        passed = list(pool.map(lambda _: refused(limits, "login", "anna"), range(64))).count(False)
    assert passed == 3
    assert refused(limits, "login", "anna")


def test_counters_that_have_ended_are_forgotten(limits: WindowLimits, clock: FrozenClock, storage: MemoryCounters) -> None:
    for number in range(1500):
        limits.hit("login", f"early {number}")
    clock.advance(minutes=1)
    for number in range(1500):
        limits.hit("login", f"late {number}")
    assert storage.reset() == 1500


def test_a_rule_that_cannot_be_read_stops_the_start(storage: MemoryCounters, clock: FrozenClock) -> None:
    with pytest.raises(ValueError, match="rate limit"):
        WindowLimits(rules={"login": "often"}, storage=storage, clock=clock)


def test_an_unknown_limit_is_a_fault_of_the_program(limits: WindowLimits) -> None:
    with pytest.raises(KeyError):
        limits.hit("unheard_of", "anna")


def test_a_clock_that_runs_behind_promises_no_endless_wait(storage: MemoryCounters) -> None:
    behind = FrozenClock()
    limits = WindowLimits(rules={"login": "1/minute"}, storage=storage, clock=behind)
    limits.hit("login", "anna")
    behind.advance(days=-1)
    with pytest.raises(TooManyAttempts) as caught:
        WindowLimits(rules={"login": "1/minute"}, storage=storage, clock=FrozenClock(behind.now())).hit("login", "anna")
    assert 1 <= caught.value.retry_after <= 60
