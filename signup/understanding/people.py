"""People's names: what can be one, where it is divided, and how it is written."""

import re
import unicodedata

from signup.understanding.text import fold, is_latin
from signup.understanding.wordlists import words

MOST_WORDS = 6
_MARKS = frozenset("'’‘ʼ-‐‑.·・")

PARTICLES = words("particles")
"""Words that belong to the last name that follows them and are written small unless the person does otherwise."""

_GIVEN_PAIRS = words("given_pairs")
"""Two given names that are used as one."""

SHORT_NAMES = words("short_names")
"""Words that are sooner a name than anything else."""
_PAIRED = words("paired_names")
"""Given names that often come as one of two and are hardly ever last names."""
WORDS_TOO = words("names_that_are_words") | SHORT_NAMES
"""Words with a meaning of their own that people are called as well."""

_FAMILY_FIRST = words("family_first")
_VIETNAMESE = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđơư]", re.IGNORECASE)
"""Letters that no other language writes."""
_SOLID = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_namelike(words: list[str]) -> bool:
    """Tell whether the words (as written) could be a name: letters of any script with the marks that names have, not too many."""
    return 0 < len(words) <= MOST_WORDS and all(_could_be_part(word) for word in words)


def _could_be_part(word: str) -> bool:
    return any(unicodedata.category(ch)[0] == "L" for ch in word) and all(
        unicodedata.category(ch)[0] in "LM" or ch in _MARKS for ch in word
    )


TITLES = words("titles")
FORMAL = TITLES - {"sir", "don", "dona", "miss", "dr", "prof", "senor", "senora", "srta", "sra"}
"""Titles that stand before a last name."""


def is_given(word: str) -> bool:
    """Tell whether a word is one of the given names that are hardly ever last names."""
    return fold(word) in _PAIRED


def untitled(words: list[str]) -> list[str]:
    """Return the words without titles before the name, unless nothing would be left."""
    start = 0
    while start < len(words) - 1 and fold(words[start]).rstrip(".") in TITLES:
        start += 1
    return words[start:]


def divide(words: list[str]) -> tuple[str, str]:
    """Divide a full name into first and last name; the last name is empty where there is only one name.

    Everything from the first particle on is the last name; two given names that are used as one stay together; family name first
    where the script says so (a Han, kana or Hangul name with a space).
    """
    if len(words) == 1:
        return words[0], ""
    if all(_SOLID.search(word) for word in words) and len(words) == 2:  # noqa: PLR2004 - family name, given name
        return words[1], words[0]
    if not words[0].isascii() and fold(words[0]) in _FAMILY_FIRST and (len(words) > 2 or fold(words[1]) not in _FAMILY_FIRST):  # noqa: PLR2004 - Vietnamese: family name, middle name, given name
        return " ".join(words[1:]), words[0]
    if len(words) == 2 and words[0].isupper() != words[1].isupper() and min(map(len, words)) > 2 and all(map(str.isalpha, words)):  # noqa: PLR2004 - "WEBER Tobias", "Tobias WEBER"
        first, last = sorted(words, key=str.isupper)
        return first, written(last, last=True)
    folded = [fold(word).rstrip(".") for word in words]
    if all(len(word) == 1 and word.isalpha() for word in folded):  # "J. R." are initials of given names
        return " ".join(words), ""
    given = 1
    if len(words) > 2 and (f"{folded[0]}|{folded[1]}" in _GIVEN_PAIRS or {folded[0], folded[1]} <= _PAIRED):  # noqa: PLR2004 - a pair and a last name
        given = 3 if folded[1] in {"del", "de"} and len(words) > 3 else 2  # noqa: PLR2004 - "María del Carmen" and a last name
    if len(words) > 1 and (folded[0] in {"عبد", "abd"} or folded[1] == "الدين"):
        given = 2
    while given < len(words) - 1 and (len(folded[given]) == 1 and words[given].rstrip(".").isalpha() and folded[given] not in PARTICLES):
        given += 1
    return " ".join(words[:given]), " ".join(words[given:])


def is_given_pair(words: list[str]) -> bool:
    """Tell whether the words are given names that are used as one ("María José", "María del Carmen", "Hồng Nhung")."""
    folded = [fold(word) for word in words]
    if len(words) == 2 and _VIETNAMESE.search(" ".join(words)) and _FAMILY_FIRST.isdisjoint(folded):  # noqa: PLR2004 - without a family name
        return True
    if len(words) == 2 and set(folded) <= _PAIRED and words[0] != words[1]:  # noqa: PLR2004 - "Gustavo Adolfo"
        return True
    if len(words) == 4 and folded[:2] == ["maria", "de"] and folded[2] in {"los", "las", "la"}:  # noqa: PLR2004 - "María de los Ángeles"
        return True
    if len(words) == 3 and folded[:2] in (["maria", "del"], ["maria", "de"]):  # noqa: PLR2004 - "María del Carmen"
        return True
    return len(words) == 2 and f"{fold(words[0])}|{fold(words[1])}" in _GIVEN_PAIRS  # noqa: PLR2004 - a pair


def written(name: str, *, last: bool = False) -> str:
    """Return the name as the person wrote it; only an all-lower or all-upper Latin name is given capitals."""
    name = name.strip(" -‐‑")
    letters = [ch for ch in name if ch.isalpha()]
    if not letters or not is_latin(name) or not (name == name.lower() or (name == name.upper() and len(letters) > 1)):
        return name
    if len(letters) > 1 and len(letters) <= 2 and name == name.upper() and "." not in name and not last:  # noqa: PLR2004 - "JP", "AJ" are initials
        return name
    words = name.lower().split(" ")
    return " ".join(
        word if fold(word) in PARTICLES and len(words) > 1 and (last or index > 0) and index < len(words) - 1 else _cased(word)
        for index, word in enumerate(words)
    )


def _cased(word: str) -> str:
    parts = re.split(r"([-‐‑'’‘ʼ.])", word)
    cased = [part[:1].upper() + part[1:] for part in parts]
    if len(parts) > 2 and parts[1] in "'’‘ʼ" and len(parts[2]) == 1:  # noqa: PLR2004 - an apostrophe before one letter: "Ma'a" would be rare
        cased[2] = parts[2]
    result = "".join(cased)
    if result.startswith("Mc") and len(result) > 4:  # noqa: PLR2004 - "Mcd" and more
        result = "Mc" + result[2:3].upper() + result[3:]
    return result
