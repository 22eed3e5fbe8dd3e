"""The Redis connection and its faults."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cache_redis.server import RedisServer
from cache_redis.signup_sessions import RedisSignupSessions
from core.errors import ConfigurationError, StoreUnavailable, ValidationFailed
from tests.servers.redis import running_redis


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    with running_redis(tmp_path) as url:
        opened = RedisServer(url)
        yield opened
        opened.close()


def test_the_check_says_what_is_connected(server: RedisServer) -> None:
    assert server.check().startswith("Redis ")


def test_text_that_cannot_be_stored_is_the_callers_fault(server: RedisServer) -> None:
    with pytest.raises(ValidationFailed):
        RedisSignupSessions(server).get("\ud800")


def test_a_server_that_does_not_answer_is_unavailable() -> None:
    server = RedisServer("redis://127.0.0.1:9/")
    with pytest.raises(StoreUnavailable):
        server.check()
    with pytest.raises(StoreUnavailable):
        RedisSignupSessions(server).get("sgn_1")
    server.close()


def test_an_address_that_cannot_be_read_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigurationError, match="REDIS_URL"):
        RedisServer("mongodb://127.0.0.1")


def test_redis_forgets_a_conversation_a_minute_after_its_end(server: RedisServer) -> None:
    from tests.contract.signup.test_signup_sessions import SESSION

    RedisSignupSessions(server).create(SESSION)
    with server.using() as client:
        left = client.pttl("viva:signup:sgn_1")
    assert 355_000 < int(str(left)) <= 359_000
