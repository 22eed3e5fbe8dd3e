"""A stream opens before its message is on the disk: what can be refused is refused before, and an id says when it is stored."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from core.errors import StoreUnavailable
from core.setting_groups import Limits
from db_sqlite.conversation_writing import Writing
from tests.api.conftest import Start, World
from tests.api.test_chat import frames

PATIENCE = 20.0
"""Seconds after which a test gives up; never reached by a passing one."""
MESSAGE = {"message": "Tell me about yourself"}


@pytest.fixture(params=[True, False], ids=["stores here", "stores elsewhere"])
def world(start: Start, request: pytest.FixtureRequest) -> World:
    """What only reads is done in the event loop, or by threads."""
    return start(limits=dict.fromkeys(Limits.model_fields, ""), local=request.param)


@pytest.fixture
def headers(world: World) -> dict[str, str]:
    return world.bearer(world.register()["token"])


class Disk:
    """Holds writes of new conversations back until `free` is set, and then fails with `fault` if there is one."""

    def __init__(self) -> None:
        self.free, self.written = threading.Event(), threading.Event()
        self.fault: StoreUnavailable | None = None


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    held, start = Disk(), Writing.start

    def slowly(self: Writing, *args: Any, **more: Any) -> Any:
        assert held.free.wait(PATIENCE)
        if held.fault is not None:
            raise held.fault
        stored = start(self, *args, **more)
        held.written.set()
        return stored

    monkeypatch.setattr(Writing, "start", slowly)
    yield held
    held.free.set()


def test_the_stream_is_open_while_the_message_is_written_and_an_id_says_that_it_is_stored(
    world: World, headers: dict[str, str], disk: Disk
) -> None:
    with world.client.stream("POST", "/api/chat/stream", json=MESSAGE, headers=headers) as answer:
        lines = answer.iter_lines()
        before = [next(lines), next(lines)]
        assert world.client.get("/api/history", headers=headers).json()["total"] == 0
        disk.free.set()
        behind = next(lines)
        session = world.client.get(f"/api/v1/chat/chats/{answer.headers['x-session-id']}/", headers=headers).json()
    assert before == [": your message is being stored", ""]
    assert behind == f"id: {answer.headers['x-message-id']}:0"
    assert session["messages"][0]["content"] == MESSAGE["message"]


def test_a_disk_that_fails_ends_the_stream_with_one_error_and_nothing_is_stored(world: World, headers: dict[str, str], disk: Disk) -> None:
    disk.fault = StoreUnavailable("The disk is full.")
    with world.client.stream("POST", "/api/chat/stream", json=MESSAGE, headers=headers) as answer:
        disk.free.set()
        text = answer.read().decode()
    (event,) = frames(text)
    assert (event["type"], event["code"], event["message"]) == ("error", "STORE_UNAVAILABLE", "The disk is full.")
    assert "id:" not in text
    assert world.client.get("/api/history", headers=headers).json()["total"] == 0


def test_whoever_sends_a_key_hears_of_that_by_the_status(world: World, headers: dict[str, str], disk: Disk) -> None:
    disk.fault = StoreUnavailable("The disk is full.")
    disk.free.set()
    answer = world.client.post("/api/chat/stream", json=MESSAGE, headers=headers | {"Idempotency-Key": "once"})
    assert (answer.status_code, answer.json()["code"]) == (503, "STORE_UNAVAILABLE")


def test_a_client_that_leaves_before_its_message_is_stored_loses_nothing(world: World, headers: dict[str, str], disk: Disk) -> None:
    with world.client.stream("POST", "/api/chat/stream", json=MESSAGE, headers=headers) as answer:
        next(answer.iter_lines())
    disk.free.set()
    assert disk.written.wait(PATIENCE)
    person = world.client.get("/profile", headers=headers).json()["id"]
    assert world.services.chat.finished(person, answer.headers["x-message-id"], timeout=PATIENCE).status.value == "complete"


def test_what_can_be_refused_is_refused_by_the_status(world: World, headers: dict[str, str]) -> None:
    unknown = world.client.post("/api/chat/stream", json=MESSAGE | {"session_id": "conv_nobodys"}, headers=headers)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "CONVERSATION_NOT_FOUND")
    topic = world.client.post("/api/chat/stream", json=MESSAGE | {"topic": "nonsense"}, headers=headers)
    assert (topic.status_code, topic.json()["code"]) == (400, "INVALID_CHOICE")


def test_a_person_without_messages_left_hears_of_it_by_the_status(start: Start) -> None:
    world = start(chat={"daily_replies": 1})
    headers = world.bearer(world.register()["token"])
    assert world.client.post("/api/chat/stream", json=MESSAGE, headers=headers).status_code == 200
    enough = world.client.post("/api/chat/stream", json=MESSAGE, headers=headers)
    assert (enough.status_code, enough.json()["code"]) == (429, "DAILY_QUOTA_REACHED")
    assert int(enough.headers["retry-after"]) > 0
