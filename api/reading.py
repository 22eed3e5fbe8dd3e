"""Where a request's reads are made."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool

from wiring import Services

P = ParamSpec("P")
T = TypeVar("T")


async def read(services: Services, look: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Return what `look` returns, which only reads: in the event loop where that takes microseconds, else in a thread.

    Going to a thread and back takes several times as long as a row of SQLite.
    """
    if services.local:
        return look(*arguments, **named)
    return await run_in_threadpool(look, *arguments, **named)
