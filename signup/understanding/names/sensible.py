"""What stands where a name could and is none: "I'm tired", "soy de México", "my name is long", "people always get it wrong"."""

import re

from signup.understanding.names.people import FORMAL, WORDS_TOO
from signup.understanding.parts.segments import EXPLICIT, Segment
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Text, Token, fold
from signup.understanding.words.wordlists import words

_I_AM, _FROM, _NO_NAMES = words("being_so"), words("coming_from"), words("no_names")
_TOLD, _PEOPLES, _DETERMINERS = words("told_of_names"), words("peoples"), words("determiners")
_STRICTLY_FROM = frozenset({"from", "aus", "из", "dari"})
"""Words that no name follows."""
_IN = frozenset({"in", "en", "à", "em", "at", "在"})
_PRONOUNS = frozenset({"i", "it", "you", "he", "she", "we", "they", "je", "ich", "yo", "eu", "io"})
_EXPLAINS = words("copulas") | words("before_others") | words("sounds_like") | words("along_with") | words("denials")
_ENGLISH_AM = frozenset({"im", "am", "suis", "soy", "sou", "sono"})
_THEN = words("and_so") | {"please", "again", "there", "here", "instead"}
_SHORT_LABELS = frozenset({"first", "last", "given", "family"})
_BREAK = re.compile(r"[,;.!?:\n。、，！？；؛،/()\[\]]|\s[-–—]+\s")
_SHORTENED = re.compile(r"I['’](?:m|d|ll|ve)$", re.IGNORECASE)
_AT_A_PLACE = re.compile(r"\w['’](?:da|de|ta|te|dan|den|tan|ten|l[iıuü](?:y[iıuü]m)?)$")
"""Turkish: "İstanbul'da"."""
_VERBAL = re.compile(r"^[很在有没不要想会也都去来刚]|^(?:学生|老师|中国人|学習者)$")
_DID = re.compile(r"^(?:した|ました|ています|てます)")
_CLOSES = frozenset({"filler", "thinking", "greeting", "yes", "no"})
_OTHERS = frozenset({"email", "username", "password"})
_NO_HIRAGANA = words("no_answer_hiragana")
_NAMING = frozenset({"name", "first_name", "last_name"})


def sensible(parts: list[Segment], text: Text) -> list[Segment]:
    """Return the parts of a message at a step that asks for a name; those that only say something are left empty."""
    for part in parts:
        if part.tokens and (part.marker not in _OTHERS) and _says_something(part.tokens, text, named=part.marker in EXPLICIT):
            part.tokens.clear()
    return [part for part in parts if part.tokens or part.marker]


def said(names: dict[str, str], text: Text) -> set[str]:
    """Return which of the names that were found are rather something that is said in the whole message."""
    whole = " ".join(names.values())
    if whole in _NO_HIRAGANA:
        return set(names)
    if len(names) > 1 and _places(whole, text):
        return set(names) if _is_said(whole, text) else set()
    return {fact for fact, name in names.items() if _is_said(name, text)}


def _places(name: str, text: Text) -> list[int]:
    sought = tuple(fold(word) for word in name.split())
    folded = tuple(fold(token.raw.removesuffix("'s").removesuffix("’s")) for token in text.tokens)
    return [at for at in range(len(folded) - len(sought) + 1) if folded[at : at + len(sought)] == sought]


def _is_said(name: str, text: Text) -> bool:
    places, size, folded = _places(name, text), len(name.split()), text.folded
    if len(places) != 1:
        return False
    at = places[0]
    named = any(match.end == at and match.labels & _NAMING for match in lexicon().fields.all(folded))
    named = named or folded[max(0, at - 1)] in _SHORT_LABELS
    return _says_something(list(text.tokens[at : at + size]), text, named=named)


def _says_something(tokens: list[Token], text: Text, *, named: bool) -> bool:
    """Tell whether words are rather what is said than a name; `named` ones stand after the name of the field."""
    at = text.place(tokens[0])
    end = next((index for index, token in enumerate(text.tokens) if token.start >= tokens[-1].end), len(text.tokens))
    before = text.folded[:at]
    if _is_word_for_place(tokens, text, end):
        return True
    bound = bool(before) and not _BREAK.search(tokens[0].before)
    titles = len(text.tokens) > len(tokens) and all(token.folded.rstrip(".") in FORMAL for token in tokens)
    if titles or _DID.match(text.clean[tokens[-1].end :]) or (bound and not named and _is_about_oneself(tokens, before)):
        return True
    if (bound or named) and all(token.folded in _TOLD and token.raw == token.raw.lower() for token in tokens):
        return True
    if not all(_is_plain(token) for token in tokens):
        return False
    stops = named and len(tokens) == 1 and tokens[0].folded in _THEN
    if all(token.raw.islower() for token in tokens) and (stops or all(token.folded in _NO_NAMES for token in tokens)):
        return True
    return not named and _is_talk(tokens, text, at, end)


def _is_word_for_place(tokens: list[Token], text: Text, end: int) -> bool:
    """Tell whether words say where, or are shortened ones that no name has: "In Ethiopia", "İstanbul'da", "I'm"."""
    if len(tokens) == 1 and (_SHORTENED.match(tokens[0].raw) or _AT_A_PLACE.search(tokens[0].raw)):
        return True
    return tokens[0].folded in _IN | _STRICTLY_FROM and (tokens[1].raw[0].isupper() if len(tokens) > 1 else _goes_on(text, end))


def _is_talk(tokens: list[Token], text: Text, at: int, end: int) -> bool:
    """Tell whether everyday words are a piece of a sentence: "thank you", "people always get it wrong"."""
    before, after = text.folded[:at], text.folded[end:]
    small = all(token.raw.islower() for token in tokens)
    if not before and not after:
        return small and len(tokens) > 1
    if len(tokens) == 1 and tokens[0].folded in _PEOPLES:
        return True
    begins = at == 0 or any(mark in tokens[0].before for mark in ".!?…")
    if not small and not (begins and _goes_on(text, end)):
        return False
    if any(match.start <= at and match.end > end for match in lexicon().control.all(text.folded)):
        return True
    bound = bool(before) and not _BREAK.search(tokens[0].before)
    return (bound and before[-1] in _PRONOUNS | _DETERMINERS) or not (_are_around(before) and _are_around(after))


def _is_about_oneself(tokens: list[Token], before: tuple[str, ...]) -> bool:
    """Tell whether it is said what or where somebody is: "ich bin müde", "soy de México", "I'm from Spain", "a nurse"."""
    first, last = tokens[0], before[-1]
    placed = last in _STRICTLY_FROM or (last in _IN and len(before) > 1) or (last in _FROM and before[-2:-1] and before[-2] in _I_AM)
    if placed and not first.raw[0].islower() and len(tokens) == 1:
        return True
    plain = all(_is_plain(token) for token in tokens)
    if last in _ENGLISH_AM and len(tokens) == 1 and first.raw.istitle() and first.folded not in _PEOPLES | _NO_NAMES:
        return False  # "I'm Precious": whoever is so writes it small where nouns are
    if last not in _I_AM:
        return plain and last in {"a", "an"}
    if _VERBAL.match("".join(token.raw for token in tokens)):
        return True
    return plain or (first.folded in _FROM and first.raw.islower() and len(tokens) > 1)


def _is_plain(token: Token) -> bool:
    return is_everyday(token) and token.folded not in WORDS_TOO


def _goes_on(text: Text, end: int) -> bool:
    """Tell whether the sentence that begins with an everyday word goes on: "People always get it wrong"."""
    return end < len(text.tokens) and not _BREAK.search(text.tokens[end].before) and text.folded[end] not in _EXPLAINS


def _are_around(folded: tuple[str, ...]) -> bool:
    """Tell whether words may stand around a name that is an everyday word: "yeah its", "is my last name"."""
    lex, index = lexicon(), 0
    while index < len(folded):
        said, field, glue = (phrases.at(folded, index) for phrases in (lex.control, lex.fields, lex.glue))
        ends = [
            glue.end if glue is not None else 0,
            field.end if field is not None and not field.labels & _OTHERS else 0,
            said.end if said is not None and said.labels & _CLOSES else 0,
        ]
        index = max(ends)
        if not index:
            return False
    return True
