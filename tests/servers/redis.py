"""A Redis server of our own, on a socket file, for the tests."""

import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.needs import program

_START_SECONDS = 10


@contextmanager
def running_redis(folder: Path) -> Iterator[str]:
    """Start `redis-server` (Debian's package of that name) and yield its URL."""
    redis = program("redis-server", install="apt-get install redis-server")
    with tempfile.TemporaryDirectory() as short:  # the path of a socket is limited to about a hundred characters
        path = Path(short) / "redis.sock"
        options = ["--port", "0", "--unixsocket", str(path), "--save", "", "--appendonly", "no", "--dir", str(folder)]
        process = subprocess.Popen([redis, *options], stdout=subprocess.PIPE, text=True)
        try:
            _wait_until_ready(process, path)
            yield f"unix://{path}"
        finally:
            process.terminate()
            process.communicate(timeout=_START_SECONDS)


def _wait_until_ready(process: "subprocess.Popen[str]", path: Path) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if "eady to accept connections" in line:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(_START_SECONDS)
                probe.connect(str(path))
            return
    pytest.fail("redis-server did not start")
