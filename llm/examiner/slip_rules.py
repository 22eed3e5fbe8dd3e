"""What a rule for a slip is made of, and the fragments that the patterns share."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

NUMBER: Final = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|many|several|a few)"
)
START: Final = (
    r"(?:^|(?<=[.,;:!?…] )|(?<=\band )|(?<=\bbut )|(?<=\bso )|(?<=\bbecause )|(?<=\bwhen )|(?<=\bthink )|(?<=\bthen )|(?<=\byes )"
    r"|(?<=\bno )|(?<=\bbefore )|(?<=\bafter )|(?<=\bwell )|(?<=\bsometimes )|(?<=\busually )|(?<=\bwhere )|(?<=\balso )|(?<=\bwhile ))"
)
"""Where a clause begins, so that a subject with its verb stands alone: "the money that I had went to rent" begins elsewhere."""
END: Final = r"(?=[.,;!?]|$| and\b| but\b| because\b| so\b)"
_GRAVE, _CLEAR, _LIGHT = 1, 2, 3

Better = Callable[[re.Match[str]], str]
"""Words the correction ("" where the match is no slip after all). The slip is the group "said", or the whole match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of slip; of two slips the one with the lower `gravity` is told."""

    gravity: int
    pattern: re.Pattern[str]
    better: Better


def rules(gravity: int, table: Iterable[tuple[str, Better]]) -> tuple[Rule, ...]:
    """Return the rules of a table of patterns."""
    return tuple(Rule(gravity=gravity, pattern=re.compile(pattern, re.IGNORECASE), better=better) for pattern, better in table)


def any_of(words: Iterable[str]) -> str:
    """Return a group that matches one of the words."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"
