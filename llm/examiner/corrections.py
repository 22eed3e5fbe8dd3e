"""Slips that a pattern can find without ever blaming correct English. When in doubt a slip is left out of this table."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_words = str.split
_NUMBER = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|many|several|a few)"
_AUXILIARY = frozenset(
    _words(
        """do does did don't doesn't didn't will would can could shall should may might must to let make makes made help see saw hear
        heard if that whether and or wish than"""
    )
)
_THIRD_PERSON = {
    "have": "has", "go": "goes", "do": "does", "like": "likes", "work": "works", "live": "lives", "want": "wants",
    "need": "needs", "love": "loves", "play": "plays", "study": "studies", "help": "helps", "think": "thinks", "know": "knows",
}  # fmt: skip
_BASE_FORMS = {
    "went": "go", "saw": "see", "had": "have", "ate": "eat", "came": "come", "took": "take", "got": "get", "made": "make", "knew": "know",
    "bought": "buy", "found": "find", "thought": "think", "liked": "like", "wanted": "want", "worked": "work", "studied": "study",
    "understood": "understand", "spoke": "speak", "was": "be", "did": "do",
}  # fmt: skip
_UNCOUNTED = {
    "informations": "information", "advices": "advice", "furnitures": "furniture", "homeworks": "homework", "equipments": "equipment",
    "knowledges": "knowledge", "childs": "children",
}  # fmt: skip
_EXTRA_MORE = r"(?:better|worse|easier|cheaper|bigger|smaller|faster|slower|older|younger|happier|nicer|taller|stronger|cleaner|safer)"
_GERUNDS = {"see": "seeing", "meet": "meeting", "hear": "hearing", "visit": "visiting", "go": "going", "start": "starting"}


@dataclass(frozen=True, slots=True)
class Slip:
    """What was said and how it is said in standard English."""

    said: str
    better: str


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), better)
    for pattern, better in (
        (r"\bI(?:'m| am) (?:not )?agree\b", lambda m: "I don't agree" if "not" in m[0].lower() else "I agree"),
        (r"\b(he|she) don'?t\b", lambda m: f"{m[1]} doesn't"),
        (r"(?:^|(?<=[.,;!?] )|(?<=\b(?:and|but) )|(?<=\b(?:most|some|many) )|(?<=\bthink ))people is\b", lambda _: "people are"),
        (rf"\bmore ({_EXTRA_MORE})\b", lambda m: m[1]),
        (r"\bmost (easiest|biggest|cheapest|best|fastest|oldest|happiest)\b", lambda m: m[1]),
        (rf"\b({'|'.join(_UNCOUNTED)})\b", lambda m: _UNCOUNTED[m[1].lower()]),
        (r"\bdepend(s?) of\b", lambda m: f"depend{m[1]} on"),
        (r"\bexplain(ed|s)? (me|him|her|us|them)\b", lambda m: f"explain{m[1] or ''} to {m[2]}"),
        (rf"\bI have ({_NUMBER}) years old\b", lambda m: f"I am {m[1]} years old"),
        (rf"\bsince ({_NUMBER}) (years|months|weeks|days)\b(?! ago)", lambda m: f"for {m[1]} {m[2]}"),
        (r"\b(go|goes|going|went|come|came|coming) to home\b", lambda m: f"{m[1]} home"),
        (r"\b(listen|listens|listening|listened) (music|the music|songs|podcasts)\b", lambda m: f"{m[1]} to {m[2]}"),
        (r"\bdiscuss(ed|es|ing)? about\b", lambda m: f"discuss{m[1] or ''}"),
        (r"\b(am|I'm|is|are|was) interesting in\b", lambda m: f"{m[1]} interested in"),
        (r"\bmarried with\b", lambda _: "married to"),
        (r"\bgood in (maths?|english|sports?|languages|cooking|swimming)\b", lambda m: f"good at {m[1]}"),
        (r"\bevery (days|weeks|months|years)\b", lambda m: f"every {m[1][:-1]}"),
        (r"\bmuch (people|friends|things|books|cars|children|times)\b", lambda m: f"many {m[1]}"),
        (rf"\b(didn'?t|did not) ({'|'.join(_BASE_FORMS)})\b", lambda m: f"{m[1]} {_BASE_FORMS[m[2].lower()]}"),
        (r"\b(can|must|should|could) to (?!the\b|a\b|an\b|my\b|be honest)([a-z]+)\b", lambda m: f"{m[1]} {m[2]}"),
        (rf"\blook(ing)? forward to ({'|'.join(_GERUNDS)})\b", lambda m: f"look{m[1] or ''} forward to {_GERUNDS[m[2].lower()]}"),
        (r"\b(said|says) (me|him|us|them) (that|to)\b", lambda m: f"{'told' if m[1].lower() == 'said' else 'tells'} {m[2]} {m[3]}"),
        (r"\ban other\b", lambda _: "another"),
        (r"\bmake (sports?|exercises)\b", lambda m: "do sport" if m[1].lower().startswith("sport") else "do exercises"),
        (r"\b(make|made|making) (a photo|photos|a picture with my phone)\b", lambda m: f"{_take(m[1])} {m[2]}"),
        (r"\baccording to me\b", lambda _: "in my opinion"),
        (r"\bI no (like|understand|know|want|have)\b", lambda m: f"I don't {m[1]}"),
    )
)
_THIRD = re.compile(rf"(?:\b([a-z']+) )?\b(he|she) ({'|'.join(_THIRD_PERSON)})\b(?! (?:\w+ ){{0,2}}\2\b)", re.IGNORECASE)
"""A repair ("she go she goes") is no slip: the pronoun comes again at once."""
_FILLER_LIKE = re.compile(r"like (?!to\b|a\b|an\b|the\b|it\b|this\b|these\b|his\b|her\b|very\b|\w+ing\b)", re.IGNORECASE)


def slips_in(text: str) -> list[Slip]:
    """Return the slips found, in order of appearance, each once."""
    plain = text.replace("’", "'")
    found: list[tuple[int, Slip]] = []
    for pattern, better in _RULES:
        found.extend((match.start(), Slip(match[0], better(match))) for match in pattern.finditer(plain))
    found.extend(
        (match.start(2), Slip(f"{match[2]} {match[3]}", f"{match[2]} {_THIRD_PERSON[match[3].lower()]}"))
        for match in _THIRD.finditer(plain)
        if (match[1] or "").lower() not in _AUXILIARY and not _FILLER_LIKE.match(plain, match.start(3))
    )
    found.sort(key=lambda item: item[0])
    return list(dict.fromkeys(slip for _, slip in found))


def _take(make: str) -> str:
    return {"make": "take", "made": "took", "making": "taking"}[make.lower()]
