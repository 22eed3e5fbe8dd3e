"""Rules about what people send, and the errors that name the broken one."""

import unicodedata

from chat.bank import LEVELS, QuestionBank
from chat.config import MESSAGE_CHARACTERS, MOST_IDS, TITLE_CHARACTERS
from chat.errors import InvalidChoice, InvalidMessage, OutOfRange
from chat.markdown import TURNS

_ALLOWED_CONTROLS = "\n\t\r"
_SEND_KEY_CHARACTERS = 200
_ID_CHARACTERS = 64


def message_text(text: object) -> str:
    """Return a message trimmed and with plain line ends. Raises InvalidMessage: 1 to 8,000 characters, no control characters."""
    if not isinstance(text, str):
        raise InvalidMessage("A message must be text.", code="NOT_TEXT")
    if len(text) > MESSAGE_CHARACTERS * 4:  # before any work is done on it
        raise InvalidMessage(f"A message can have at most {MESSAGE_CHARACTERS:,} characters.", code="TOO_LONG")
    trimmed = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _is_blank(trimmed):
        raise InvalidMessage("Please write something first.", code="EMPTY")
    if len(trimmed) > MESSAGE_CHARACTERS:
        raise InvalidMessage(f"A message can have at most {MESSAGE_CHARACTERS:,} characters.", code="TOO_LONG")
    if not trimmed.isprintable() and any(_is_forbidden(character) for character in trimmed):
        raise InvalidMessage(
            "The message holds characters that cannot be stored. Please type it again as plain text.", code="CONTROL_CHARACTERS"
        )
    return trimmed


def title(text: object) -> str:
    """Return a title on one line. Raises OutOfRange: 1 to 80 characters, one of them to be seen.

    Marks that turn the direction of what stands behind them are left out: they would turn the rest of a list, too.
    """
    line = TURNS.sub("", " ".join(text.split())) if isinstance(text, str) else ""
    line = "".join(character for character in line if not _is_forbidden(character))
    if _is_blank(line):
        raise OutOfRange("title", "Please give the conversation a title.")
    if len(line) > TITLE_CHARACTERS:
        raise OutOfRange("title", f"A title can have at most {TITLE_CHARACTERS} characters.")
    return line


def level(value: str) -> str:
    """Return a level, A1 to C2, in capitals. Raises InvalidChoice."""
    known = value.strip().upper()
    if known not in LEVELS:
        raise InvalidChoice("level", f"The level must be one of {', '.join(LEVELS)}.")
    return known


def topic(value: str, bank: QuestionBank) -> str:
    """Return the id of a topic, or "" for any. Raises InvalidChoice."""
    if value and value not in {item.id for item in bank.topics()}:
        raise InvalidChoice("topic", "There is no such topic. Pick one from the list.")
    return value


def send_key(value: str) -> str:
    """Return an idempotency key. Raises OutOfRange: at most 200 printable ASCII characters."""
    if len(value) > _SEND_KEY_CHARACTERS or not value.isascii() or not (value.isprintable() or not value):
        raise OutOfRange("idempotency_key", "An idempotency key can have at most 200 printable ASCII characters.")
    return value


def known_id(value: object) -> str:
    """Return an id that may exist, or "" for what cannot be one: too long, other characters, not text."""
    if not isinstance(value, str) or not 0 < len(value) <= _ID_CHARACTERS:
        return ""
    return value if value.isascii() and value.replace("_", "").replace("-", "").isalnum() else ""


def ids(values: object) -> list[str]:
    """Return the ids that may exist, each once. Raises OutOfRange for no list or more than 500."""
    if not isinstance(values, list | tuple) or len(values) > MOST_IDS:
        raise OutOfRange("session_ids", f"Give a list of at most {MOST_IDS} conversations.")
    return [value for value in dict.fromkeys(known_id(value) for value in values) if value]


def number(value: object, *, field: str, low: int, high: int) -> int:
    """Return a whole number between `low` and `high`. Raises OutOfRange."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise OutOfRange(field, f"{field} must be a whole number from {low} to {high}.")
    return value


def _is_blank(text: str) -> bool:
    """Tell whether nothing of it is to be seen."""
    return all(character.isspace() or unicodedata.category(character) in {"Cf", "Cc"} for character in text)


def _is_forbidden(character: str) -> bool:
    category = unicodedata.category(character)
    return category == "Cs" or (category == "Cc" and character not in _ALLOWED_CONTROLS)
