"""Asking a model where the deterministic reading is unsure; it can only ever make a better guess of what is really there."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import Any

from core import log
from signup.models import Step
from signup.ports import Interpreter
from signup.understanding import passwords
from signup.understanding.reading import EMAIL, FIRST, LAST, STEP_OF, UNSURE, USERNAME, Intent, Reading, Topic
from signup.understanding.words.text import clean, fold, is_solid

TIMEOUT_SECONDS = 3.0
_AT_ONCE = 4
_LONGEST_ASKED = 400
_FACTS = (EMAIL, USERNAME, FIRST, LAST)
_TRUST = 0.7
_log = log.get("signup")

SCHEMA: Mapping[str, object] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "intent": {"type": "string", "enum": [intent.value for intent in Intent]},
        "topic": {"type": "string", "enum": ["", *(topic.value for topic in Topic)]},
        "field": {"type": "string", "enum": ["", *(fact for fact in (*_FACTS, "password"))]},
        **{fact: {"type": "string", "description": "copied from the message, or empty"} for fact in _FACTS},
    },
    "required": ["intent", "topic", "field", *_FACTS],
}
"""What the model has to answer."""


class Helper:
    """Asks the model in a thread of its own, so that a slow one costs at most `timeout_seconds`, and a broken one nothing."""

    def __init__(self, interpreter: Interpreter | None, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        """Ask `interpreter`; None never asks."""
        self._interpreter = interpreter
        self._timeout = timeout_seconds
        self._free = BoundedSemaphore(_AT_ONCE)
        self._threads = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="signup-helper") if interpreter else None

    def close(self) -> None:
        """Wait for nobody and start nothing more."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)

    def better(self, reading: Reading, message: str, step: Step) -> Reading:
        """Return the model's reading of `message` if one is needed, allowed and usable, otherwise `reading`."""
        if self._threads is None or not is_allowed(reading, message, step) or not self._free.acquire(blocking=False):
            return reading
        try:
            future = self._threads.submit(self._ask, clean(message), step)
            return reading_of(future.result(timeout=self._timeout), message, step) or reading
        except Exception as fault:  # noqa: BLE001 - whatever goes wrong in a model changes nothing for the person
            _log.info("no answer of a model", extra={"error": type(fault).__name__})
            return reading

    def _ask(self, message: str, step: Step) -> Mapping[str, Any]:
        if self._interpreter is None:
            return {}
        try:
            return self._interpreter.interpret(message=message, step=step.value, schema=SCHEMA, timeout_seconds=self._timeout)
        finally:
            # Freed by the thread and not by the caller: one that hangs on keeps its place.
            self._free.release()


def is_allowed(reading: Reading, message: str, step: Step) -> bool:
    """Tell whether a model may see the message: it is unsure, short, not at the password step and holds nothing like a password."""
    if reading.confidence >= UNSURE or step is Step.PASSWORD or len(message) > _LONGEST_ASKED:
        return False
    return bool(message.strip()) and not passwords.mentions(clean(message))


def reading_of(answer: object, message: str, step: Step) -> Reading | None:
    """Return what a model answered as a reading, or None where it does not follow the schema.

    A value counts only if it stands in the message letter by letter, in whole words, so that nothing can be invented.
    """
    if not isinstance(answer, Mapping) or answer.get("intent") not in set(Intent):
        return None
    said = fold(clean(message))
    facts = {
        fact: value
        for fact in _FACTS
        if isinstance(value := answer.get(fact), str)
        and (value := clean(value).strip())
        and _stands_in(fold(value), said)
        and len(value) <= _LONGEST_ASKED
    }
    intent = Intent(answer["intent"])
    topic = answer.get("topic")
    field = answer.get("field")
    if intent is Intent.PROVIDE and not facts:
        return None
    return Reading(
        intent=intent,
        topic=Topic(topic) if topic in set(Topic) else None,
        field=STEP_OF.get(field) if isinstance(field, str) else None,
        facts=facts if intent in {Intent.PROVIDE, Intent.CORRECTION} or (intent is Intent.YES and step is Step.START) else {},
        confidence=_TRUST,
    )


def _stands_in(value: str, said: str) -> bool:
    """Tell whether a folded value stands in a folded message and is no piece of a longer word ("admin" of "administrator")."""
    start = said.find(value)
    while start >= 0:
        around = said[max(0, start - 1) : start], said[start + len(value) : start + len(value) + 1]
        if not any(ch.isalnum() and not is_solid(ch) for ch in around):
            return True
        start = said.find(value, start + 1)
    return False
