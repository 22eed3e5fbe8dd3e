"""What the first person would otherwise wait for, done a few seconds after the start; and the collector kept from looking at it again.

Streamlit collects garbage after every run of a script, all generations of it. With the program's modules, its word tables and its
exam items in memory that was 100 to 300 ms of work for every click (17 of 18 samples of a profile). None of them is ever garbage,
so they are taken out of what the collector looks at; what a session leaves behind is still collected at once.
"""

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from core import log

QUIET_SECONDS = 5.0
"""The first page is drawn meanwhile; work in the background would take from it."""
_log = log.get("warming")


@contextmanager
def in_background(*acts: Callable[[], object], quiet: float = QUIET_SECONDS) -> Iterator[None]:
    """Do `acts` one after the other in a thread, `quiet` seconds after the block began, unless it ends before that."""
    gc.freeze()
    stopped = threading.Event()
    thread = threading.Thread(target=_warm, args=(acts, quiet, stopped), name="warming", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def _warm(acts: Sequence[Callable[[], object]], quiet: float, stopped: threading.Event) -> None:
    wait = quiet
    for act in acts:
        if stopped.wait(wait):
            return
        wait = 0.0
        try:
            act()
        except Exception as fault:  # noqa: BLE001 - whoever needs it meets the fault, and sees it
            _log.warning("warming up", extra={"error": type(fault).__name__})
    gc.collect()
    gc.freeze()
