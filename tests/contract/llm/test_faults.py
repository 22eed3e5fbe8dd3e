"""Every fault of a service ends in an answer of the next one or in a clear error, within the time limits."""

import io
import logging
import time
from datetime import timedelta
from email.utils import format_datetime

import pytest

from core import log
from llm.call import Call, TimeLimits
from llm.errors import AnswerCutOff, Cancelled, ProviderFault, ProviderUnavailable
from llm.models import ChatRequest, Delta, Done
from llm.registry import Registry
from tests.contract.llm import fake_server as fake
from tests.contract.llm.conftest import LIMITS, Pauses, Seconds, offline, provider_on, registry_of
from tests.contract.llm.fake_server import Behaviour, FakeServer
from tests.contract.llm.test_providers import REQUEST, SCHEMA
from tests.factories import NOW, FrozenClock

BEFORE_THE_FIRST_WORD: dict[str, Behaviour] = {
    "401": fake.status(401),
    "402": fake.status(402),
    "403": fake.status(403),
    "404": fake.status(404),
    "429": fake.status(429),
    "429 with Retry-After": fake.status(429, headers={"Retry-After": "120"}),
    "400": fake.status(400),
    "400 by a content filter": fake.status(400, error="content_filter"),
    "413": fake.status(413),
    "500": fake.status(500),
    "503": fake.status(503),
    "no answer": fake.hang_before_answer(),
    "comments and no answer": fake.trickle_before_answer(),
    "dead after the headers": fake.hang_mid_stream(0),
    "cut": fake.cut_mid_stream(0),
    "ended without an end": fake.end_without_finish(0),
    "malformed": fake.malformed_chunk(0),
    "a number for a chunk": fake.malformed_chunk(0, data="3"),
    "empty": fake.empty_answer(),
    "nothing but blanks": fake.answer([" ", "\n", "\t "]),
    "filtered": fake.content_filter(0),
    "error as an event": fake.error_in_stream(0),
    "credit error as an event": fake.error_in_stream(0, code=402),
}
IN_THE_MIDDLE: dict[str, Behaviour] = {
    "silent": fake.hang_mid_stream(),
    "trickling": fake.trickle_mid_stream(),
    "cut": fake.cut_mid_stream(),
    "ended without an end": fake.end_without_finish(),
    "malformed": fake.malformed_chunk(),
    "a number for a chunk": fake.malformed_chunk(data="3"),
    "a list for a chunk": fake.malformed_chunk(data="[{}]"),
    "filtered": fake.content_filter(2),
    "error as an event": fake.error_in_stream(2),
}
NEVER_ENDING = ("silent", "trickling")


@pytest.fixture
def seconds(server: FakeServer) -> Seconds:
    """Return a clock that is moved to the end of the first word's time when the first server has no more word to say."""
    clock = Seconds()
    server.when_silent = lambda: clock.pass_by(LIMITS.first_token)
    return clock


def text_of(registry: Registry, request: ChatRequest = REQUEST) -> str:
    return "".join(event.text for event in registry.stream(request) if isinstance(event, Delta))


def who(registry: Registry, request: ChatRequest = REQUEST) -> str:
    done = list(registry.stream(request))[-1]
    assert isinstance(done, Done)
    return done.provider


@pytest.mark.parametrize("fault", BEFORE_THE_FIRST_WORD)
def test_a_fault_before_the_first_word_is_answered_by_the_next_provider(
    fault: str, server: FakeServer, second_server: FakeServer, seconds: Seconds
) -> None:
    server.default = BEFORE_THE_FIRST_WORD[fault]
    started = time.monotonic()
    registry = registry_of(provider_on(server, name="first"), provider_on(second_server, name="second"), monotonic=seconds)
    assert who(registry) == "second"
    assert text_of(registry) == "".join(fake.WORDS)
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("fault", BEFORE_THE_FIRST_WORD)
def test_the_last_resort_is_the_offline_examiner_saying_so(fault: str, server: FakeServer, seconds: Seconds) -> None:
    server.default = BEFORE_THE_FIRST_WORD[fault]
    text = text_of(registry_of(provider_on(server), last_resort=offline(), monotonic=seconds))
    assert "offline examiner" in text
    assert "Why there?" in text


@pytest.mark.parametrize("fault", IN_THE_MIDDLE)
def test_a_fault_in_the_middle_is_a_clear_error_and_never_a_second_answer(
    fault: str, server: FakeServer, second_server: FakeServer
) -> None:
    server.default, seconds = IN_THE_MIDDLE[fault], Seconds()
    registry = registry_of(provider_on(server), provider_on(second_server), last_resort=offline(), monotonic=seconds)
    pieces: list[str] = []

    def listen() -> None:
        for event in registry.stream(REQUEST):
            pieces.append(event.text if isinstance(event, Delta) else "")
            if fault in NEVER_ENDING and "".join(pieces) == "".join(fake.WORDS[:2]):
                seconds.pass_by(LIMITS.total)

    started = time.monotonic()
    with pytest.raises(AnswerCutOff):
        listen()
    assert time.monotonic() - started < 30
    assert "".join(pieces) in {"", "".join(fake.WORDS[:2])}
    assert second_server.requests == []


def test_what_came_before_the_fault_was_passed_on(server: FakeServer) -> None:
    server.default = fake.cut_mid_stream()
    stream = registry_of(provider_on(server)).stream(REQUEST)
    assert [next(stream), next(stream)] == [Delta("Well, "), Delta("that is ")]
    with pytest.raises(AnswerCutOff):
        next(stream)


def test_without_any_provider_the_error_is_clear_and_not_a_hang() -> None:
    with pytest.raises(ProviderUnavailable) as raised:
        list(registry_of().stream(REQUEST))
    assert "try again" in raised.value.message


def test_a_machine_where_nothing_listens_is_passed_over(second_server: FakeServer) -> None:
    gone = FakeServer()
    with gone:
        provider = provider_on(gone, name="gone")
    assert who(registry_of(provider, provider_on(second_server, name="second"))) == "second"


@pytest.mark.parametrize("code", [401, 402, 403])
def test_a_refused_key_is_set_aside_and_the_next_one_used_at_once(code: int, server: FakeServer) -> None:
    pauses, clock = Pauses(), FrozenClock()
    registry = registry_of(provider_on(server, keys=("bad", "good"), clock=clock), pauses=pauses, clock=clock)
    server.script = [fake.status(code)]
    assert who(registry) == "custom"
    assert who(registry) == "custom"
    assert server.keys_used == ["bad", "good", "good"]
    assert pauses == []
    clock.advance(hours=2)
    who(registry)
    who(registry)
    assert "bad" in server.keys_used[3:]


@pytest.mark.parametrize("code", [401, 402])
def test_a_key_that_is_refused_in_the_stream_is_set_aside_like_any_other(code: int, server: FakeServer) -> None:
    pauses = Pauses()
    registry = registry_of(provider_on(server, keys=("bad", "good")), pauses=pauses, limits=TimeLimits())
    server.script = [fake.error_in_stream(0, code=code)]
    assert who(registry) == "custom"
    assert who(registry) == "custom"
    assert server.keys_used == ["bad", "good", "good"]
    assert pauses == []


def test_an_exhausted_key_rests_as_long_as_the_service_says(server: FakeServer) -> None:
    clock = FrozenClock()
    registry = registry_of(provider_on(server, keys=("busy", "free"), clock=clock), clock=clock)
    server.script = [fake.status(429, headers={"Retry-After": "600"})]
    for _ in range(3):
        who(registry)
    clock.advance(seconds=599)
    who(registry)
    assert server.keys_used == ["busy", "free", "free", "free", "free"]
    clock.advance(seconds=2)
    who(registry)
    who(registry)
    assert "busy" in server.keys_used[5:]


def test_retry_after_may_be_a_date(server: FakeServer) -> None:
    clock = FrozenClock()
    registry = registry_of(provider_on(server, keys=("busy", "free"), clock=clock), clock=clock)
    server.script = [fake.status(429, headers={"Retry-After": format_datetime(NOW + timedelta(seconds=90), usegmt=True)})]
    who(registry)
    clock.advance(seconds=89)
    who(registry)
    who(registry)
    assert server.keys_used == ["busy", "free", "free", "free"]


def test_a_short_retry_after_of_the_only_key_is_waited_for(server: FakeServer) -> None:
    pauses = Pauses()
    registry = registry_of(provider_on(server), pauses=pauses, limits=TimeLimits(first_token=5, total=20))
    server.script = [fake.status(429, headers={"Retry-After": "2"})]
    assert who(registry) == "custom"
    assert pauses == [2.0]


def test_a_passing_fault_is_tried_again_after_a_pause_with_jitter(server: FakeServer) -> None:
    pauses = Pauses()
    server.script = [fake.status(500)]
    assert who(registry_of(provider_on(server), pauses=pauses)) == "custom"
    assert len(pauses) == 1
    assert 0.2 <= pauses[0] <= 0.4


def test_an_unknown_model_is_not_asked_twice(server: FakeServer) -> None:
    server.default = fake.status(404)
    pauses = Pauses()
    with pytest.raises(ProviderUnavailable):
        list(registry_of(provider_on(server), pauses=pauses).stream(REQUEST))
    assert len(server.requests) == 1
    assert pauses == []


def test_a_provider_that_fails_again_and_again_is_left_alone_and_tried_once_later(server: FakeServer, second_server: FakeServer) -> None:
    clock = FrozenClock()
    server.default = fake.status(500)
    registry = registry_of(provider_on(server, name="sick", clock=clock), provider_on(second_server, name="well", clock=clock), clock=clock)
    for _ in range(4):
        assert who(registry) == "well"
    asked = len(server.requests)
    assert [choice.ready for choice in registry.choices()] == [False, True]
    assert who(registry) == "well"
    assert len(server.requests) == asked
    clock.advance(seconds=31)
    server.default = None
    assert who(registry) == "sick"
    assert [choice.ready for choice in registry.choices()] == [True, True]


def test_refused_content_does_not_count_against_a_providers_health(server: FakeServer, second_server: FakeServer) -> None:
    server.default = fake.content_filter()
    registry = registry_of(provider_on(server), provider_on(second_server))
    for _ in range(6):
        text_of(registry)
    assert len(server.requests) == 6


def test_the_wished_provider_is_asked_first_and_the_unwished_last(server: FakeServer, second_server: FakeServer) -> None:
    registry = registry_of(provider_on(server, name="a"), provider_on(second_server, name="b"), last_resort=offline())
    assert who(registry, ChatRequest(turns=REQUEST.turns, brief=REQUEST.brief, provider="b")) == "b"
    assert who(registry, ChatRequest(turns=REQUEST.turns, brief=REQUEST.brief, avoid=("a",))) == "b"
    assert who(registry, ChatRequest(turns=REQUEST.turns, brief=REQUEST.brief, provider="offline")) == "offline"


def test_a_wished_offline_examiner_does_not_claim_to_stand_in(server: FakeServer) -> None:
    registry = registry_of(provider_on(server), last_resort=offline())
    text = text_of(registry, ChatRequest(turns=REQUEST.turns, brief=REQUEST.brief, provider="offline"))
    assert "standing in" not in text
    assert "could be reached" not in text


@pytest.mark.parametrize("behaviour", [fake.hang_before_answer(), fake.trickle_before_answer(), fake.hang_mid_stream(1)])
def test_stop_works_while_the_service_is_silent(behaviour: Behaviour, server: FakeServer) -> None:
    call = Call(limits=TimeLimits(first_token=60, total=120))
    arrived: list[str] = []

    def behave(exchange: fake.Exchange) -> None:
        call.cancel()
        behaviour(exchange)

    server.default = behave
    started = time.monotonic()
    with pytest.raises(Cancelled):
        arrived.extend(event.text for event in registry_of(provider_on(server)).stream(REQUEST, call=call) if isinstance(event, Delta))
    assert time.monotonic() - started < 30  # neither the first word's nor the whole answer's limit


def test_the_whole_answer_has_a_limit_over_all_attempts(server: FakeServer) -> None:
    server.default = fake.hang_before_answer()
    limits = TimeLimits(connect=10, first_token=1, total=1.5)
    registry = registry_of(*(provider_on(server, name=f"p{n}") for n in range(5)), last_resort=offline(), limits=limits)
    assert "offline examiner" in text_of(registry)
    assert 1 <= len(server.requests) < 5  # the others' first words would have been waited for as well


def test_a_structured_answer_comes_from_the_next_provider_too(server: FakeServer, second_server: FakeServer) -> None:
    server.default = fake.status(500)
    second_server.default = fake.answer_json({"level": "C1"})
    registry = registry_of(provider_on(server, name="a"), provider_on(second_server, name="b"), last_resort=offline())
    answer = registry.complete_json(ChatRequest(instructions="Grade."), SCHEMA)
    assert (answer.value, answer.provider) == ({"level": "C1"}, "b")


def test_without_a_structured_answer_the_error_is_clear(server: FakeServer) -> None:
    server.default = fake.answer_json({"wrong": 1})
    with pytest.raises(ProviderUnavailable):
        registry_of(provider_on(server), last_resort=offline()).complete_json(ChatRequest(instructions="Grade."), SCHEMA)


SECRETS = ("SECRET PROMPT", "key-1", "swimming", "clear answer", "that is ")


@pytest.mark.parametrize("fault", [*BEFORE_THE_FIRST_WORD, "well"])
@pytest.mark.usefixtures("heard_logger")
def test_no_key_prompt_or_answer_reaches_the_log(
    fault: str, server: FakeServer, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    server.default = BEFORE_THE_FIRST_WORD.get(fault)
    with caplog.at_level(logging.DEBUG, logger="viva"):
        text_of(registry_of(provider_on(server), last_resort=offline(), monotonic=seconds))
    ours = [record for record in caplog.records if record.name.startswith("viva")]
    assert ours
    whole = "\n".join(str(vars(record)) for record in ours)
    assert not [secret for secret in SECRETS if secret in whole]


def test_a_fault_carries_no_text_of_the_service(server: FakeServer) -> None:
    server.default = fake.status(500)
    with pytest.raises(ProviderFault) as raised:
        list(provider_on(server).stream(REQUEST, call=Call()))
    assert str(raised.value) == "server_error"
    assert raised.value.__cause__ is None


@pytest.mark.usefixtures("heard_logger")
def test_the_http_library_itself_writes_neither_prompt_nor_key_however_much_we_log(
    server: FakeServer, capfd: pytest.CaptureFixture[str]
) -> None:
    stream = io.StringIO()
    log.configure(json_lines=True, level="DEBUG", stream=stream)
    server.script = [fake.status(500)]
    text_of(registry_of(provider_on(server)))
    written = stream.getvalue() + capfd.readouterr().err
    assert "server_error" in written
    assert not [secret for secret in SECRETS if secret in written]
