"""Slips that a pattern can find without ever blaming correct English. When in doubt a slip is left out of the tables."""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from llm.examiner import slips_of_verbs, slips_of_words
from llm.examiner.misspellings import MISSPELLINGS
from llm.examiner.slip_rules import Rule

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<![a-z])'[^']{2,80}'(?![a-z])")
_WORD = re.compile(r"[^\W\d_]+")
_REPAIRED = re.compile(r"\b(?:sorry|i mean|no wait)\b", re.IGNORECASE)
_SPELLING: Final = 9
_READ_CHARACTERS: Final = 6000


@dataclass(frozen=True, slots=True)
class Slip:
    """What was said and how it is said in standard English. `spelling`: only a letter is wrong."""

    said: str
    better: str
    spelling: bool = False


def slips_in(text: str) -> list[Slip]:
    """Return the slips found, the gravest first and otherwise in order of appearance, each once. What is quoted is left alone."""
    plain = _QUOTED.sub(" … ", " ".join(text[:_READ_CHARACTERS].replace("’", "'").replace("‘", "'").split()))
    found: list[_Found] = []
    for rule in _RULES:
        found.extend(_found_by(rule, plain))
    found.extend(
        _Found(_SPELLING, match.start(), match.end(), Slip(match[0], MISSPELLINGS[match[0].lower()], spelling=True))
        for match in _WORD.finditer(plain)
        if match[0].lower() in MISSPELLINGS and not match[0].isupper()
    )
    found.sort(key=lambda item: item[:2])
    kept: list[_Found] = []
    for item in found:
        # Of two rules for the same words the graver one speaks.
        if not any(item.start < other.end and other.start < item.end for other in kept):
            kept.append(item)
    return list(dict.fromkeys(item.slip for item in kept))


class _Found(NamedTuple):
    gravity: int
    start: int
    end: int
    slip: Slip


def _found_by(rule: Rule, plain: str) -> list[_Found]:
    slips: list[_Found] = []
    for match in rule.pattern.finditer(plain):
        if _REPAIRED.match(plain[match.end() :].lstrip(" ,.-")):
            continue
        better = rule.better(match)
        group = "said" if "said" in match.re.groupindex else 0
        said = match[group]
        if better and better != said:
            slips.append(_Found(rule.gravity, match.start(group), match.end(group), Slip(said, better)))
    return slips


_RULES: Final = (*slips_of_verbs.RULES, *slips_of_words.RULES)
