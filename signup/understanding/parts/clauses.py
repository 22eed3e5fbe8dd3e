"""Messages of several clauses of which one alone is the answer: "is this public? anyway it's Yusuf", "Bell - sorry, long day"."""

import re
from enum import Enum

from signup.models import Step
from signup.understanding.answers import facts as take
from signup.understanding.names.people import PARTICLES, SHORT_NAMES, TITLES, WORDS_TOO
from signup.understanding.parts import asides
from signup.understanding.parts.segments import EXPLICIT, of, segments
from signup.understanding.reading import FIRST_NAMES_ASKED
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Text, Token, tokenize
from signup.understanding.words.wordlists import words

_BETWEEN = re.compile(
    r"(?<=[^\W\d_]{3})\.{1,4} |…+ ?|\.{2,} ?|[?!？！]+ ?\)?|[,;،、，。] ?(?=\D)| [-–—]+ |--+| ?[()] ?|(?<=[^\W\d_]{3}): |\n"
    r"| (?:but|though|although|because|cuz|coz|however|anyway|anyways|mais|car|pero|porque|aber|weil|denn|mas|ma|però|но|потому|ama|"
    r"çünkü|lekin|maar|ale)(?= )",
    re.IGNORECASE,
)
_MOST = 8
_NAME, _LEAD, _FEW = 3, 6, 4
_WRONG = frozenset({"wrong", "typo", "mistake", "mistyped", "misspelled", "error", "falsch", "faux", "mal", "errore", "ошибка", "yanlış"})
_COMMANDS = frozenset({"go_back", "start_over", "cancel", "summary"})
_SORRY = frozenset({"sorry", "oops", "pardon", "desculpa", "desculpe", "perdon", "scusa", "scusi", "entschuldigung", "извините", "ups"})


_MORE = words("more_of_a_kind")


class _Kind(Enum):
    ANSWER = "gives the value and nothing else"
    TALK = "has everyday words only"
    WRITTEN = "has everyday words written like a name"
    OTHER = "may mean anything"


_BRACKETED = re.compile(r"(?<=\w),? ?\(([^()]{5,200})\)[.!]?$")


def the_answer(text: str, step: Step) -> str:
    """Return the one clause that is an answer where all others are talk; otherwise the whole text."""
    if (step is not Step.USERNAME and step not in FIRST_NAMES_ASKED) or asides.BOTH_SHORT.search(text):
        return text
    text = _without_remark(text, step)
    clauses = [clause for clause in _BETWEEN.split(text) if clause and any(ch.isalnum() for ch in clause)]
    if not 1 < len(clauses) <= _MOST:
        return text
    answer, written = "", []
    for clause in clauses:
        kind = _kind(clause.strip(), step, after=bool(answer))
        if kind is _Kind.WRITTEN and not answer:
            written.append(clause.strip())
            continue
        if kind in {_Kind.OTHER, _Kind.WRITTEN} or (kind is _Kind.ANSWER and answer and not _is_fuller(clause, answer)):
            return text
        if kind is _Kind.ANSWER:
            answer = clause.strip()
    if written:  # "two words: Da Costa", but not "Smith, Jones"
        return text if answer or len(written) > 1 or written[0] != clauses[-1].strip() else written[0]
    return answer or text


def _is_fuller(clause: str, answer: str) -> bool:
    """Tell whether a clause says again in full what an earlier one began: "T. Reis... ok full: Tiago Reis"."""
    later, earlier = (tokenize(part).tokens for part in (clause, answer))
    initial = earlier[0].folded[0] == later[0].folded[0] and len(earlier[0].folded) == 1 < len(later[0].folded)
    return len(later) == len(earlier) > 1 and initial and later[-1].folded == earlier[-1].folded


def _without_remark(text: str, step: Step) -> str:
    """Cut a sentence in brackets off the answer before it, unless it names a field: "Liz (my full name is Elizabeth)"."""
    found = _BRACKETED.search(text)
    if (
        found is None
        or not found.start()
        or len(found.group(1).split()) < _NAME
        or _kind(text[: found.start()], step, after=False) is not _Kind.ANSWER
    ):
        return text
    names = any(match.labels & set(EXPLICIT) for match in lexicon().fields.all(tokenize(found.group(1)).folded))
    return text if names else text[: found.start()]


def _kind(clause: str, step: Step, *, after: bool) -> _Kind:
    """Tell what a clause is; what takes something back is more than talk when it stands `after` an answer."""
    text = tokenize(clause)
    if not text.tokens:
        return _Kind.TALK
    strange = [token for token in text.tokens if _is_strange(token)]
    if strange and _is_answer(text, strange, step):
        return _Kind.ANSWER
    if strange and (len(strange) > len(text.tokens) // _FEW or not _is_plain_talk(text, strange, step)):
        return _Kind.OTHER
    if _names_field(text, step) or _does_something(text, after=after):
        return _Kind.OTHER
    if _may_be_name(text):
        return _Kind.WRITTEN if step in FIRST_NAMES_ASKED else _Kind.OTHER
    return _Kind.OTHER if step is Step.USERNAME and asides.LOWER.search(clause) else _Kind.TALK


def _is_strange(token: Token) -> bool:
    if token.raw[0].isdecimal() and token.raw.isdecimal():
        return False
    if token.folded in SHORT_NAMES or token.folded in WORDS_TOO:
        return token.raw[0].isupper()
    return not is_everyday(token)


def _is_plain_talk(text: Text, strange: list[Token], step: Step) -> bool:
    """Tell whether a rare word within a sentence is no value: written small, and not after the name of a field."""
    if any(token.raw != token.raw.lower() or not token.raw.isalpha() for token in strange):
        return False
    markers = ("username",) if step is Step.USERNAME else EXPLICIT
    return not any(token in strange for part in of(segments(text, step), *markers) for token in part.tokens[:1])


def _names_field(text: Text, step: Step) -> bool:
    """Tell whether a value stands after the name of a field: "first name Luc", "family name hai"."""
    named = list(of(segments(text, step), *EXPLICIT))
    return any(part.tokens[0].raw[0].isupper() or (part.marker in {"first_name", "last_name"} and len(part.tokens) == 1) for part in named)


def _may_be_name(text: Text) -> bool:
    """Tell whether everyday words are written like a name: "Smith" in "Smith - Jones"."""
    written = len(text.tokens) <= _NAME and all(token.raw[0].isupper() and token.raw != "I" for token in text.tokens)
    return written and not all(lexicon().control.at((word,), 0) or lexicon().fix.at((word,), 0) for word in text.folded)


def _does_something(text: Text, *, after: bool) -> bool:
    """Tell whether everyday words command something, name another field, or take back what was said before."""
    lex, folded = lexicon(), text.folded
    said = [match.labels for match in lex.control.all(folded) if match.end - match.start > 1]
    if any(labels & _COMMANDS for labels in said):
        return True
    if any("refusal" in labels for labels in said):
        return _MORE.isdisjoint(folded)  # "Jorge, no tengo otro" refuses nothing
    others = any(match.labels & {"email", "username", "password"} for match in lex.fields.all(folded))
    fixes = [match for match in lex.fix.all(folded) if not _SORRY.issuperset(folded[match.start : match.end])]
    return bool(fixes) and (
        others
        or (after and (len(folded) <= _FEW or not _WRONG.isdisjoint(folded)))
        or any(match.labels & set(EXPLICIT) for match in lex.fields.all(folded))
    )


def _is_answer(text: Text, strange: list[Token], step: Step) -> bool:
    """Tell whether the strange words are the value and the others only lead to it."""
    if any(True for _ in lexicon().fix.all(text.folded)):
        return False
    found = [part for part in segments(text, step) if part.tokens]
    parts = [part for part in found if part.marker in EXPLICIT or any(token in strange for token in part.tokens)]
    if len(parts) != 1 or len(parts[0].tokens) > _NAME + 1 or text.place(strange[0]) > _LEAD:
        return False
    own = {Step.USERNAME: {"", "username", "callme"}, Step.FIRSTNAME: {"", "iam", "name", "first_name"}}
    part = parts[0]
    if part.marker not in own.get(step, {"", "iam", "name", "last_name"}):
        return False
    if step is Step.USERNAME:
        return len(part.tokens) == 1 and part.tokens[0] in strange and part.words[0].isascii()
    if step in FIRST_NAMES_ASKED and not take.is_person(part, sure=True):
        return False
    written = [token for token in part.tokens if token in strange or token.folded in PARTICLES or token.folded.rstrip(".") in TITLES]
    capital = all(token.raw[0].isupper() or token not in strange for token in written)
    return len(written) == len(part.tokens) and (capital or len(part.tokens) <= 2) and part.tokens[-1] in strange  # noqa: PLR2004 - "van dijk"


__all__ = ["the_answer"]
