"""Providers and registries for the contract suite, all against local servers."""

import logging
import random
import time
from collections.abc import Callable, Iterator

import pytest

from llm.call import Call, TimeLimits
from llm.config import ProviderConfig, RetryPolicy
from llm.keys import KeyRing
from llm.models import ChatRequest
from llm.ports import Provider
from llm.providers.offline import OfflineExaminer
from llm.providers.openai_compatible import OpenAICompatible
from llm.registry import Registry
from tests.contract.llm.fake_server import FakeServer
from tests.factories import FrozenClock

LIMITS = TimeLimits(connect=10.0, first_token=2.0, total=8.0)


_made: list[OpenAICompatible] = []


@pytest.fixture(autouse=True, scope="session")
def _library_is_loaded() -> None:
    """Have one answer made before any is timed: the first one imports the HTTP library, which would count against the limits."""
    with FakeServer() as server:
        provider = provider_on(server)
        list(provider.stream(ChatRequest(turns=()), call=Call()))
        provider.close()
    _made.clear()


@pytest.fixture(autouse=True)
def _connections_are_closed() -> Iterator[None]:
    yield
    while _made:
        _made.pop().close()


def offline() -> OfflineExaminer:
    return OfflineExaminer(choice=random.Random(1).choice)


def provider_on(
    server: FakeServer, *, name: str = "custom", keys: tuple[str, ...] = ("key-1",), clock: FrozenClock | None = None
) -> OpenAICompatible:
    clock = clock or FrozenClock()
    config = ProviderConfig(name=name, label=name.title(), base_url=server.base_url, models=("fake-1",), keys=keys, reports_cost=True)
    made = OpenAICompatible(config, model="fake-1", keys=KeyRing(keys, clock=clock), policy=RetryPolicy(), clock=clock)
    _made.append(made)
    return made


class Pauses(list[float]):
    """Notes pauses instead of waiting."""

    def __call__(self, call: Call, seconds: float) -> None:
        del call
        self.append(seconds)


class Seconds:
    """Seconds of a call that pass only when they are told to."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        return self._now

    def pass_by(self, seconds: float) -> None:
        self._now += seconds


def registry_of(
    *providers: Provider,
    last_resort: Provider | None = None,
    pauses: Pauses | None = None,
    clock: FrozenClock | None = None,
    limits: TimeLimits = LIMITS,
    policy: RetryPolicy | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> Registry:
    return Registry(
        providers=providers,
        last_resort=last_resort,
        policy=policy or RetryPolicy(),
        new_call=lambda: Call(limits=limits, monotonic=monotonic),
        clock=clock or FrozenClock(),
        chance=random.Random(1).random,
        pause=pauses if pauses is not None else Pauses(),
    )


@pytest.fixture
def heard_logger() -> Iterator[logging.Logger]:
    """Yield our root logger with its records passed on, and put it back as it was, with those of the HTTP library."""
    names = ("viva", "urllib3")
    loggers = [logging.getLogger(name) for name in names]
    before = [(logger, logger.level, logger.propagate, list(logger.handlers), list(logger.filters)) for logger in loggers]
    loggers[0].propagate = True
    yield loggers[0]
    for logger, level, propagate, handlers, filters in before:
        logger.setLevel(level)
        logger.propagate = propagate
        logger.handlers[:] = handlers
        logger.filters[:] = filters


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer() as running:
        yield running


@pytest.fixture
def second_server() -> Iterator[FakeServer]:
    with FakeServer() as running:
        yield running
