"""A first name that is put right where the last name was asked: "Müller. And the first name has no h, just Jon"."""

from signup.understanding.names import people
from signup.understanding.names.mentions import Name, names
from signup.understanding.names.naming import is_possible
from signup.understanding.reading import FIRST, LAST
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.phrases import Match
from signup.understanding.words.text import Text, fold
from signup.understanding.words.wordlists import words

_BE, _RATHER = words("to_be_called"), words("rather_than")
_EXCLAIMED = words("exclaimed")
_LEADING = words("copulas") | {"it", "its", "this", "that", "thats", "yes", "ok"}
_NOUNS = words("given_nouns")
_OTHERS = frozenset({"email", "username", "password"})
_BOTH = 2


def mended(read: Text, known: str) -> dict[str, str]:
    """Return the first name that a message gives anew, with the last name where that stands before it; empty where it gives none."""
    fields = list(lexicon().fields.all(read.folded))
    if any(match.labels & _OTHERS for match in fields):
        return {}
    labels = [match for match in fields if match.labels & {"first_name", "last_name"}]
    mentioned = list(names(read))
    is_known = [fold(read.slice(name.start, name.end - 1)) == fold(known) for name in mentioned]
    found = [
        name for name, known_too in zip(mentioned, is_known, strict=True) if is_possible(name) and not known_too and _is_said(read, name)
    ]
    replaced = any(known_too and not is_possible(name) for name, known_too in zip(mentioned, is_known, strict=True))
    if replaced and len(found) == _BOTH and not found[0].before and not any("last_name" in match.labels for match in labels):
        return {FIRST: _written(read, found[1]), LAST: _written(read, found[0], last=True)}
    if not labels:
        return _given_besides(read, found) or _rather(read, found)
    if any("last_name" in match.labels for match in labels):
        return _both(read, found, labels) if replaced and len(found) == _BOTH else {}
    place = labels[0]
    later = [name for name in found if name.start >= place.end]
    before = [name for name in found if name.end <= place.start and name.is_first and _LEADING.issuperset(name.before)]
    if not later:
        return {}
    facts = {FIRST: _written(read, later[0])}
    return facts | ({LAST: _written(read, before[0], last=True)} if before else {})


def _given_besides(read: Text, found: list[Name]) -> dict[str, str]:
    """Return both names of "López, y el nombre es Juan"; where one noun means any name, behind a last one it means the first."""
    if len(found) != _BOTH or found[0].before or not found[0].is_first:
        return {}
    told = found[1].before[-_BOTH - 1 :]
    says = not _NOUNS.isdisjoint(told) and bool(told) and told[-1] in _LEADING
    return {FIRST: _written(read, found[1]), LAST: _written(read, found[0], last=True)} if says else {}


def _both(read: Text, found: list[Name], labels: list[Match]) -> dict[str, str]:
    """Return both names of "no es John sino Juan, y el apellido es Bermúdez"."""
    last = [name for name in found if any("last_name" in match.labels and 0 <= name.start - match.end <= 1 for match in labels)]
    if len(last) != 1:
        return {}
    first = next(name for name in found if name is not last[0])
    return {FIRST: _written(read, first), LAST: _written(read, last[0], last=True)}


def _is_said(read: Text, name: Name) -> bool:
    """Tell whether a name is more than a word that takes something back: "Ups, my first name is Ana"."""
    word = read.folded[name.start]
    return name.end - name.start > 1 or (word not in _EXCLAIMED and lexicon().fix.at((word,), 0) is None)


def _rather(read: Text, found: list[Name]) -> dict[str, str]:
    """Read "I'd rather be Flor than Florencia", "can I be Ploy instead"."""
    if _RATHER.isdisjoint(read.folded):
        return {}
    wished = [name for name in found if name.before and name.before[-1] in _BE]
    return {FIRST: _written(read, wished[0])} if len(wished) == 1 else {}


def _written(read: Text, name: Name, *, last: bool = False) -> str:
    return people.written(read.slice(name.start, name.end - 1), last=last)
