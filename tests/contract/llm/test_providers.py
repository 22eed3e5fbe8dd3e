"""The contract of `llm.ports.Provider`, run on every provider."""

from collections.abc import Callable

import pytest

from llm.call import Call
from llm.errors import Cancelled, Fault, ProviderFault
from llm.models import Ask, ChatRequest, Delta, Done, Event, ExaminerBrief, Role, Turn
from llm.ports import Provider
from tests.contract.llm.conftest import offline, provider_on
from tests.contract.llm.fake_server import FakeServer

BRIEF = ExaminerBrief(
    level="B1", topic="travel", question="Where would you go?", ask=Ask.FOLLOW_UP, ask_text="Why there?", mention="the sea"
)
REQUEST = ChatRequest(turns=(Turn(Role.USER, "I would go to the sea because I love swimming."),), brief=BRIEF)
SCHEMA = {
    "type": "object",
    "properties": {"level": {"type": "string"}},
    "required": ["level"],
    "additionalProperties": False,
}

Maker = Callable[[FakeServer], Provider]
MAKERS: dict[str, Maker] = {
    "offline": lambda _: offline(),
    "openai-compatible": provider_on,
    "without optional parts": lambda server: _plain(provider_on(server)),
}


def _plain(provider: Provider) -> Provider:
    provider._plain = True  # type: ignore[attr-defined]  # as after a service refused them once
    return provider


@pytest.fixture(params=MAKERS)
def provider(request: pytest.FixtureRequest, server: FakeServer) -> Provider:
    return MAKERS[request.param](server)


def test_a_stream_is_pieces_and_then_one_done(provider: Provider) -> None:
    events: list[Event] = list(provider.stream(REQUEST, call=Call()))
    assert len(events) > 2
    assert all(isinstance(event, Delta) and event.text for event in events[:-1])
    done = events[-1]
    assert isinstance(done, Done)
    assert done.provider == provider.name
    assert done.model
    assert not done.cut_short


def test_a_greeting_needs_no_turn(provider: Provider) -> None:
    request = ChatRequest(
        brief=ExaminerBrief(level="A1", topic="food", question="Do you like tea?", ask=Ask.OPENING, ask_text="Do you like tea?")
    )
    assert any(isinstance(event, Delta) for event in provider.stream(request, call=Call()))


def test_a_call_that_was_cancelled_before_gives_no_answer(provider: Provider) -> None:
    call = Call()
    call.cancel()
    with pytest.raises(Cancelled):
        list(provider.stream(REQUEST, call=call))


def test_a_call_cancelled_in_the_middle_gives_no_further_piece(provider: Provider) -> None:
    call = Call()
    stream = provider.stream(REQUEST, call=call)
    assert isinstance(next(stream), Delta)
    call.cancel()
    with pytest.raises(Cancelled):
        next(stream)


def test_a_stream_can_be_left_in_the_middle(provider: Provider) -> None:
    stream = provider.stream(REQUEST, call=Call())
    next(stream)
    stream.close()  # type: ignore[attr-defined]  # all of them are generators
    assert [event for event in provider.stream(REQUEST, call=Call()) if isinstance(event, Done)]


def test_two_streams_at_once_do_not_mix(provider: Provider) -> None:
    first, second = provider.stream(REQUEST, call=Call()), provider.stream(REQUEST, call=Call())
    taken: list[list[Event]] = [[], []]
    for one in first:
        taken[0].append(one)
        two = next(second, None)
        if two is not None:
            taken[1].append(two)
    taken[1].extend(second)
    assert all(isinstance(events[-1], Done) and len(events) > 2 for events in taken)


def test_a_structured_answer_fits_or_is_refused(provider: Provider, server: FakeServer) -> None:
    from tests.contract.llm.fake_server import answer_json

    server.default = answer_json({"level": "B1"})
    if provider.capabilities.structured:
        assert provider.complete_json(ChatRequest(instructions="Grade."), SCHEMA, call=Call()).value == {"level": "B1"}
    else:
        with pytest.raises(ProviderFault) as raised:
            provider.complete_json(ChatRequest(instructions="Grade."), SCHEMA, call=Call())
        assert raised.value.fault is Fault.UNSUPPORTED
