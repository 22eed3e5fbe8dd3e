"""A fair queue of writing processes.

SQLite's own lock is taken by whoever polls at the right moment, so a busy process can starve another for seconds. A writer first
enters the turnstile, waits there for SQLite's lock, and leaves it as soon as it has it: whoever is in the turnstile is next.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: SQLite's own lock alone, correct but less fair
    fcntl = None  # type: ignore[assignment]  # a module or None

_POLL_SECONDS = 0.0005


class Turnstile:
    """An advisory lock on a file of its own (never on the database: closing that would drop SQLite's locks)."""

    def __init__(self, path: Path) -> None:
        """Open the lock file, creating it for the owner only."""
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    @contextmanager
    def passing(self, deadline: float) -> Iterator[None]:
        """Hold the turnstile, waiting for it until `deadline` (monotonic seconds), then going on without: it is only about fairness."""
        entered = self._enter(deadline)
        try:
            yield
        finally:
            if entered:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the lock file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _enter(self, deadline: float) -> bool:
        if fcntl is None:
            return False
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    return False
                time.sleep(_POLL_SECONDS)
            except (OSError, ValueError):
                return False  # a file system without locks, or closed already
            else:
                return True
