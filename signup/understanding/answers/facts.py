"""Taking values out of a message."""

import re
from collections.abc import Mapping

from signup.models import Collected, Step
from signup.understanding.answers import emails
from signup.understanding.names import people
from signup.understanding.parts import asides
from signup.understanding.parts.segments import Segment, is_small, of
from signup.understanding.reading import EMAIL, FIRST, FIRST_NAMES_ASKED, LAST, USERNAME
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.slips import is_slip
from signup.understanding.words.text import Text, Token, fold, is_solid, tokenize
from signup.understanding.words.wordlists import words

_NEGATION = words("negations")
_INTERJECTIONS = words("interjections")
_PRONOUNS = frozenset({"you", "he", "she", "we", "they", "me", "it", "this", "that", "to"})
"""Names elsewhere, but not when they are written small."""
_MEANS = frozenset({"no", "yes", "cancel", "go_back", "start_over", "later", "refusal", "summary"})
_AFTER = words("negations_after")
_CHUNK = re.compile(r"\S+")
_CHUNK_EDGES = ".,;:!?…\"“”„«»‹›「」『』()[]{}<>`´'‘’。、，！？؟،¿¡*~"
_LOOKS_MADE = re.compile(r"[A-Za-z0-9]*[0-9_.\-][A-Za-z0-9_.\-]*$")
_SPEECH = re.compile("[我你您她们吗呢嘛什怎哪谁這这]|问题|問題|还有|還有|很多|です|ます|ません|ない$|ませ|でし|[はがを]..")
_ARTICLES = frozenset({"the", "a", "an", "my", "your", "his", "her", "on", "with", "to", "that", "this", "is", "was", "some", "any"})
_WITHIN = frozenset({"in", "on", "of", "from", "at"})
_EXCLAIMED = words("exclaimed")
_THANKS = words("thanks")
_OR = words("or") | {"if"}
_CHANGE = tuple(sorted(words("change_stems")))
_NICK = tuple(sorted(words("nick_stems")))
_SUFFIXES = frozenset({"jr", "sr", "jnr", "snr"})
_POSSESSIVE = re.compile(r"(?<=[^\W\d_]{2})['’]s$")
_COPULA_HANGUL = re.compile(r"(?<=[가-힣])(?:입니다|이에요|예요|이라고|라고|이요|이야)$")
_LABEL = re.compile(r"^(?:[^\W\d_]{2,12}[=:]|/?u/)(?=.)")
"""What sticks to a username without belonging to it: "username=bigfish", "u/bigfish"."""
_HANDLE = re.compile(r"(?<![\w.@])@([A-Za-z0-9._-]{1,60})")

_REPLACED = re.compile(
    r"^\W*(?:->|=>|→|➡|\*)\W*$|\bso\b|\b(?:(?:do ?n['’]?o?t|never|not to) (?:use|write|send|take)|dead|no longer|n['’]?t work|"
    r"not work|any ?more|used to|now|closed|"
    r"gone|expired|hacked|lost|"
    r"instead|rather|switched|moved|old|previous|prefer|better|use|take|nicht mehr|alte?n?|jetzt|lieber|besser|nimm|ne (?:marche|"
    r"fonctionne) plus|maintenant|plutôt|"
    r"ya no|ahora|mejor|usa|não uso|agora|melhor|prefiro|non (?:uso|funziona)|adesso|meglio|больше не|теперь|лучше)\b",
    re.IGNORECASE,
)
"""Said between two addresses, it means the second: "a@b.com is dead, use c@d.org"."""
_GONE = re.compile(
    r"[ ,;.(–-]{0,4}(?:that['’]?s |this |it |which |is |was |ist |est |es |my |the |no longer |doesn['’]?t |does not |don['’]?t ){1,4}"
    r"(?:old|dead|gone|closed|work\b|works\b|use|used|before|previous|former|wrong|alt|vieux|viej[oa]|antig[oa])|[ ,]{1,3}(?:before|"
    r"earlier|formerly|früher|avant|antes|prima)\b",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"\b(?:mine(?: is|['’]s)?|my own(?: is| one is)?|mein(?:e|s)? (?:ist|lautet)|(?:le|la) mi?en(?:ne)? (?:est|c['’]est)|"
    r"(?:la|el) m[ií][ao] es|(?:a |o )?minha é|(?:a |o )?meu é|(?:la|il) mi[ao] è|мо[яйё](?: -| —| это)?|benimki|मेरा|mera|mine)[:,]? $",
    re.IGNORECASE,
)
"""Said before one of two addresses, it tells it from somebody else's: "my boss is a@b.com but mine is c@d.org"."""
_BACKUP = re.compile(
    r"\b(?:back-?up|too|also|as well|second|alternative|spare|if|auch|aussi|también|também|anche|reserve)\b", re.IGNORECASE
)

_THAT_ONE = re.compile(r"\b(?:use|write|send|take|like|check|read) (?:to )?(?:it|that|this|them)\b[^@]{0,20}[,;.:–-]", re.IGNORECASE)
"""A denial that is about the address before it: "a@b.com but don't use that one, c@d.org"."""


def email_of(text: str, found: list[tuple[int, int, str]], known: str | None) -> str:
    """Return the address that is meant: of several the one that is not denied and not the known one; otherwise the last."""
    candidates = [(start, end, address) for start, end, address in found if not _denied(text, start, end)] or found
    new = [address for _, _, address in candidates if known is None or address.lower() != known.lower()]
    if not new:
        return candidates[-1][2]
    own = [address for start, _, address in found if _MINE.search(text[max(0, start - 24) : start])]
    if len(new) > 1 and len(own) == 1:
        return own[0]
    if len(new) > 1 and len(found) == len(candidates):
        (first, *_, last) = candidates
        if _GONE.match(text, last[1]):
            return new[0]
        offered = any(word in _OR for word in tokenize(text[first[1] : last[0]]).folded)
        if not offered and is_slip(first[2].lower(), last[2].lower()):
            return new[-1]  # mistyped, and typed again
        between = text[first[1] : last[0]]
        if (
            _REPLACED.search(text[max(0, first[0] - 40) : last[0]]) or _REPLACED.search(between) or asides.REPAIR.search(between)
        ) and not _BACKUP.search(text, last[1]):
            return new[-1]
    return new[-1] if len(found) > len(candidates) or len(new) == 1 or _corrects(text) else new[0]


def _corrects(text: str) -> bool:
    return any(True for _ in lexicon().fix.all(tokenize(text).folded))


def _denied(text: str, start: int, end: int) -> bool:
    before = tokenize(text[max(0, start - 40) : start]).folded[-3:]
    after = tokenize(text[end : end + 20]).folded[:2]
    later_address = "@" in text[max(0, start - 40) : start]
    joined = "".join(after)
    if any(joined.startswith(word) for word in _AFTER):
        return True
    if later_address:
        tail = text[max(0, start - 40) : start].rpartition("@")[2]
        if _THAT_ONE.search(tail) or tail.rstrip()[-1:] in {".", "!"}:
            return False  # the sentence before was about the address before
        before = tokenize(tail).folded[1:][-3:]
        if before and before[-1] in _INTERJECTIONS:
            return not tail.rstrip(" ").endswith((",", ".", "!", ";"))
        before = tuple(word for word in before if word not in _INTERJECTIONS)
    return bool(before) and (any(word in _NEGATION for word in before) or "不是" in "".join(before))


def username_of(part: Segment, text: Text) -> str:
    """Return the username that a segment holds as it was written, perhaps an invalid one."""
    tokens = part.tokens
    made = [token for token in tokens if _LOOKS_MADE.match(token.raw)]
    if len(made) > 1 and len(tokens) == 3:  # noqa: PLR2004 - "johnny5 or johnny6": the first is tried
        made = made[:1]
    if len(tokens) > 1 and len(made) == 1 and not made[0].raw.isdecimal():
        tokens = made
    if len(tokens) > 1:
        joined = _joined(tokens)
        if joined:
            return joined
    if len(tokens) == 1:
        return _chunk(text.clean, tokens[0])
    return text.clean[tokens[0].start : tokens[-1].end]


def _joined(tokens: list[Token]) -> str:
    """Return `john underscore doe` as `john_doe`; empty where nothing of the kind was said."""
    result, said = "", False
    expects_word = True
    for token in tokens:
        mark = {
            "underscore": "_",
            "dot": ".",
            "dash": "-",
            "hyphen": "-",
            "point": ".",
            "punkt": ".",
            "unterstrich": "_",
            "minus": "-",
        }.get(token.folded)
        if mark and result and not expects_word:
            result, said, expects_word = result + mark, True, True
        elif expects_word or token.raw.isdecimal():
            result, expects_word = result + token.raw, False
        else:
            return ""
    return result if said and not expects_word else ""


def _chunk(text: str, token: Token) -> str:
    for match in _CHUNK.finditer(text):
        if match.start() <= token.start < match.end():
            found = _LABEL.sub("", match.group().strip(_CHUNK_EDGES))
            # Edges that only a username can have ("_john_") were cut from the token.
            return found.removeprefix("@").strip(_CHUNK_EDGES) if token.raw in found and found.isascii() else token.raw
    return token.raw


def handle_in(text: str) -> str:
    """Return the first `@handle`, without its sign, or an empty text."""
    match = _HANDLE.search(text)
    return match.group(1).rstrip(".") if match else ""


def is_made(word: str) -> bool:
    """Tell whether a word looks made up for a login: digits, underscores, dots or inner capitals."""
    if fold(word) in lexicon().vocabulary:
        return False
    return bool(_LOOKS_MADE.match(word)) or (word.isascii() and word[1:] != word[1:].lower() and not word.isupper())


def is_person(part: Segment, *, sure: bool) -> bool:
    """Tell whether a segment could be a person's name. Unless it is `sure` that a name is meant, its words must be written as names."""
    words = part.words
    said = len(words) == 1 and part.marker == "" and _is_said(part.tokens[0])
    if said or not people.is_namelike(words) or _SPEECH.search("".join(words)):
        return False
    stop = lexicon().stop
    titled = all(any(ch.isupper() for ch in word) or fold(word) in people.PARTICLES for word in words) and not (
        len(words) > 1 and all(word.isupper() for word in words)
    )
    if len(words) > 1 and not titled and any(token.folded in stop and _is_never_name(token) for token in part.tokens):
        return False
    if (
        words == ["I"]
        or all(word.rstrip(".").lower() in _SUFFIXES for word in words)
        or (len(words) == 1 and words[0] in _PRONOUNS)
        or any(_is_phrase(word) for word in words)
    ):
        return False
    small = all(word == word.lower() for word in words) and any(token.folded in stop for token in part.tokens)
    small = small and not (
        len(words) == 1 and part.marker in {"first_name", "last_name", "name"} and part.tokens[0].folded in people.WORDS_TOO
    )
    if (small and part.marker not in {"", "called"}) or _is_everyday_talk(part):
        return False
    if sure:
        return not (len(words) == 1 and fold(words[0]) in _THANKS)
    return not words[0][0].islower() and (len(words) > 1 or words[0].isalpha())


def _is_everyday_talk(part: Segment) -> bool:
    """Tell whether words written small are a piece of a sentence: "cat on the keyboard"."""
    is_talk = all(token.raw == token.raw.lower() and is_everyday(token) for token in part.tokens)
    if len(part.tokens) <= 1 or not is_talk:
        return False
    if any(token.folded in _ARTICLES for token in part.tokens):
        return True
    names = any(token.folded in people.WORDS_TOO or token.folded in people.PARTICLES or not token.raw.isascii() for token in part.tokens)
    return len(part.tokens) > 2 and not names  # noqa: PLR2004 - as above


def _is_said(token: Token) -> bool:
    """Tell whether a word written small rather takes something back, agrees or denies: "sorry", "no"."""
    if token.raw != token.raw.lower() or not token.raw.isascii() or token.folded in people.WORDS_TOO:
        return False
    said = lexicon().control.at((token.folded,), 0)
    return (
        (said is not None and bool(said.labels & _MEANS))
        or token.folded in _EXCLAIMED
        or token.folded in lexicon().stop
        or lexicon().fix.at((token.folded,), 0) is not None
    )


def _is_never_name(token: Token) -> bool:
    """Tell whether a word that sentences are made of cannot be in a name either; scripts without capitals do not tell them apart."""
    if token.folded in people.WORDS_TOO and token.raw[0] == token.raw[0].upper() and not token.raw[0].isascii():
        return False
    return token.folded not in people.PARTICLES or token.raw == "I"


def _is_phrase(word: str) -> bool:
    """Tell whether a word of a script without spaces holds a phrase that corrects something."""
    return len(word) > 1 and is_solid(word[0]) and any(match.end - match.start > 1 for match in lexicon().fix.all(tuple(map(fold, word))))


def person(part: Segment) -> dict[str, str]:
    """Return the first and, where given, last name of a full name."""
    words = people.untitled(part.words)
    if len(words) == 1 and len(part.words) > 1 and fold(part.words[0]).rstrip(".") in people.FORMAL and not people.is_given(words[0]):
        return {LAST: people.written(words[0], last=True)}
    if people.is_given_pair(part.words):
        return {FIRST: people.written(" ".join(_dotted(part)))}
    return _named(*people.divide(people.untitled(_dotted(part))))


def person_reversed(last: Segment, first: Segment) -> dict[str, str]:
    """Return the name of "García, Ana"."""
    return {FIRST: people.written(" ".join(first.words)), LAST: people.written(" ".join(last.words), last=True)}


def _dotted(part: Segment) -> list[str]:
    words = [_POSSESSIVE.sub("", token.raw) for token in part.tokens]
    return [_COPULA_HANGUL.sub("", word) or word for word in words[:-1]] + [_COPULA_HANGUL.sub("", words[-1]) or words[-1]]


def _named(first: str, last: str) -> dict[str, str]:
    whole_lower = f"{first} {last}".strip()
    if last and not (whole_lower == whole_lower.lower() or whole_lower == whole_lower.upper()):
        return {FIRST: first.strip(" -"), LAST: last.strip(" -")}
    return {FIRST: people.written(first)} | ({LAST: people.written(last, last=True)} if last else {})


def last_name(part: Segment, known: Collected) -> str:
    """Return the last name of a segment, without the first name when that is repeated."""
    words = people.untitled(_dotted(part))
    first = (known.firstname or "").split(" ")
    for given in (first, first[:1]):
        if given and len(words) > len(given) and [fold(word) for word in words[: len(given)]] == [fold(word) for word in given]:
            words = words[len(given) :]
            break
    name = " ".join(words)
    return people.written(name, last=True)


def marked(parts: list[Segment], text: Text, step: Step, known: Collected) -> dict[str, str]:
    """Return the facts that stand after a marker that names them."""
    facts: dict[str, str] = {}
    if (login := _login(parts, text, step)) is not None:
        facts[USERNAME] = username_of(login, text)
    has_first = any(part.marker == "first_name" and part.tokens for part in parts)
    for part in of(parts, "name"):
        if step is Step.USERNAME and any(map(is_made, part.words)):
            continue  # "pakai nama bakso.malang"
        if has_first and is_person(part, sure=True):
            facts[LAST] = last_name(part, known)  # "prénom Luc, nom Besnard"
        elif step is not Step.LASTNAME and is_person(part, sure=True) and (step is Step.FIRSTNAME or not _is_next_sentence(part)):
            facts.update(person(part))
    for part in of(parts, "first_name"):
        if is_person(part, sure=True):
            facts[FIRST] = people.written(" ".join(_dotted(part)))
    for part in of(parts, "last_name"):
        if is_person(part, sure=True):
            facts[LAST] = last_name(part, known)
    return facts


def _login(parts: list[Segment], text: Text, step: Step) -> Segment | None:
    """Return the part that holds a username which is named as one."""
    login = next((part for part in of(parts, "username") if not _is_no_username(part, text, step)), None)
    if login is None:
        return None
    made = [token for token in text.tokens if is_made(token.raw)]
    if len(login.tokens) == 1 and login.tokens[0].folded.startswith(_CHANGE) and len(made) == 1:
        return Segment("username", made)  # "el usuario cámbialo a juancho_p"
    strange = [token for token in login.tokens if not is_everyday(token)]
    alone = step in FIRST_NAMES_ASKED and len(strange) == 1
    return Segment("username", strange) if alone else login  # "mein Benutzername soll jberg sein"


def _is_next_sentence(part: Segment) -> bool:
    """Tell whether everyday words of the next clause follow what only looks like a name's introduction: "I saw your ad, sign me up"."""
    return "," in part.tokens[0].before and all(token.raw == token.raw.lower() and is_everyday(token) for token in part.tokens)


def _is_no_username(part: Segment, text: Text, step: Step) -> bool:
    """Tell whether one word after the name of the field is none: "please", or what friends say ("nickname Lek")."""
    if len(part.tokens) != 1:
        return False
    at = text.place(part.tokens[0])
    thinks = any(match.start < at < match.end for match in lexicon().control.all(text.folded) if "thinking" in match.labels)
    if thinks or part.tokens[0].folded in lexicon().stop or is_small(part.tokens[0]):
        return True  # "a username… let me see", "username please"
    if at > 1 and text.folded[at - 1] in _ARTICLES and text.folded[at - 2] in _WITHIN:
        return True  # "every user in the database"
    if step not in FIRST_NAMES_ASKED or not part.words[0].istitle():
        return False
    return any(word.startswith(_NICK) for word in text.folded[max(0, at - 2) : at])


def without(text: str, found: list[tuple[int, int, str]]) -> str:
    """Return the text with every address replaced by a separator."""
    rest, last = "", 0
    for start, end, _ in found:
        rest += text[last:start] + " ; "
        last = end
    return rest + text[last:]


def find_emails(text: str) -> list[tuple[int, int, str]]:
    """Return the addresses of a cleaned text with their places."""
    return emails.find(text)


def known_facts(known: Collected) -> Mapping[str, str | None]:
    """Return what is collected, by the names that readings use."""
    return {EMAIL: known.email, USERNAME: known.username, FIRST: known.firstname, LAST: known.lastname}


def are_around(folded: tuple[str, ...]) -> bool:
    """Tell whether words may stand around a value without changing what it is: "hi, my name is", "nice to meet you"."""
    lex, index = lexicon(), 0
    while index < len(folded):
        said = lex.control.at(folded, index)
        found = [lex.fields.at(folded, index), lex.glue.at(folded, index)]
        found += [said] if said is not None and said.labels & {"filler", "thinking", "greeting"} else []
        index = max((match.end for match in found if match is not None), default=0)
        if not index:
            return False
    return True
