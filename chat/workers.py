"""The threads that produce replies: bounded, started when needed, and fair between persons."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Self

from chat.config import ChatConfig
from chat.errors import Busy, TooManyReplies

Job = Callable[[], None]


class Workers:
    """Runs jobs, at most `parallel_replies` of one person at once; the person's other jobs wait in order of arrival."""

    def __init__(self, config: ChatConfig) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=config.workers, thread_name_prefix="reply")
        self._running: dict[str, int] = {}
        self._waiting: dict[str, deque[Job]] = {}
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

    def release(self, user_id: str) -> None:
        """Give a place back."""
        with self._lock:
            self._total -= 1
            self._reserved[user_id] -= 1
            if not self._reserved[user_id]:
                del self._reserved[user_id]

    def submit(self, user_id: str, job: Job) -> None:
        """Run a job whose place was reserved, now or when it is the person's turn."""
        with self._lock:
            if self._running.get(user_id, 0) >= self._config.parallel_replies:
                self._waiting.setdefault(user_id, deque()).append(job)
                return
            self._running[user_id] = self._running.get(user_id, 0) + 1
        self._pool.submit(self._run, user_id, job)

    def close(self) -> None:
        """Take no more jobs and wait for those that run; whoever closes cancels them first."""
        with self._lock:
            self._closed = True
        self._pool.shutdown(wait=True)

    def _run(self, user_id: str, job: Job) -> None:
        following: Job | None = job
        while following is not None:
            try:
                following()
            finally:
                self.release(user_id)
                following = self._next(user_id)

    def _next(self, user_id: str) -> Job | None:
        with self._lock:
            waiting = self._waiting.get(user_id)
            if waiting:
                job = waiting.popleft()
                if not waiting:
                    del self._waiting[user_id]
                return job
            self._running[user_id] -= 1
            if not self._running[user_id]:
                del self._running[user_id]
            return None


class Place:
    """A reserved place: use it once, or give it back by leaving the `with` block."""

    def __init__(self, workers: Workers, user_id: str) -> None:
        self._workers = workers
        self._user_id = user_id
        self._used = False

    def use(self, job: Job) -> None:
        """Run the job in this place."""
        self._used = True
        self._workers.submit(self._user_id, job)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._used:
            self._workers.release(self._user_id)
