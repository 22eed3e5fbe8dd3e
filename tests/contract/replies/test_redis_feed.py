"""Sharing replies through Redis when something goes wrong: nothing is invented, nobody waits."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis

from cache_redis.reply_feed import RedisFeed
from cache_redis.server import RedisServer
from core.errors import StoreUnavailable
from tests.contract.replies.conftest import WAIT, Line, heard
from tests.servers.redis import running_redis


class Unsteady(RedisServer):
    """A Redis that can be out of reach."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.away = False
        self.refused = threading.Event()

    @contextmanager
    def using(self) -> Iterator[Redis]:
        if self.away:
            self.refused.set()
            raise StoreUnavailable("away")
        with super().using() as client:
            yield client


@contextmanager
def two_processes(url: str, *, server: RedisServer | None = None, monotonic: Callable[[], float] = time.monotonic) -> Iterator[Line]:
    writer, follower = RedisFeed(server or RedisServer(url)), RedisFeed(RedisServer(url), monotonic=monotonic)
    yield Line(writer=writer, follower=follower)
    writer.shut_down()
    follower.shut_down()


def test_followers_elsewhere_are_told_when_redis_goes_away_and_those_here_notice_nothing(tmp_path: Path) -> None:
    with running_redis(tmp_path) as url, two_processes(url) as line:
        line.writer.open("msg_1")
        elsewhere, here = line.reader("msg_1"), line.writer.reader("msg_1", after=0)
        line.writer.write("msg_1", "So far")
        assert heard(elsewhere, upto="far") == "So far"
        with RedisServer(url).using() as client:
            client.shutdown(nosave=True)
        line.writer.write("msg_1", " so good")
        line.writer.close("msg_1")
        assert heard(elsewhere) == ""
        assert elsewhere.lost
        assert here is not None
        assert heard(here) == "So far so good"
        assert not here.lost
        assert line.follower.reader("msg_1", after=0) is None


def test_a_reply_without_a_sign_of_life_is_given_up(redis_url: str) -> None:
    now = [0.0]
    with two_processes(redis_url, monotonic=lambda: now[0]) as line:
        line.writer.open("msg_silent")
        reader = line.reader("msg_silent")
        line.writer.write("msg_silent", "Hm")
        assert heard(reader, upto="Hm") == "Hm"
        assert not reader.lost
        now[0] += 11
        assert heard(reader) == ""
        assert reader.lost


def test_nothing_behind_a_gap_is_ever_published(redis_url: str) -> None:
    server = Unsteady(redis_url)
    with two_processes(redis_url, server=server) as line:
        line.writer.open("msg_gap")
        reader = line.reader("msg_gap")
        line.writer.write("msg_gap", "one ")
        assert heard(reader, upto="one ") == "one "
        server.away = True
        line.writer.write("msg_gap", "two ")
        assert server.refused.wait(WAIT)
        server.away = False
        line.writer.write("msg_gap", "three ")
        line.writer.open("msg_after")
        line.reader("msg_after")  # whatever was published before has arrived by now
        pieces, ended = reader.take()
        assert (list(pieces), ended) == ([], False)
