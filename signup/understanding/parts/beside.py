"""What people say to somebody beside them while they talk to the assistant: "Dave!! what's our wifi", "chéri c'est .be ou .com ?"."""

import re

from signup.models import Step
from signup.understanding.intents import QUESTION_MARKS
from signup.understanding.reading import FIRST_NAMES_ASKED
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Text, tokenize
from signup.understanding.words.wordlists import words

_CALLED = re.compile(r"^[¡¿]?(?:(?P<wait>\w+(?: \w+)?), )?(?P<who>[^\W\d_]{2,})(?P<mark>!+|,) ?(?P<rest>\S.*)$")
_LOVED = words("loved_ones")
_OWN = words("own_of_us")
_FEWEST = 3


def calls_another(read: Text, step: Step) -> bool:
    """Tell whether a message is a question or a command to somebody else in the room; where names are asked it may be one instead."""
    said = read.clean
    if step in FIRST_NAMES_ASKED or len(read.tokens) <= _FEWEST or "@" in said or any(ch.isdigit() for ch in said):
        return False
    asks = any(mark in said for mark in QUESTION_MARKS)
    if read.folded[0] in _LOVED:
        return asks or not _OWN.isdisjoint(read.folded[1:])
    found = _CALLED.match(said)
    if found is None or (found["wait"] and lexicon().control.at(tokenize(found["wait"]).folded, 0) is None):
        return False
    who = tokenize(found["who"])
    if not _is_name(who):
        return False
    rest = tokenize(found["rest"]).folded
    return not _OWN.isdisjoint(rest) and (asks or len(found["mark"]) > 1) if found["mark"] == "," else asks or len(rest) >= _FEWEST


def _is_name(who: Text) -> bool:
    """Tell whether a word is somebody's name: written large, and unknown."""
    token = who.tokens[0] if len(who.tokens) == 1 else None
    return token is not None and token.raw.istitle() and (token.folded in _LOVED or not is_everyday(token))
