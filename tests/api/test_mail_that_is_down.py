"""The mail server or the broker is away while people sign up: nobody notices, and every letter arrives once it is back."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from confluent_kafka import Consumer, Producer

from auth.flows import admin
from core.setting_groups import Limits
from mail.models import LetterState
from mail.senders.kafka import KafkaSender
from mail.worker import OutboxWorker
from tests.api.conftest import PASSWORD, Start, World
from tests.fakes.mailbox import Mailbox, mail_server
from tests.servers.ports import reserved_port

OFF = dict.fromkeys(Limits.model_fields, "")
SIGNUPS = {
    "/register": {"password": PASSWORD, "confirm_password": PASSWORD, "name": "Ada Lovelace"},
    "/api/auth/register": {"password": PASSWORD},
    "/api/v1/auth/signup": {"password": PASSWORD},
    "/api/v1/accounts/register/": {"password1": PASSWORD, "password2": PASSWORD},
}


@pytest.fixture
def port() -> Iterator[int]:
    with reserved_port() as port:
        yield port


def sign_up_everywhere(world: World, rounds: int) -> list[str]:
    """Make accounts through every dialect; return their addresses. Each answer is the usual one."""
    addresses: list[str] = []
    for number in range(rounds):
        for path, body in SIGNUPS.items():
            address = f"person{len(addresses)}@example.com"
            answer = world.client.post(path, json={"email": address, "username": f"person{len(addresses)}", **body})
            assert answer.status_code == 201, (number, answer.text)
            addresses.append(address)
    return addresses


@contextmanager
def mute_server(port: int) -> Iterator[Callable[[], None]]:
    """Run a server that takes connections and never says a word; yield what waits for the first one. At the end it hangs up."""
    with socket.create_server(("127.0.0.1", port)) as listening, ExitStack() as lines:
        listening.settimeout(60)

        def connected() -> None:
            lines.enter_context(listening.accept()[0])

        yield connected


def try_for_hours(world: World, worker: OutboxWorker, *, hours: int = 1) -> None:
    for _ in range(hours):
        worker.deliver_due()
        world.clock.advance(hours=1)


def state(world: World) -> dict[LetterState, int]:
    return dict(world.services.outbox.counts())


def test_letters_wait_for_the_mail_server_and_arrive_once(start: Start, port: int) -> None:
    world = start(limits=OFF, email={"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "smtp_timeout_seconds": 60})
    worker = world.services.mail_worker
    assert world.services.sender.name == "smtp"
    world.register("first@example.com")
    with mute_server(port) as connected:
        trying = threading.Thread(target=worker.deliver_due)
        trying.start()
        connected()
        addresses = ["first@example.com", *sign_up_everywhere(world, 2)]
        assert trying.is_alive(), "the worker waits for the mail server, and nobody waits for the worker"
    trying.join(60)
    try_for_hours(world, worker, hours=3)
    assert state(world).get(LetterState.SENT, 0) == 0
    ids = {entry.letter.id for entry in world.services.outbox.entries(state=LetterState.WAITING, limit=100)}
    assert len(ids) == len(addresses)
    mailbox = Mailbox()
    server = mail_server(mailbox, port=port)
    server.start()
    try:
        try_for_hours(world, worker, hours=3)
    finally:
        server.stop()
    assert sorted(str(letter["to"]) for letter in mailbox.letters) == sorted(addresses)
    message_ids = [str(letter["message-id"]) for letter in mailbox.letters]
    assert len(set(message_ids)) == len(addresses)
    assert all(any(letter in message_id for letter in ids) for message_id in message_ids)
    assert state(world)[LetterState.SENT] == len(addresses)


def test_a_letter_that_nobody_takes_ends_where_an_administrator_sees_it_and_can_be_tried_again(start: Start, port: int) -> None:
    world = start(limits=OFF, email={"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "smtp_timeout_seconds": 60})
    world.register("boss@example.com", name="Grace Hopper")
    admin.promote(world.services.auth.kit, "boss@example.com")
    world.register("nobody@example.com")
    boss = {"email": "boss@example.com", "password": PASSWORD}
    mailbox = Mailbox()
    server = mail_server(mailbox, port=port)
    server.start()
    try:
        try_for_hours(world, world.services.mail_worker, hours=2)
        headers = world.bearer(world.client.post("/login", json=boss).json()["token"])
        (dead,) = world.client.get("/api/v1/admin/outbox/dead", headers=headers).json()
        assert (dead["to"], dead["template"]) == ("nobody@example.com", "verification")
        assert "token=" not in str(dead)
        assert world.client.post("/api/v1/admin/outbox/retry", headers=headers).json() == {"retried": 1}
        assert world.client.get("/api/v1/admin/outbox", headers=headers).json()["dead"] == 0
    finally:
        server.stop()


def test_letters_are_dead_but_not_lost_when_the_server_never_comes_back(start: Start, port: int) -> None:
    world = start(
        limits=OFF,
        email={"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "smtp_timeout_seconds": 60, "max_attempts": 3},
    )
    addresses = sign_up_everywhere(world, 1)
    try_for_hours(world, world.services.mail_worker, hours=5)
    dead = world.services.outbox.entries(state=LetterState.DEAD, limit=100)
    assert sorted(entry.letter.to for entry in dead) == sorted(addresses)
    assert {entry.attempts for entry in dead} == {3}


@pytest.fixture
def broker() -> Iterator[str]:
    """Bootstrap servers of librdkafka's mock cluster, which speaks the real protocol on loopback."""
    host = Producer({"bootstrap.servers": "localhost:1", "test.mock.num.brokers": 1, "log_level": 0})
    node = next(iter(host.list_topics(timeout=60).brokers.values()))
    yield f"{node.host}:{node.port}"
    del host


@pytest.mark.server
def test_letters_wait_for_the_broker_and_become_one_event_each(start: Start, port: int, broker: str) -> None:
    world = start(limits=OFF, kafka_bootstrap_servers=f"127.0.0.1:{port}")
    assert world.services.sender.name == "kafka"

    def worker(servers: str, seconds: float) -> OutboxWorker:
        sender = KafkaSender(bootstrap_servers=servers, topic="notifications.email", timeout_seconds=seconds, options={"log_level": 0})
        return OutboxWorker(outbox=world.services.outbox, sender=sender, clock=world.clock, max_attempts=8, poll_seconds=1)

    trying = threading.Thread(target=worker(f"127.0.0.1:{port}", 0.5).deliver_due)
    trying.start()
    addresses = sign_up_everywhere(world, 1)
    trying.join(60)
    assert state(world).get(LetterState.SENT, 0) == 0
    world.clock.advance(hours=1)
    try_for_hours(world, worker(broker, 60), hours=2)
    assert state(world)[LetterState.SENT] == len(addresses)
    events = events_at(broker, len(addresses))
    assert sorted(event["to"] for event in events) == sorted(addresses)
    assert {event["template"] for event in events} == {"verification"}
    assert all(event["data"]["verification_link"] for event in events)


def events_at(broker: str, count: int) -> list[dict[str, Any]]:
    """Read `count` events, and find that there is no further one."""
    consumer = Consumer({"bootstrap.servers": broker, "group.id": "test", "auto.offset.reset": "earliest", "log_level": 0})
    consumer.subscribe(["notifications.email"])
    try:
        read = [consumer.poll(60) for _ in range(count)]
        assert consumer.poll(0.5) is None
        return [json.loads(event.value() or b"") for event in read if event is not None]
    finally:
        consumer.close()
