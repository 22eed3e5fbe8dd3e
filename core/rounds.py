"""Regular work that nobody should wait for, each kind in a thread of its own."""

import threading
from collections.abc import Callable

from core import log
from core.errors import StoreUnavailable

_STOP_SECONDS = 15.0


class Rounds:
    """Does `work` `delay` seconds after the start, then again `interval` seconds after each end, and at once when woken.

    A round that fails is logged, and the next one runs all the same.
    """

    def __init__(self, work: Callable[[], object], *, name: str, delay: float = 0.0, interval: float) -> None:
        self._work = work
        self._name = name
        self._delay = delay
        self._interval = interval
        self._log = log.get(name)
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def stopping(self) -> bool:
        """Whether the work in hand should come to its end."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Begin; a second call does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """Run the next round now."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the work in hand and end the thread."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=_STOP_SECONDS)
            self._thread = None

    def _run(self) -> None:
        pause = self._delay
        while True:
            if pause:
                self._wake.wait(pause)
            if self.stopping:
                return
            self._wake.clear()
            try:
                self._work()
            except StoreUnavailable:
                self._log.warning("the database cannot be reached; trying again later")
            except Exception:  # noqa: BLE001 - logged with its trace; the thread must outlive any fault
                self._log.exception("a round failed; trying again later")
            pause = self._interval
