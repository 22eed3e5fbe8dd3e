"""The time that one provider takes away: the next one answers all the same, and nobody is blamed for time that others used up."""

import time
from collections.abc import Iterator

import pytest

from llm.call import Call, TimeLimits
from llm.errors import AnswerCutOff, Cancelled
from llm.models import ChatRequest, Delta, Done, Event
from llm.registry import Registry
from tests.contract.llm import fake_server as fake
from tests.contract.llm.conftest import Seconds, offline, provider_on, registry_of
from tests.contract.llm.fake_server import FakeServer
from tests.contract.llm.test_providers import REQUEST, SCHEMA

FIRST_WORD = TimeLimits(connect=10, first_token=2, total=60)
ALL_AT_ONCE = TimeLimits(connect=10, first_token=1.5, total=1.5)


def who(registry: Registry, request: ChatRequest = REQUEST) -> str:
    done = list(registry.stream(request))[-1]
    assert isinstance(done, Done)
    return done.provider


@pytest.mark.parametrize("behaviour", [fake.hang_before_answer(), fake.trickle_before_answer(), fake.hang_mid_stream(0)])
def test_a_provider_that_hangs_as_long_as_it_may_is_followed_by_the_next_one(
    behaviour: fake.Behaviour, server: FakeServer, second_server: FakeServer
) -> None:
    server.default = behaviour
    started = time.monotonic()
    assert who(registry_of(provider_on(server, name="a"), provider_on(second_server, name="b"), limits=FIRST_WORD)) == "b"
    assert FIRST_WORD.first_token <= time.monotonic() - started < 30
    assert len(server.requests) == 1


def test_a_provider_that_fails_then_hangs_in_its_second_attempt_is_followed_by_the_next_one(
    server: FakeServer, second_server: FakeServer
) -> None:
    server.script = [fake.status(503), fake.hang_before_answer()]
    assert who(registry_of(provider_on(server, name="a"), provider_on(second_server, name="b"), limits=FIRST_WORD)) == "b"
    assert len(server.requests) == 2


def test_when_hanging_providers_have_used_up_the_time_the_offline_examiner_answers_whole(server: FakeServer) -> None:
    server.default = fake.hang_before_answer()
    registry = registry_of(provider_on(server, name="a"), provider_on(server, name="b"), last_resort=offline(), limits=ALL_AT_ONCE)
    events = list(registry.stream(REQUEST))
    assert isinstance(events[-1], Done)
    assert events[-1].provider == "offline"
    assert "Why there?" in "".join(event.text for event in events if isinstance(event, Delta))
    assert len(server.requests) == 1


def test_a_provider_that_was_left_no_time_is_neither_asked_nor_blamed(server: FakeServer, second_server: FakeServer) -> None:
    seconds = Seconds()
    server.default = fake.hang_before_answer()
    server.when_silent = lambda: seconds.pass_by(ALL_AT_ONCE.total)
    providers = (provider_on(server, name="sick"), provider_on(second_server, name="well"))
    registry = registry_of(*providers, last_resort=offline(), limits=ALL_AT_ONCE, monotonic=seconds)
    for _ in range(4):
        who(registry)
    assert [(choice.name, choice.ready) for choice in registry.choices()][:2] == [("sick", False), ("well", True)]
    assert who(registry) == "well"


def test_a_provider_that_got_the_rest_of_the_time_only_is_not_blamed_for_being_late(server: FakeServer, second_server: FakeServer) -> None:
    server.default = second_server.default = fake.hang_before_answer()
    seconds, limits = Seconds(), TimeLimits(connect=10, first_token=9, total=12)
    server.when_silent = lambda: seconds.pass_by(9)
    second_server.when_silent = lambda: seconds.pass_by(3)
    providers = (provider_on(server, name="sick"), provider_on(second_server, name="late"))
    registry = registry_of(*providers, last_resort=offline(), limits=limits, monotonic=seconds)
    for _ in range(4):
        who(registry)
    assert second_server.requests
    assert [(choice.name, choice.ready) for choice in registry.choices()][:2] == [("sick", False), ("late", True)]


class Broken:
    """A provider with a bug: raises what no provider should, before or after its first word."""

    name, label, model = "broken", "Broken", "b-1"

    def __init__(self, server: FakeServer, *, after: tuple[str, ...] = ()) -> None:
        self.capabilities = provider_on(server).capabilities
        self.after = after

    def stream(self, request: ChatRequest, *, call: Call) -> Iterator[Event]:
        del request, call
        yield from map(Delta, self.after)
        raise KeyError("SECRET PROMPT")

    def complete_json(self, *_: object, **__: object) -> None:
        raise KeyError("SECRET PROMPT")

    def close(self) -> None: ...


def test_a_bug_in_a_provider_is_answered_by_the_next_one(server: FakeServer) -> None:
    server.default = fake.answer_json({"level": "C1"})
    broken = Broken(server)
    registry = registry_of(broken, provider_on(server, name="b"))  # type: ignore[arg-type]  # it keeps the protocol but for its bug
    assert who(registry) == "b"
    assert registry.complete_json(ChatRequest(instructions="Grade."), SCHEMA).provider == "b"


def test_a_bug_after_the_first_word_is_a_clear_error_without_the_text_of_the_bug(server: FakeServer) -> None:
    broken = Broken(server, after=("Well, ",))
    with pytest.raises(AnswerCutOff) as raised:
        list(registry_of(broken, last_resort=offline()).stream(REQUEST))  # type: ignore[arg-type]  # as above
    assert "SECRET" not in f"{raised.value} {raised.value.__cause__}"


def test_a_stopped_answer_is_not_given_by_the_next_provider(server: FakeServer, second_server: FakeServer) -> None:
    call = Call()
    call.cancel()
    with pytest.raises(Cancelled):
        list(registry_of(provider_on(server), provider_on(second_server), last_resort=offline()).stream(REQUEST, call=call))
    assert server.requests == second_server.requests == []
