"""A second thought about the username where the password is asked already: "hmm no, make it anna_kraus"."""

import re

from signup.models import Collected, Step
from signup.understanding.intents import QUESTION_MARKS
from signup.understanding.reading import USERNAME, Intent, Reading
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.slips import is_slip
from signup.understanding.words.text import Text, fold
from signup.understanding.words.wordlists import words

_LOGIN = re.compile(r"[A-Za-z0-9._-]{3,30}")
_MARKS = re.compile(r"[^a-z0-9]")
_CUES = words("rather_this")
_SHORTEST, _MOST = 3, 7


def afterthought(text: Text, known: Collected) -> Reading | None:
    """Return the wish for another username: one word that the known one is in, or nearly, with words that take something back.

    A password made of the username would be refused anyway, so none can be mistaken for it; one that the rules allow is left alone.
    """
    before = _bare(known.username or "")
    if len(before) < _SHORTEST or not 1 < len(text.tokens) <= _MOST or any(mark in text.clean for mark in QUESTION_MARKS):
        return None
    strange = [token for token in text.tokens if not is_everyday(token) and token.folded not in _CUES]
    if len(strange) != 1 or not _LOGIN.fullmatch(strange[0].raw) or _may_be_password(strange[0].raw):
        return None
    after = _bare(strange[0].raw)
    alike = before in after or after in before or is_slip(before, after) or sorted(before) == sorted(after)
    takes_back = not _CUES.isdisjoint(text.folded) or any(True for _ in lexicon().fix.all(text.folded))
    if not alike or not takes_back or len(after) < _SHORTEST:
        return None
    if strange[0].raw.lower() == (known.username or "").lower():
        return Reading(intent=Intent.CORRECTION, field=Step.USERNAME, facts={USERNAME: known.username or ""})  # "hollyevans is fine"
    return Reading(intent=Intent.CORRECTION, field=Step.USERNAME, facts={USERNAME: strange[0].raw}, confidence=0.8)


def _bare(word: str) -> str:
    return _MARKS.sub("", fold(word))


def _may_be_password(word: str) -> bool:
    kinds = (any(ch.isupper() for ch in word), any(ch.islower() for ch in word), any(ch.isdigit() for ch in word))
    return all(kinds)
