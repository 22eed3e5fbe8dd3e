"""What a person does in an exam in the browser, in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, expect

from tests.e2e.person import Visitor

FORMATS = Path(__file__).parents[2] / "exam" / "formats"
FIELD = "Your answer, in the words that you would say"
TALK = (
    "I remember a day when I helped my neighbour. She had lost her keys, so we looked for them everywhere and talked about "
    "her childhood. In the end we found them in the kitchen, which was funny, and she invited me to dinner because she was "
    "very happy. After that we became good friends, and we still meet every week, although she has moved to another street."
)
ANSWERS = (
    "I live in a small town near the sea with my family, because my parents found work there many years ago.",
    "At the weekend I usually cook with my brother, although he is always in a hurry, and then we visit our friends.",
    "I would like to travel to the mountains next year, since I have never seen so much snow in my life.",
    TALK,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTurn:
    """One answer that a format's file asks for."""

    part: int
    title: str
    preparation: int
    seconds: int
    words: int


def format_file(name: str) -> dict[str, Any]:
    """Return a format's file as it is written, not as the program reads it."""
    return dict(yaml.safe_load((FORMATS / f"{name}.yaml").read_text(encoding="utf-8")))


def turns_of(form: dict[str, Any]) -> Iterator[AskedTurn]:
    """Return every answer that the file asks for, in its order."""
    for number, part in enumerate(form["parts"], start=1):
        for task in part["tasks"]:
            for rule in [rule for _ in range(task.get("items", 1)) for rule in task["turns"]]:
                for _ in range(rule.get("times", 1)):
                    yield AskedTurn(
                        part=number,
                        title=part["title"],
                        preparation=rule.get("preparation_seconds", 0),
                        seconds=rule["answer_seconds"],
                        words=rule.get("min_words", 0),
                    )


@dataclass
class Room:
    """An exam in front of a person."""

    visitor: Visitor

    @property
    def main(self) -> Locator:
        """The page without header and menu."""
        return self.visitor.main

    @property
    def field(self) -> Locator:
        """The field for a typed answer."""
        return self.visitor.page.get_by_label(FIELD, exact=True)

    @property
    def face(self) -> Locator:
        """The clock's face."""
        return self.main.locator("[data-viva-face]")

    @property
    def where(self) -> Locator:
        """The line that says which part and which question this is."""
        return self.main.get_by_text(re.compile(r"^Part \d+ of \d+ · Question \d+ of \d+"))

    def settled(self) -> "Room":
        """Wait until the page has nothing more to draw."""
        expect(self.visitor.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        return self

    def start(self, title: str = "Three-minute quick check", *, practice: bool = False, way: str = "") -> "Room":
        """Begin an exam from the list of formats; `way` is how to answer, chosen before it starts."""
        self.visitor.open("/exams").sees("Speaking exams")
        self.main.get_by_role("link", name=title).click()
        self.visitor.sees(title)
        if practice:
            self.main.get_by_text("Practice mode").click()
            self.settled()
        if way:
            self.by(way)
        self.visitor.press("Start the exam")
        expect(self.where).to_contain_text("Part 1 of")
        return self

    def at(self, number: int, of: int) -> "Room":
        """Wait for a question."""
        expect(self.where).to_contain_text(re.compile(rf"Question {number} of {of}\b"))
        return self

    def way(self, way: str) -> "Room":
        """Choose how to answer."""
        self.main.get_by_role("radio", name=re.compile(way)).click()
        return self.settled()

    def begin(self, way: str = "Type") -> "Room":
        """Start the answer time and choose how to answer, unless it is chosen already."""
        self.visitor.press("Start answering")
        return self.by(way)

    def by(self, way: str) -> "Room":
        """Answer this way, also if it is chosen already."""
        radio = self.main.get_by_role("radio", name=re.compile(way))
        radio.wait_for()
        self.settled()
        if radio.get_attribute("aria-checked") != "true":
            self.way(way)
        return self

    def hand_in(self, text: str) -> "Room":
        """Type an answer and hand it in."""
        self.field.fill(text)
        self.visitor.press("Hand in")
        return self.stored()

    def kept(self) -> "Room":
        """Wait until what is typed in the answer's field is kept at every key."""
        expect(self.field).to_have_attribute("data-viva-kept", re.compile("answer"))
        return self

    def stored(self) -> "Room":
        """Wait until the page says that the answer is stored."""
        expect(self.main.get_by_text("Your answer is stored.")).to_be_visible()
        return self

    def next(self) -> "Room":
        """Leave the answered question."""
        self.visitor.press("Next")
        return self

    def answer_the_rest(self, texts: tuple[str, ...]) -> "Room":
        """Answer by typing until every question is done."""
        for text in texts:
            self.begin().hand_in(text).next()
        self.visitor.sees("All questions answered")
        return self

    def report(self) -> "Room":
        """Ask for the report and wait for it."""
        self.visitor.press("Get my report")
        expect(self.main.get_by_role("heading", level=1, name=re.compile("^Your report"))).to_be_visible()
        return self
