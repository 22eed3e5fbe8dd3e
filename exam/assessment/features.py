"""What is measured in a stretch of speech, as numbers that do not depend on how long it is.

Every rate is an average over windows of `WINDOW` words, so that ten minutes and one minute can be compared. Only the
words count: no punctuation, no capital letters and no turn boundaries, because they differ between a transcript, a
typed answer and the interviews the coefficients come from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, log1p

from lexis import LEVELS, lemma, word_level
from lexis.connectives import in_tokens
from lexis.text import expand
from lexis.verbs import is_past

WINDOW = 150
_LOCAL = 50
_LOCAL_STEP = 10

_FUNCTION_TEXT = """
a an the and or but so because if when that which who what where i you he she it we they me him her us them my your its
our their is am are was were be been being do does did have has had will would can could may might must should to of in
on at for with from by about as into than not no there this these those
"""
FUNCTION_WORDS = frozenset(_FUNCTION_TEXT.split())
# Words that people say much more often than they write them.
_SPOKEN_TEXT = """
i i'm im yes yeah no okay ok so very really just think maybe actually well like because thing things something lot kind
know mean want sorry please thank good nice my you don't dont it's its
"""
_SPOKEN = frozenset(_SPOKEN_TEXT.split())
_SETS: dict[str, frozenset[str]] = {
    name: frozenset(text.split())
    for name, text in {
        "first_person": "i my me",
        "third_person": "they them their he she him her his",
        "softeners": "just really actually quite pretty kind",
        "so": "so",
        "very": "very",
        "it": "it its",
        "that_clauses": "that which who what",
        "modals": "would could should might may must",
        "particles": "up out off down back over around away through",
        "prepositions": ("of in on at for with from by about as into than over under between through during before after without"),
    }.items()
}

# The features of the estimate, in the order of the coefficient file. Chosen by forward selection on the development
# part of the data (docs/assessment.md).
RATES = (
    "connectives",
    "softeners",
    "function_words",
    "a2_words",
    "first_person",
    "so",
    "modals",
    "past_forms",
    "third_person",
    "very",
    "that_clauses",
    "particles",
    "it",
    "prepositions",
    "different_words",
    "local_variety",
)
# How much was said in a complete interview of fixed length. Only meaningful there.
SIZES = (
    "hundred_words",
    "hundred_different_words",
    "log_words",
    "log_different_words",
    "log_b1_words",
    "log_different_connectives",
)
PAUSES = ("pauses", "long_pauses")
MARKS = ("pauses", "long_pauses", "fillers", "repairs")
# What tells prepared writing from speech; not part of the estimate.
STYLE = ("mean_letters", "b1_tokens", "b2_tokens", "b1_words", "different_words")


@dataclass(frozen=True, slots=True)
class _Token:
    """One dictionary word: its form, its dictionary form, its level 1-6 (0: none)."""

    form: str
    lemma: str
    level: int


@lru_cache(maxsize=50_000)
def _parts(word: str) -> tuple[_Token, ...]:
    found = []
    for form in expand(word):
        level = word_level(form)
        found.append(_Token(form=form, lemma=lemma(form), level=LEVELS.index(level) + 1 if level else 0))
    return tuple(found)


def parts(words: Sequence[str]) -> list[str]:
    """The words with short forms written out."""
    return [token.form for word in words for token in _parts(word)]


def windows(words: Sequence[str]) -> list[Sequence[str]]:
    """Windows of `WINDOW` words that cover all words evenly; the whole text when it is shorter."""
    if len(words) <= WINDOW:
        return [words]
    count = max(2, ceil(len(words) / WINDOW))
    last = len(words) - WINDOW
    starts = (round(index * last / (count - 1)) for index in range(count))
    return [words[start : start + WINDOW] for start in starts]


def rates(words: Sequence[str]) -> dict[str, float]:
    """`RATES` and `STYLE` of at least one word: per 100 words, shares 0-1 for variety, tokens and letters."""
    measured = [_window_rates(window) for window in windows(words)]
    return {name: sum(one[name] for one in measured) / len(measured) for name in measured[0]}


def spoken_markers(words: Sequence[str]) -> float:
    """How many of 100 words are typical of speech ("I", "so", "really", "don't"); `words` is not empty."""
    return 100 * sum(word in _SPOKEN for word in words) / len(words)


def style_by_window(words: Sequence[str]) -> list[dict[str, float]]:
    """`STYLE` of every window."""
    return [{name: found[name] for name in STYLE} for found in map(_window_rates, windows(words))]


def _window_rates(words: Sequence[str]) -> dict[str, float]:
    found = [token for word in words for token in _parts(word)]
    total = len(found)
    forms = [token.form for token in found]
    lemmas = [token.lemma for token in found]
    by_lemma = {token.lemma: token.level for token in reversed(found) if token.level}

    def per_hundred(wanted: Callable[[str], bool]) -> float:
        return 100 * sum(map(wanted, forms)) / total

    measured = {name: per_hundred(members.__contains__) for name, members in _SETS.items()}
    measured |= {
        "connectives": 100 * len(in_tokens(words)) / total,
        "function_words": per_hundred(FUNCTION_WORDS.__contains__),
        "past_forms": per_hundred(is_past),
        "a2_words": _different_from(by_lemma, 2, total),
        "b1_words": _different_from(by_lemma, 3, total),
        "different_words": len(set(lemmas)) / total,
        "local_variety": _local_variety(lemmas),
        "mean_letters": sum(map(len, forms)) / total,
        "b1_tokens": sum(token.level >= 3 for token in found) / total,  # noqa: PLR2004 - the third level is B1
        "b2_tokens": sum(token.level >= 4 for token in found) / total,  # noqa: PLR2004 - the fourth level is B2
    }
    return measured


def _different_from(by_lemma: Mapping[str, int], level: int, total: int) -> float:
    return 100 * sum(found >= level for found in by_lemma.values()) / total


def _local_variety(lemmas: Sequence[str]) -> float:
    """The mean share of different words in stretches of 50."""
    starts = range(0, max(1, len(lemmas) - _LOCAL + 1), _LOCAL_STEP)
    stretch = min(_LOCAL, len(lemmas))
    return sum(len(set(lemmas[start : start + _LOCAL])) for start in starts) / len(starts) / stretch


def sizes(words: Sequence[str]) -> dict[str, float]:
    """`SIZES`: how much was said in all, in hundreds and as natural logarithms of 1 + count.

    Both forms, because the gain per word falls with every word, but not as fast as a logarithm.
    """
    found = [token for word in words for token in _parts(word)]
    by_lemma = {token.lemma: token.level for token in reversed(found)}
    return {
        "hundred_words": len(words) / 100,
        "hundred_different_words": len(by_lemma) / 100,
        "log_words": log1p(len(words)),
        "log_different_words": log1p(len(by_lemma)),
        "log_b1_words": log1p(sum(level >= 3 for level in by_lemma.values())),  # noqa: PLR2004 - the third level is B1
        "log_different_connectives": log1p(len(in_tokens(words))),
    }


def marks(words: int, *, pauses: float, long_pauses: float, fillers: float = 0, repairs: float = 0) -> dict[str, float]:
    """`MARKS` as natural logarithms of 1 + how often per 100 words; `words` is at least 1.

    `pauses` are silences of two to three seconds and `long_pauses` longer ones, as the interviews mark them.
    """
    counts = {"pauses": pauses, "long_pauses": long_pauses, "fillers": fillers, "repairs": repairs}
    return {name: log1p(100 * count / words) for name, count in counts.items()}
