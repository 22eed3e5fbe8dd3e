"""The threads that produce replies: bounded, started when needed, and fair between persons."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Self

from chat.config import ChatConfig
from chat.errors import Busy, TooManyReplies
from core import log

_log = log.get("chat")

Work = Callable[[], None]


class Workers:
    """Runs jobs, at most `parallel_replies` of one person at once; the person's other jobs wait in order of arrival."""

    def __init__(self, config: ChatConfig) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=config.workers, thread_name_prefix="reply")
        self._running: dict[str, int] = {}
        self._waiting: dict[str, deque[Place]] = {}
        self._reserved: dict[str, int] = {}
        self._total = 0
        self._closed = False

    def reserve(self, user_id: str) -> "Place":
        """Keep a place for a job of this person before anything is stored. Raises `TooManyReplies` or `Busy`."""
        with self._lock:
            if self._closed or self._total >= self._config.workers + self._config.waiting_total:
                raise Busy
            if self._reserved.get(user_id, 0) >= self._config.parallel_replies + self._config.waiting_replies:
                raise TooManyReplies
            self._total += 1
            self._reserved[user_id] = self._reserved.get(user_id, 0) + 1
        return Place(self, user_id)

    def submit(self, place: "Place", job: Work) -> None:
        """Run a job in a reserved place, now or when it is the person's turn; never if the place was given back meanwhile."""
        with self._lock:
            if place.over:
                return
            place.job = job
            if self._running.get(place.user_id, 0) >= self._config.parallel_replies:
                self._waiting.setdefault(place.user_id, deque()).append(place)
                return
            self._running[place.user_id] = self._running.get(place.user_id, 0) + 1
        self._pool.submit(self._run, place)

    def withdraw(self, place: "Place") -> bool:
        """Give a place back whose job has not begun, which then never does; False if it has, or if the place was given back before."""
        with self._lock:
            if place.over:
                return False
            place.over, place.job = True, None
            waiting = self._waiting.get(place.user_id)
            if waiting and place in waiting:
                waiting.remove(place)
                if not waiting:
                    del self._waiting[place.user_id]
            self._release(place.user_id)
            return True

    def close(self) -> None:
        """Take no more jobs and wait for those that run; whoever closes cancels them first."""
        with self._lock:
            self._closed = True
        self._pool.shutdown(wait=True)

    def _run(self, place: "Place") -> None:
        following: Place | None = place
        while following is not None:
            self._do(following)
            following = self._next(place.user_id)

    def _do(self, place: "Place") -> None:
        with self._lock:
            if place.over or place.job is None:
                return
            # What runs must not hold on to its place: the job knows how to withdraw from it, and a circle would stay in memory.
            job, place.over, place.job = place.job, True, None
        try:
            job()
        except Exception as fault:  # noqa: BLE001 - the person's next job runs all the same, and the log must not hold what was said
            _log.error("job failed", extra={"error": type(fault).__name__})
        finally:
            with self._lock:
                self._release(place.user_id)

    def _next(self, user_id: str) -> "Place | None":
        with self._lock:
            waiting = self._waiting.get(user_id)
            if waiting:
                place = waiting.popleft()
                if not waiting:
                    del self._waiting[user_id]
                return place
            self._running[user_id] -= 1
            if not self._running[user_id]:
                del self._running[user_id]
            return None

    def _release(self, user_id: str) -> None:
        """Count one place less; inside the lock."""
        self._total -= 1
        self._reserved[user_id] -= 1
        if not self._reserved[user_id]:
            del self._reserved[user_id]


class Place:
    """A reserved place: use it once, or give it back by leaving the `with` block.

    `over`: its job has begun, or never will. Only `Workers` changes what is in it.
    """

    def __init__(self, workers: Workers, user_id: str) -> None:
        self._workers = workers
        self.user_id = user_id
        self.job: Work | None = None
        self.over = False
        self._used = False

    def use(self, job: Work) -> None:
        """Run the job in this place."""
        self._used = True
        self._workers.submit(self, job)

    def withdraw(self) -> bool:
        """Give the place back unless its job has begun; False if it has (see `Workers.withdraw`)."""
        return self._workers.withdraw(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._used:
            self.withdraw()
