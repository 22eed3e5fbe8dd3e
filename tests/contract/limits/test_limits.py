"""`core.limits.RateLimits`, counted in every storage that several processes can share, and in memory."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from limits.storage import storage_from_string

from core.clock import SystemClock
from core.counters import MemoryCounters
from core.errors import StoreUnavailable, TooManyAttempts
from core.limits import WindowLimits
from db_mongo.limits import MongoLimitStorage
from tests.contract.conftest import new_mongodb
from tests.contract.make import later
from tests.factories import FrozenClock
from tests.servers.redis import running_redis


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a Redis server for these tests."""
    with running_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(params=["memory", "redis", "mongodb"])
def limits(request: pytest.FixtureRequest) -> Iterator[WindowLimits]:
    """Yield limits of five an hour and of none, without attempts."""
    database = new_mongodb() if request.param == "mongodb" else None
    storage: Any = MemoryCounters()
    if request.param == "redis":
        storage = storage_from_string(request.getfixturevalue("redis_url").replace("unix://", "redis+unix://"), wrap_exceptions=True)
    elif database is not None:
        storage = MongoLimitStorage(database)
    assert storage.check()
    yield WindowLimits(rules={"five": "5/hour", "off": ""}, storage=storage, clock=SystemClock())
    storage.reset()
    if database is not None:
        database.drop()
        database.close()


def key() -> str:
    return uuid4().hex


def test_a_limit_is_used_up_for_one_key_only(limits: WindowLimits) -> None:
    mine, other = key(), key()
    for _ in range(5):
        limits.hit("five", mine)
    with pytest.raises(TooManyAttempts) as refused:
        limits.hit("five", mine)
    assert 1 <= refused.value.retry_after <= 3600
    with pytest.raises(TooManyAttempts):
        limits.test("five", mine)
    limits.test("five", other)
    limits.hit("five", other)


def test_clearing_gives_all_attempts_back(limits: WindowLimits) -> None:
    mine = key()
    for _ in range(5):
        limits.hit("five", mine)
    limits.clear("five", mine)
    for _ in range(5):
        limits.hit("five", mine)


def test_a_refund_gives_one_attempt_back(limits: WindowLimits) -> None:
    mine = key()
    for _ in range(5):
        limits.hit("five", mine)
    limits.refund("five", mine)
    limits.hit("five", mine)
    with pytest.raises(TooManyAttempts):
        limits.hit("five", mine)


def test_of_parallel_attempts_never_more_than_the_limit_pass(limits: WindowLimits) -> None:
    mine = key()

    def attempt(_: int) -> bool:
        try:
            limits.hit("five", mine)
        except TooManyAttempts:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(attempt, range(32))).count(True) == 5


def test_a_limit_that_is_off_counts_nothing(limits: WindowLimits) -> None:
    mine = key()
    for _ in range(20):
        limits.hit("off", mine)
    limits.clear("off", mine)


def test_a_counter_that_cannot_be_reached_is_unavailable() -> None:
    storage: Any = storage_from_string("redis://127.0.0.1:9/", wrap_exceptions=True)
    limits = WindowLimits(rules={"five": "5/hour"}, storage=storage, clock=SystemClock())
    for act in (limits.hit, limits.test, limits.refund, limits.clear):
        with pytest.raises(StoreUnavailable):
            act("five", "x")


def test_a_counter_ends_with_its_window_and_a_new_one_begins() -> None:
    database, clock = new_mongodb(), FrozenClock()
    storage = MongoLimitStorage(database, clock)
    assert [storage.incr("k", 60) for _ in range(3)] == [1, 2, 3]
    assert (storage.get("k"), storage.get_expiry("k")) == (3, later(minutes=1).timestamp())
    clock.advance(minutes=1)
    assert storage.get("k") == 0
    assert storage.incr("k", 60) == 1
    assert storage.get_expiry("k") == later(minutes=2).timestamp()
    database.drop()
    database.close()
