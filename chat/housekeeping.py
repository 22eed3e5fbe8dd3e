"""Regular work nobody should wait for, in one thread: word tables loaded early, dead answers marked, old deletions made final."""

import threading
from collections.abc import Callable, Sequence

from core import log

_log = log.get("chat")


class Housekeeping:
    """Runs `once` after `delay` seconds, then `tidy` every `interval` seconds until it is stopped."""

    def __init__(self, *, once: Sequence[Callable[[], object]], tidy: Callable[[], object], delay: float, interval: float) -> None:
        self._once = once
        self._tidy = tidy
        self._delay = delay
        self._interval = interval
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a second call does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="chat-housekeeping", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End it; waits for the work at hand."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        if self._stopped.wait(self._delay):
            return
        for work in self._once:
            _do(work)
        while not self._stopped.is_set():
            _do(self._tidy)
            self._stopped.wait(self._interval)


def _do(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception as fault:  # noqa: BLE001 - the next round may succeed, and the thread must live for it
        _log.warning("housekeeping", extra={"error": type(fault).__name__})
