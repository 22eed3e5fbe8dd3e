"""Chooses how letters leave, and who delivers them."""

from core.settings import Settings
from mail.ports import Sender
from mail.rendering import From
from mail.senders.files import FileSender
from mail.senders.kafka import KafkaSender
from mail.senders.smtp import SmtpSender, SmtpServer
from mail.worker import OutboxWorker
from wiring.base import Base


def sender(settings: Settings) -> Sender:
    """Return the sender that the settings name."""
    email = settings.email
    origin = From(name=email.from_name, email=email.gmail_from_email or email.from_email)
    if settings.mail_transport == "kafka":
        return KafkaSender(bootstrap_servers=settings.kafka_bootstrap_servers, topic=email.kafka_topic)
    if settings.mail_transport == "smtp":
        return SmtpSender(server=_smtp_server(settings), sender=origin)
    return FileSender(folder=settings.data_dir / "mail", sender=origin)


def worker(base: Base, sender: Sender) -> OutboxWorker:
    """Return who delivers what waits in the outbox."""
    email = base.settings.email
    return OutboxWorker(
        outbox=base.stores.outbox, sender=sender, clock=base.clock, max_attempts=email.max_attempts, poll_seconds=email.poll_seconds
    )


def _smtp_server(settings: Settings) -> SmtpServer:
    email = settings.email
    if email.gmail_from_email and not email.smtp_host:
        return SmtpServer(
            host="smtp.gmail.com",
            port=587,
            username=email.gmail_from_email,
            password=email.gmail_app_password.get_secret_value(),
            timeout_seconds=email.smtp_timeout_seconds,
        )
    return SmtpServer(
        host=email.smtp_host,
        port=email.smtp_port,
        username=email.smtp_username,
        password=email.smtp_password.get_secret_value(),
        security=email.smtp_security,
        timeout_seconds=email.smtp_timeout_seconds,
    )
