"""What people type in an exam, made fit to be kept: the one place that decides which characters stay."""

import re

from exam.config import ANSWER_CHARACTERS, NOTE_CHARACTERS
from exam.errors import AnswerInvalid

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and line ends, halves of characters, and what turns the direction of the text behind it."""


def answer_text(text: object) -> str:
    """Return a typed answer, draft or transcript without unseen characters and outer blanks. Raises AnswerInvalid."""
    clean = _seen(_text(text, "The answer must be text.")).strip()
    if len(clean) > ANSWER_CHARACTERS:
        raise AnswerInvalid(f"An answer can have at most {ANSWER_CHARACTERS:,} characters. Please shorten it.")
    return clean


def note_text(text: object) -> str:
    """Return notes without unseen characters; blanks stay as they are typed. Raises AnswerInvalid."""
    clean = _seen(_text(text, "Notes must be text.", field="notes"))
    if len(clean) > NOTE_CHARACTERS:
        raise AnswerInvalid(f"Notes can have at most {NOTE_CHARACTERS:,} characters.", field="notes")
    return clean


def heard_text(text: str) -> str:
    """Return what a transcriber wrote down, fit to be an answer: one that says the same again and again is cut."""
    return _seen(text).strip()[:ANSWER_CHARACTERS].rstrip()


def _text(value: object, problem: str, *, field: str = "text") -> str:
    if not isinstance(value, str):
        raise AnswerInvalid(problem, field=field)
    return value


def _seen(text: str) -> str:
    return _UNSEEN.sub(" ", text)
