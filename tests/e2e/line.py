"""A line between the browser and the app that a test can cut: connections end at once, and no new one is taken until it is mended."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_CHUNK = 65_536


class Line:
    """Passes bytes on between a port of its own and the app's."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname or "localhost", parts.port or 80)
        self._server = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._whole = True
        self._lock = threading.Lock()
        self.url = f"http://localhost:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End every connection and refuse new ones."""
        with self._lock:
            self._whole = False
            ended, self._open = self._open, []
        for end in ended:
            _end(end)

    def mend(self) -> None:
        """Take connections again."""
        with self._lock:
            self._whole = True

    def close(self) -> None:
        """End it for good."""
        self.cut()
        _end(self._server)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._server.accept()
                self._join(client)

    def _join(self, client: socket.socket) -> None:
        with self._lock:
            if not self._whole:
                _end(client)
                return
            try:
                app = socket.create_connection(self._target)
            except OSError:
                _end(client)
                return
            self._open += [client, app]
        for source, sink in ((client, app), (app, client)):
            threading.Thread(target=_pump, args=(source, sink), daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(_CHUNK):
            sink.sendall(data)
    _end(source)
    _end(sink)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def line_to(url: str) -> Iterator[Line]:
    """Lay a line for as long as the block lasts."""
    line = Line(url)
    try:
        yield line
    finally:
        line.close()
