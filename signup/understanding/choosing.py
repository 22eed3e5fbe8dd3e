"""Choosing among things that were offered: "the first one", "2", "le dernier"."""

import re
from collections.abc import Sequence

from signup.understanding.reading import EMAIL, USERNAME, Intent, Reading, Topic
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import tokenize
from signup.understanding.words.wordlists import words

_PLACES = (words("first_place"), words("second_place"), words("third_place"))
_LAST = words("last_place")
_SMALL = words("around_places")
_NOT = words("negations")
_OTHERS, _AROUND_OTHERS = words("others_offered"), words("around_others")
_DOMAIN_PARTS = re.compile(r"[.-]")
_LONGEST = 7


def picked(message: str, offered: Sequence[str]) -> str | None:
    """Return which of the things `offered`, in their order, a short message points at by its place, or None."""
    said = tokenize(message).folded
    if not offered or not 0 < len(said) <= _LONGEST or not _NOT.isdisjoint(said):
        return None
    named = {value for value in offered for word in said if "@" in value and word in _DOMAIN_PARTS.split(value.partition("@")[2])[:1]}
    if len(offered) > 1 and len(named) == 1 and "@" not in message:
        return named.pop()  # "the gmail one"
    places = [place for word in said if (place := _place(word, len(offered))) is not None]
    others = [word for word in said if _place(word, len(offered)) is None]
    if len(places) != 1 or not all(word in _SMALL or word in lexicon().vocabulary for word in others):
        return None
    return offered[places[0]]


def chosen(value: str) -> Reading:
    """Return the reading of a person who takes what was offered: an address instead of theirs, or a username."""
    if "@" in value:
        return Reading(intent=Intent.CORRECTION, facts={EMAIL: value})
    return Reading(intent=Intent.PROVIDE, facts={USERNAME: value})


def _place(word: str, count: int) -> int | None:
    if word in _LAST:
        return count - 1
    return next((place for place, names in enumerate(_PLACES[:count]) if word in names), None)


def other(message: str, offered: Sequence[str]) -> Reading | None:
    """Return the wish for other usernames of somebody who likes none of several that were offered: "none of those", "andere bitte"."""
    said = tokenize(message).folded
    if len(offered) <= 1 or not 0 < len(said) <= _LONGEST + 1 or _OTHERS.isdisjoint(said):  # usernames come in threes
        return None
    around = all(word in _OTHERS or word in _AROUND_OTHERS for word in said)
    return Reading(intent=Intent.QUESTION, topic=Topic.SUGGEST) if around else None
