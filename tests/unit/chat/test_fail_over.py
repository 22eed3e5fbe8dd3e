"""Sends through real providers on a local server: whatever they do, a whole answer or a marked one is stored."""

import random
from collections.abc import Callable, Iterator

import pytest

from chat import ChatConfig, ChatService, MemoryFeed
from chat.bank import default_bank
from chat.models import Message, MessageStatus, ReplyOutcome
from chat.ports import ConversationStore
from chat.results import Ended, Piece
from core.errors import StoreUnavailable
from db_sqlite.stores import SqliteStores
from llm.call import TimeLimits
from llm.ports import Provider
from tests.contract.llm import fake_server as fake
from tests.contract.llm.conftest import offline, provider_on, registry_of
from tests.contract.llm.fake_server import FakeServer
from tests.factories import NOW, CountingIds, FrozenClock, NoLimits
from tests.unit.chat.conftest import ADA, Make

ENOUGH = TimeLimits(connect=10, first_token=2, total=60)
TOO_LITTLE = TimeLimits(connect=1, first_token=0.3, total=0.5)
Serve = Callable[..., ChatService]


@pytest.fixture
def serve(stores: SqliteStores) -> Iterator[Serve]:
    made: list[ChatService] = []

    def build(*providers: Provider, limits: TimeLimits) -> ChatService:
        service = ChatService(
            store=stores.conversations,
            models=registry_of(*providers, last_resort=offline()),
            bank=default_bank(),
            feed=MemoryFeed(),
            limits=NoLimits(),
            clock=FrozenClock(),
            ids=CountingIds(),
            choice=random.Random(4).choice,
            config=ChatConfig(save_seconds=0.02, limits=limits),
        )
        made.append(service)
        return service

    yield build
    for service in made:
        service.close()


@pytest.fixture
def servers() -> Iterator[tuple[FakeServer, FakeServer]]:
    with FakeServer() as one, FakeServer() as two:
        yield one, two


def end_of(service: ChatService, reply: Message) -> Message:
    last = list(service.follow(reply.user_id, reply.id))[-1]
    assert isinstance(last, Ended)
    return last.message


def test_a_hanging_provider_ends_in_a_stored_answer_of_the_next_one(serve: Serve, servers: tuple[FakeServer, FakeServer]) -> None:
    servers[0].default = fake.hang_before_answer()
    one, two = provider_on(servers[0], name="a"), provider_on(servers[1], name="b")
    service = serve(one, two, limits=ENOUGH)
    reply = end_of(service, service.send(ADA, text="I like tea.").reply)
    one.close()
    two.close()
    assert (reply.status, reply.provider, reply.content) == (MessageStatus.COMPLETE, "b", "".join(fake.WORDS))


def test_when_all_hang_until_the_time_is_up_the_offline_examiners_answer_is_stored(
    serve: Serve, servers: tuple[FakeServer, FakeServer]
) -> None:
    for server in servers:
        server.default = fake.hang_before_answer()
    providers = [provider_on(server, name=name) for server, name in zip((*servers, *servers), "abcd", strict=True)]
    service = serve(*providers, limits=TOO_LITTLE)
    reply = end_of(service, service.send(ADA, text="I like tea.").reply)
    for provider in providers:
        provider.close()
    assert (reply.status, reply.provider, reply.error) == (MessageStatus.COMPLETE, "offline", "")
    assert reply.content.endswith("?")


class AwayForAMoment:
    """Cannot read what was said the first two times."""

    def __init__(self, inner: ConversationStore) -> None:
        self._inner = inner
        self.misses = 2

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def messages(self, user_id: str, conversation_id: str, *, limit: int, after: int = 0, before: int | None = None) -> list[Message]:
        if before == 4 and self.misses:  # what was said up to the second message
            self.misses -= 1
            raise StoreUnavailable("away")
        return list(self._inner.messages(user_id, conversation_id, limit=limit, after=after, before=before))


def test_a_database_that_is_away_for_a_moment_does_not_cost_the_answer(
    make: Make, stores: SqliteStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.writing._STORE_PAUSES", (0.0, 0.0))
    store = AwayForAMoment(stores.conversations)
    world = make(store=store)
    begun = world.service.send(ADA, text="I like tea.")
    world.end_of(begun.reply)
    reply = world.end_of(world.service.send(ADA, text="It is warm.", conversation_id=begun.conversation.id).reply)
    assert store.misses == 0
    assert (reply.status, reply.content) == (MessageStatus.COMPLETE, "Well, why is that?")


def test_an_answer_that_broke_off_says_who_gave_it_and_another_one_is_asked_to_try_again(
    serve: Serve, servers: tuple[FakeServer, FakeServer]
) -> None:
    servers[0].default = fake.cut_mid_stream()
    one, two = provider_on(servers[0], name="a"), provider_on(servers[1], name="b")
    service = serve(one, two, limits=ENOUGH)
    broken = end_of(service, service.send(ADA, text="I like tea.").reply)
    again = end_of(service, service.regenerate(ADA, broken.id).reply)
    one.close()
    two.close()
    assert (broken.status, broken.provider, broken.model) == (MessageStatus.INTERRUPTED, "a", one.model)
    assert (again.status, again.provider) == (MessageStatus.COMPLETE, "b")


def begun(service: ChatService, provider: str) -> Message:
    """Send, and return the answer when its first words are there."""
    reply = service.send(ADA, text="I like tea.", provider=provider).reply
    for event in service.follow(ADA, reply.id):
        if isinstance(event, Piece):
            break
    return reply


def test_who_was_stopped_is_asked_again_and_who_has_answered_is_not(serve: Serve, servers: tuple[FakeServer, FakeServer]) -> None:
    servers[1].default = fake.hang_mid_stream()
    one, two = provider_on(servers[0], name="a"), provider_on(servers[1], name="b")
    service = serve(one, two, limits=ENOUGH)
    reply = begun(service, "b")
    service.stop(ADA, reply.id)
    stopped = end_of(service, reply)
    servers[1].default = fake.answer()
    again = end_of(service, service.regenerate(ADA, stopped.id).reply)
    another = end_of(service, service.regenerate(ADA, again.id).reply)
    one.close()
    two.close()
    assert (stopped.status, stopped.provider) == (MessageStatus.STOPPED, "b")
    assert (again.status, again.provider) == (MessageStatus.COMPLETE, "b")
    assert another.provider == "a"


def test_who_stopped_with_the_process_is_asked_again(serve: Serve, servers: tuple[FakeServer, FakeServer]) -> None:
    servers[1].default = fake.hang_mid_stream()
    first = serve(provider_on(servers[0], name="a"), provider_on(servers[1], name="b"), limits=ENOUGH)
    reply = begun(first, "b")
    first.close()
    servers[1].default = fake.answer()
    service = serve(provider_on(servers[0], name="a"), provider_on(servers[1], name="b"), limits=ENOUGH)
    assert service.message(ADA, reply.id).status is MessageStatus.INTERRUPTED
    assert end_of(service, service.regenerate(ADA, reply.id).reply).provider == "b"


def test_a_stand_in_that_was_stopped_does_not_keep_the_model_out(
    serve: Serve, servers: tuple[FakeServer, FakeServer], stores: SqliteStores
) -> None:
    servers[0].default = fake.hang_before_answer()
    one = provider_on(servers[0], name="a")
    service = serve(one, limits=ENOUGH)
    reply = service.send(ADA, text="I like tea.").reply
    ended = ReplyOutcome(content="Well", status=MessageStatus.STOPPED, finished_at=NOW, provider=offline().name)
    stores.conversations.finish_reply(ADA, reply.id, ended)
    service.stop(ADA, reply.id)
    end_of(service, reply)
    servers[0].default = fake.answer()
    again = end_of(service, service.regenerate(ADA, reply.id).reply)
    one.close()
    assert (again.status, again.provider) == (MessageStatus.COMPLETE, "a")


def test_an_answer_that_never_began_names_nobody(serve: Serve, servers: tuple[FakeServer, FakeServer]) -> None:
    servers[0].default = fake.hang_before_answer()
    one = provider_on(servers[0], name="a")
    service = serve(one, limits=ENOUGH)
    sent = service.send(ADA, text="I like tea.")
    service.stop(ADA, sent.reply.id)
    stopped = end_of(service, sent.reply)
    one.close()
    assert (stopped.status, stopped.provider, stopped.model) == (MessageStatus.STOPPED, "", "")
