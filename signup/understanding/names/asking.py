"""Questions that mention a name without giving it: "should I write Dr. before it?", "Yaw is my day name. Which do you want?"."""

import re
from collections.abc import Iterator

from signup.understanding.ideas.composing import concepts
from signup.understanding.intents import QUESTION_MARKS
from signup.understanding.reading import Topic
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Text, fold, is_solid, tokenize
from signup.understanding.words.wordlists import words

_SENTENCE = re.compile(rf"(?<=[{QUESTION_MARKS}!。！])|(?<=[^\W\d_]{{3}})\.{{1,4}}(?= )|…|\n|;|؛")
_PIECE = re.compile(r"[,،、，:()]| [-–—]+ ")
_ABOUT = frozenset({"name_part", "name_kind", "language"})
_CHOICE = frozenset({"which_one", "or", "need", "press"})
_WRITES, _COPULAS, _OFFERED = words("writes_it"), words("copulas"), words("offered")
_FORMER, _OR = words("former"), words("or")
_WHETHER = re.compile(r"(?:should|shall|must|do) i |(?:soll|muss|darf) ich |dois-je |je dois mettre |debo |devo ", re.IGNORECASE)
_BESIDES = frozenset({"why", "anyone", "show", "safe", "erase", "mandatory", "confirm"})
"""Ideas that say that something else is asked."""
_HAS = frozenset({"have", "be", "about", "call", "called"})
_PERSONAL = frozenset({"name", "first_name", "last_name", "iam", "callme"})


def asks_about_names(names: list[str], text: Text) -> Topic | None:
    """Return what a message asks that mentions names, or None where it offers one of them as the answer."""
    sentences = [part.strip() for part in _SENTENCE.split(text.clean) if part and any(ch.isalnum() for ch in part)]
    questions = [sentence for sentence in sentences if _is_question(sentence)]
    if not questions:
        return None
    about = any(_is_about(sentence) for sentence in questions)
    sought = [tuple(map(fold, name.split())) for name in names]
    mentions = [found for name in sought for sentence in sentences for found in _mentions(name, sentence)]
    if any(given for _, given in mentions):
        return None
    if about:
        return Topic.NAME_RULES
    begun = any(lexicon().ask.at(tokenize(sentence).folded, 0) is not None for sentence in questions)
    return Topic.OTHER if begun and any(asks for asks, _ in mentions) else None


def _mentions(name: tuple[str, ...], sentence: str) -> Iterator[tuple[bool, bool]]:
    """Yield, for each place of a name, whether it is asked about there, and whether it is given."""
    pieces = [tokenize(piece).folded for piece in _PIECE.split(sentence)]
    for place, piece in enumerate(pieces):
        at = _place(piece, name)
        if at is not None:
            asks = _is_question(sentence) and place == len(pieces) - 1
            yield asks, not _is_part(name) and _is_offered(piece[:at], piece[at + len(name) :], asks=asks)


def asks_of_a_part(text: Text, *, asks: bool) -> bool:
    """Tell whether it is asked about a part or a way of writing of names: "with my title?", "does it accept ł"."""
    asked = [part for part in _SENTENCE.split(text.clean) if _is_question(part)] or ([text.clean] if asks else [])
    for sentence in asked:
        said = {label for match in concepts().every(tokenize(sentence).folded) for label in match.labels}
        if said & _BESIDES:
            continue
        if "name_part" in said or any(len(token.raw) == 1 and not token.raw.isascii() for token in tokenize(sentence).tokens[1:]):
            return not is_solid(sentence.strip()[0]) or "name_part" in said
    return False


def _is_question(sentence: str) -> bool:
    wonders = _WHETHER.match(sentence) is not None
    return wonders or sentence.rstrip(")\"'» ").endswith(tuple(QUESTION_MARKS))


def _place(piece: tuple[str, ...], name: tuple[str, ...]) -> int | None:
    return next((at for at in range(len(piece) - len(name) + 1) if piece[at : at + len(name)] == name), None)


def _is_offered(before: tuple[str, ...], after: tuple[str, ...], *, asks: bool) -> bool:
    """Tell whether the words around a name give it: none, those that introduce it, "can I put X", "is X ok?"."""
    if any(match.labels & {"first_name", "last_name", "name"} for match in lexicon().fields.all(after)):
        return False
    if not _FORMER.isdisjoint(before) or (asks and before[:1] and before[0] in _OR):
        return False
    led = all(_leads(before, index) for index in range(len(before))) or (not asks and before[-1] in _COPULAS)
    if asks and lexicon().ask.at(before, 0) is not None and (_WRITES | _COPULAS | _HAS).isdisjoint(before + after):
        return bool(after) and any(match.labels & _PERSONAL for match in lexicon().fields.all(before))  # "do you know Paris?"
    return led and (not after or not asks or all(word in _OFFERED for word in after))


def _is_part(name: tuple[str, ...]) -> bool:
    """Tell whether what was taken for a name is what is asked about: "mit Bindestrich?"."""
    return any(match.end - match.start == len(name) and "name_part" in match.labels for match in concepts().every(name))


def _leads(folded: tuple[str, ...], index: int) -> bool:
    """Tell whether a word before a name says only that it is the answer."""
    word = folded[index]
    if word in _WRITES | _COPULAS | _OFFERED:
        return True
    lex = lexicon()
    phrases = (lex.control.all(folded), (match for match in lex.fields.all(folded) if match.labels & _PERSONAL))
    return any(match.start <= index < match.end for found in phrases for match in found)


def _is_about(sentence: str) -> bool:
    folded = tokenize(sentence).folded
    said = {label for match in concepts().every(folded) for label in match.labels}
    return bool(said & (_ABOUT | _CHOICE)) or not _WRITES.isdisjoint(folded)
