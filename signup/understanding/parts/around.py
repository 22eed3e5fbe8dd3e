"""What people say around an answer: reasons, questions whether it will do, words taken back, how it is spelled, other fields."""

import re

from signup.models import Collected, Step
from signup.understanding.answers.facts import is_made
from signup.understanding.answers.nicknames import simplified
from signup.understanding.names.people import SHORT_NAMES, WORDS_TOO
from signup.understanding.parts import asides
from signup.understanding.parts.segments import EXPLICIT
from signup.understanding.reading import FIRST_NAMES_ASKED, STEP_OF
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Token, fold, replaced, tokenize
from signup.understanding.words.wordlists import words

_TAGS = words("tags")
_CONSONANTS = frozenset(first + second for first in "bcdfghjklmnpqrstvwxz" for second in "bcdfghjklmnpqrstvwxz")
_MARKS = {
    **dict.fromkeys(words("underscore"), "_"),
    **dict.fromkeys(words("dash"), "-"),
    **dict.fromkeys(("dot", "period", "point", "punkt", "punto", "ponto", "nokta", "точка"), "."),
}
_NOT = frozenset({"not", "nicht", "pas", "no", "non", "nao", "не", "nie", "niet", "inte", "ikke"})
_NO_PIECE = words("no_piece")
_IN_ORDER, _REVERSED = r"first name \1, last name \2", r"first name \2, last name \1"
_NAMED = ((asides.LAST_FIRST_MINE, _REVERSED), (asides.FIRST_THEN_LAST, _IN_ORDER), (asides.LAST_THEN_FIRST, _REVERSED))
_NAMED_BOTH = (
    (asides.BOTH_SHORT, _IN_ORDER),
    (asides.BOTH_REVERSED, _REVERSED),
    (asides.MIDDLE, r"first name \1 \2"),
    (asides.BOTH, _IN_ORDER),
)
"""How both names are given together, and how that is read."""
_FEW, _PAIR = 5, 2
_LONGEST = 300
"""Longer messages are no answer with something around it."""


def settled(text: str, step: Step, known: Collected) -> str:
    """Return a message at a step that asks for a name or username, without what people say around their answer."""
    if len(text) > _LONGEST:
        return text
    if step is Step.EMAIL:
        return _address(text)
    if step is Step.USERNAME:
        return _username(text, known)
    if step in FIRST_NAMES_ASKED:
        return _name(text, step, known)
    return text


def _address(text: str) -> str:
    """Close the gaps that this step allows to close, as an address is what was asked for."""
    if asides.LOWER.search(text):
        text = " ".join(asides.LOWER.sub(" ", text).strip(" ,").lower().split())
    return asides.GAP.sub("@", text) if text.count("@") == 1 else text


def _username(text: str, known: Collected) -> str:
    if known.email and asides.LOCAL_PART.search(text) and not asides.NOT.search(text):
        return known.email.partition("@")[0]
    text = simplified(_judged(text))
    text = _dictated(asides.BRACKETED.sub(_unbracketed, asides.LOW_LINE.sub("underscore", text)))
    if asides.LOWER.search(text) and _is_value(bare := asides.LOWER.sub("", text).strip(" ,")):
        text = bare.lower()
    text = _without_regret(_cut(asides.REASON, _without_question(text, known)))
    text = _cut(asides.WILL_IT_DO, text)
    joined = asides.ONE_WORD.search(text)
    return _repaired(_cut(asides.SPELLED, _together(text[: joined.start()]) if joined else text), Step.USERNAME)


def _name(text: str, step: Step, known: Collected) -> str:
    text = asides.APOSTROPHE.sub("'", asides.HYPHEN.sub("-", asides.BRACKETED.sub(_unbracketed, text)))
    text = asides.SUFFIX.sub(" ", asides.DEGREE.sub("", text)) if " " in text or "," in text else text
    text = replaced(asides.INTERJECTION.sub("", text), *_NAMED)
    if step is Step.FIRSTNAME:
        text = replaced(text, (asides.LAST_THEN_I_AM, _REVERSED))
    text = replaced(text, *_NAMED_BOTH)
    if step is Step.FIRSTNAME:
        text = replaced(text, (asides.FIRST_AFTER, r"first name \1"), (asides.LAST_AFTER, r", last name \1"))
    else:
        text = asides.BARE_HYPHEN.sub(_hyphenated, text)
    text = replaced(text, (asides.WROTE_BUT_MEANT, r"\2"), (asides.CAPITAL_FIRST, ""), (asides.STARRED, r"\1"))
    if step is Step.FIRSTNAME:
        text = replaced(text, (asides.FAMILY_FIRST, _REVERSED))
    if step is Step.FIRSTNAME and (only := asides.ONLY.match(text)) and _is_value(only.group(1)):
        return only.group(1)
    text = _without_regret(text if _only_leads(text) else _without_question(text, known))
    for around in (asides.REASON, asides.WILL_IT_DO, asides.SPELLED, asides.OLD_NAME):
        text = text if around is asides.REASON and asides.AS_LOGIN.search(text) else _cut(around, text)
    text = _spelled_out(text) if step is Step.FIRSTNAME else text
    if (lead := asides.HOW_ABOUT.match(text)) and _is_value(text[lead.end() :]):
        text = text[lead.end() :]
    if step is Step.FIRSTNAME:
        text = _cut(asides.BUT_CALLED, text)
    for past in (asides.WAS, asides.BEFORE):
        if (was := past.match(text)) and _is_value(text[was.end() :]):
            text = text[was.end() :]
    text = _judged(text)
    return _repaired(_without_denied(text, step, known), step)


def _only_leads(text: str) -> bool:
    """Tell whether only everyday words written small stand before a question: "before I finish, what data do you have?"."""
    found = asides.THEN_ASKS.search(text)
    lead = tokenize(text[: found.start()]).tokens if found is not None else ()
    return len(lead) > 1 and all(is_everyday(token) and token.raw == token.raw.lower() for token in lead)


def _hyphenated(match: re.Match[str]) -> str:
    """Close the gaps of "Weber - Schmidt"; "Surname - Schmidt" names the field first."""
    return match.group() if lexicon().fields.at((fold(match.group(1)),), 0) else f"{match.group(1)}-{match.group(2)}"


def _without_denied(text: str, step: Step, known: Collected) -> str:
    """Cut "not Meier" off "Meyer, not Meier"; "Jon, not John" puts the first name right instead."""
    denied = asides.NOT_THIS.search(text) if step is Step.LASTNAME else None
    if denied is None or fold(denied.group(1)) == fold(known.firstname or "") or not _is_value(text[: denied.start()]):
        return text
    return text[: denied.start()]


def _cut(tail: re.Pattern[str], text: str) -> str:
    """Cut a tail off where an answer stands before it: a question or a refusal keeps its reason."""
    found = tail.search(text)
    if found is not None and "@" in text[found.start() :]:
        return text  # "en el correo faltó un 5, es carmen5@example.org"
    return text[: found.start()] if found is not None and found.start() and _is_value(text[: found.start()]) else text


def _judged(text: str) -> str:
    """Return the wish of "is bigfish too long?"."""
    found = asides.GOOD_ENOUGH.match(text)
    if found is None or fold(found.group(1)) in lexicon().vocabulary or (found["more"].strip() and not is_made(found.group(1))):
        return text
    return found.group(1)


def _without_question(text: str, known: Collected) -> str:
    """Cut the question that follows an answer, unless the person only speaks of what is known: "John, why do you need that?"."""
    found = asides.THEN_ASKS.search(text)
    if found is None or len(text[: found.start()].split()) > _FEW or fold(text[: found.start()]) == fold(known.firstname or ""):
        return text
    return _cut(asides.THEN_ASKS, text)


def _without_regret(text: str) -> str:
    """Cut what a person thinks of the answer ("but I don't love it"), not another one ("but it's Robert")."""
    found = asides.BUT.search(text)
    tail = tokenize(text[found.end("but") :]).tokens if found is not None else ()
    if any(_is_capital(token) or is_made(token.raw) for token in tail) or (tail and tail[-1].folded not in lexicon().vocabulary):
        return text
    return _cut(asides.BUT, text)


def _spelled_out(text: str) -> str:
    """Put "A N A" together, which has a vowel where initials rarely do."""
    return text.replace(" ", "") if asides.THREE.match(text) and fold(text[2]) + fold(text[4]) not in _CONSONANTS else text


def _is_value(text: str) -> bool:
    """Tell whether a short text ends or begins with a word that no language here knows, or that people are called."""
    tokens = [token for token in tokenize(text).tokens if token.raw[0].isalnum()]
    if not tokens or len(tokens) > _FEW * 2 or (len(tokens) == 1 and len(tokens[0].raw) == 1 and tokens[0].raw.islower()):
        return False
    vocabulary = lexicon().vocabulary
    if any(
        token.folded not in vocabulary or token.folded in SHORT_NAMES or (token.folded in WORDS_TOO and _is_capital(token))
        for token in tokens[-2:] + tokens[:1]
    ):
        return True
    return len(tokens) <= _PAIR and all(_is_capital(token) and not _means_something(token.folded) for token in tokens)


def _is_capital(token: Token) -> bool:
    return token.raw[0].isupper() and token.raw != "I"


def _means_something(word: str) -> bool:
    lex = lexicon()
    return word in lex.stop or any(phrases.at((word,), 0) for phrases in (lex.control, lex.ask, lex.topics, lex.fix, lex.fields))


def _repaired(text: str, step: Step) -> str:
    """Keep what stands after the last words that take something back; another field's correction is left alone."""
    found = None
    for match in asides.REPAIR.finditer(text):
        if match.start() and match.group().strip():
            found = match
    if found is None:
        return text
    before, after = text[: found.start()], text[found.end() :]
    if fold(after.partition(" ")[0]) in _NOT:
        return text  # "I am Johan actually, not John"
    if len(after.split()) not in range(1, 4) or not _is_value(before) or not _is_value(after) or fold(after) == fold(before):
        return text
    said = {label for match in lexicon().fields.all(tokenize(text).folded) for label in match.labels & set(EXPLICIT)}
    if any(STEP_OF.get(label, step) is not step for label in said):
        return text
    if step is Step.LASTNAME and said & {"name", "called"}:
        return text
    return after


def _dictated(text: str) -> str:
    """Join words with spoken marks between them: "leo dash the dash lion", "ana underscore g"."""
    pieces = text.split(" ")
    if not any(fold(piece) in _MARKS for piece in pieces[1:-1]):
        return text
    result: list[str] = []
    index = 0
    while index < len(pieces):
        joined, end = pieces[index], index + 1
        while end + 1 < len(pieces) and (mark := _MARKS.get(fold(pieces[end]))) and _is_piece(joined) and _is_piece(pieces[end + 1]):
            if fold(joined) in _NO_PIECE or (fold(pieces[end + 1]) in _NO_PIECE - {"the", "a", "of", "and"}):
                break
            joined, end = joined + mark + pieces[end + 1], end + 2
        result.append(joined)
        index = end
    return " ".join(result)


def _is_piece(word: str) -> bool:
    return word.rstrip(".,!?)")[-1:].isalnum() and word.lstrip("(\"'")[:1].isalnum() and fold(word) not in _MARKS


def _together(text: str) -> str:
    """Put the last words of a text together as far as no language here knows them: "my username is tulip 77"."""
    words, vocabulary = text.strip().split(" "), lexicon().vocabulary
    start = len(words)
    while start and len(words) - start < _FEW and (fold(words[start - 1]) not in vocabulary or words[start - 1].isdecimal()):
        start -= 1
    if len(words) <= _PAIR + 1 and not any(True for _ in lexicon().fields.all(tuple(map(fold, words)))):
        start = 0
    lead = lexicon().control.at((fold(words[0].strip(",.")),), 0)
    if not start and len(words) > 1 and lead is not None and is_made(words[-1]):
        start = 1  # "bueno dieguito10 todo junto"
    if start > 1 and start == len(words):
        return text
    return " ".join([*words[:start], "".join(words[start:])]).strip()


def _unbracketed(match: re.Match[str]) -> str:
    word = fold(match.group(1))
    return match.group() if word in _TAGS or word in lexicon().vocabulary else f" {match.group(1)} "
