"""Which words are everyday ones, in any of the languages here: a sentence of them is talk, a word beside them may be a name."""

import re
from functools import cache
from importlib import resources

import lexis
from signup.understanding.names.people import SHORT_NAMES
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Token, fold
from signup.understanding.words.wordlists import lists, words

_TOO = ("writes_it", "only_this", "turning", "rather_than", "sounds_like", "at_present", "former")
"""Lists for other purposes whose words are everyday ones."""
_CUT_SHORT = frozenset({"s", "t", "ve", "ll", "re", "d", "m"})
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")


@cache
def _words() -> frozenset[str]:
    own = lists(resources.files("signup.understanding.words").joinpath("everyday.yaml"))
    english = lexis.everyday_words() - SHORT_NAMES
    return lexicon().vocabulary.union(english, words("peoples"), *map(words, _TOO), *own.values())


def is_everyday(token: Token) -> bool:
    """Tell whether a word is in no need of an explanation; the parts of "l'examen" are looked at one by one."""
    if token.folded in SHORT_NAMES and token.raw[0].isupper():
        return False
    if is_everyday_word(token.folded):
        return True
    parts = [fold(part) for part in _APOSTROPHE.split(token.raw) if part]
    return len(parts) > 1 and all(part in _CUT_SHORT or is_everyday_word(part) for part in parts)


def is_everyday_word(word: str) -> bool:
    """Tell whether a folded word is in the lexicon, in the list of everyday words, or in the English word list up to B2; names are not."""
    return word in _words()


def warm_up() -> None:
    """Read the words now."""
    _words()
