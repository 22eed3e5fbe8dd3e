"""Which of two names is said to be the first and which the last: "Tan Jia Hui, Tan is the surname", "Ali Demir, Ali for first"."""

from signup.understanding.names import people
from signup.understanding.names.mentions import COPULA, Name
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Text
from signup.understanding.words.wordlists import words

_FIRST, _LAST, _AS = words("plainly_first"), words("plainly_last"), words("as_role")
_NEAR = 4


def first_and_last(read: Text, found: list[Name]) -> str:
    """Return "first name A, last name B" where one of two names is said to be one of them; otherwise an empty text."""
    if (reversed_name := _reversed(read, found)) is not None:
        return reversed_name
    if len(found) != 2:  # noqa: PLR2004 - one whole name and a part of it, or one of each
        return ""
    for one, other in (found, found[::-1]):
        role = _role(one)
        if not role or _role(other) == role:
            continue
        said, rest = list(read.tokens[one.start : one.end]), list(read.tokens[other.start : other.end])
        if {token.folded for token in said} < {token.folded for token in rest}:
            rest = [token for token in rest if token.folded not in {part.folded for part in said}]
        first, last = (said, rest) if role == "first" else (rest, said)
        return f"first name {' '.join(token.raw for token in first)}, last name {' '.join(token.raw for token in last)}"
    return ""


def _reversed(read: Text, found: list[Name]) -> str | None:
    """Return the roles in "I'm Nagy Zsófia, so Zsófia": the second word is said again as the first name."""
    if [name.end - name.start for name in found] != [2, 1]:  # a full name, then one word
        return None
    full, again = found
    named = any(match.end == len(again.before) and "first_name" in match.labels for match in lexicon().fields.all(again.before))
    if read.folded[full.start + 1] != read.folded[again.start] or not (again.concludes or named or again.ends):
        return None
    last = people.written(read.tokens[full.start].raw, last=True)
    return f"first name {read.tokens[again.start].raw}, last name {last}"


def _role(name: Name) -> str:
    """Return what is said of a name behind it: "is my surname", "for first"."""
    told = name.after[:_NEAR]
    if not told or told[0] not in COPULA | _AS:
        return ""
    return "last" if not _LAST.isdisjoint(told) else "first" if not _FIRST.isdisjoint(told) else ""
