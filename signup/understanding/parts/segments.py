"""Cutting a message into the parts that each give one thing: "username bigfish, first name Anna, last name Bell"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from signup.models import Step
from signup.understanding.ideas.composing import is_of_ideas
from signup.understanding.names.people import PARTICLES, SHORT_NAMES, WORDS_TOO
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.phrases import Match
from signup.understanding.words.text import Text, Token, merged
from signup.understanding.words.wordlists import words

_BREAK = re.compile(r"[,;.!?:\n。、，；！？؛،|/()\[\]]")
_COLON = re.compile(r" ?(?::(?= )|：)")
_ELIDED = re.compile(r"[dlDL]['’][^\W\d_a-z]")
"""A particle that has grown together with its name: "d'Arc"."""
_CALLED = tuple(sorted(words("called_stems")))
_AND, _OWNERS = words("and"), words("owners")
_NOT = frozenset({"not", "nicht", "non", "pas", "não", "не", "değil", "niet", "inte", "nie"})
_FROM = frozenset({"from", "aus", "in", "at", "with"})
_SELF = frozenset({"I", "I'd", "I’d", "I'll", "I’ll", "I've", "I’ve"})
_PAIR = 2
_COPULAS = words("copulas") | {"its"}
_FEW = 4
_OF_PERSONS = frozenset({"name", "first_name", "last_name"})
_DENIALS = words("denials")
_LEADS = words("writes_it") | words("only_this")
"""Words around a name that only say that it is the answer: "scrivi Kyle", "sadece Kyle", "प्रिया लिखो"."""
_MOST_AFTER = 6
_LONGEST_TAIL = 12
EXPLICIT = ("password", "username", "email", "first_name", "last_name", "name")
"""Markers that name their field, most telling first."""


@dataclass(slots=True)
class Segment:
    """Words that belong together, and the marker before them (empty when there is none)."""

    marker: str
    tokens: list[Token] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """Return the words as written."""
        return [token.raw for token in self.tokens]


def segments(text: Text, step: Step) -> list[Segment]:
    """Return the parts of a message in order, without the small words around the values."""
    parts = [Segment("")]
    lex, words, index = lexicon(), text.folded, 0
    names = step in {Step.FIRSTNAME, Step.LASTNAME}
    while index < len(text.tokens):
        token = text.tokens[index]
        if not any(ch.isalnum() for ch in token.raw):
            index += 1
            continue
        match = None if names and words[0] in SHORT_NAMES and len(words) == 1 else lex.fields.at(words, index)
        inside = bool(parts[-1].tokens) or _begins_name(text, index, step) or (parts[-1].marker in EXPLICIT and _leads_name(text, index))
        if match is not None and names and ((inside and _is_within_name(token, match)) or _is_longer_talk(words, match)):
            match = None
        marker = (
            ""
            if match is None or _is_value(text, index, match.end, parts[-1])
            else _marker(words[index : match.end], _in_place(match.labels, parts, step, text.clean[text.tokens[match.end - 1].end :]), step)
        )
        if match is not None and marker:
            _begin(parts, marker)
            index = match.end
            continue
        joins = (
            token.folded in _AND
            and token.raw == token.raw.lower()
            and not ((step is Step.LASTNAME or _has_particle(parts[-1])) and _is_double(text, index))
        )
        joins = joins and not (names and parts[-1].tokens and _are_particles(parts[-1].tokens[-1:], text.tokens[index + 1 : index + 2]))
        if joins and names and not index and len(text.tokens) > 1:
            index += 1
            continue  # "und Bell"
        if parts[-1].marker == "" and len(parts[-1].tokens) in range(1, _PAIR + 1) and _COLON.match(token.before):
            parts[-1].tokens.clear()  # a label in words that nothing here knows: "Etternavn: Hansen"
        if parts[-1].tokens and (_BREAK.search(token.before) or joins or token.raw == "I"):
            parts.append(Segment(""))
            if joins:
                index += 1
                continue
        whole = parts[-1].tokens or _is_all(text, index, parts[-1]) or _greets_in_name(text, index, parts[-1])
        glue = None if whole else _opening(words, index) or (_leads(text, index) if names else None)
        if glue is not None and glue.end < len(words) and not (names and glue.end == index + 1 and _is_particle(token)):
            index = glue.end
            continue
        parts[-1].tokens.append(token)
        index += 1
    return _finished(parts, text, names=names)


def _finished(parts: list[Segment], text: Text, *, names: bool) -> list[Segment]:
    """Return the parts of a message without politeness, mere words and what is left empty."""
    if any(part.tokens for part in parts[:-1]) and _is_politeness(parts[-1], names=names):
        parts[-1].tokens.clear()
    if names and len(text.tokens) >= _FEW:
        _clear_mere_words(parts, text)
    return [trimmed for part in parts if (trimmed := _trimmed(part, names=names)).tokens or trimmed.marker]


def _clear_mere_words(parts: list[Segment], text: Text) -> None:
    """Take away what is no value though it stands behind a marker: "first name means the one that my parents gave"."""
    for part in parts:
        if not part.marker or not part.tokens or not _is_mere_word(part.tokens[0]):
            continue
        if not all((is_everyday(token) or is_of_ideas(token)) and token.raw == token.raw.lower() for token in part.tokens):
            continue
        following = text.tokens[text.place(part.tokens[-1]) + 1 :][:1]
        if part.marker not in EXPLICIT or len(part.tokens) > 1 or (following and not _BREAK.search(following[0].before)):
            part.tokens.clear()


def _is_mere_word(token: Token) -> bool:
    """Tell whether a word written small is nothing but itself: not a name as well, and none that names begin with."""
    return token.raw == token.raw.lower() and token.raw.isascii() and is_everyday(token) and token.folded not in WORDS_TOO | PARTICLES


def _begin(parts: list[Segment], marker: str) -> None:
    """Begin a part; a "my" or "the" before it belongs to nothing."""
    last = parts[-1]
    if marker in EXPLICIT and not last.marker and all(token.folded in _OWNERS for token in last.tokens):
        last.tokens.clear()
    if marker in EXPLICIT or last.tokens or last.marker not in EXPLICIT:
        parts.append(Segment(marker))


def _are_particles(*sides: Sequence[Token]) -> bool:
    """Tell whether words belong to a last name: "und" stands within one in "von und zu Guttenberg"."""
    return all(side and side[0].folded in PARTICLES for side in sides)


def _is_politeness(part: Segment, *, names: bool) -> bool:
    """Tell whether the last part has small words only; "Will" is a name where one is asked."""
    if names and any(token.raw[0].isupper() and token.folded in WORDS_TOO for token in part.tokens):
        return False
    return all(is_small(token) for token in part.tokens)


def _is_all(text: Text, index: int, part: Segment) -> bool:
    """Tell whether one word is everything between the name of a field and the next mark: "first name hai, last name Nguyen"."""
    return part.marker in {"first_name", "last_name"} and any(_BREAK.search(token.before) for token in text.tokens[index + 1 : index + 2])


def _greets_in_name(text: Text, index: int, part: Segment) -> bool:
    """Tell whether a greeting somewhere is a name: "my name is Selam"."""
    said = lexicon().control.at((text.tokens[index].folded,), 0)
    return part.marker in _OF_PERSONS and said is not None and "greeting" in said.labels and text.tokens[index].raw.istitle()


def _is_double(text: Text, index: int) -> bool:
    """Tell whether "y" or "e" joins two parts of one last name ("Ortega y Gasset")."""
    following = text.tokens[index + 1 : index + 2]
    if text.tokens[index].folded not in {"y", "e", "i"} or not following or not following[0].raw[0].isupper():
        return False
    return lexicon().fields.at(text.folded, index + 1) is None


def _has_particle(part: Segment) -> bool:
    """Tell whether a last name has begun within a full one: "Anna de Souza e Silva"."""
    return len(part.tokens) > _PAIR and any(token.folded in PARTICLES and token.raw.islower() for token in part.tokens[1:])


def _begins_name(text: Text, index: int, step: Step) -> bool:
    """Tell whether a last name begins with a word that also introduces one elsewhere ("bin Rashid")."""
    pair = text.tokens[index : index + 2]
    if step is not Step.LASTNAME or len(pair) < _PAIR or pair[0].folded not in PARTICLES or not pair[1].raw[0].isupper():
        return False
    following = text.tokens[index + 2 : index + 3]
    closes = not following or _BREAK.search(following[0].before) is not None or following[0].folded in _COPULAS
    return closes and (not index or text.folded[index - 1] in _COPULAS)


def _leads_name(text: Text, index: int) -> bool:
    """Tell whether a word and the next are written as a name: "last name Ben Romdhane"."""
    pair = text.tokens[index : index + 2]
    return len(pair) == _PAIR and all(token.raw[0].isupper() for token in pair) and not _BREAK.search(pair[1].before)


def _is_within_name(token: Token, match: Match) -> bool:
    """Tell whether a small introducing word ("bin", "mai") stands inside a name that is being written."""
    return (
        match.end - match.start == 1
        and not match.labels & set(EXPLICIT)
        and not _BREAK.search(token.before)
        and (token.raw[0].isupper() or token.folded in PARTICLES)
    )


def _is_longer_talk(words: tuple[str, ...], match: Match) -> bool:
    """Tell whether a word that introduces a name elsewhere begins a longer phrase that says nothing: "من فضلك"."""
    said = lexicon().glue.at(words, match.start)
    return said is not None and said.end > match.end and not match.labels & set(EXPLICIT)


def _opening(words: tuple[str, ...], index: int) -> Match | None:
    """Return the small words at `index` that may stand before a value: "it is", "hmm", "ok"."""
    found = lexicon().glue.at(words, index)
    if found is None:
        control = lexicon().control.at(words, index)
        return control if control is not None and control.labels & {"thinking", "greeting"} else None
    return found


def _leads(text: Text, index: int) -> Match | None:
    """Return a word written small that only leads to a name: "écris", "sadece"; the first one may have a capital."""
    token = text.tokens[index]
    small = token.raw == token.raw.lower() or (index == 0 and len(text.tokens) > 1)
    return Match(index, index + 1, frozenset({"glue"})) if small and token.folded in _LEADS else None


def _is_value(text: Text, start: int, end: int, current: Segment) -> bool:
    """Tell whether a marker's word is rather a value: the last word after an explicit marker ("my last name is Nick")."""
    return (
        end == len(text.tokens)
        and end - start == 1
        and current.marker != ""
        and not current.tokens
        and text.tokens[start].raw[:1].isupper()
    )


def _in_place(labels: frozenset[str], parts: list[Segment], step: Step, follows: str) -> frozenset[str]:
    """Return the fields that a word may name here: after a first name "apelido" is the last name, not a nickname."""
    if step is Step.FIRSTNAME and labels >= {"name", "last_name"} and not follows.startswith("は"):
        return labels - {"last_name"}  # 名字 is any name in Chinese, the last one in Japanese
    if step is Step.FIRSTNAME and labels >= {"username", "last_name"} and any(part.tokens for part in parts):
        return labels - {"username"}
    return labels


def _marker(words: tuple[str, ...], labels: frozenset[str], step: Step) -> str:
    if step is Step.LASTNAME and "last_name" in labels:
        return "last_name"
    if step is Step.FIRSTNAME and "first_name" in labels:
        return "first_name"
    explicit = [label for label in EXPLICIT if label in labels]
    if explicit:
        return explicit[0]
    if step is Step.USERNAME and "callme" in labels:
        return "callme"
    if labels >= {"iam", "callme"} and any(word.startswith(_CALLED) for word in words):
        return "called"
    return "iam" if "iam" in labels else ""


def _trimmed(part: Segment, *, names: bool) -> Segment:
    """Return the segment without glue at its end, unless nothing would be left; "change my username" leaves nothing."""
    lex = lexicon()
    tokens = list(part.tokens)
    if names and len(tokens) > 1 and tokens[0].raw in _SELF and all(token.raw[0].isupper() for token in tokens[1:]):
        del tokens[0]
    while len(tokens) > 1:
        words = [token.folded for token in tokens]
        cut = next((start for start in range(max(1, len(words) - _LONGEST_TAIL), len(words)) if _is_glue(words, start)), None)
        if cut is None and names and tokens[-1].folded in _LEADS and tokens[-1].raw == tokens[-1].raw.lower():
            cut = len(words) - 1
        if cut is None or (names and cut == len(tokens) - 1 and _is_written_as_name(tokens)):
            break
        del tokens[cut:]
    if names and len(tokens) <= _FEW and any(token.raw[0].isupper() for token in tokens):
        small = [token for token in tokens if not (token.raw[0].isupper() or token.folded in PARTICLES) and token.folded in lex.vocabulary]
        if not any(token.folded in lex.stop for token in small):
            tokens = [token for token in tokens if token not in small]
    tokens = _bare_name(_core(tokens) if names else tokens, part.marker, names=names)
    if part.marker in EXPLICIT and all(lex.fix.at((token.folded,), 0) and token.raw == token.raw.lower() for token in tokens):
        tokens = []
    return Segment(part.marker, merged(tokens))


def _bare_name(tokens: list[Token], marker: str, *, names: bool) -> list[Token]:
    """Return the words of a name without what is said before and after it in the same breath."""
    if names and marker in EXPLICIT and _is_complaint(tokens):
        return []
    if (names or marker == "iam") and marker in {*EXPLICIT, "iam", "called"}:
        return _name_in(tokens)
    if names and not marker and len(tokens) > 1:
        return _name_before(tokens)
    pair = tokens[:_PAIR]
    is_from = not marker and len(tokens) > _PAIR and tokens[_PAIR].folded in _FROM
    return pair if is_from and all(token.raw[0].isupper() and not is_everyday(token) for token in pair) else tokens


def _core(tokens: list[Token]) -> list[Token]:
    """Return a name without the talk before and after it: "seit der Hochzeit Achterberg", "Kyle obviously then".

    Talk begins with an everyday word written small, and may go on with nouns written large.
    """
    strange = [at for at, token in enumerate(tokens) if not is_everyday(token) and token.folded not in PARTICLES]
    if not strange or not tokens[strange[0]].raw[0].isupper():
        return tokens
    first, last = strange[0], strange[-1] + 1
    talk = [_is_talk(token) for token in tokens]
    if any(token.folded in _DENIALS for token in tokens[:first]):
        return tokens
    start = max((at + 1 for at in range(first) if talk[at]), default=0)
    if start:
        named = (at for at in range(start, first) if tokens[at].folded in WORDS_TOO or _are_particles(*([one] for one in tokens[at:first])))
        start = next(named, first)
    end = next((at for at in range(last, len(tokens)) if talk[at]), len(tokens))
    while end < len(tokens) and end > last and tokens[end - 1].folded in PARTICLES:
        end -= 1  # "Bell do lado do meu pai"
    return tokens[start:end]


def _is_talk(token: Token) -> bool:
    return token.raw == token.raw.lower() and is_everyday(token) and token.folded not in PARTICLES


def _is_complaint(tokens: list[Token]) -> bool:
    """Tell whether what follows the name of a field is no value: "is spelled wrong", or everyday words of the next clause."""
    if any(token.raw != token.raw.lower() or not is_everyday(token) for token in tokens) or not tokens:
        return False
    fixes = any(lexicon().fix.at((token.folded,), 0) for token in tokens)
    return (len(tokens) > 1 and fixes) or any(mark in tokens[0].before for mark in ",;.")


def _name_before(tokens: list[Token]) -> list[Token]:
    """Return the name that everyday words follow, which cannot be part of it: "Vihaan this side", "Zsófia pls don't"."""
    strange = [not is_everyday(token) for token in tokens]
    run = strange.index(False) if False in strange else len(tokens)
    rest = tokens[run:]
    if (
        not run
        or len(rest) not in range(1, _MOST_AFTER)
        or any(strange[run:])
        or any(token.raw != token.raw.lower() or token.folded in PARTICLES for token in rest)
    ):
        return tokens
    if [token.folded for token in rest] == ["for", "short"]:
        return []  # "William, Bill for short"
    return tokens[:run] if tokens[0].raw[0].isupper() or not _is_slip_of_word(tokens[0]) else tokens


def _is_slip_of_word(token: Token) -> bool:
    return lexicon().control.nearest(token.folded) != token.folded


def _name_in(tokens: list[Token]) -> list[Token]:
    """Return the name within what follows its marker: "really Rebecca", "Joana not John"; the whole where it is not clear."""
    denied = next((at for at, token in enumerate(tokens) if at and token.folded in _NOT and token.raw == token.raw.lower()), len(tokens))
    placed = next((at for at, token in enumerate(tokens) if at and token.folded in _FROM and token.raw == token.raw.lower()), len(tokens))
    kept = tokens[: min(denied, placed)]
    capital = [at for at, token in enumerate(kept) if (token.raw[0].isupper() or _ELIDED.match(token.raw)) and token.raw != "I"]
    if not capital or all(at in capital for at in range(len(kept))):
        return kept
    outside = kept[: capital[0]] + kept[capital[-1] + 1 :]
    if any(token.folded in PARTICLES or not is_everyday(token) for token in outside):
        return kept
    return kept[capital[0] : capital[-1] + 1]


def _is_written_as_name(tokens: list[Token]) -> bool:
    written = (
        all(token.raw[0].isupper() or token.folded in PARTICLES for token in tokens)
        and tokens[-1].raw[0].isupper()
        and tokens[-1].raw != "I"
    )
    return written and not all(token.raw.isupper() for token in tokens)


def is_small(token: Token) -> bool:
    """Tell whether a word is one that carries nothing: "please", "thanks"."""
    found = lexicon().control.at((token.folded,), 0)
    return found is not None and "filler" in found.labels


def _is_particle(token: Token) -> bool:
    """Tell whether a small word rather begins a name: "da Silva", "Ó Súilleabháin"."""
    if token.raw[0].isupper() and (len(token.folded) == 1 or token.folded in WORDS_TOO):
        return True
    return token.folded in PARTICLES and len(token.folded) > 1


def _is_glue(words: list[str], start: int) -> bool:
    lex = lexicon()
    match = lex.glue.at(words, start)
    if match is not None and match.end == len(words):
        return True
    match = lex.control.at(words, start)
    if match is not None and match.end == len(words) and match.labels & {"filler", "greeting"}:
        return True
    match = lex.fix.at(words, start)
    return match is not None and match.end == len(words)


def of(parts: list[Segment], *markers: str) -> Iterator[Segment]:
    """Yield the segments with one of these markers that have a value."""
    return (part for part in parts if part.marker in markers and part.tokens)
