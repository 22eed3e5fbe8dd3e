"""The one word of a message that is shaped like a login: "als Benutzernamen hätte ich gern waldkauz_ole"."""

import re
from dataclasses import replace

from signup.models import Collected
from signup.understanding.answers.facts import is_made
from signup.understanding.reading import USERNAME, Reading
from signup.understanding.words.text import fold
from signup.understanding.words.wordlists import words

_WORD = re.compile(r"(?<![\w@.+-])@?(?P<word>[A-Za-z][A-Za-z0-9._-]*[A-Za-z0-9])(?![\w@+])")
_ADDRESS = re.compile(r"\S*@\S+\.\S+")
_SIGN = re.compile(r"[_0-9]")
_TAKEN_BACK, _AFTER = words("negations"), words("negations_after")


def shaped(found: Reading, said: str, known: Collected) -> Reading:
    """Return the reading with the only word that has digits or underscores as its username, where an ordinary word was taken for it.

    A word that is taken back ("not ana_g") or is the username already counts for nothing.
    """
    taken = found.facts.get(USERNAME, "")
    if not taken or is_made(taken):
        return found
    logins = [match for match in _WORD.finditer(_ADDRESS.sub(" ", said)) if _SIGN.search(match["word"]) and match["word"] != known.username]
    only = logins[0]["word"] if len(logins) == 1 else ""
    if not only or _is_taken_back(said, only) or fold(taken) in fold(only.replace("_", "")):
        return found  # "davmar, or davmar2 if it is taken", "paper_tiger, no, without underscore: papertiger"
    return replace(found, facts={**found.facts, USERNAME: only})


def _is_taken_back(said: str, word: str) -> bool:
    before, _, after = fold(said).partition(fold(word))
    return bool(_TAKEN_BACK.intersection(before.split()[-2:]) or _AFTER.intersection(after.split()[:2]))
