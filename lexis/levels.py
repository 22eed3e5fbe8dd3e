"""The CEFR level of one word, looked up offline.

Source: the word list inside the `cefrpy` package (MIT), read with these corrections: fillers are no words, short forms
are written out, inflected forms take their dictionary form (`simplemma`, MIT), the lowest level over all parts of
speech counts, names and unattested forms have no level, and `lexis.overrides` corrects everyday spoken words.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from lexis.models import LEVELS, Level
from lexis.overrides import OVERRIDES
from lexis.text import FILLERS, expand, tokens

_NAME_TAGS = frozenset({"NNP", "NNPS", "FW", "SYM"})
_RARE_FROM = 5
_NAME_FROM = 3
_NO_LEVEL = 9.0
_STEPS = 50
"""Into so many the list divides each level."""
_MAX_LETTERS = 40

# Forms for which the dictionary gives no English word.
_LEMMAS = {
    "gone": "go", "playing": "play", "thinking": "think", "growing": "grow", "barking": "bark", "thanked": "thank",
    "housewives": "housewife", "wives": "wife", "travelling": "travel", "travelled": "travel", "cancelled": "cancel",
    "cancelling": "cancel", "opera": "opera", "cola": "cola", "weed": "weed", "skies": "sky", "left": "leave",
    "felt": "feel", "bigger": "big", "biggest": "big", "broke": "break", "bought": "buy", "me": "me", "us": "us",
    "worse": "bad", "worst": "bad",
}  # fmt: skip


class _WordList(Protocol):
    def get_pos_level_dict_for_word(self, word: str, *, pos_tag_as_string: bool, word_level_as_float: bool) -> dict[str, float]: ...


@dataclass(frozen=True, slots=True)
class _Tools:
    lemma: Callable[[str], str]
    known: Callable[[str], bool]


@cache
def _word_list() -> _WordList:
    # Both packages unpack their tables on import (about 0.3 s together): only the first lookup pays for it.
    from cefrpy import CEFRAnalyzer  # type: ignore[import-untyped]  # noqa: PLC0415 - see above; it ships no types

    found: _WordList = CEFRAnalyzer()
    return found


@cache
def _tools() -> _Tools:
    import simplemma  # noqa: PLC0415 - as above

    return _Tools(
        lemma=lambda word: simplemma.lemmatize(word, lang="en").lower(),
        known=lambda word: simplemma.is_known(word, lang="en"),
    )


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The dictionary form of one lower-case English word ("went" → "go"); an unknown word comes back as it is."""
    if word in _LEMMAS:
        return _LEMMAS[word]
    if len(word) > _MAX_LETTERS or not word.isascii():
        return word
    return _tools().lemma(word)


def _listed(form: str) -> int | None:
    """The list's level 1–6 of exactly this form: the lowest over its parts of speech, None for a name or no entry."""
    entry = _word_list().get_pos_level_dict_for_word(form, pos_tag_as_string=True, word_level_as_float=True)
    as_name = [float(level) for tag, level in entry.items() if tag in _NAME_TAGS]
    as_word = [float(level) for tag, level in entry.items() if tag not in _NAME_TAGS]
    lowest = min([*as_name, *as_word], default=None)
    if lowest is None:
        return None
    # A form that is mostly a name ("zhang": name C1, verb C2) says nothing; common ones ("lady", "hat") are words.
    if as_name and min(as_name) == lowest and lowest >= _NAME_FROM and min(as_word, default=_NO_LEVEL) > lowest:
        return None
    return min(6, max(1, int(lowest + 0.5)))


@lru_cache(maxsize=50_000)
def _one(word: str) -> Level | None:
    if word in OVERRIDES:
        return OVERRIDES[word]
    if len(word) > _MAX_LETTERS or not word.isascii():
        return None
    base = lemma(word)
    if base in OVERRIDES:
        return OVERRIDES[base]
    found = [level for form in {word, base} if (level := _listed(form)) is not None]
    if not found:
        return _compound(word)
    lowest = min(found)
    # The list's top levels also hold typing errors and fragments: believe them only for dictionary words.
    return None if lowest >= _RARE_FROM and not _tools().known(word) else LEVELS[lowest - 1]


def _compound(word: str) -> Level | None:
    """The level of the hardest part of a hyphenated word, None when a part is unknown or there is no hyphen."""
    if "-" not in word:
        return None
    return _hardest([_one(part) for part in word.split("-")])


def _hardest(levels: list[Level | None]) -> Level | None:
    known = [LEVELS.index(level) for level in levels if level is not None]
    return LEVELS[max(known)] if known and len(known) == len(levels) else None


def word_level(word: str) -> Level | None:
    """The CEFR level of `word` in any spelling or inflection; None for fillers, names, numbers and unknown words.

    A short form has the level of its hardest part ("gonna" → going, to → A1). Several words count as no word.
    """
    if len(word) > _MAX_LETTERS:
        return None
    found = tokens(word)
    if len(found) != 1 or found[0] in FILLERS:
        return None
    return _hardest([_one(part) for part in expand(found[0])])


def everyday_words() -> frozenset[str]:
    """The lower-case English forms of the levels A1 to B2 that are no names as well; reads the whole list, so keep what it returns."""
    as_word: dict[bytes, int] = {}
    as_name: dict[bytes, int] = {}
    for form, tag, level in _entries():
        levels = as_name if tag in _NAME_TAGS else as_word
        levels[form] = min(level, levels.get(form, level))
    rare = int((_RARE_FROM - 1) * _STEPS)
    return frozenset(form.decode() for form, level in as_word.items() if level < min(rare, as_name.get(form, rare)))


def _entries() -> Iterator[tuple[bytes, str, int]]:
    """Yield each form of the list with a part of speech and its level, in steps above A1.

    The package yields them too, letter by letter, which takes a second and more; its file is the lengths' places, then, for each length,
    entries of so many letters, one byte for the part of speech and one for the level.
    """
    import cefrpy  # noqa: PLC0415 - see `_word_list`

    tags = [tag.name for tag in cefrpy.POSTag]
    data = Path(cefrpy.__file__).with_name("data.bin").read_bytes()
    places = struct.unpack_from(f"{data[0]}I", data, 1)
    begin = 1 + len(places) * struct.calcsize("I")
    for length, (first, last) in enumerate(pairwise(places), start=1):
        for form, tag, level in struct.iter_unpack(f"{length}sBB", data[begin + first : begin + last]):
            yield form, tags[tag], level


def warm_up() -> None:
    """Load the tables now, so that the first answer does not wait (about 0.3 s)."""
    word_level("ready")
