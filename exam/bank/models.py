"""Values of the exam catalogue: formats, items, pictures, and the plan of one exam.

They are pydantic dataclasses because they are read from files that people write: pydantic says what is wrong and where.
Seconds are whole seconds, minutes are `(shortest, longest)`.
"""

from dataclasses import dataclass as plain_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from chat.bank import FollowUp

Level = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
LEVELS: tuple[Level, ...] = get_args(Level)

Kind = Literal[
    "interview",  # one short question about the person
    "photo",  # describe one picture, then answer questions about it
    "two_photos",  # compare two pictures, then answer questions about them
    "collaborative",  # talk about options, then decide
    "discussion",  # several questions on one general theme
    "conversation",  # several questions on one everyday theme
    "long_turn",  # a card with points to cover, then follow-ups
    "read_aloud",  # one sentence to read
    "graphic",  # talk about a chart
    "opinion",  # one short question about the person's opinion
    "abstract",  # three linked questions, answered in one turn
]
KINDS: tuple[Kind, ...] = get_args(Kind)

Ask = Literal["main", "reply", "question", "follow_up", "decision"]
Aspect = Literal["range", "accuracy", "fluency", "interaction", "coherence", "phonology"]

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)

Text = Annotated[str, Field(min_length=1)]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Seconds = Annotated[int, Field(ge=0, le=600)]
Minutes = Annotated[
    tuple[Annotated[float, Field(gt=0, le=60)], Annotated[float, Field(gt=0, le=60)]],
    BeforeValidator(lambda value: (value, value) if isinstance(value, int | float) else value),
]


def _follow_up(value: Any) -> Any:
    """Turn `text` or `{when: [words], ask: text}` into a `FollowUp`."""
    if isinstance(value, str) and value.strip():
        return FollowUp(text=value.strip())
    if isinstance(value, dict) and set(value) == {"when", "ask"} and isinstance(value["ask"], str) and isinstance(value["when"], list):
        return FollowUp(text=value["ask"].strip(), when=tuple(str(word).lower() for word in value["when"]))
    raise ValueError("a follow-up is a sentence, or has exactly the fields when (a list of words) and ask")


FollowUpEntry = Annotated[FollowUp, BeforeValidator(_follow_up)]


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Criterion:
    """What an exam of this style marks, and the aspects of spoken language from which it is estimated."""

    id: Text
    title: Text
    aspects: tuple[Aspect, ...] = Field(min_length=1)
    weight: float = Field(default=1, gt=0)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Scale:
    """How the estimate is expressed on this style's own scale: a text for each level that the scale covers."""

    name: Text
    levels: dict[Level, Text] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class TurnRule:
    """One answer that is asked for, `times` times in a row.

    `ask` says what is asked: the item's `prompt` (main), `reply`, the next of its `questions`, the `decision`, or a
    follow-up that fits what was said. An answer below `min_words` or `min_seconds` is too short to count.
    """

    ask: Ask
    answer_seconds: int = Field(ge=5, le=600)
    preparation_seconds: Seconds = 0
    min_seconds: Seconds = 0
    min_words: int = Field(default=0, ge=0, le=400)
    times: int = Field(default=1, ge=1, le=20)
    scored: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Task:
    """`items` items of one kind, each asked with the same turns. `same_topic_as` names an earlier part to stay close to."""

    kind: Kind
    turns: tuple[TurnRule, ...] = Field(min_length=1)
    items: int = Field(default=1, ge=1, le=20)
    same_topic_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Part:
    """A part as the candidate knows it. `minutes` is what it takes in an exam of this style, examiner's words included."""

    id: Identifier
    title: Text
    instructions: Text
    minutes: Minutes
    tasks: tuple[Task, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class ExamFormat:
    """An exam in the style of a known one. `levels` may be aimed at; an estimate lies between `lowest` and `highest`."""

    id: Identifier
    order: int
    title: Text
    style: Text
    description: Text
    honesty: Text
    minutes: Minutes
    levels: tuple[Level, ...] = Field(min_length=1)
    lowest: Level
    highest: Level
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    parts: tuple[Part, ...] = Field(min_length=1)
    scale: Scale | None = None

    @property
    def turn_count(self) -> int:
        """How many answers the exam asks for."""
        return sum(task.items * turn.times for part in self.parts for task in part.tasks for turn in task.turns)

    @property
    def speaking_seconds(self) -> int:
        """How long the candidate may speak in all."""
        return sum(task.items * turn.times * turn.answer_seconds for part in self.parts for task in part.tasks for turn in task.turns)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Option:
    """One of the things to choose between; `icon` names the drawing for its tile, empty for words alone."""

    text: Text
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class ExamItem:
    """One task for the candidate. `id` never changes: exams that were taken remember it. Fields depend on `kind`."""

    id: Identifier
    kind: Kind
    levels: tuple[Level, ...] = Field(min_length=1)
    topic: Text
    prompt: Text
    bullets: tuple[Text, ...] = ()
    questions: tuple[Text, ...] = ()
    options: tuple[Option, ...] = ()
    decision: str = ""
    reply: str = ""
    follow_ups: tuple[FollowUpEntry, ...] = ()
    pictures: tuple[str, ...] = ()
    min_words: int = Field(default=0, ge=0, le=400)


@plain_dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a file, where, and how to mend it. `line` counts from 1; 0 means the file as a whole."""

    path: Path
    line: int
    message: str
    fix: str = ""
    warning: bool = False

    def __str__(self) -> str:
        """Return `file:line: message. fix`."""
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {'hint: ' if self.warning else ''}{self.message}{' ' + self.fix if self.fix else ''}"


@plain_dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTurn:
    """One answer of one exam. `key` is unique within the exam and stays the same when it is resumed.

    `text` is empty for a follow-up: it is chosen from `candidates` (or worded by a model) after the answer before.
    """

    key: str
    part_id: str
    item_id: str
    kind: Kind
    ask: Ask
    text: str
    bullets: tuple[str, ...]
    options: tuple[Option, ...]
    pictures: tuple[str, ...]
    candidates: tuple[FollowUp, ...]
    preparation_seconds: int
    answer_seconds: int
    min_seconds: int
    min_words: int
    scored: bool


@plain_dataclass(frozen=True, slots=True, kw_only=True)
class ExamPlan:
    """What one exam asks, in order. `repeated_ids` are items that had to be used again for want of fresh ones."""

    format_id: str
    level: Level
    turns: tuple[PlannedTurn, ...]
    item_ids: tuple[str, ...]
    repeated_ids: tuple[str, ...] = ()
