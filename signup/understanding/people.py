"""People's names: what can be one, where it is divided, and how it is written."""

import re
import unicodedata

from signup.understanding.text import fold, is_latin

MOST_WORDS = 6
_MARKS = frozenset("'’‘ʼ-‐‑.·・")

PARTICLES = frozenset(
    (
        "van von der den de del della di da do dos das du des la le las los lo el al bin ibn bint ben abu abd ter ten te zu zur zum af av "
        "y e i mac mc st san santa saint dal dalla degli dei d l op het 't vom und vander"
    ).split()
)
"""Words that belong to the last name that follows them and are written small unless the person does otherwise."""

_GIVEN_PAIRS = frozenset(
    (
        "maria|jose maria|del maria|de maria|luisa maria|elena maria|teresa maria|fernanda maria|clara maria|eduarda maria|laura maria|rosa maria|isabel maria|pia "
        "jose|maria jose|luis jose|antonio jose|manuel jose|miguel jose|angel jose|carlos jose|ignacio jose|juan juan|carlos juan|pablo juan|jose juan|manuel "
        "juan|luis juan|antonio juan|diego juan|sebastian juan|david juan|miguel luis|miguel luis|fernando luis|alberto luis|carlos carlos|alberto miguel|angel "
        "marco|antonio victor|hugo victor|manuel francisco|javier pedro|pablo ana|maria ana|luisa ana|paula ana|clara ana|sofia ana|lucia ana|beatriz ana|carolina "
        "rosa|maria eva|maria carmen|maria joao|pedro joao|paulo joao|carlos pedro|henrique luiz|felipe luiz|henrique carlos|eduardo paulo|roberto "
        "jean|luc jean|pierre jean|paul jean|marie jean|claude jean|michel jean|francois jean|jacques jean|baptiste jean|louis jean|marc jean|philippe jean|yves "
        "marie|claire marie|louise marie|france marie|therese marie|helene marie|jeanne marie|christine marie|laure marie|anne anne|marie anne|sophie anne|laure "
        "anne|claire pierre|yves paul|henri "
        "mary|ann mary|anne mary|jane mary|beth mary|lou mary|kate mary|ellen mary|jo mary|sue sarah|jane sarah|jean emma|jane emma|louise billy|bob billy|joe "
        "billy|ray bobby|joe jim|bob joe|bob john|paul betty|lou peggy|sue anna|maria anna|lena anna|marie anna|sophie anna|lisa anna|louise anna|laura "
        "hans|peter hans|jurgen hans|joachim hans|georg hans|werner karl|heinz karl|otto karl|friedrich klaus|dieter klaus|peter eva|marie lisa|marie ann|marie "
        "lena|marie sophie|charlotte sophia|marie gian|luca gian|marco gian|carlo gian|paolo pier|paolo pier|luigi maria|grazia maria|chiara maria|vittoria "
        "anna|rita mehmet|ali ahmet|can mustafa|kemal muhammad|ali mohammed|ali mohamed|ali mohammad|reza ali|reza abdul|rahman abdul|aziz abdul|karim abd|al "
        "al|amin min|jun ji|hoon seo|yeon hae|won sung|min young|ho "
        "thi|mai van|an"
    ).split()
)
"""Two given names that are used as one."""

WORDS_TOO = frozenset(
    (
        "jo dale hadi bora ayo dai dag aye go norm may will hope grace joy faith art mark bill sue pat rob chase drew jack dawn eve sim mo yo good fine best "
        "nice love cool young song true noble ty kit ray gene rich frank earnest miles sol bo da an do so vale clara claro prima sana super abel amen sunny "
        "lucky happy ready early wise sage ash jade ruby pearl rose lily iris ivy violet summer autumn april june august king prince duke earl major baron "
        "kim kai che ko chi wen wie come quando per tan dang ho in bon bien hay back case page read reason small short long noon day week week"
    ).split()
) - {"back"}
"""Words with a meaning of their own that people are called as well."""
SHORT_NAMES = frozenset(
    "jo mo bo sim kim dale jack rob bill mark sue pat ray gene kit max abel sage ash ruby pearl rose lily iris ivy kai".split()
)
"""Those of them that are sooner a name than anything else."""

_FAMILY_FIRST = frozenset("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split())
_SOLID = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_namelike(words: list[str]) -> bool:
    """Tell whether the words (as written) could be a name: letters of any script with the marks that names have, not too many."""
    return 0 < len(words) <= MOST_WORDS and all(_could_be_part(word) for word in words)


def _could_be_part(word: str) -> bool:
    return any(unicodedata.category(ch)[0] == "L" for ch in word) and all(
        unicodedata.category(ch)[0] in "LM" or ch in _MARKS for ch in word
    )


TITLES = frozenset(
    "mr mrs ms miss mx dr prof sir madam herr frau fraulein monsieur madame mme mlle señor señora senor senora srta sr sra don doña dona sig sigra signor signora dott".split()
)
FORMAL = TITLES - {"sir", "don", "dona", "miss", "dr", "prof", "senor", "senora", "srta", "sra"}
"""Titles that stand before a last name."""


def untitled(words: list[str]) -> list[str]:
    """Return the words without titles before the name, unless nothing would be left."""
    start = 0
    while start < len(words) - 1 and fold(words[start]).rstrip(".") in TITLES:
        start += 1
    return words[start:]


def divide(words: list[str]) -> tuple[str, str]:
    """Divide a full name into first and last name; the last name is empty where there is only one name.

    Everything from the first particle on is the last name; two given names that are used as one stay together; family name first
    where the script says so (a Han, kana or Hangul name with a space).
    """
    if len(words) == 1:
        return words[0], ""
    if all(_SOLID.search(word) for word in words) and len(words) == 2:  # noqa: PLR2004 - family name, given name
        return words[1], words[0]
    if words[0] in _FAMILY_FIRST and len(words) > 2:  # noqa: PLR2004 - Vietnamese: family name, middle name, given name
        return " ".join(words[1:]), words[0]
    folded = [fold(word) for word in words]
    given = 1
    if len(words) > 2 and f"{folded[0]}|{folded[1]}" in _GIVEN_PAIRS:  # noqa: PLR2004 - a pair and a last name
        given = 3 if folded[1] in {"del", "de"} and len(words) > 3 else 2  # noqa: PLR2004 - "María del Carmen" and a last name
    if folded[0] in {"عبد", "abd"} and len(words) > 1:
        given = 2
    while given < len(words) - 1 and (len(folded[given]) == 1 and words[given].rstrip(".").isalpha() and folded[given] not in PARTICLES):
        given += 1
    return " ".join(words[:given]), " ".join(words[given:])


def is_given_pair(words: list[str]) -> bool:
    """Tell whether two words are given names that are used as one ("María José")."""
    return len(words) == 2 and f"{fold(words[0])}|{fold(words[1])}" in _GIVEN_PAIRS  # noqa: PLR2004 - a pair


def written(name: str, *, last: bool = False) -> str:
    """Return the name as the person wrote it; only an all-lower or all-upper Latin name is given capitals."""
    name = name.strip(" -‐‑")
    letters = [ch for ch in name if ch.isalpha()]
    if not letters or not is_latin(name) or not (name == name.lower() or (name == name.upper() and len(letters) > 1)):
        return name
    if len(letters) > 1 and len(letters) <= 2 and name == name.upper() and "." not in name and not last:  # noqa: PLR2004 - "JP", "AJ" are initials
        return name
    words = name.lower().split(" ")
    return " ".join(
        word if fold(word) in PARTICLES and len(words) > 1 and (last or index > 0) and index < len(words) - 1 else _cased(word)
        for index, word in enumerate(words)
    )


def _cased(word: str) -> str:
    parts = re.split(r"([-‐‑'’‘ʼ.])", word)
    cased = [part[:1].upper() + part[1:] for part in parts]
    if len(parts) > 2 and parts[1] in "'’‘ʼ" and len(parts[2]) == 1:  # noqa: PLR2004 - an apostrophe before one letter: "Ma'a" would be rare
        cased[2] = parts[2]
    result = "".join(cased)
    if result.startswith("Mc") and len(result) > 4:  # noqa: PLR2004 - "Mcd" and more
        result = "Mc" + result[2:3].upper() + result[3:]
    return result
