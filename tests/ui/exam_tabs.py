"""Exams begun, answered and shown in a tab, for the tests of their pages."""

import io
import wave
from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.ui.tabs import Person, Tab
from wiring import Services

TALK = (
    "I remember a day when I helped my neighbour. She had lost her keys, so we looked for them everywhere and talked about "
    "her childhood. In the end we found them in the kitchen, which was funny, and she invited me to dinner because she was "
    "very happy. After that we became good friends, and we still meet every week, although she has moved to another street."
)
EVERY_PAGE = ("exams", "exam", "report", "progress")
FIELD = "Your answer, in the words that you would say"


def begun(services: Services, person: Person, *, mode: str = "exam", format_id: str = "quick-check", level: str = "B1") -> str:
    return services.exams.start(person.user.id, format_id=format_id, level=level, mode=mode).exam.id


def answered(services: Services, person: Person, exam_id: str, text: str = TALK) -> None:
    """Answer every question that is left."""
    exams, who = services.exams, person.user.id
    while (turn := exams.view(who, exam_id).turn) is not None:
        exams.begin_answer(who, exam_id, turn.key)
        exams.submit_text(who, exam_id, turn.key, f"{text} {turn.number}", hand_in_anyway=True)
        exams.go_on(who, exam_id, turn.key)


def reported(services: Services, person: Person, text: str = TALK) -> str:
    exam_id = begun(services, person)
    answered(services, person, exam_id, text)
    services.exams.finish(person.user.id, exam_id, wait=20)
    return exam_id


def wav(seconds: float, *, loud: float = 0.0) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes((loud * np.ones(int(16_000 * seconds)) * 32_000).astype("<i2").tobytes())
    return kept.getvalue()


def cards(tab: Tab) -> list[str]:
    """The keys of the cards, from top to bottom."""

    def keys(block: Any) -> Iterator[str]:
        _, card, key = str(getattr(getattr(block, "proto", None), "id", "")).partition("-card-")
        if card:
            yield key
        for child in getattr(block, "children", {}).values():
            yield from keys(child)

    return list(keys(tab.test.main))


def typing(tab: Tab, text: str, button: str = "Hand in") -> Tab:
    next(field for field in tab.test.text_area if field.label == FIELD).input(text)
    return tab.press(button)


def way(tab: Tab, chosen: str) -> Tab:
    next(group for group in tab.test.button_group if group.label == "How do you want to answer?").set_value(chosen).run()
    tab.check()
    return tab
