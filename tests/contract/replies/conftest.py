"""The ways in which a reply gets from its writer to its followers."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from cache_redis.reply_feed import RedisFeed
from cache_redis.server import RedisServer
from chat.ports import FeedReader, ReplyFeed
from chat.replies import MemoryFeed
from tests.servers.redis import running_redis

WAIT = 10.0
PAUSE = threading.Event()


@dataclass(kw_only=True)
class Line:
    """The feed that the writer has and the one that a follower has."""

    writer: ReplyFeed
    follower: ReplyFeed

    def reader(self, message_id: str, *, after: int = 0) -> FeedReader:
        """Return a reader as soon as the follower's process knows of the reply."""
        for _ in range(1000):
            found = self.follower.reader(message_id, after=after)
            if found is not None:
                return found
            PAUSE.wait(0.01)
        pytest.fail("the follower never heard of the reply")


def heard(reader: FeedReader, *, upto: str = "") -> str:
    """Return what arrives until the end, or until `upto` was heard."""
    text, ended = "", False
    while not ended and not (upto and text.endswith(upto)):
        assert reader.wait(WAIT), f"silent after {text!r}"
        pieces, ended = reader.take()
        text += "".join(pieces)
    return text


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a Redis server for this run."""
    with running_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(params=["memory", "redis in one process", "redis between processes"])
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    """Yield a writer and a follower that know of no reply."""
    if request.param == "memory":
        memory = MemoryFeed()
        yield Line(writer=memory, follower=memory)
        return
    servers = [RedisServer(request.getfixturevalue("redis_url")) for _ in range(2)]
    with servers[0].using() as client:
        client.flushdb()
    feeds = [RedisFeed(server) for server in servers]
    yield Line(writer=feeds[0], follower=feeds[0 if "one" in request.param else 1])
    for feed in feeds:
        feed.shut_down()
