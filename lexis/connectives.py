"""Linking words and phrases by the level at which speakers are usually taught to use them.

The lists and their levels are this project's own, for counting, for showing and for suggesting; they carry no score
by themselves.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from lexis.models import LEVELS, ConnectiveUse, Level
from lexis.text import tokens

CONNECTIVES: dict[Level, tuple[str, ...]] = {
    "A1": ("and", "but", "or", "then", "so", "too"),
    "A2": (
        "because",
        "when",
        "also",
        "first",
        "next",
        "after that",
        "before",
        "after",
        "at first",
        "and then",
        "for example",
    ),
    "B1": (
        "if",
        "however",
        "although",
        "while",
        "until",
        "since",
        "as soon as",
        "that's why",
        "in my opinion",
        "finally",
        "on the one hand",
        "at the same time",
        "actually",
        "instead",
        "such as",
        "anyway",
        "at last",
        "at the end",
        "of course",
        "so that",
        "i mean",
        "because of",
        "in the end",
        "by the way",
        "especially",
    ),
    "B2": (
        "therefore",
        "though",
        "even though",
        "even if",
        "unless",
        "despite",
        "in spite of",
        "whereas",
        "on the other hand",
        "in fact",
        "as long as",
        "as a result",
        "for instance",
        "in addition",
        "what is more",
        "besides",
        "apart from",
        "instead of",
        "in general",
        "to sum up",
        "in order to",
        "otherwise",
        "as well as",
        "due to",
        "rather than",
        "compared to",
        "whether",
        "as far as i know",
        "the reason is",
        "not only",
        "in case",
        "in terms of",
        "personally",
        "basically",
        "whatever",
        "depending on",
        "meanwhile",
    ),
    "C1": (
        "nevertheless",
        "nonetheless",
        "consequently",
        "moreover",
        "furthermore",
        "provided that",
        "in other words",
        "having said that",
        "on top of that",
        "to some extent",
        "in the sense that",
        "given that",
        "as opposed to",
        "broadly speaking",
        "by contrast",
        "in contrast",
        "more to the point",
        "all things considered",
        "by and large",
        "regardless of",
        "whereby",
        "hence",
        "thus",
        "as far as i am concerned",
        "not to mention",
        "let alone",
        "mind you",
        "that being said",
    ),
    "C2": (
        "notwithstanding",
        "albeit",
        "insofar as",
        "be that as it may",
        "by the same token",
        "lest",
        "inasmuch as",
        "in so far as",
        "for all that",
        "conversely",
        "needless to say",
        "were it not for",
    ),
}

# Useful to learn next, easiest first; the complete lists hold words that everybody uses without noticing.
_TEACHABLE: dict[Level, tuple[str, ...]] = {
    "A1": ("and", "but", "so", "then", "or"),
    "A2": ("because", "when", "for example", "also", "after that", "first"),
    "B1": ("although", "that's why", "in my opinion", "as soon as", "however", "instead", "at the same time"),
    "B2": ("on the other hand", "even though", "as a result", "in fact", "unless", "whereas", "despite", "apart from"),
    "C1": ("having said that", "to some extent", "given that", "in other words", "by contrast", "nevertheless"),
    "C2": ("be that as it may", "by the same token", "insofar as", "albeit", "were it not for"),
}

_SUBORDINATORS_TEXT = """
because although though while since unless until if whether whereas when whenever where wherever which who
whom whose that after before once
"""
_SUBORDINATORS = frozenset(_SUBORDINATORS_TEXT.split())


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(token.replace("'", "") for token in tokens(phrase))


_BY_KEY: dict[tuple[str, ...], tuple[str, Level]] = {
    _key(phrase): (phrase, level) for level in reversed(LEVELS) for phrase in CONNECTIVES[level]
}
_BY_KEY[("thats", "the", "reason")] = ("that's why", "B1")
_BY_KEY[("that", "is", "why")] = ("that's why", "B1")
_FIRST_LENGTHS: dict[str, tuple[int, ...]] = {
    first: tuple(sorted({len(key) for key in _BY_KEY if key[0] == first}, reverse=True)) for first in {key[0] for key in _BY_KEY}
}


def in_tokens(found: Iterable[str]) -> tuple[ConnectiveUse, ...]:
    """As `connectives_in`, for text that is already split into lower-case tokens."""
    bare = [token.replace("'", "") for token in found]
    counts: Counter[tuple[str, Level]] = Counter()
    at = 0
    while at < len(bare):
        step = 1
        for length in _FIRST_LENGTHS.get(bare[at], ()):
            entry = _BY_KEY.get(tuple(bare[at : at + length]))
            if entry is not None:
                counts[entry] += 1
                step = length
                break
        at += step
    uses = (ConnectiveUse(text=text, level=level, count=count) for (text, level), count in counts.items())
    return tuple(sorted(uses, key=lambda use: (-LEVELS.index(use.level), use.text)))


def connectives_in(text: str) -> tuple[ConnectiveUse, ...]:
    """The linking words that `text` uses, the highest level first, then by name; a longer phrase hides its parts."""
    return in_tokens(tokens(text))


def subordinators_in(found: Iterable[str]) -> int:
    """How many of these tokens can open a dependent clause ("because", "which", "if", …)."""
    return sum(token in _SUBORDINATORS for token in found)


def suggest_connectives(level: Level, used: Collection[ConnectiveUse | str] = (), *, limit: int = 3) -> tuple[str, ...]:
    """Up to `limit` linking phrases worth trying next: of `level`, then of the level above, without those in `used`.

    `used` may hold phrases or what `connectives_in` gave.
    """
    known = {item.text if isinstance(item, ConnectiveUse) else item.casefold() for item in used}
    start = LEVELS.index(level)
    pool = [phrase for name in LEVELS[start : start + 2] for phrase in _TEACHABLE[name]]
    return tuple(phrase for phrase in pool if phrase not in known)[: max(0, limit)]
