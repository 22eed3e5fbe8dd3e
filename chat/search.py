"""What a word is when conversations are searched: defined once, so that every store finds the same hits.

A term is a run of letters, marks and digits (apostrophes inside a word are dropped: "don't" is `dont`), compatibility
composed, case-folded, without Latin accents, cut to 40 characters. Scripts written without spaces count each character
as a term. Terms contain no space, no punctuation and no ASCII capital.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from chat.listing import SearchQuery

TERM_CHARACTERS = 40
QUERY_TERMS = 12
MIN_PREFIX = 2
SNIPPET_CHARACTERS = 160
_APOSTROPHES = "'’ʼ"
_UNSPACED = (  # Thai, Lao, Myanmar, Khmer, kana, Han: blocks of the Unicode standard
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
_PLAIN = re.compile(r"[\x00-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u20cf\u2100-\u2bff\U0001f000-\U0001faff]*")
"""Latin, Greek, Cyrillic, Armenian, punctuation, symbols and emoji: no marks, and no script without spaces."""
_PLAIN_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """A term and where it stands in the text: `text[start:end]`."""

    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of a message around its hits; `hits` are the (start, end) of the matching words in `text`."""

    text: str
    hits: tuple[tuple[int, int], ...]


def terms(text: str) -> frozenset[str]:
    """Return the terms of a text: what a store indexes."""
    words = {text[start:end] for start, end in _words(text)}
    return frozenset(term for word in words if (term := _fold(word)))


def parse(text: str) -> SearchQuery | None:
    """Return the query for what a person typed, or None if there is no term in it.

    All words must occur. The last one may be the beginning of a word if it has at least two characters and nothing follows it.
    Only the first 12 different words count; a last, unfinished one counts as well.
    """
    found = list(tokenize(text))
    if not found:
        return None
    last = found[-1]
    open_ended = last.end == len(text) and len(last.term) >= MIN_PREFIX
    whole = dict.fromkeys(token.term for token in (found[:-1] if open_ended else found))
    return SearchQuery(terms=tuple(whole)[:QUERY_TERMS], prefix=last.term if open_ended else "")


def matches(query: SearchQuery, found: frozenset[str]) -> bool:
    """Tell whether a message with these terms is a hit. Stores do the same in their own language."""
    return all(term in found for term in query.terms) and (not query.prefix or any(term.startswith(query.prefix) for term in found))


def snippet(text: str, query: SearchQuery, *, width: int = SNIPPET_CHARACTERS) -> Snippet:
    """Return about `width` characters of `text` around the first hit, on one line, with the hits marked by position."""
    hits = [token for token in tokenize(text) if _is_hit(token.term, query)]
    first = hits[0].start if hits else 0
    start = _word_start(text, max(0, first - width // 3))
    end = min(len(text), start + width)
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    line = "".join(" " if character.isspace() else character for character in text[start:end])
    shift = len(before) - start
    marks = tuple((token.start + shift, token.end + shift) for token in hits if token.start >= start and token.end <= end)
    return Snippet(text=before + line + after, hits=marks)


def tokenize(text: str) -> Iterator[Token]:
    """Yield the terms of a text in order, with their positions."""
    for start, end in _words(text):
        term = _fold(text[start:end])
        if term:
            yield Token(start, end, term)


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word is."""
    if _PLAIN.fullmatch(text):  # ten times as fast as looking at each character
        return (word.span() for word in _PLAIN_WORD.finditer(text))
    return _words_of_any_script(text)


def _words_of_any_script(text: str) -> Iterator[tuple[int, int]]:
    start = -1
    for index, character in enumerate(text):
        if _is_word(character):
            if _unspaced(character):
                if start >= 0:
                    yield start, index
                    start = -1
                yield index, index + 1
            elif start < 0:
                start = index
        elif start >= 0 and not (character in _APOSTROPHES and index + 1 < len(text) and _is_word(text[index + 1])):
            yield start, index
            start = -1
    if start >= 0:
        yield start, len(text)


def _fold(word: str) -> str:
    if word.isascii():
        return word.replace("'", "").lower()[:TERM_CHARACTERS]
    spread = unicodedata.normalize("NFKD", word).casefold()
    kept = (ch for ch in spread if not "\u0300" <= ch <= "\u036f" and _is_word(ch))
    return unicodedata.normalize("NFC", "".join(kept))[:TERM_CHARACTERS]


def _is_word(character: str) -> bool:
    return character.isalnum() or (not character.isascii() and unicodedata.category(character)[0] in "LMN")


def _unspaced(character: str) -> bool:
    code = ord(character)
    return code >= _UNSPACED[0][0] and any(low <= code <= high for low, high in _UNSPACED)


def _is_hit(term: str, query: SearchQuery) -> bool:
    return term in query.terms or bool(query.prefix and term.startswith(query.prefix))


def _word_start(text: str, index: int) -> int:
    lowest = max(0, index - TERM_CHARACTERS)
    while index > lowest and not text[index - 1].isspace():
        index -= 1
    return index
