"""Keys, circuit breakers and the limits of one call."""

import threading

import pytest

from llm.breaker import Breaker
from llm.call import Call, TimeLimits
from llm.config import ProviderConfig, RetryPolicy
from llm.errors import Cancelled, Fault, ProviderFault
from llm.keys import KeyRing
from tests.factories import FrozenClock


def test_keys_come_in_turn_and_the_same_key_twice_counts_once() -> None:
    ring = KeyRing(["a", "b", "a"], clock=FrozenClock())
    assert [ring.take() for _ in range(5)] == ["a", "b", "a", "b", "a"]


def test_a_resting_key_is_not_handed_out_until_its_time_is_up() -> None:
    clock = FrozenClock()
    ring = KeyRing(["a", "b"], clock=clock)
    ring.set_aside("a", seconds=10)
    ring.set_aside("a", seconds=5)
    assert {ring.take() for _ in range(4)} == {"b"}
    clock.advance(seconds=9)
    assert {ring.take() for _ in range(4)} == {"b"}
    clock.advance(seconds=1)
    assert {ring.take() for _ in range(4)} == {"a", "b"}


def test_when_every_key_rests_the_shortest_rest_is_told() -> None:
    ring = KeyRing(["a", "b"], clock=FrozenClock())
    ring.set_aside("a", seconds=30)
    ring.set_aside("b", seconds=20)
    with pytest.raises(ProviderFault) as raised:
        ring.take()
    assert (raised.value.fault, raised.value.retry_after) == (Fault.NO_KEY, 20)
    assert not ring.ready()


def test_many_threads_share_the_keys_evenly() -> None:
    ring = KeyRing(["a", "b"], clock=FrozenClock())
    taken: list[str] = []
    threads = [threading.Thread(target=lambda: taken.extend(ring.take() for _ in range(100))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken.count("a") == taken.count("b") == 200


def test_a_breaker_opens_only_after_failures_in_a_row() -> None:
    breaker = Breaker(RetryPolicy(breaker_failures=2), clock=FrozenClock())
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()


def test_after_a_rest_one_caller_may_try_and_the_rest_doubles_if_it_fails() -> None:
    clock = FrozenClock()
    breaker = Breaker(RetryPolicy(breaker_failures=1, breaker_seconds=10, breaker_longest=35), clock=clock)
    breaker.failed()
    for rest in (10, 20, 35, 35):
        clock.advance(seconds=rest - 1)
        assert not breaker.allows()
        clock.advance(seconds=1)
        assert breaker.closed()
        assert breaker.allows()
        assert not breaker.allows()
        breaker.failed()


def test_a_call_knows_when_its_first_word_and_its_whole_are_late() -> None:
    now = [0.0]
    call = Call(limits=TimeLimits(first_token=5, total=20), monotonic=lambda: now[0])
    call.begin_attempt()
    now[0] = 5.0
    with pytest.raises(ProviderFault) as raised:
        call.check()
    assert raised.value.fault is Fault.TIMED_OUT
    call.begin_attempt()
    call.first_token_arrived()
    now[0] = 19.0
    call.check()
    assert call.total_remaining() == 1
    now[0] = 20.0
    with pytest.raises(ProviderFault):
        call.check()


def test_a_call_that_waited_for_its_turn_has_its_whole_time_left() -> None:
    now = [0.0]
    call = Call(limits=TimeLimits(total=20), monotonic=lambda: now[0])
    now[0] = 500.0
    call.begin()
    call.check()
    assert call.total_remaining() == 20


def test_a_pause_ends_at_once_when_the_call_is_cancelled() -> None:
    call = Call()
    threading.Timer(0.02, call.cancel).start()
    with pytest.raises(Cancelled):
        call.pause(60)


def test_a_configuration_does_not_show_its_keys() -> None:
    config = ProviderConfig(name="x", label="X", base_url="http://localhost", models=("m",), keys=("sk-secret",))
    assert "sk-secret" not in repr(config)
    assert config.usable
