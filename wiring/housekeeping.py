"""Removes, every hour, what has had its time: ended sessions, used links, letters that left a month ago."""

from collections.abc import Callable

from core import log
from core.errors import StoreUnavailable
from core.rounds import Rounds

EVERY_SECONDS = 3600.0
FIRST_AFTER_SECONDS = 60.0
_log = log.get("housekeeping")


class Housekeeping:
    """Runs its tasks one after the other in a thread of its own; a fault of one does not keep the others from running."""

    def __init__(self) -> None:
        """Begin without tasks."""
        self._tasks: list[Callable[[], object]] = []
        self._rounds = Rounds(self.run_once, name="housekeeping", delay=FIRST_AFTER_SECONDS, interval=EVERY_SECONDS)

    def add(self, *tasks: Callable[[], object]) -> None:
        """Take on tasks; call it before `start`."""
        self._tasks += tasks

    def start(self) -> None:
        """Begin; a second call does nothing."""
        self._rounds.start()

    def stop(self) -> None:
        """Finish the task in hand and end the thread."""
        self._rounds.stop()

    def soon(self) -> None:
        """Run the tasks now rather than within the hour: somebody's account was deleted, and its last traces go with them."""
        self._rounds.wake()

    def run_once(self) -> None:
        """Run every task now."""
        for task in self._tasks:
            try:
                task()
            except StoreUnavailable:
                _log.warning("the database cannot be reached; trying again later")
            except Exception:  # noqa: BLE001 - logged with its trace; the other tasks must run all the same
                _log.exception("a task failed")
