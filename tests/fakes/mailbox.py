"""A mail server (aiosmtpd) on loopback for tests, and what it hands its letters to."""

import email
import email.policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Keeps what the server accepted; says that mailboxes beginning with `nobody` do not exist."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802 - aiosmtpd's name
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.letters.append(message)
        return "250 accepted"


def mail_server(mailbox: Mailbox, *, port: int, **options: Any) -> Controller:
    """Return a server for 127.0.0.1, not started yet, that a busy machine may keep waiting for its first answer."""
    return Controller(mailbox, hostname="127.0.0.1", port=port, ready_timeout=60, **options)
