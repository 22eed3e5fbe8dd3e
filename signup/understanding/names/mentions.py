"""The names that a message mentions, each with the words of its clause around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from signup.understanding.ideas.composing import concepts
from signup.understanding.names import people
from signup.understanding.names.people import PARTICLES, SHORT_NAMES, TITLES, WORDS_TOO
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Text, Token, is_solid
from signup.understanding.words.wordlists import words

_BREAK = re.compile(r"[,;!?()—–\n…。、，！？؛،/]|\.(?:\s|$)|\s-+\s|--")
_ELIDED = re.compile(r"[^\W\d_]['’]\w")
"""A particle that has grown together with its name: "d'Arc"."""
_CONTRACTED = re.compile(r"(?:I|You|We|They|It|He|She|That|There)['’](?:d|m|ll|ve|re|s)$", re.IGNORECASE)
_COLON = re.compile(r"[:：]")
WRITES, COPULA, SOUNDS = words("writes_it"), words("copulas"), words("sounds_like")
_CONJUNCTIONS, _PEOPLES, _NAMES, _ORDINARY = words("turning"), words("peoples"), words("speaking_of_names"), words("ordinary")
_AND, _SO = words("and") - {"a"}, words("concluding")
_FIELDS = frozenset({"first_name", "last_name"})
_SMALL = frozenset({"it", "this", "that", "is", "what", "which", "my", "the"})
_LEADING, _LAST = WRITES | COPULA | words("at_present"), words("plainly_last")
_OPENING = words("opening_names")
_NUMERALS = frozenset({"II", "III", "IV", "Jr.", "Sr."})
_SPOKEN = frozenset().union(*map(words, ("former", "at_present", "only_this", "official_papers", "kin", "called_by", "writes_it", "own")))
_DOES = frozenset({"tell", "show", "know", "forget", "edit", "write_in", "finish", "i_entered", "think"})
_SERVANT = frozenset({"عبد", "ابو", "بن", "ابن", "ام"})
"""Words that are never all of an Arabic name."""
_FIRST, _FEW, _INITIAL = 4, 3, 2
_SHORTENED = frozenset({"st", "ste", "jr", "sr"})
_NOT_ENDING = TITLES | _SHORTENED | _OPENING
"""Words whose dot ends no sentence."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a message: its words `start` to `end` (not included), and the words of its clause before and after it."""

    start: int
    end: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_first: bool
    is_last: bool
    is_large: bool
    """Whether it is written with a capital, or in a script without them."""
    announced: bool
    """Whether a colon stands before it."""
    concludes: bool
    """Whether it ends a clause that begins like a conclusion: "so again Slamet"."""
    ends: bool
    """Whether it is the last sentence: "Officially Martinus, but nobody calls me that. Maarten"."""


def names(read: Text) -> Iterator[Name]:
    """Yield the names in a message in order."""
    cased = any(token.raw[0].isupper() and not is_everyday(token) for token in read.tokens)
    seen = False
    for start, end in _clauses(read):
        index = start
        while index < end:
            last = _end_of_name(read, index, start, end, cased=cased)
            if last == index:
                index += 1
                continue
            yield Name(
                start=index,
                end=last,
                before=read.folded[start:index],
                after=read.folded[last:end],
                is_first=not seen and index <= _FIRST,
                is_last=last == len(read.tokens),
                is_large=not read.tokens[index].raw[0].islower(),
                announced=bool(_COLON.search(read.tokens[index].before)),
                concludes=start > _FEW and read.folded[start - 1] in _SO and last == end,
                ends=_is_last_word(read, index, last, start),
            )
            seen, index = True, last


def _is_last_word(read: Text, index: int, last: int, start: int) -> bool:
    """Tell whether a name is the last sentence, after one that only spoke of names: "…nobody calls me that. Maarten"."""
    alone = index == start and last == len(read.tokens) and last - index == 1
    return alone and start > _FEW + 1 and any(mark in read.tokens[index].before for mark in ".!:")


def _clauses(read: Text) -> Iterator[tuple[int, int]]:
    """Yield where clauses begin and end; the word that joins one to the one before belongs to neither."""
    begins = [index for index in range(len(read.tokens)) if index == 0 or _is_broken(read, index) or _joins(read, index)]
    for begin, end in zip(begins, [*begins[1:], len(read.tokens)], strict=True):
        yield begin + _joins(read, begin), end


def _is_broken(read: Text, index: int) -> bool:
    """Tell whether a mark stands before a word; the dot of a short word may belong to it: "Ng. No vowels", but "Dr. Bell"."""
    last = read.tokens[index - 1].raw
    ends = last.endswith(".") and "." not in last[:-1] and len(last) > _INITIAL and last.rstrip(".").lower() not in _NOT_ENDING
    return ends or bool(_BREAK.search(read.tokens[index].before))


def _joins(read: Text, index: int) -> bool:
    """Tell whether a word joins a clause to the one before; "and" may also stand between two names."""
    token, following = read.tokens[index], read.tokens[index + 1 : index + 2]
    if token.raw != token.raw.lower() and not (
        token.raw.istitle() and following and following[0].raw[0].isupper() and _BREAK.search(token.before)
    ):
        return False
    return token.folded in _CONJUNCTIONS or (
        token.folded in _AND and bool(following) and following[0].raw[0].islower() and is_everyday(following[0])
    )


def _end_of_name(read: Text, index: int, start: int, end: int, *, cased: bool) -> int:
    """Return the end of the name that begins at `index`, or `index` where none does."""
    at = index
    if read.folded[index] in PARTICLES and _may_lead(read, index, start):
        while at < end - 1 and read.folded[at] in PARTICLES and not _is_name(read, at, start, cased=cased):
            at += 1
    if not _is_name(read, at, start, cased=cased):
        return index
    last = at + 1
    for at in range(last, end):
        if _is_name(read, at, start, cased=cased) or _goes_on(read, at, end, bare=index == start):
            last = at + 1
        elif read.folded[at] not in PARTICLES:
            break
    return last


def _may_lead(read: Text, index: int, start: int) -> bool:
    """Tell whether a particle may begin a name: where one is expected, or where another follows ("van der", "de la")."""
    if read.tokens[index].raw in {"é", "è"}:
        return False  # verbs
    fields = list(lexicon().fields.all(read.folded))
    if any(match.start < index < match.end for match in fields):
        return False  # "jina langu ni Wanjiru"
    if (
        index == start
        or read.tokens[index].raw[0].isupper()
        or read.folded[index - 1] in COPULA | WRITES
        or _COLON.search(read.tokens[index].before)
    ):
        return True
    another = index + 1 < len(read.tokens) and {read.folded[index], read.folded[index + 1]} <= PARTICLES
    return another or any(match.end == index for match in fields)


def _goes_on(read: Text, at: int, end: int, *, bare: bool) -> bool:
    """Tell whether a word belongs to the name before it: written like one ("Vaz de Sá"), or rare and the last of its clause."""
    token = read.tokens[at]
    if _ELIDED.match(token.raw) or (read.folded[at - 1] in _SERVANT and token.folded.startswith("ال")):
        return True
    if token.raw[0].isupper():
        return (token.raw.istitle() and token.folded not in _PEOPLES) or token.raw in _NUMERALS
    return bare and at + 1 == end and not is_everyday(token) and people.is_namelike([token.raw])


def _is_name(read: Text, at: int, start: int, *, cased: bool) -> bool:
    """Tell whether a name may begin with a word; written small it may where nothing is written large."""
    token = read.tokens[at]
    if (
        _CONTRACTED.match(token.raw)
        or not people.is_namelike([token.raw])
        or is_solid(token.raw[0])
        or token.folded in _PEOPLES
        or token.folded.rstrip(".") in TITLES
    ):
        return False
    capital, alone = not token.raw[0].islower() or _ELIDED.match(token.raw) is not None, _is_alone(read, at, start)
    if not is_everyday(token):
        return capital or (not _is_verb(token) and (not cased or (at == 0 and alone)))
    return capital and token.raw != "I" and _is_word_as_name(read, at, start, alone=alone)


def _is_verb(token: Token) -> bool:
    """Tell whether a word written small tells what somebody does or wants with something, as the ideas know it: "называть"."""
    found = concepts().at((token.folded,), 0)
    return found is not None and bool(found.labels & _DOES) and token.folded not in WORDS_TOO


def _is_word_as_name(read: Text, at: int, start: int, *, alone: bool) -> bool:
    """Tell whether an everyday word written large is a name where it stands."""
    token, following = read.tokens[at], read.tokens[at + 1 : at + 2]
    if token.folded.rstrip(".") in _OPENING and following and following[0].before in {" ", ". "}:
        return following[0].raw[0].isupper()  # "Ma. Liezel", "Nur Zainab"
    if len(token.folded) == 1 and (not token.raw.isascii() or token.raw.endswith(".")) and following:
        return following[0].raw[0].isupper()  # "Ó Súilleabháin", "J. Bell"
    if at == 0 and lexicon().control.at((token.folded,), 0) is not None:
        return _is_explained(read)
    if at == start and _leads_to_name(read, at):
        return True
    if token.folded in SHORT_NAMES or (token.folded in WORDS_TOO and (at > start or alone)):
        return True
    return _is_led(read, at, start) or (at == 0 and _is_explained(read))


def _is_led(read: Text, at: int, start: int) -> bool:
    """Tell whether the words around an everyday word say that it is a name: "now Black", "Young is my surname"."""
    token = read.tokens[at]
    if token.folded in lexicon().stop or token.folded in _SMALL:
        return False
    if at > start:
        return read.folded[at - 1] in _LEADING or bool(_COLON.search(token.before)) or _is_labelled(read, at)
    told = read.folded[at + 1 : at + 2] and read.folded[at + 1] in COPULA
    return bool(told) and not (_NAMES | _LAST).isdisjoint(read.folded[at + 2 : at + 2 + _FEW])


def _is_labelled(read: Text, at: int) -> bool:
    """Tell whether the name of a field stands before a word: "last name Black", but not "ist der Nachname Pflicht?"."""
    asks = any(mark in read.clean for mark in "?？؟")
    return not asks and any(match.end == at and match.labels & _FIELDS for match in lexicon().fields.all(read.folded))


def _leads_to_name(read: Text, at: int) -> bool:
    """Tell whether a noun that is everyday somewhere stands before a rarer name: "Anne Sophie", where "anne" is a mother elsewhere."""
    token, following = read.tokens[at], read.tokens[at + 1 : at + 2]
    if not following or not token.raw.istitle() or not following[0].raw.istitle() or _is_broken(read, at + 1) or is_everyday(following[0]):
        return False
    lex, word = lexicon(), (token.folded,)
    said = any(phrases.at(word, 0) for phrases in (lex.control, lex.ask, lex.fields, lex.glue, lex.fix, lex.topics))
    return not said and token.folded not in lex.vocabulary | _SPOKEN


def _is_alone(read: Text, at: int, start: int) -> bool:
    """Tell whether a word is all of its clause."""
    return at == start and (at + 1 == len(read.tokens) or _is_broken(read, at + 1) or _joins(read, at + 1))


def _is_explained(read: Text) -> bool:
    """Tell whether the first word, an everyday one, is spoken of as a name: "Joke, a Flemish name", "Selam like the greeting"."""
    rest, word = read.folded[1:], read.folded[0]
    if not rest:
        return False
    said = lexicon().control.at(read.folded, 0) is not None or word in lexicon().stop or word in _ORDINARY
    if said or not _is_broken(read, 1):
        return rest[0] in SOUNDS or (rest[0] in COPULA and _is_broken(read, 1) and not _NAMES.isdisjoint(rest))
    return lexicon().ask.at(read.folded, 0) is None and lexicon().fields.at(read.folded, 0) is None
