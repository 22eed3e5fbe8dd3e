"""Connections to a service: used again, given up, and led through the machine's proxy."""

import base64
import ssl
from collections.abc import Iterator
from itertools import islice

import pytest
import trustme

from core import connections
from llm.call import Call, TimeLimits
from llm.config import ProviderConfig, RetryPolicy
from llm.errors import Fault, ProviderFault
from llm.keys import KeyRing
from llm.models import Delta, Done, Event
from llm.providers.openai_compatible import OpenAICompatible
from tests.contract.llm.conftest import provider_on
from tests.contract.llm.fake_server import WORDS, FakeServer, answer_json, hang_mid_stream, plain_then_hang, silent_after_done, status
from tests.contract.llm.test_providers import REQUEST, SCHEMA
from tests.factories import FrozenClock


def said(events: Iterator[Event] | list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Delta))


def test_the_next_answer_comes_over_the_same_connection(server: FakeServer) -> None:
    provider = provider_on(server)
    for _ in range(3):
        assert said(provider.stream(REQUEST, call=Call())) == "".join(WORDS)
    server.script = [status(500), answer_json({"level": "B1"})]
    with pytest.raises(ProviderFault):
        list(provider.stream(REQUEST, call=Call()))
    provider.complete_json(REQUEST, SCHEMA, call=Call())
    assert server.connections == 1


def test_a_connection_that_was_idle_for_long_is_not_trusted(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = provider_on(server)
    list(provider.stream(REQUEST, call=Call()))
    monkeypatch.setattr(connections, "IDLE_SECONDS", 0.0)
    list(provider.stream(REQUEST, call=Call()))
    assert server.connections == 2


def test_a_stream_that_was_left_takes_its_connection_with_it(server: FakeServer) -> None:
    provider = provider_on(server)
    left = provider.stream(REQUEST, call=Call())
    next(left)
    left.close()  # type: ignore[attr-defined]  # a generator
    assert said(provider.stream(REQUEST, call=Call())) == "".join(WORDS)
    assert server.connections == 2


def test_a_service_that_keeps_the_line_open_after_its_end_holds_nobody_up(server: FakeServer) -> None:
    server.script = [silent_after_done()]
    *pieces, done = list(provider_on(server).stream(REQUEST, call=Call()))
    assert said(pieces) == "".join(WORDS)
    assert isinstance(done, Done)


def test_without_chunks_pieces_come_as_they_are_sent(server: FakeServer) -> None:
    server.script = [plain_then_hang()]
    stream = provider_on(server).stream(REQUEST, call=Call())
    assert said(list(islice(stream, len(WORDS)))) == "".join(WORDS)
    stream.close()  # type: ignore[attr-defined]  # a generator


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure_server(authority: trustme.CA) -> Iterator[FakeServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with FakeServer(tls=context) as running:
        yield running


def test_answers_come_over_tls_as_well(secure_server: FakeServer, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    monkeypatch.setattr(connections, "certificates", lambda: trusting)
    provider = provider_on(secure_server)
    for _ in range(2):
        assert said(provider.stream(REQUEST, call=Call())) == "".join(WORDS)
    assert secure_server.connections == 1


def test_a_silent_service_is_left_in_time_over_tls_as_well(
    secure_server: FakeServer, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    monkeypatch.setattr(connections, "certificates", lambda: trusting)
    secure_server.script = [hang_mid_stream()]
    with pytest.raises(ProviderFault) as raised:
        list(provider_on(secure_server).stream(REQUEST, call=Call(limits=TimeLimits(total=0.6))))
    assert raised.value.fault is Fault.TIMED_OUT


def test_a_service_whose_certificate_nobody_knows_is_told_nothing(secure_server: FakeServer) -> None:
    with pytest.raises(ProviderFault) as raised:
        list(provider_on(secure_server).stream(REQUEST, call=Call()))
    assert raised.value.fault is Fault.UNREACHABLE
    assert secure_server.requests == []


def test_the_machines_proxy_is_asked_with_its_login(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", server.base_url.replace("http://", "http://me:p%40ss@").removesuffix("/v1"))
    clock = FrozenClock()
    config = ProviderConfig(name="custom", label="Custom", base_url="http://models.example.org/v1", models=("fake-1",), keys=("k",))
    provider = OpenAICompatible(config, model="fake-1", keys=KeyRing(("k",), clock=clock), policy=RetryPolicy(), clock=clock)
    assert said(provider.stream(REQUEST, call=Call())) == "".join(WORDS)
    provider.close()
    (request,) = server.requests
    assert request.path == "http://models.example.org/v1/chat/completions"
    assert request.proxy_login == "Basic " + base64.b64encode(b"me:p@ss").decode()
