"""Values of the practice question bank."""

from collections.abc import Mapping
from dataclasses import dataclass

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
"""The levels that have questions, lowest first."""

MENTION = "{mention}"
"""Where a follow-up takes up something that the learner said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What the examiner may ask next.

    `text` may hold `{mention}`. `when` lists lower-case words or phrases; a follow-up that has some is asked only
    after an answer that contains one of them.
    """

    text: str
    when: tuple[str, ...] = ()

    @property
    def takes_mention(self) -> bool:
        """Whether the text needs something that the learner said."""
        return MENTION in self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One practice question. `id` never changes, even if the wording does: conversations remember it."""

    id: str
    level: str
    topic: str
    text: str
    follow_ups: tuple[FollowUp, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic, the same at every level.

    `near` lists the ids of all other topics, nearest first; `words` are lower-case words that somebody may name who wishes for it.
    """

    id: str
    title: str
    near: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelQuestions:
    """All questions of one level, by topic id."""

    level: str
    by_topic: Mapping[str, tuple[Question, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The question that comes next.

    `notice` is a sentence for the learner where the topic had no fresh question left, so that this one is from a neighbouring topic,
    or the whole level had none, so that this one was asked before (never in this conversation unless that used up the level too).
    It is empty if neither is the case.
    """

    question: Question
    notice: str = ""
