"""A password among the words that people say around it: "ok then Blue7Tram!! is that good?"."""

import re
import unicodedata
from itertools import pairwise

from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Token, fold, tokenize
from signup.understanding.words.wordlists import words

SHORTEST = 8  # shorter than any password that is accepted
_MOST_AROUND = 25
_FEW = 3
_PAIRS = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’", "`": "`", "(": ")", "[": "]", "「": "」", "*": "*"}
_PRESENTS = words("presents_passwords") | words("around_passwords")
_JOINS = words("joins_talk") | words("polite") | words("thanks") | frozenset({"lol", "haha", "dont"})
_NEGATIONS = words("negations")
_EXAMPLE = words("for_example")
_TAKES_BACK = words("takes_back")
_DETERMINERS = words("determiners") | words("owners")
_AS = frozenset({"as", "als", "comme", "como", "come", "for"})
_REPLACES = _TAKES_BACK | {"now", "old", "before", "then"}
_SAID = frozenset({"filler", "greeting", "thinking", "yes", "no"})
_OTHERS = frozenset({"email", "username", "first_name", "last_name", "name"})
_NAMED = frozenset({"first_name", "last_name", "name", "iam"})
_AND = words("and")
_MARKS = ",.;:!?…،。、？！"
_SENTENCE_ENDS = ".!?…。！？"
_DASHES = frozenset({"-", "–", "—", "->", "=>", "→", "|", "="})
_SMALL_NUMBER = 2
_OTHER_SCRIPT = r"\u0600-\u06ff\u0900-\u097f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_GLUED = re.compile(rf"(?<=[{_OTHER_SCRIPT}])(?<!^密码)(?<!^密碼)[!-~]+|[!-~]+(?=[{_OTHER_SCRIPT}])")
"""A word of keys that touches another script: "密码用Huoguo2028", "Haeundae24로"; "密码Abc12345" may be the password itself."""


def is_allowed(word: str) -> bool:
    """Tell whether one word has what the rules ask for: length, both cases and a number."""
    return " " not in word and len(word) >= SHORTEST and word != word.lower() and word != word.upper() and any(ch.isdigit() for ch in word)


def wrapped(given: str) -> str | None:
    """Return the one word that would do as a password where all others are said around it, or None.

    Words that say nothing about it ("trombone Wanderer77 lilac") make it one password with them: then the answer is None.
    """
    found = _found(_chunks(given))
    return found[0] if found else None


def said_after(given: str) -> str:
    """Return what is said behind a password that `wrapped` finds."""
    found = _found(_chunks(given))
    return found[1] if found else ""


def _chunks(given: str) -> list[str]:
    """Return the words; one that is allowed is a word of its own where scripts without spaces or with clitics touch it."""
    return _GLUED.sub(lambda match: f" {match.group()} " if is_allowed(match.group()) else match.group(), given).split()


def _found(chunks: list[str]) -> tuple[str, str] | None:
    if not 1 < len(chunks) <= _MOST_AROUND:
        return None
    cores = [_core(chunks, index) for index in range(len(chunks))]
    likely = [index for index, core in enumerate(cores) if is_allowed(core) and not re.fullmatch(r"\S+@\S+\.\S+", core)]
    at = _chosen(likely, cores, chunks)
    if at is None:
        return None
    first, last = (likely[0], likely[-1]) if len({cores[index] for index in likely}) == 1 else (at, at)
    before = [chunk for index, chunk in enumerate(chunks[:first]) if index not in likely]
    after = chunks[last + 1 :]
    latin = cores[at].isascii()
    if any(fold(word.strip(_MARKS)) in _EXAMPLE for word in before[-2:]):
        return None  # "is something like Summer2024 ok?"
    colon = bool(before) and before[-1].endswith((":", "："))
    ends = [index + 1 for index, chunk in enumerate(before) if chunk[-1] in _SENTENCE_ENDS]
    begins = ends[-1] if ends and not colon else 0
    leads = _is_said(before[begins:], latin=latin, apart=bool(before) and _ends_clause(before[-1]), colon=colon, ends=not after)
    leads = leads and (not begins or _is_said(before[:begins], latin=latin, apart=True))
    apart = bool(after) and (chunks[last] != cores[at] or after[0] in _DASHES or after[0][0] in "([-–—¿¡" or _joins(after[0]))
    apart = apart or (bool(after) and fold(after[0]) in _AND and _introduces(after))
    if not leads or not _is_said(after, latin=latin, apart=apart, ends=not before):
        return None
    core = cores[at]
    if at == len(chunks) - 1 and before:
        core = core.removesuffix(".").removesuffix("?") if not core.endswith(("..", "??")) else core
    return (core, " ".join(after)) if is_allowed(core) else None


def _chosen(likely: list[int], cores: list[str], chunks: list[str]) -> int | None:
    """Return which word is the password: of two the one that is not taken back."""
    different = list(dict.fromkeys(cores[index] for index in likely))
    if len(different) == 1:
        return likely[0]
    if len(different) != 2 or len(likely) != 2:  # noqa: PLR2004 - one and another one
        return None
    between = [fold(word.strip(_MARKS)) for word in chunks[likely[0] + 1 : likely[1]]]
    before = fold(chunks[likely[0] - 1]) if likely[0] else ""
    struck = before in _NEGATIONS and len(between) <= _FEW
    return likely[1] if struck or any(word in _TAKES_BACK for word in between) else None


def _core(chunks: list[str], index: int) -> str:
    """Return a word without the quotes around it, and without the mark that ends its clause where more follows."""
    chunk = chunks[index]
    closing = _PAIRS.get(chunk[0])
    ended = chunk.rstrip(".,;:?!")
    if closing and len(ended) > 2 and ended.endswith(closing):  # noqa: PLR2004 - two quotes and something
        return ended[1:-1]
    if index == len(chunks) - 1:
        return chunk.rstrip(",;")
    ended = chunk.rstrip(",;:").removesuffix("...").removesuffix(".")
    return ended if ended.endswith("??") else ended.removesuffix("?")


def _joins(chunk: str) -> bool:
    """Tell whether a word begins a remark even without a mark before it: "pls dont tell", "with a capital", "and thanks"."""
    return fold(chunk.strip(_MARKS)) in _JOINS


def _ends_clause(chunk: str) -> bool:
    return chunk[-1] in _MARKS or chunk in _DASHES


def _is_said(chunks: list[str], *, latin: bool, apart: bool, colon: bool = False, ends: bool = False) -> bool:
    """Tell whether words are said about a password and are no part of it; `apart` where a mark stands between."""
    tokens = [token for token in tokenize(" ".join(chunks)).tokens if any(ch.isalnum() for ch in token.raw)]
    if not tokens:
        return all(not ch.isalnum() for chunk in chunks for ch in chunk)
    folded = tuple(token.folded for token in tokens)
    named = frozenset(label for match in lexicon().fields.all(folded) for label in match.labels)
    if named & _OTHERS and (not apart or folded[0] in _AS):
        return False
    if not apart and _REPLACES.isdisjoint(folded) and any(_is_code(token.raw) for token in tokens):
        return False
    other_script = latin and not any(_is_latin(ch) for token in tokens for ch in token.raw)
    if colon or other_script or _are_small(folded):
        return True
    own = apart and _introduces(chunks)
    strange = sum(not is_everyday(token) and token.folded not in _PRESENTS and not (own and token.raw[0].isupper()) for token in tokens)
    small = all(token.raw == token.raw.lower() for token in tokens)
    if apart:  # "anyway, Pukeko+pavlova3", "… happy?"
        return small if len(tokens) == 1 else strange * _FEW <= len(tokens)
    foreign = ends and len(tokens) <= _FEW and small and strange and all(_is_foreign(token) for token in tokens)
    presents = "password" in named or not _PRESENTS.isdisjoint(folded)
    return foreign or (not _is_written_apart(tokens) and strange * 2 <= len(tokens) and presents)


def _introduces(chunks: list[str]) -> bool:
    """Tell whether a name is given behind a password: "and my name is Idris Cole"."""
    return any(match.labels & _NAMED for match in lexicon().fields.all(tokenize(" ".join(chunks)).folded))


def _is_foreign(token: Token) -> bool:
    """Tell whether a word is unknown, or said without a meaning of its own: "acha chalein"; a passphrase has nouns of any kind."""
    said = lexicon().control.at((token.folded,), 0)
    return not is_everyday(token) or (said is not None and bool(said.labels & _SAID))


def _is_code(word: str) -> bool:
    """Tell whether a word has digits as passwords have; "2" and "19" are numbers."""
    digits = sum(ch.isdigit() for ch in word)
    return digits > _SMALL_NUMBER or 0 < digits < len(word)


def _is_latin(ch: str) -> bool:
    return ch.isalpha() and (ch.isascii() or "LATIN" in unicodedata.name(ch, ""))


def _is_written_apart(tokens: list[Token]) -> bool:
    """Tell whether words are written as in a passphrase: "Correct Horse", not as in a sentence."""
    inner = [
        token
        for before, token in pairwise(tokens)
        if not any(mark in token.before for mark in ".!?") and before.folded not in _DETERMINERS  # "mein Sohn sagt"
    ]
    return any(token.raw[0].isupper() and not token.raw.startswith("I") for token in inner)


def _are_small(folded: tuple[str, ...]) -> bool:
    """Tell whether all words only lead to something, agree, hesitate or are polite: "hmm ok then", "thank you"."""
    lex, index = lexicon(), 0
    while index < len(folded):
        said = lex.control.at(folded, index)
        ends = [match.end for match in (lex.fields.at(folded, index), lex.glue.at(folded, index), lex.fix.at(folded, index)) if match]
        ends += [said.end] if said is not None and said.labels & _SAID else []
        ends += [index + 1] if folded[index] in _PRESENTS else []
        if not ends:
            return False
        index = max(ends)
    return True
