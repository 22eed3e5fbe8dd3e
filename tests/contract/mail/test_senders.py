"""Each way for letters to leave, over real sockets: aiosmtpd for SMTP, librdkafka's own broker for Kafka, a folder for files."""

import email
import json
import ssl
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from confluent_kafka import Consumer, Producer

from mail.errors import SendFailed
from mail.models import NEEDS, Letter, Template
from mail.rendering import From
from mail.senders.files import FileSender
from mail.senders.kafka import KafkaSender
from mail.senders.smtp import SmtpSender, SmtpServer
from tests.fakes.mailbox import Mailbox, mail_server
from tests.servers.ports import reserved_port

SENDER = From(name="Viva", email="viva@example.org")


def letter(to: str = "ada@example.com") -> Letter:
    data = dict.fromkeys(NEEDS[Template.VERIFICATION], "24") | {"full_name": "Ada Lovelace", "verification_link": "https://example.org/v"}
    return Letter(id="ltr_1", to=to, template=Template.VERIFICATION, data=data, created_at=datetime(2026, 3, 14, tzinfo=UTC))


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@contextmanager
def started(mailbox: Mailbox, authority: trustme.CA, **options: Any) -> Iterator[Controller]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    with reserved_port() as port:
        controller = mail_server(mailbox, port=port, tls_context=tls, require_starttls=True, **options)
        controller.start()
        yield controller
        controller.stop()


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox, authority: trustme.CA) -> Iterator[Controller]:
    def check(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, auth_data: object) -> AuthResult:
        good = isinstance(auth_data, LoginPassword) and (auth_data.login, auth_data.password) == (b"viva", b"app password")
        return AuthResult(success=good, handled=good)

    with started(mailbox, authority, authenticator=check, auth_required=True) as controller:
        yield controller


def smtp(server: Controller, authority: trustme.CA, password: str = "app password") -> SmtpSender:
    where = SmtpServer(host="localhost", port=server.port, username="viva", password=password, timeout_seconds=60)
    return SmtpSender(server=where, sender=SENDER, tls=trusting(authority))


def test_a_letter_arrives_over_starttls_with_a_login(server: Controller, mailbox: Mailbox, authority: trustme.CA) -> None:
    sender = smtp(server, authority)
    sender.send(letter())
    assert mailbox.letters[0]["To"] == "ada@example.com"
    assert mailbox.letters[0]["Message-ID"] == "<ltr_1@example.org>"
    assert "answers" in sender.check()


def test_a_wrong_mail_password_is_a_fault_that_does_not_show_the_password(
    server: Controller, mailbox: Mailbox, authority: trustme.CA
) -> None:
    with pytest.raises(SendFailed) as fault:
        smtp(server, authority, password="wrong-one").send(letter())
    assert "wrong-one" not in str(fault.value)
    assert not fault.value.permanent
    assert mailbox.letters == []


def test_a_certificate_that_nobody_vouches_for_is_refused(server: Controller, mailbox: Mailbox) -> None:
    where = SmtpServer(host="localhost", port=server.port, username="viva", password="app password", timeout_seconds=60)
    with pytest.raises(SendFailed):
        SmtpSender(server=where, sender=SENDER).send(letter())
    assert mailbox.letters == []


def test_a_recipient_that_does_not_exist_is_a_permanent_fault(server: Controller, authority: trustme.CA) -> None:
    with pytest.raises(SendFailed) as fault:
        smtp(server, authority).send(letter(to="nobody@example.com"))
    assert fault.value.permanent


def test_a_mail_server_that_is_down_is_a_fault_that_can_be_tried_again() -> None:
    with reserved_port() as port, pytest.raises(SendFailed) as fault:
        SmtpSender(server=SmtpServer(host="127.0.0.1", port=port, timeout_seconds=60), sender=SENDER).send(letter())
    assert not fault.value.permanent


def test_a_letter_file_is_complete_private_and_written_once(tmp_path: Path) -> None:
    sender = FileSender(folder=tmp_path / "mail", sender=SENDER)
    sender.send(letter())
    sender.send(letter())
    (file,) = (tmp_path / "mail").iterdir()
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert email.message_from_bytes(file.read_bytes())["To"] == "ada@example.com"


def test_the_letter_files_of_one_person_can_be_removed(tmp_path: Path) -> None:
    sender = FileSender(folder=tmp_path / "mail", sender=SENDER)
    for number, user in enumerate(("usr_a", "usr_ab", "")):
        sender.send(replace(letter(), id=f"ltr_{number}", user_id=user))
    (tmp_path / "mail" / "20260314T000000-verification-ltr_9.usr_a.eml.part").write_text("a crash left this half written")
    sender.delete_all_of("usr_a")
    assert len(list((tmp_path / "mail").iterdir())) == 2
    sender.delete_all_of("*")
    assert len(list((tmp_path / "mail").iterdir())) == 2


def test_a_mail_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(SendFailed):
        FileSender(folder=tmp_path / "mail", sender=SENDER).send(letter())


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    """Bootstrap servers of librdkafka's mock cluster, which speaks the real protocol on loopback."""
    host = Producer({"bootstrap.servers": "localhost:1", "test.mock.num.brokers": 1, "log_level": 0})
    metadata = host.list_topics(timeout=60)
    node = next(iter(metadata.brokers.values()))
    yield f"{node.host}:{node.port}"
    del host


def test_a_letter_becomes_an_event_keyed_by_its_recipient(broker: str) -> None:
    sender = KafkaSender(bootstrap_servers=broker, topic="notifications.email")
    sender.send(letter())
    consumer = Consumer({"bootstrap.servers": broker, "group.id": "test", "auto.offset.reset": "earliest", "log_level": 0})
    consumer.subscribe(["notifications.email"])
    try:
        event = consumer.poll(60)
        assert event is not None
        assert event.error() is None
        key, value = event.key(), event.value()
        assert key == b"ada@example.com"
        assert value is not None
        assert json.loads(value) == {
            "to": "ada@example.com",
            "subject": "Verify your Viva account",
            "template": "verification",
            "data": {"full_name": "Ada Lovelace", "verification_link": "https://example.org/v", "hours": "24"},
        }
        assert dict(event.headers() or [])["message-id"] == b"ltr_1"
    finally:
        consumer.close()


def test_a_broker_that_is_down_is_a_fault_within_the_time_limit() -> None:
    sender = KafkaSender(bootstrap_servers="127.0.0.1:1", topic="notifications.email", timeout_seconds=1, options={"log_level": 0})
    with pytest.raises(SendFailed):
        sender.send(letter())
    with pytest.raises(SendFailed):
        sender.check()
