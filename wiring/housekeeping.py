"""Removes, every hour, what has had its time: ended sessions, used links, letters that left a month ago."""

import threading
from collections.abc import Callable

from core import log
from core.errors import StoreUnavailable

EVERY_SECONDS = 3600.0
FIRST_AFTER_SECONDS = 60.0
_log = log.get("housekeeping")


class Housekeeping:
    """Runs its tasks one after the other in a thread of its own; a fault of one does not keep the others from running."""

    def __init__(self) -> None:
        """Begin without tasks."""
        self._tasks: list[Callable[[], object]] = []
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, *tasks: Callable[[], object]) -> None:
        """Take on tasks; call it before `start`."""
        self._tasks += tasks

    def start(self) -> None:
        """Begin; a second call does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Finish the task in hand and end the thread."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=15)
            self._thread = None

    def soon(self) -> None:
        """Run the tasks now rather than within the hour: somebody's account was deleted, and its last traces go with them."""
        self._wake.set()

    def run_once(self) -> None:
        """Run every task now."""
        for task in self._tasks:
            try:
                task()
            except StoreUnavailable:
                _log.warning("the database cannot be reached; trying again later")
            except Exception:  # noqa: BLE001 - logged with its trace; the other tasks must run all the same
                _log.exception("a task failed")

    def _run(self) -> None:
        self._wake.wait(FIRST_AFTER_SECONDS)
        while not self._stopping.is_set():
            self._wake.clear()
            self.run_once()
            self._wake.wait(EVERY_SECONDS)
