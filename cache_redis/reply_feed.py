"""Answers in the making, shared by several processes (contract: `chat.ports.ReplyFeed`).

The process that writes an answer keeps it in memory and copies it into a Redis stream a few times a second; another process that
follows it reads the stream into a memory of its own. Redis is never waited for by whoever writes, and where it is away the followers
are told that they lost the line: they look into the database then.
"""

import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cache_redis.server import RedisServer
from chat.ports import FeedReader
from chat.replies import MemoryFeed
from core import log
from core.errors import StoreUnavailable

_PREFIX = "viva:reply:"
_TEXT, _END = b"t", b"e"
_ROUND_SECONDS = 0.03
"""A round of writing to Redis per this time, whatever the number of pieces."""
_KEPT_MS = 120_000
"""How long Redis keeps what a process that died has left; longer than a provider may be silent."""
_ENDED_MS = 15_000
_LOOK_MS = 200
_SILENT_SECONDS = 10.0
"""A follower that hears nothing for so long looks into the database, which knows whether the writer is alive."""

_log = log.get("chat")


class RedisFeed:
    """Replies of this process and of the others on the same Redis."""

    def __init__(self, server: RedisServer, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Use `server`; threads start with the first reply. `monotonic` gives seconds that only rise."""
        self._server = server
        self._own = MemoryFeed()
        self._open: set[str] = set()
        self._publisher = _Publisher(server)
        self._copies = _Copies(server, monotonic)

    def open(self, message_id: str) -> None:
        """Begin a reply (see `ReplyFeed.open`)."""
        self._own.open(message_id)
        self._open.add(message_id)
        self._publisher.put(message_id, "")

    def write(self, message_id: str, piece: str) -> None:
        """Add a piece (see `ReplyFeed.write`)."""
        self._own.write(message_id, piece)
        if message_id in self._open:
            self._publisher.put(message_id, piece)

    def close(self, message_id: str) -> None:
        """End the reply (see `ReplyFeed.close`)."""
        self._own.close(message_id)
        if message_id in self._open:
            self._open.discard(message_id)
            self._publisher.put(message_id, None)

    def reader(self, message_id: str, *, after: int) -> FeedReader | None:
        """Return a reader (see `ReplyFeed.reader`)."""
        return self._own.reader(message_id, after=after) or self._copies.reader(message_id, after=after)

    def shut_down(self) -> None:
        """End the threads and the connections (see `ReplyFeed.shut_down`)."""
        self._publisher.stop()
        self._copies.stop()
        self._server.close()


class _Publisher:
    """Copies what this process writes into Redis, from a thread of its own."""

    def __init__(self, server: RedisServer) -> None:
        self._server = server
        self._queue: queue.SimpleQueue[tuple[str, str | None] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._torn: set[str] = set()

    def put(self, message_id: str, piece: str | None) -> None:
        """Have a piece published, None for the end. Never blocks."""
        if self._thread is None:
            self._start()
        self._queue.put((message_id, piece))

    def stop(self) -> None:
        """Publish what is waiting and end the thread."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="reply-publisher", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        stopped = False
        while not stopped:
            waiting = [self._queue.get()]
            while not self._queue.empty():
                waiting.append(self._queue.get())
            stopped = None in waiting
            self._publish([piece for piece in waiting if piece is not None])
            time.sleep(_ROUND_SECONDS)

    def _publish(self, pieces: list[tuple[str, str | None]]) -> None:
        texts: dict[str, list[str]] = {}
        for message_id, piece in pieces:
            texts.setdefault(message_id, []).append(piece or "")
        ended = {message_id for message_id, piece in pieces if piece is None}
        whole = {message_id: "".join(parts) for message_id, parts in texts.items() if message_id not in self._torn}
        try:
            with self._server.using() as client:
                pipeline = client.pipeline(transaction=False)
                for message_id, text in whole.items():
                    key = _PREFIX + message_id
                    fields: dict[Any, Any] = {_TEXT: text.encode("utf-8", "surrogatepass")} | ({_END: b"1"} if message_id in ended else {})
                    pipeline.xadd(key, fields)
                    pipeline.pexpire(key, _ENDED_MS if message_id in ended else _KEPT_MS)
                pipeline.execute()
        except StoreUnavailable:
            # A gap must never be published: from here on these are followed through the database.
            self._torn.update(whole)
            _log.warning("replies not shared with other processes", extra={"replies": len(whole)})
        self._torn -= ended


@dataclass(kw_only=True)
class _Copy:
    """How far the copy of another process's reply has come. `heard`: when there was something new (monotonic seconds)."""

    position: bytes
    heard: float


class _Copies:
    """Replies of other processes, read from Redis for as long as somebody wanted them, by one thread."""

    def __init__(self, server: RedisServer, monotonic: Callable[[], float]) -> None:
        self._server = server
        self._monotonic = monotonic
        self._feed = MemoryFeed()
        self._lock = threading.Lock()
        self._copies: dict[str, _Copy] = {}
        self._thread: threading.Thread | None = None

    def reader(self, message_id: str, *, after: int) -> FeedReader | None:
        """Return a reader, or None if no process shares such a reply (or Redis is away)."""
        with self._lock:
            if message_id not in self._copies and not self._begin(message_id):
                return None
            found = self._feed.reader(message_id, after=after)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="reply-listener", daemon=True)
                self._thread.start()
        return found

    def stop(self) -> None:
        """Give every copy up and end the thread."""
        with self._lock:
            self._lose(list(self._copies))
            thread = self._thread
        if thread is not None:
            thread.join()

    def _begin(self, message_id: str) -> bool:
        try:
            with self._server.using() as client:
                entries: Any = client.xrange(_PREFIX + message_id)
        except StoreUnavailable:
            return False
        if not entries or any(_END in fields for _, fields in entries):
            return False  # the database has it
        self._feed.open(message_id)
        self._copies[message_id] = _Copy(position=b"0", heard=self._monotonic())
        self._add(message_id, entries)
        return True

    def _run(self) -> None:
        while True:
            with self._lock:
                wanted: dict[Any, Any] = {_PREFIX + message_id: copy.position for message_id, copy in self._copies.items()}
                if not wanted:
                    self._thread = None
                    return
            try:
                with self._server.using() as client:
                    streams: Any = client.xread(wanted, block=_LOOK_MS)
            except StoreUnavailable:
                with self._lock:
                    self._lose(list(self._copies))
                continue
            with self._lock:
                for key, entries in streams:
                    self._add(key.decode().removeprefix(_PREFIX), entries)
                silent = self._monotonic() - _SILENT_SECONDS
                self._lose([message_id for message_id, copy in self._copies.items() if copy.heard < silent])

    def _add(self, message_id: str, entries: list[tuple[bytes, Mapping[bytes, bytes]]]) -> None:
        copy = self._copies.get(message_id)
        if copy is None:
            return
        copy.heard = self._monotonic()
        for position, fields in entries:
            copy.position = position
            if text := fields[_TEXT].decode("utf-8", "surrogatepass"):
                self._feed.write(message_id, text)
            if _END in fields:
                del self._copies[message_id]
                self._feed.close(message_id)
                return

    def _lose(self, message_ids: list[str]) -> None:
        for message_id in message_ids:
            del self._copies[message_id]
            self._feed.lose(message_id)
