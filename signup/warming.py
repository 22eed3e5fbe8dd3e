"""Reading the words of all languages before the first message needs them: thousands of phrases and a word list take half a second."""

from threading import Event, Lock, Thread

from signup.understanding.ideas.composing import concepts
from signup.understanding.words import everyday
from signup.understanding.words.lexicon import lexicon

AFTER_SECONDS = 1.0
"""As long as somebody takes at least to read the greeting; until then the page that shows it has the processor for itself."""
_reading = Lock()


def read_words() -> None:
    """Have the words read: now, or by whoever is at it. Costs nothing afterwards."""
    with _reading:
        concepts()
        everyday.warm_up()
        lexicon()


def is_warm() -> bool:
    """Tell whether the words are read."""
    return lexicon.cache_info().currsize > 0


class Warming:
    """Reads the words in a thread of its own, a moment after somebody was greeted."""

    def __init__(self, *, after_seconds: float = AFTER_SECONDS) -> None:
        """Wait `after_seconds` before it begins."""
        self._after = after_seconds
        self._closed = Event()
        self._once = Lock()

    def soon(self) -> None:
        """Begin in a moment; does nothing when that has been asked before, or the words are there."""
        if not is_warm() and self._once.acquire(blocking=False):
            Thread(target=self._run, name="signup-words", daemon=True).start()

    def close(self) -> None:
        """Begin no more."""
        self._closed.set()

    def _run(self) -> None:
        if not self._closed.wait(self._after):
            read_words()
