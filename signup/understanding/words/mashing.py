"""What is written but says nothing here: markup, keys that were only hit ("asdfgh", "sdfsdf", "fghfghfgh", "xcvbn"), and laughter."""

import re

from signup.understanding.words.wordlists import words

_HOME_AND_BELOW = ("asdfghjkl", "zxcvbnm", "yxcvbnm", "qsdfghjklm", "фывапролджэ", "ячсмитьбю")
_TOPS = ("qwertyuiop", "qwertzuiop", "azertyuiop", "йцукенгшщзхъ")
_RUN, _TOP_RUN = 4, 5  # "Ewert" and "Wert" are names
_SHORTEST, _PAIR = 4, 2
_NO_VOWEL = re.compile(r"[b-df-hj-np-tv-xz]{5,}")
_REPEATED = re.compile(r"([a-z]{3,4})\1+[a-z]{0,3}")
_LAUGHTER = re.compile(r"(?:(?:ha|he|hi|ja|je|ah|xa){2,}h?|(?:lo)+l|rofl|lmao)[ .!]*", re.IGNORECASE)

_SYLLABLES = re.compile(r"(?:tra|[dt]ee?)?([^\W\d_]{2,3})\1{2,}h?|(?:tra|ta|la)(?:la){2,}", re.IGNORECASE)
_BABBLE = words("babble")
_TOO_OFTEN = 3
_MARKUP = re.compile(
    r"[{\[] ?\"|\{\{|\$\{|%\w+%|^\[[\w ]*name\]$|<[/!?]?[a-zA-Z][^@>]{0,200}>|</|&[a-z]{2,8};|"
    r"javascript:|\d ?= ?\d|[a-z]{3,6}://|\bwww\.",
    re.IGNORECASE,
)
_INSTRUCTS = re.compile(
    r"(?:system|assistant|developer|admin) ?: ?\w|"
    r"(?:ignore|disregard|forget) (?:all |any |your |the |my |previous |prior |above ){0,4}(?:instructions|rules|prompt)",
    re.IGNORECASE,
)
"""How people try to command a model: nobody here is called so."""


_OTHERS_DO = re.compile(
    r"\b(?:my|our|mi|nuestr[oa]|mein|meine|mon|ma|meu|minha|mio|mia)\s(?!\w*(?:name|user|nick|nombre|nom|login|handle|pseudo|apodo|usuario)|id\b|account|"
    r"choice|answer|favou?rite|e?mail)[^\W\d]+\s"
    r"(?:is|are|was|keeps|está|esta|están|estan|sta|stanno)\s(?:[a-z]{2,}ing|[a-z]{2,}[aei]ndo)\b",
    re.IGNORECASE,
)
_EXCLAIMS = re.compile(
    r"(?:what an? (?:day|week|night|life|weather)|what weather|qu[eé] (?:calor|fr[ií]o|d[ií]a|tiempo)|"
    r"quel(?:le)? (?:temps|chaleur|journée)|was für ein (?:tag|wetter)|che (?:caldo|freddo|giornata)|"
    r"какая (?:погода|жара)|какой день|ne güzel (?:gün|hava))\b[^?？]{0,60}",
    re.IGNORECASE,
)


def is_small_talk(text: str) -> bool:
    """Tell whether a message is an exclamation about the day, or tells what others do: "my dog is barking"."""
    return _EXCLAIMS.fullmatch(text) is not None or _OTHERS_DO.search(text) is not None


def is_for_machines(text: str) -> bool:
    """Tell whether a message holds markup, code or a link, or tries to command a model."""
    return _MARKUP.search(text) is not None or _INSTRUCTS.match(text) is not None


def is_babble(folded: tuple[str, ...]) -> bool:
    """Tell whether folded words only fill the place of an answer: "blah blah blah", "lalalala", the same word three times."""
    if len(folded) == 1:
        return _SYLLABLES.fullmatch(folded[0]) is not None or folded[0] in _BABBLE
    same = max(folded.count(word) for word in folded) if folded else 0
    return same >= _TOO_OFTEN == len(folded) or sum(word in _BABBLE for word in folded) >= _PAIR


def is_laughter(text: str) -> bool:
    """Tell whether a message is nothing but laughter."""
    return _LAUGHTER.fullmatch(text) is not None


def is_mash(word: str) -> bool:
    """Tell whether a word written small is a run along a row of keys, the same few keys again, or has no vowel at all.

    Whoever is really called so writes it with a capital and is believed.
    """
    if len(word) > _PAIR and len(set(word)) == 1 and word == word.lower() and word.isalpha():
        return True  # one key held
    if len(word) < _SHORTEST or not word.isalpha() or word != word.lower():
        return False
    if (
        any(_runs(word, row, _RUN) for row in _HOME_AND_BELOW)
        or any(_runs(word, row, _TOP_RUN) for row in _TOPS)
        or word.startswith("qwer")
    ):
        return True
    repeated = _REPEATED.fullmatch(word)
    return _NO_VOWEL.fullmatch(word) is not None or (repeated is not None and _is_near(repeated.group(1)))


def _runs(word: str, row: str, length: int) -> bool:
    """Tell whether so many neighbours of a row stand in the word, from left to right or back."""
    pieces = [row[start : start + length] for start in range(len(row) - length + 1)]
    return any(piece in word or piece[::-1] in word for piece in pieces)


def _is_near(keys: str) -> bool:
    return any(keys in row or keys[::-1] in row for row in (*_HOME_AND_BELOW, *_TOPS))
