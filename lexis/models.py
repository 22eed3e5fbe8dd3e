"""The values this component hands out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Level = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectiveUse:
    """One linking word or phrase that an answer uses: as it stands in the list, its level, and how often."""

    text: str
    level: Level
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerProfile:
    """What can be counted in one answer without judging it.

    `words` counts words without fillers, short forms once ("don't" is one word); `different_words` counts different
    dictionary forms ("go, goes, went" is one). `words_by_level` holds, for every level, the different words as the
    person wrote them, in order of first use; what is in no list (names, other languages, misspellings) has none.
    `subordinators` counts occurrences.
    """

    words: int
    different_words: int
    fillers: int
    sentences: int
    longest_sentence_words: int
    words_by_level: Mapping[Level, tuple[str, ...]]
    connectives: tuple[ConnectiveUse, ...]
    subordinators: int
