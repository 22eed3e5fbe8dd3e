"""Letters over SMTP, with STARTTLS or TLS and a login."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from mail.errors import SendFailed
from mail.models import Letter
from mail.rendering import From, to_message

_PERMANENT = range(550, 554)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where and how to connect. `security`: `starttls` (required, never downgraded), `tls` from the first byte, or `none`."""

    host: str
    port: int
    username: str = ""
    password: str = ""
    security: Literal["starttls", "tls", "none"] = "starttls"
    timeout_seconds: float = 10


class SmtpSender:
    """Hands each letter to one SMTP server, one connection a letter."""

    name = "smtp"

    def __init__(self, *, server: SmtpServer, sender: From, tls: ssl.SSLContext | None = None) -> None:
        """Use `tls` (default: the system's trust store, host name checked) for STARTTLS and TLS."""
        self._server = server
        self._sender = sender
        self._tls = tls

    def send(self, letter: Letter) -> None:
        """Return once the server has accepted the letter. Raises SendFailed."""
        message = to_message(letter, self._sender)
        with self._faults(), self._connected() as connection:
            connection.send_message(message, from_addr=self._sender.email, to_addrs=[letter.to])

    def delete_all_of(self, user_id: str) -> None:
        """Do nothing: letters that were handed over are not ours any more."""

    def check(self) -> str:
        """Connect, log in and say so. Raises SendFailed."""
        with self._faults(), self._connected() as connection:
            connection.noop()
        return f"the mail server {self._server.host}:{self._server.port} answers"

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server = self._server
        tls = self._tls or ssl.create_default_context()
        if server.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_seconds, context=tls)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
        with connection:
            if server.security == "starttls":
                connection.starttls(context=tls)
            if server.username:
                connection.login(server.username, server.password)
            yield connection

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turn every fault into SendFailed, without the server's echo of addresses."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise SendFailed(f"the recipient was refused ({codes})", permanent=any(code in _PERMANENT for code in codes)) from error
        except smtplib.SMTPResponseException as error:
            raise SendFailed(f"the mail server answered {error.smtp_code}") from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise SendFailed(f"the mail server cannot be used: {type(error).__name__}") from error
