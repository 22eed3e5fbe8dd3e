"""Small words that are written together with the next one: the Arabic and Hebrew "and", Thai "my name is" and "please"."""

import re
from functools import cache

from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import fold
from signup.understanding.words.wordlists import words

_AND = re.compile(r"(?<![\w])([وفו])([\u05d0-\u05ea\u0621-\u064a]{3,})")
"""The Arabic "wa" and "fa", the Hebrew "ve"."""
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese, Khmer."""


_HIRAGANA = re.compile(r"([ぁ-ん]{2,5}?)(?:です|だよ|っていいます|といいます|と言います|と申します|ともうします)[。!！]?")
"""A name without signs that would tell where it ends: in "はるかです" a word for "from afar" is one."""
_NO_ANSWER = words("no_answer_hiragana")


def name_in_hiragana(text: str) -> str:
    """Return the name of a message that says nothing else in hiragana, or an empty text."""
    alone = _HIRAGANA.fullmatch(text)
    return alone.group(1) if alone is not None and alone.group(1) not in _NO_ANSWER else ""


def apart(text: str) -> str:
    """Return a cleaned text in which words that only lead to others stand by themselves, where that makes known words of them."""
    if text.isascii():
        return text
    text = _AND.sub(_split, text)
    if not _UNSPACED.search(text):
        return text
    before, after = _unspaced()
    return " ".join(after.sub(" ", before.sub(r"\1 ", text)).split()) or text


def _split(match: re.Match[str]) -> str:
    whole, rest = fold(match.group()), fold(match.group(2))
    known = lexicon().vocabulary
    return f"{match.group(1)} {match.group(2)}" if rest in known and whole not in known else match.group()


@cache
def _unspaced() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what is found before and after a name where no spaces divide words; the longest first."""
    leads, ends = (sorted(words(name), key=len, reverse=True) for name in ("leads_unspaced", "ends_unspaced"))
    before = re.compile(rf"(?<!\S)({'|'.join(map(re.escape, leads))}) ?(?=\S)")
    return before, re.compile(rf"(?<=\S)(?:{'|'.join(map(re.escape, ends))})+(?=\W|$)")
