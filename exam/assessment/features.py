"""What is measured in a stretch of speech, as numbers that do not depend on how long it is.

Every rate is an average over windows of `WINDOW` words, so that ten minutes and one minute can be compared. Only the
words count: no punctuation, no capital letters and no turn boundaries, because they differ between a transcript, a
typed answer and the interviews the coefficients come from.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, log1p

from lexis import LEVELS, Level, lemma, word_level
from lexis.connectives import in_tokens, subordinators_in
from lexis.text import expand
from lexis.verbs import is_past

WINDOW = 150
_LOCAL = 50
_LOCAL_STEP = 10
# "ing" and "ly" count as endings from this many letters on ("going", not "king").
_ENDED = 5
_HAVE = frozenset({"have", "has", "had"})
_A2, _B1, _B2 = 2, 3, 4  # levels of a word; A1 is 1
_HIGHER: frozenset[Level] = frozenset(LEVELS[2:])

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

# Everyday words whose use grows or falls with the level, whatever the subject: grammar words, and the verbs, adverbs and
# general nouns that every conversation needs. No word of any exam's pictures or topics is among them.
_COMMON_TEXT = """
a an the and or but so because if when that which who what where how why while after before until i my me you your he his
him she her it we our us they them their this these those there am is are was were be been being do does did have has had
will would can could should may might must to of in on at for with from by about as into than through without between
during over under out up off down back away not no any some many much more most very really quite too also just only even
always often usually sometimes never maybe actually then now still already yet all every other another same such both own
like something anything nothing everything someone people thing things kind lot going get got make go went come came say
said tell told think know want see look
"""
COMMON_WORDS = tuple(dict.fromkeys(_COMMON_TEXT.split()))
_WORD_PREFIX = "word_"

# The counts that may enter the estimate. Which of them do is decided by the fit (docs/assessment.md).
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
    "mean_letters",
    "b1_words",
    "a1_share",
    "higher_connectives",
    "subordinators",
    "ing_forms",
    "adverbs",
    "perfect_forms",
    "different_pairs",
    "doubled_words",
    "yes_no",
    *(f"{_WORD_PREFIX}{word}" for word in COMMON_WORDS),
)
# How much was said in a complete interview of fixed length. Only meaningful there.
SIZES = (
    "hundred_words",
    "hundred_different_words",
    "log_words",
    "log_different_words",
    "log_a2_words",
    "log_b1_words",
    "log_b2_words",
    "log_words_said_once",
    "log_different_pairs",
    "log_past_forms",
    "log_different_connectives",
    "log_higher_connectives",
    "different_function_words",
)
PAUSES = ("pauses", "long_pauses")
MARKS = ("pauses", "long_pauses", "fillers", "repairs", "all_pauses", "words_between_pauses")
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


@lru_cache(maxsize=50_000)
def is_english(form: str) -> bool:
    """Whether a word with short forms written out stands in the list of English words or is a grammar word."""
    return form in FUNCTION_WORDS or word_level(form) is not None


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
    if len(measured) == 1:
        return measured[0]
    return {name: sum(one[name] for one in measured) / len(measured) for name in measured[0]}


def spoken_markers(words: Sequence[str]) -> float:
    """How many of 100 words are typical of speech ("I", "so", "really", "don't"); `words` is not empty."""
    return 100 * sum(word in _SPOKEN for word in words) / len(words)


def style_by_window(words: Sequence[str]) -> list[dict[str, float]]:
    """`STYLE` of every window."""
    return [_style([token for word in window for token in _parts(word)]) for window in windows(words)]


def _style(found: Sequence[_Token]) -> dict[str, float]:
    total = len(found)
    by_lemma = {token.lemma: token.level for token in found if token.level}
    return {
        "mean_letters": sum(len(token.form) for token in found) / total,
        "b1_tokens": sum(token.level >= _B1 for token in found) / total,
        "b2_tokens": sum(token.level >= _B2 for token in found) / total,
        "b1_words": _different_from(by_lemma, _B1, total),
        "different_words": len({token.lemma for token in found}) / total,
    }


def _window_rates(words: Sequence[str]) -> dict[str, float]:
    found = [token for word in words for token in _parts(word)]
    total = len(found)
    forms = [token.form for token in found]
    lemmas = [token.lemma for token in found]
    by_lemma = {token.lemma: token.level for token in reversed(found) if token.level}
    counted = Counter(forms)
    pairs = list(pairwise(forms))
    linking = in_tokens(words)

    def of_set(members: Iterable[str]) -> float:
        return 100 * sum(counted[member] for member in members) / total

    def of_shape(wanted: Callable[[str], bool]) -> float:
        return 100 * sum(count for form, count in counted.items() if wanted(form)) / total

    measured = _style(found)
    measured |= {name: of_set(members) for name, members in _SETS.items()}
    measured |= {
        "connectives": 100 * len(linking) / total,
        "higher_connectives": 100 * sum(use.count for use in linking if use.level in _HIGHER) / total,
        "function_words": of_set(FUNCTION_WORDS),
        "past_forms": of_shape(is_past),
        "a2_words": _different_from(by_lemma, _A2, total),
        "a1_share": sum(level == 1 for level in by_lemma.values()) / max(1, len(by_lemma)),
        "subordinators": 100 * subordinators_in(forms) / total,
        "ing_forms": of_shape(lambda form: len(form) >= _ENDED and form.endswith("ing")),
        "adverbs": of_shape(lambda form: len(form) >= _ENDED and form.endswith("ly")),
        "perfect_forms": 100 * sum(first in _HAVE and is_past(second) for first, second in pairs) / total,
        "doubled_words": 100 * sum(first == second for first, second in pairs) / total,
        "different_pairs": len(set(pairs)) / max(1, len(pairs)),
        "yes_no": of_set(("yes", "no")),
        "local_variety": _local_variety(lemmas),
    }
    measured |= {f"{_WORD_PREFIX}{word}": log1p(100 * counted[word] / total) for word in COMMON_WORDS}
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
    forms = [token.form for token in found]
    by_lemma = {token.lemma: token.level for token in reversed(found)}
    linking = in_tokens(words)
    once = sum(count == 1 for count in Counter(token.lemma for token in found).values())

    def from_level(level: int) -> float:
        return log1p(sum(known >= level for known in by_lemma.values()))

    return {
        "hundred_words": len(words) / 100,
        "hundred_different_words": len(by_lemma) / 100,
        "log_words": log1p(len(words)),
        "log_different_words": log1p(len(by_lemma)),
        "log_a2_words": from_level(2),
        "log_b1_words": from_level(3),
        "log_b2_words": from_level(4),
        "log_words_said_once": log1p(once),
        "log_different_pairs": log1p(len(set(pairwise(forms)))),
        "log_past_forms": log1p(len({form for form in forms if is_past(form)})),
        "log_different_connectives": log1p(len(linking)),
        "log_higher_connectives": log1p(sum(use.level in _HIGHER for use in linking)),
        "different_function_words": float(len(FUNCTION_WORDS.intersection(forms))),
    }


def marks(words: int, *, pauses: float, long_pauses: float, fillers: float = 0, repairs: float = 0) -> dict[str, float]:
    """`MARKS` as natural logarithms of 1 + how often per 100 words (or words between pauses); `words` is at least 1.

    `pauses` are silences of two to three seconds and `long_pauses` longer ones, as the interviews mark them.
    """
    both = pauses + long_pauses
    counts = {"pauses": pauses, "long_pauses": long_pauses, "fillers": fillers, "repairs": repairs, "all_pauses": both}
    measured = {name: log1p(100 * count / words) for name, count in counts.items()}
    return measured | {"words_between_pauses": log1p(words / (1 + both))}
