"""A name that is said and then spelled: "Sue, S U E"."""

import re

from signup.understanding.words.text import SOLID, fold

_LETTER = rf"[^\W\d_{SOLID}]"
_BETWEEN = r"[\s,.:;–—-]+"
_SAID = re.compile(
    rf"(?<![\w'’-])(?P<name>{_LETTER}{{2,}}){_BETWEEN}(?P<letters>{_LETTER}(?:(?:, |[ .,-]){_LETTER})+)(?![\w'’-])\.?",
)
_SHORTEST, _FEW = 3, 2
_JOINTS = re.compile(r"[^\w]+")


def unspelled(text: str) -> str:
    """Return a message without the letters of a name that stands before them; letters that put it right count more than the name."""
    return _SAID.sub(_name, text)


def _name(match: re.Match[str]) -> str:
    name, spelled = match["name"], _JOINTS.sub("", match["letters"])
    if fold(name) == fold(spelled):
        return name
    alike = fold(name)[0] == fold(spelled)[0] and len(spelled) >= _SHORTEST and abs(len(name) - len(spelled)) <= _FEW
    return spelled.capitalize() if alike else match.group()
