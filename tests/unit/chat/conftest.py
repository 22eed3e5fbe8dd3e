"""A chat service on a real SQLite file, with a model that says what the test wants, when the test wants it."""

import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from chat import ChatConfig, ChatService, MemoryFeed
from chat.bank import default_bank
from chat.models import Message
from chat.ports import ConversationStore
from chat.results import Ended, Piece, ReplyEvent, Sent
from db_sqlite.stores import SqliteStores, open_stores
from llm.call import Call
from llm.errors import Cancelled, ProviderUnavailable
from llm.models import ChatRequest, Delta, Done, Event, JsonAnswer, ProviderChoice, Usage
from tests.factories import CountingIds, FrozenClock, NoLimits

ADA, BOB = "usr_ada", "usr_bob"
WAIT = 20.0
"""Seconds after which a test that waits for a thread gives up; never reached by a passing one."""


class Gate:
    """A point in an answer where the model waits for the test; the test can wait until the model is there."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._opened = threading.Event()

    def open(self) -> None:
        self._opened.set()

    def pass_through(self, call: Call) -> None:
        self.reached.set()
        while not self._opened.wait(0.01):
            if call.cancelled:
                raise Cancelled


Step = str | Gate | Exception


@dataclass
class ScriptedModels:
    """Implements `llm.ports.Models`: each request takes the next script; without one it answers `default`."""

    scripts: list[list[Step]] = field(default_factory=list)
    default: list[Step] = field(default_factory=lambda: ["Well, ", "why ", "is that?"])
    requests: list[ChatRequest] = field(default_factory=list)
    closed: bool = False

    def stream(self, request: ChatRequest, *, call: Call | None = None) -> Iterator[Event]:
        assert call is not None
        self.requests.append(request)
        for step in self.scripts.pop(0) if self.scripts else self.default:
            if isinstance(step, Gate):
                step.pass_through(call)
            elif isinstance(step, Exception):
                raise step
            else:
                if call.cancelled:
                    raise Cancelled
                yield Delta(step)
        name = request.provider or ("other" if "scripted" in request.avoid else "scripted")
        yield Done(provider=name, model=f"{name}-1", usage=Usage(prompt_tokens=5, completion_tokens=3, cost_micros=7))

    def complete_json(self, request: ChatRequest, schema: Mapping[str, Any], *, call: Call | None = None) -> JsonAnswer:
        del request, schema, call
        raise ProviderUnavailable

    def choices(self) -> tuple[ProviderChoice, ...]:
        return tuple(ProviderChoice(name=name, label=name, model=f"{name}-1", offline=False, ready=True) for name in ("scripted", "other"))

    @property
    def has_models(self) -> bool:
        return True

    def warm_up(self) -> None: ...

    def close(self) -> None:
        self.closed = True


@dataclass(kw_only=True)
class World:
    """The service and everything around it that a test may want to turn."""

    service: ChatService
    store: ConversationStore
    models: ScriptedModels
    clock: FrozenClock
    feed: MemoryFeed

    def said(self, user_id: str, text: str, conversation_id: str | None = None, **options: Any) -> Sent:
        """Send and wait for the end of the answer."""
        sent = self.service.send(user_id, text=text, conversation_id=conversation_id, **options)
        self.end_of(sent.reply)
        return sent

    def end_of(self, reply: Message) -> Message:
        events = list(self.service.follow(reply.user_id, reply.id))
        last = events[-1]
        assert isinstance(last, Ended)
        assert "".join(event.text for event in events if isinstance(event, Piece)) == last.message.content
        return last.message

    def contents(self, user_id: str, conversation_id: str) -> list[str]:
        return [message.content for message in self.service.messages(user_id, conversation_id)]


Make = Callable[..., World]


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[SqliteStores]:
    opened = open_stores(tmp_path / "viva.db")
    yield opened
    opened.database.close()


@pytest.fixture
def make(stores: SqliteStores) -> Iterator[Make]:
    """Return a function that makes a service; every one of them is closed at the end."""
    made: list[ChatService] = []
    ids = CountingIds()

    def build(*, store: ConversationStore | None = None, limits: Any = None, **config: Any) -> World:
        models, clock, feed = ScriptedModels(), FrozenClock(), MemoryFeed()
        used = store or stores.conversations
        service = ChatService(
            store=used,
            models=models,
            bank=default_bank(),
            feed=feed,
            limits=limits or NoLimits(),
            clock=clock,
            ids=ids,
            choice=random.Random(4).choice,
            config=replace(ChatConfig(save_seconds=0.02), **config),
        )
        made.append(service)
        return World(service=service, store=used, models=models, clock=clock, feed=feed)

    yield build
    for service in made:
        service.close()


@pytest.fixture
def world(make: Make) -> World:
    return make()


def texts(events: list[ReplyEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Piece))
