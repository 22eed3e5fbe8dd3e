"""The sign-up conversations of every database, and of Redis."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cache_redis.server import RedisServer
from cache_redis.signup_sessions import RedisSignupSessions
from signup.ports import SessionStore
from tests.contract.conftest import BACKENDS
from tests.servers.redis import running_redis


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a Redis server for this run."""
    with running_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(params=[*BACKENDS, "redis"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SessionStore]:
    """Yield one empty store."""
    if request.param == "redis":
        server = RedisServer(request.getfixturevalue("redis_url"))
        with server.using() as client:
            client.flushdb()
        yield RedisSignupSessions(server)
        server.close()
        return
    with BACKENDS[request.param](tmp_path) as opened:
        yield opened.signup_sessions
