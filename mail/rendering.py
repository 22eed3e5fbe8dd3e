"""From a letter to its subject, text and HTML, and to an Internet message."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from functools import cache
from typing import TYPE_CHECKING

from mail.models import Letter

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A letter in words."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """Who letters come from."""

    name: str
    email: str


def render(letter: Letter) -> Rendered:
    """Fill the three template files of the letter. Raises jinja2.UndefinedError when `data` lacks a value that they use."""
    environment = _environment()
    subject, text, html = (
        environment.get_template(f"{letter.template.value}.{kind}").render(
            full_name=letter.data.get("full_name", ""), failures=letter.data.get("failures", ""), **_own(letter)
        )
        for kind in ("subject.txt", "txt", "html")
    )
    return Rendered(subject=" ".join(subject.split()), text=text.strip() + "\n", html=html)


def _own(letter: Letter) -> dict[str, str]:
    return {name: value for name, value in letter.data.items() if name not in {"full_name", "failures"}}


def message_id(letter: Letter, sender: From) -> str:
    """Return the Message-ID, the same for every attempt to send this letter."""
    return f"<{letter.id}@{sender.email.rpartition('@')[2] or 'localhost'}>"


def to_message(letter: Letter, sender: From) -> EmailMessage:
    """Return the complete Internet message (RFC 5322, multipart/alternative)."""
    rendered = render(letter)
    message = EmailMessage()
    message["Subject"] = rendered.subject
    message["From"] = formataddr((sender.name, sender.email))
    message["To"] = letter.to
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = message_id(letter, sender)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(rendered.text)
    message.add_alternative(rendered.html, subtype="html")
    return message


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape  # noqa: PLC0415 - the worker's thread pays, not the start

    return Environment(
        loader=PackageLoader("mail", "templates"),
        autoescape=select_autoescape(enabled_extensions=("html",), default_for_string=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
