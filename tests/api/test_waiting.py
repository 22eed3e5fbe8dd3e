"""Waiting for an answer: however many wait for a slow one, everybody else is served."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chat.service import ChatService
from llm.models import Delta, Done, Event
from llm.registry import Registry
from tests.api.conftest import World

THREADS = 40
"""That many requests can be in threads at once: what anyio allows."""
PATIENCE = 20.0
"""Seconds after which the test gives up; never reached by a passing one."""


class SlowModel:
    """Says nothing before the test lets it."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.may_answer = threading.Event()

    def stream(self, *_: object, **__: object) -> Iterator[Event]:
        self.asked.set()
        assert self.may_answer.wait(3 * PATIENCE)
        yield Delta("Here I am.")
        yield Done(provider="slow", model="slow")


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> SlowModel:
    slow = SlowModel()
    monkeypatch.setattr(Registry, "stream", slow.stream)
    return slow


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """Counts the messages that are stored, or known, and whose answer is waited for from now on."""
    counted, send = threading.Semaphore(0), ChatService.send

    def counting(self: ChatService, *args: Any, **more: Any) -> Any:
        done = send(self, *args, **more)
        counted.release()
        return done

    monkeypatch.setattr(ChatService, "send", counting)
    return counted


@pytest.mark.parametrize("path", ["/api/chat", "/api/v1/chat/"])
def test_whoever_waits_for_a_slow_answer_keeps_nobody_else_waiting(
    world: World, model: SlowModel, sent: threading.Semaphore, path: str
) -> None:
    """ASVS 2.4.1: asking again with the same key costs no second answer and no part of the limit, so it may cost no thread either."""
    headers = world.bearer(world.register()["token"])

    def ask() -> dict[str, Any]:
        answer = world.client.post(path, json={"message": "Hello there"}, headers=headers | {"Idempotency-Key": "same"})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    with ThreadPoolExecutor(THREADS + 1) as pool:
        try:
            waiting = [pool.submit(ask)]
            assert model.asked.wait(PATIENCE)
            waiting += [pool.submit(ask) for _ in range(THREADS)]
            for _ in range(THREADS):
                assert sent.acquire(timeout=PATIENCE)
            assert world.client.get("/profile", headers=headers, timeout=PATIENCE).status_code == 200
            assert world.client.get("/healthz", timeout=PATIENCE).status_code == 200
            assert not any(one.done() for one in waiting)
        finally:
            model.may_answer.set()
        assert {one.result()["reply"] for one in waiting} == {"Here I am."}
        assert len({one.result()["message_id"] for one in waiting}) == 1
