"""Replies in the making, kept in the memory of this process: written by one thread, followed by any number at any time."""

import threading
from collections.abc import Callable, Sequence


class MemoryFeed:
    """Implements `chat.ports.ReplyFeed` for one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, _Reply] = {}

    def open(self, message_id: str) -> None:
        """Begin a reply (see `ReplyFeed.open`)."""
        with self._lock:
            self._open.setdefault(message_id, _Reply())

    def write(self, message_id: str, piece: str) -> None:
        """Add a piece (see `ReplyFeed.write`)."""
        reply = self._open.get(message_id)
        if reply is not None:
            reply.write(piece)

    def close(self, message_id: str) -> None:
        """End the reply (see `ReplyFeed.close`)."""
        self._end(message_id, lost=False)

    def lose(self, message_id: str) -> None:
        """Give the reply up, which somebody else may still be writing: its readers are told that they lost the line."""
        self._end(message_id, lost=True)

    def reader(self, message_id: str, *, after: int) -> "MemoryReader | None":
        """Return a reader (see `ReplyFeed.reader`)."""
        reply = self._open.get(message_id)
        return None if reply is None else MemoryReader(reply, after=after)

    def shut_down(self) -> None:
        """Do nothing: memory needs no farewell (see `ReplyFeed.shut_down`)."""

    def _end(self, message_id: str, *, lost: bool) -> None:
        with self._lock:
            reply = self._open.pop(message_id, None)
        if reply is not None:
            reply.end(lost=lost)


class _Reply:
    """One reply: its pieces, whether it ended, and who is waiting."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.pieces: list[str] = []
        self.total = 0
        self.ended = False
        self.lost = False
        self.waiting: set[MemoryReader] = set()
        self.blocked = 0
        """How many threads wait for `changed`: telling nobody would take as long as adding the piece."""

    def write(self, piece: str) -> None:
        with self.changed:
            self.pieces.append(piece)
            self.total += len(piece)
            self._wake()

    def end(self, *, lost: bool) -> None:
        with self.changed:
            self.ended = True
            self.lost = lost
            self._wake()

    def _wake(self) -> None:
        if self.blocked:
            self.changed.notify_all()
        if self.waiting:
            for reader in tuple(self.waiting):
                self.waiting.discard(reader)
                reader.call()


class MemoryReader:
    """Implements `chat.ports.FeedReader`: remembers how many characters were taken."""

    def __init__(self, reply: _Reply, *, after: int) -> None:
        self._reply = reply
        self._taken = max(0, after)
        self._callback: Callable[[], None] | None = None

    @property
    def lost(self) -> bool:
        """Whether the line to the writer was lost (see `FeedReader.lost`)."""
        return self._reply.lost

    def take(self) -> tuple[Sequence[str], bool]:
        """Return what is new and whether it is over (see `FeedReader.take`)."""
        with self._reply.changed:
            new = self._new()
            self._taken = max(self._taken, self._reply.total)
            if self._callback is not None and not self._reply.ended:
                self._reply.waiting.add(self)
            return new, self._reply.ended

    def wait(self, seconds: float) -> bool:
        """Block until there is something to take (see `FeedReader.wait`)."""
        with self._reply.changed:
            self._reply.blocked += 1
            try:
                return self._reply.changed.wait_for(self._has_news, timeout=seconds)
            finally:
                self._reply.blocked -= 1

    def notify(self, callback: Callable[[], None]) -> None:
        """Call back when there is something to take (see `FeedReader.notify`)."""
        with self._reply.changed:
            self._callback = callback
            if not self._has_news():
                self._reply.waiting.add(self)
                return
        callback()

    def close(self) -> None:
        """Stop following."""
        with self._reply.changed:
            self._callback = None
            self._reply.waiting.discard(self)

    def call(self) -> None:
        """Tell the follower; called by the writer."""
        if self._callback is not None:
            self._callback()

    def _has_news(self) -> bool:
        return self._reply.ended or self._reply.total > self._taken

    def _new(self) -> Sequence[str]:
        """Return what was written behind the characters taken; looks at pieces from the end, because little is new."""
        fresh: list[str] = []
        missing = self._reply.total - self._taken
        for piece in reversed(self._reply.pieces):
            if missing <= 0:
                break
            fresh.append(piece if len(piece) <= missing else piece[len(piece) - missing :])
            missing -= len(piece)
        fresh.reverse()
        return fresh
