"""Finding e-mail addresses the way people write them, also spoken ones."""

import re

from signup.understanding.words.everyday import is_everyday_word
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.numbers import in_digits, is_number
from signup.understanding.words.text import fold, replaced
from signup.understanding.words.wordlists import words

_LOCAL = r"[^\s@<>(){}\[\]\u2190-\u2bff\U0001f000-\U0001faff\"“”„«»「」,;:：；！？、，。]"
_DOMAIN = r"[^\s@<>(){}\[\]\u2190-\u2bff\U0001f000-\U0001faff\"“”„«»「」,;:!?/\\、，。！？]"
_ADDRESS = re.compile(rf"{_LOCAL}{{1,80}}@{_DOMAIN}{{1,200}}")
_EDGES = ".-'’‘`*!?¿¡。、，|#~…·"
_LEADING = re.compile(r"^(?:e-?mail|mailto|mail|correo|email)[:=]+", re.IGNORECASE)
_SOLID = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_BORDER = re.compile(rf"(?<=[A-Za-z0-9])(?=[{_SOLID}])|(?<=[{_SOLID}])(?=[A-Za-z0-9])")
"""Where a word of a script without spaces touches an address."""
_SPACED = re.compile(
    r"(?<=[\w.+\-])(?: {1,3}@ {1,3}(?=[^\s@]{1,80}(?:\.| \.| (?:dot|punto?|point|punkt|ponto|nokta|точка)\b))|@ {1,3}|"
    r" {1,3}@(?=[^\s@]{1,200}\.(?:com|org|net|edu|de|fr|es|it|io)\b))(?=\S)"
)
_BROKEN = re.compile(r"(@[A-Za-z0-9-]{1,60})(?:\. | \. ?| dot )((?:com|org|net|edu|de|fr|es|it|io|uk|ru|br|tld)\b)", re.IGNORECASE)
"""A gap before a frequent ending: "x@host. com"."""
_TWO_WORDS = re.compile(
    r"\b(?:(?P<low>gui[oó]n bajo|barra baja|tiret bas|trattino basso|alt çizgi|нижнее подч[её]ркивание|under score|sous[- ]tiret)|"
    r"(?P<at>at[- ]sign|at symbol|at the rate(?: of)?|a commerciale?|at işareti|a con cola)|(?P<dot>full stop)|"
    r"(?P<host>g mail|hot mail|out look|i cloud|proton mail|live mail)(?= ?(?:dot|\.|punto?|point|ponto|nokta|точка)))(?!\w)",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r" {0,3}[\[({<] {0,2}([^\s\[\](){}<>]{1,12}) {0,2}[\])}>] {0,3}")
_FLANKED = re.compile(r" ?(?:[-_*|/]{1,3})(at|dot|AT|DOT|punkt|punto|point|arroba|arobase)(?:[-_*|/]{1,3}) ?")
_JOINT = re.compile(r"\s+")
_SERVICES = {
    "яндекс": "yandex",
    "мейл": "mail",
    "майл": "mail",
    "мэйл": "mail",
    "рамблер": "rambler",
    "ру": "ru",
    "ком": "com",
    "нет": "net",
    "гмейл": "gmail",
    "гмайл": "gmail",
    "гмэйл": "gmail",
    "джимейл": "gmail",
    "жмейл": "gmail",
    "аутлук": "outlook",
    "яху": "yahoo",
    "укр": "ukr",
    "уа": "ua",
    "юа": "ua",
    "бк": "bk",
    "хотмейл": "hotmail",
    "айклауд": "icloud",
}
_HESITATED = re.compile(
    r"(\b(?:at|dot|arroba|punto|ponto|point|arobase|punkt|chiocciola|собака|точка)|@),? "
    r"(?:um+|uh+|uhm+|erm?|eh+|ehm|euh|äh+m?|эм+|э)[,.]* ",
    re.IGNORECASE,
)
"""Within an address that is dictated: "peter dot griggs at uh hotmail dot com"."""
_THEN = "⁀"
_NUMBERED = re.compile(
    r"\b(?:the |die |el |le |il |o )?(?:number|digit|numeral|figure|nummer|ziffer|zahl|número|numéro|numero|chiffre) (\w+)\b"
)
_FOLLOWED = re.compile(r"(\w+),? (?:and then|followed by|und dann|gefolgt von|puis|et puis|y luego|seguido de|e poi|seguito da|e depois) ")
_TOGETHER = re.compile(r" (?:all |alles |tout |todo |tutto )?(?:together|one word|zusammen|attaché|junto|attaccato)$")

_AROUND = ".,;:!?\"'“”„«»‹›「」()[]<>*`。、"
"""What may stand around a word of a spoken address."""

AT = words("at")
DOT = words("dot")
_MARKS = {**dict.fromkeys(words("underscore"), "_"), **dict.fromkeys(words("dash"), "-"), **dict.fromkeys(words("plus"), "+")}
_ENDINGS = words("endings")
_AND_TOO = frozenset({"et", "a"})
"""Words for "@" in one language that join or deny in another: "c'est ines@example.fr et pas .com"."""


def find(text: str) -> list[tuple[int, int, str]]:
    """Return `(start, end, address)` of everything that looks like an address in a cleaned text, in order."""
    found = []
    for match in _ADDRESS.finditer(text):
        raw = match.group()
        body = raw.lstrip(_EDGES.replace(".", "")).rstrip(_EDGES)
        lead = raw.find(body)
        head = _LEADING.match(body)
        if head:
            lead += head.end()
            body = body[head.end() :]
        if text[match.end() : match.end() + 1] == "@":
            body = ""  # "a@b.com@home" is none
        if body.count("@") == 1 and not body.startswith("@") and not body.endswith("@"):
            body = _mended(body)
            found.append((match.start() + lead, match.end(), body))
    return found


def _mended(address: str) -> str:
    local, _, domain = address.partition("@")
    return f"{local}@{domain.replace('。', '.').rstrip('.-_')}"


def spoken(text: str) -> str:
    """Return `text` with spoken and spaced-out addresses put together ("john at example dot com", "john @ example . com").

    Words are joined only around an "at" that a dotted domain follows, so that ordinary sentences stay as they are.
    """
    text = replaced(text.replace("＠", "@").replace("．", "."), (_HESITATED, r"\1 "))
    if "@" in text:
        text = apart(text)
    text = replaced(_WRAPPED.sub(_unwrapped, text), (_FLANKED, r" \1 "))
    text = _TWO_WORDS.sub(_one_word, text)
    text = replaced(_SPACED.sub("@", text), (_BROKEN, r"\1.\2"))
    words = _JOINT.split(text)
    given = next((index for index, word in enumerate(words) if "." in word.strip(_AROUND).partition("@")[2]), len(words))
    at_words = ((index, fold(word.strip(_AROUND))) for index, word in enumerate(words))
    spots = (index for index, word in at_words if word in AT and (index <= given or word not in _AND_TOO))
    at = next((index for index in spots if _domain_after(words, index + 1)), -1)
    if at > 0:
        domain, end = _domain(words, at + 1)
        before = _dictated(words[:at])
        local, start = _local(before, len(before) - 1)
        if local:
            tail = words[end - 1]
            trailing = tail[len(tail.rstrip(_AROUND)) :]
            return " ".join([*before[:start], f"{local}@{domain}{trailing}", *words[end:]]).replace(_THEN, "and then")
    return _rejoined(words)


def _dictated(before: list[str]) -> list[str]:
    """Return the words before an "at" with numbers that are called so in digits, and one sign for what puts words together.

    "mike the number four and then smith" is mike4smith; "ok and then kim" stays two words.
    """
    text = _NUMBERED.sub(lambda match: in_digits([match[1]]) if is_number(match[1]) else match[1], " ".join(before))
    return _FOLLOWED.sub(_then, _TOGETHER.sub("", text)).split(" ")


def _then(match: re.Match[str]) -> str:
    word = match[1]
    return f"{word} {_THEN} " if word.isdecimal() or not is_everyday_word(fold(word)) else match.group()


def apart(text: str) -> str:
    """Return `text` with a space where Latin letters touch a script that is written without spaces."""
    return _BORDER.sub(" ", text)


def _one_word(match: re.Match[str]) -> str:
    if match["host"]:
        return match["host"].replace(" ", "")
    return "underscore" if match["low"] else "dot" if match["dot"] else "@"


def _unwrapped(match: re.Match[str]) -> str:
    word = fold(match.group(1))
    if word in AT:
        return "@"
    return "." if word in DOT else match.group()


def _domain_after(words: list[str], start: int) -> bool:
    domain, _ = _domain(words, start)
    return "." in domain and "@" not in domain and fold(domain.rpartition(".")[2]) in _ENDINGS


def _domain(words: list[str], start: int) -> tuple[str, int]:
    """Read `example dot co dot uk` from `start` on; return the domain and the index after it."""
    domain = ""
    index = start
    while index < len(words):
        word = words[index]
        bare = word.strip(_AROUND.replace(".", ""))
        if fold(bare) in DOT and domain and index + 1 < len(words):
            domain += "."
        elif not domain or domain.endswith((".", "-")) or (bare.startswith(".") and len(bare) > 1):
            domain += bare.rstrip(".")
        elif len(bare) == 1 and bare.isalpha() and "." in domain and _is_spelled(words[index - 1]):
            domain += bare  # "dot o r g"
        elif fold(bare) in _MARKS and _MARKS[fold(bare)] == "-":
            domain += "-"
        else:
            break
        index += 1
        if word != bare or (len(word) > 1 and word.endswith(".")):
            break
    return _latin(domain.rstrip(".-")), index


def _latin(domain: str) -> str:
    """Return a dictated domain with the names of services as they are spelled: "яндекс.ру"."""
    return ".".join(_SERVICES.get(label.lower(), label) for label in domain.split("."))


def _is_spelled(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _local(words: list[str], end: int) -> tuple[str, int]:
    """Read the part before the "at" backwards from `end`; return it and the index where it begins."""
    local = words[end].strip(_AROUND)
    start = end
    while start and is_number(words[start]):
        start -= 1
    if 0 <= start < end and words[start].isalnum() and not is_everyday_word(fold(words[start])):
        local = words[start] + in_digits(words[start + 1 : end + 1])  # dictated: "john forty two at example dot com"
    else:
        start = end
    while (
        local.isdecimal()
        and start
        and words[start - 1].isalnum()
        and (words[start - 1].isdecimal() or fold(words[start - 1]) not in lexicon().vocabulary)
    ):
        start -= 1  # dictated: "john 42 at example dot com"
        local = words[start] + local
    while start and len(words[start]) == 1 and len(words[start - 1]) == 1 and words[start - 1].isalnum() and words[start].isalnum():
        start -= 1
        local = words[start] + local
    while start and words[start - 1].isdecimal() and not local[0].isdecimal() and _THEN in words:
        start -= 1
        local = words[start] + local
    while start >= 2:  # noqa: PLR2004 - a joint and the word before it
        joint = fold(words[start - 1])
        mark = "." if joint in DOT else _MARKS.get(joint, "")
        if not mark and joint != _THEN:
            break
        local = words[start - 2].strip(_AROUND) + mark + local
        start -= 2
        while start and local[0].isdecimal() and not is_everyday_word(fold(words[start - 1])) and words[start - 1].isalnum():
            start -= 1
            local = words[start] + local
    return local, start


def _rejoined(words: list[str]) -> str:
    """Put `john@example . com`, `john@example dot com` and `john dot doe@example.com` together."""
    index = next((number for number, word in enumerate(words) if "@" in word[1:] and not word.endswith("@")), -1)
    if index < 0:
        return " ".join(words)
    address, end = words[index], index + 1
    while end + 1 < len(words) and fold(words[end]) in DOT and address[-1] not in ",;!?":
        address += "." + words[end + 1]
        end += 2
    if end < len(words) and "." not in address.partition("@")[2] and words[end].startswith(".") and len(words[end]) > 1:
        address += words[end]
        end += 1
    start = index
    if start and address.startswith(".") and words[start - 1][-1:].isalnum():
        start -= 1  # "john .doe@example.com"
        address = words[start] + address
    while start >= 2 and (mark := "." if fold(words[start - 1]) in DOT else _MARKS.get(fold(words[start - 1]), "")):  # noqa: PLR2004 - as above
        address = words[start - 2] + mark + address
        start -= 2
    return " ".join([*words[:start], address, *words[end:]])
