"""People's names: what can be one, where it is divided, and how it is written."""

import re
import unicodedata

from signup.understanding.words.text import fold, is_latin
from signup.understanding.words.wordlists import words

MOST_WORDS = 6
_PAIR, _INITIALS = 2, 2
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

_BURMESE, _OPENING, _DEVOTIONS = words("burmese"), words("opening_names"), words("devotions")
"""Words of Burmese names; given names that another one always follows; names of Mary after "del", "do"."""
_SYLLABLES, _SYLLABLE_FAMILIES = words("given_syllables"), words("syllable_families")
"""Chinese and Korean given names have two syllables, which many write apart; the names of families have one that stands alone."""
_MARY_TOO = words("named_for_mary")
_HAN_WHOLE = 3
_HAN_FAMILIES = frozenset("".join(words("han_families")))
_OF = frozenset({"de", "del", "do", "da", "das", "dos"})
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
FORMAL = TITLES - {"sister", "brother", "sir", "don", "dona", "miss", "dr", "prof", "senor", "senora", "srta", "sra"}
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


def _is_family_first(words: list[str]) -> bool:
    """Tell whether a Vietnamese name begins with that of the family: "Lê Minh Anh", "Nguyen Thi Lan"."""
    if fold(words[0]) not in _FAMILY_FIRST:
        return False
    if len(words) > _PAIR and fold(words[1]) in {"thi", "van"}:
        return True
    return not words[0].isascii() and (len(words) > _PAIR or fold(words[1]) not in _FAMILY_FIRST)


def divide(words: list[str]) -> tuple[str, str]:
    """Divide a full name into first and last name; the last name is empty where there is only one name.

    Everything from the first particle on is the last name; two given names that are used as one stay together; family name first
    where the script says so (a Han, kana or Hangul name with a space).
    """
    if len(words) == 1:
        return _divided_han(words[0])
    if all(_SOLID.search(word) for word in words) and len(words) == _PAIR:
        return words[1], words[0]
    if _is_family_first(words):
        return " ".join(words[1:]), words[0]
    if (
        len(words) == _PAIR
        and words[0].isupper() != words[1].isupper()
        and min(map(len, words)) > _INITIALS
        and all(map(str.isalpha, words))
    ):
        first, last = sorted(words, key=str.isupper)
        return first, written(last, last=True)
    folded = [fold(word).rstrip(".") for word in words]
    if all(len(word) == 1 and word.isalpha() for word in folded):  # "J. R." are initials of given names
        return " ".join(words), ""
    given = 2 if len(words) > _PAIR and folded[0] in _OPENING else 1  # "Md. Rafiqul Islam"
    if len(words) > _PAIR and (f"{folded[0]}|{folded[1]}" in _GIVEN_PAIRS or {folded[0], folded[1]} <= _PAIRED):
        given = 3 if folded[1] in {"del", "de"} and len(words) > _PAIR + 1 else 2  # "María del Carmen" and a last name
    if len(words) > 1 and (folded[0] in {"عبد", "abd"} or folded[1] == "الدين"):
        given = 2
    while given < len(words) - 1 and (len(folded[given]) == 1 and words[given].rstrip(".").isalpha() and folded[given] not in PARTICLES):
        given += 1
    return " ".join(words[:given]), " ".join(words[given:])


def _divided_han(name: str) -> tuple[str, str]:
    """Divide a Chinese name of three signs, of which the first is that of a family: given names have two at most."""
    is_whole = len(name) == _HAN_WHOLE and all("\u4e00" <= sign <= "\u9fff" for sign in name)
    return (name[1:], name[0]) if is_whole and name[0] in _HAN_FAMILIES and name[-1] not in "郎子介之助" else (name, "")


def is_given_pair(words: list[str]) -> bool:
    """Tell whether the words are given names that are used as one ("María José", "María del Carmen", "Hồng Nhung")."""
    folded = [fold(word) for word in words]
    if len(words) == _PAIR:
        return _are_two_given(words, folded)
    if len(words) == _PAIR + 1 and (folded[:2] in (["maria", "del"], ["maria", "de"]) or set(folded) <= _BURMESE):
        return True
    if len(words) == _PAIR + 2 and folded[:2] == ["maria", "de"] and folded[2] in {"los", "las", "la"}:
        return True  # "María de los Ángeles"
    if len(words) > _PAIR and folded[0] in _MARY_TOO and folded[1] in _OF and folded[-1] in _DEVOTIONS:
        return True  # "Rocío del Carmen"
    devoted = len(words) in {_PAIR + 1, _PAIR + 2} and folded[1] in _OF and folded[-1] in _DEVOTIONS
    return devoted and folded[0][-1] in "aeiy"  # "Maria do Carmo", not "Jorge del Valle"


def _are_two_given(words: list[str], folded: list[str]) -> bool:
    """Tell whether two words are given names; in Burma nobody has a family name, and "Md." or "Nur" is never all of a first name."""
    if _VIETNAMESE.search(" ".join(words)) and _FAMILY_FIRST.isdisjoint(folded):
        return True
    both = set(folded)
    if both <= _SYLLABLES and folded[0] not in _SYLLABLE_FAMILIES and folded[1] not in _SYLLABLE_FAMILIES:
        return True  # "Siew Hoon", but "Wei Chen"
    known = (both <= _PAIRED and len(both) > 1) or both <= _BURMESE or folded[0].rstrip(".") in _OPENING
    return known or "|".join(folded) in _GIVEN_PAIRS


def written(name: str, *, last: bool = False) -> str:
    """Return the name as the person wrote it; only an all-lower or all-upper Latin name is given capitals."""
    name = name.strip(" -‐‑")
    letters = [ch for ch in name if ch.isalpha()]
    if not letters or not is_latin(name) or not (name == name.lower() or (name == name.upper() and len(letters) > 1)):
        return name
    if len(letters) == _INITIALS and name == name.upper() and "." not in name and not last:
        return name  # "JP", "AJ"
    words = name.lower().split(" ")
    return " ".join(
        word if fold(word) in PARTICLES and len(words) > 1 and (last or index > 0) and index < len(words) - 1 else _cased(word)
        for index, word in enumerate(words)
    )


def _cased(word: str) -> str:
    parts = re.split(r"([-‐‑'’‘ʼ.])", word)
    cased = [part[:1].upper() + part[1:] for part in parts]
    if len(parts) > _PAIR and parts[1] in "'’‘ʼ" and len(parts[2]) == 1:  # before one letter only: "Ma'a" would be rare
        cased[2] = parts[2]
    result = "".join(cased)
    if result.startswith("Mc") and len(result) > len("Mcdo"):
        result = "Mc" + result[2:3].upper() + result[3:]
    return result
