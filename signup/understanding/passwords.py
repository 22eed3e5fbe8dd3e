"""Reading at the password step, and keeping passwords out of everything else."""

import re
import unicodedata

from signup.models import Collected, Step
from signup.understanding import facts as take
from signup.understanding.emails import spoken
from signup.understanding.intents import control_of, signals, topic_of
from signup.understanding.lexicon import lexicon
from signup.understanding.reading import EMAIL, PASSWORD, STEP_OF, Intent, Reading
from signup.understanding.segments import segments
from signup.understanding.text import clean, fold, tokenize

_INTRODUCED = re.compile(
    r"(?:\b(?:password|passwort|kennwort|passcode|pwd|pw|senha|mot de passe|mdp|contrase(?:ñ|n)a|clave|parola d'ordine|şifre\w*|parola\w*|пароль|"
    r"palavra[- ]passe)\b|密码|密碼|パスワード|كلمة (?:المرور|السر)|पासवर्ड)"
    r"(?P<verb>(?: ?(?:(?:is|ist|es|est|é|è|e|will be|should be|would be|será|sera|هي|है|be|to|lautet|будет)\b|:|：|=|是|は))*) ?(?P<value>\S.*)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:(?:ok(?:ay)?|sure|yes|hi|hello)[,.!]? )?(?:(?:my|the|use|mein|meine|das|mi|la|el|mon|le|minha|a minha|la mia|benim|мой|मेरा|my new|a|set)[ ]+|我的|私の)?(?:new )?"
    r"(?P<noun>password|passwort|kennwort|contraseña|contrasena|clave|pass|pwd|pw|mot de passe|mdp|senha|palavra[- ]passe|parola|şifrem|şifre|parolam|пароль|كلمة المرور|كلمة السر|पासवर्ड|mera password|"
    r"密码|密碼|パスワード)"
    r"(?P<verb>(?: ?[:：=]| (?:is|will be|should be|shall be|to|lautet|ist|es|est|é|è|e|будет|это|هي|هو|sera|será|sarà|:)(?= |:)|是|は|为)*) *[:：=]? ?(?P<rest>\S.{0,200})$",
    re.IGNORECASE,
)
SHORTEST = 8  # shorter than any password that is accepted
_INTRODUCING = 8
_SMALL = frozenset("i id want would like as my the use take set it to please lets go with make have this one".split())
_MASK = " ; "


def mentions(text: str) -> bool:
    """Tell whether a message could hold a password: it speaks of one, or has a word that looks like one."""
    return bool(_INTRODUCED.search(text)) or any(looks_like(word) for word in text.split())


def looks_like(word: str) -> bool:
    """Tell whether a word looks like a password: eight characters or more of at least three kinds, and no address."""
    if len(word) < SHORTEST or re.fullmatch(r"\S+@\S+\.\S+", word):
        return False
    kinds = (
        any(ch.islower() for ch in word),
        any(ch.isupper() for ch in word),
        any(ch.isdigit() for ch in word),
        any(not ch.isalnum() for ch in word[:-1]),
    )
    return sum(kinds) >= 3  # noqa: PLR2004 - as described


def redacted(text: str) -> str:
    """Return the text without what follows "my password is": at other steps a password is never looked at."""
    match = _INTRODUCED.search(text)
    if match is None:
        return text
    first, _, rest = match["value"].partition(" ")
    ordinary = fold(first.strip(".,;:!?")) in lexicon().vocabulary
    if looks_like(first.strip(",;.")) or (match["verb"] and not ordinary) or (not ordinary and any(ch.isdigit() for ch in first)):
        return text[: match.start("value")] + _MASK + rest
    return text


def read(message: str, known: Collected) -> Reading:
    """Read an answer to "which password?": everything is one, unless it is clearly a question, a command or a correction."""
    given = unicodedata.normalize("NFC", message).strip()
    cleaned = clean(message)
    if not cleaned:
        return Reading(intent=Intent.UNCLEAR, confidence=0.2)
    return _other(cleaned, known) or Reading(intent=Intent.PROVIDE, facts={PASSWORD: _bare(given)})


def _bare(given: str) -> str:
    """Return the password itself of "my password is X", "пароль X1" and of a quoted one."""
    match = _OWN.match(given)
    if match and (
        match["verb"]
        or (
            match["noun"].isalpha()
            and match["noun"][0] < "\u2e80"
            and " " not in match["rest"]
            and any(ch.isdigit() for ch in match["rest"])
            and len(match["rest"]) > 5
        )
    ):  # noqa: PLR2004 - shorter is rather the second word of a phrase
        given = match["rest"].strip()
    if len(given) > 2 and (given[0], given[-1]) in {
        ('"', '"'),
        ("“", "”"),
        ("`", "`"),
        ("«", "»"),
        ("„", "“"),
        ("「", "」"),
        ("'", "'"),
        ("‘", "’"),
    }:  # noqa: PLR2004 - two quotes and something
        return given[1:-1]
    return _embedded(given)


def _embedded(given: str) -> str:
    """Return the one word that looks like a password among words that only introduce it: "use Abcdefg1 please"."""
    words = given.split(" ")
    likely = [word for word in words if len(word) >= SHORTEST and any(ch.isdigit() for ch in word) and any(ch.isalpha() for ch in word)]
    if len(likely) != 1 or len(words) < 2 or len(words) > _INTRODUCING:  # noqa: PLR2004 - something besides it
        return given
    lex = lexicon()
    small = [fold(word.strip(".,;:!?")) for word in words if word is not likely[0]]
    if all(word in _SMALL or lex.glue.at((word,), 0) or lex.fields.at((word,), 0) for word in small):
        return likely[0].rstrip(",")
    return given


def _other(cleaned: str, known: Collected) -> Reading | None:
    text = tokenize(cleaned)
    joined = spoken(cleaned)
    addresses = take.find_emails(joined)
    parts = segments(tokenize(take.without(joined, addresses)), Step.PASSWORD)
    fields = [part.marker for part in parts if part.marker in STEP_OF and part.marker != PASSWORD]
    fixes = any(True for _ in lexicon().fix.all(text.folded))
    if fields and fixes and len(text.tokens) > 2:  # noqa: PLR2004 - a command is a sentence
        facts = take.marked(parts, tokenize(take.without(joined, addresses)), Step.PASSWORD, known)
        if addresses:
            facts[EMAIL] = take.email_of(joined, addresses, known.email)
        return Reading(intent=Intent.CORRECTION, field=STEP_OF[fields[0]], facts=facts, confidence=0.8)
    spoken_only = (
        len(text.tokens) > 1 and not any(ch.isdigit() for ch in cleaned) and all(word in lexicon().vocabulary for word in text.folded)
    )
    if fields and fixes and spoken_only:
        return Reading(intent=Intent.CORRECTION, field=STEP_OF[fields[0]], confidence=0.8)
    if any(ch.isdigit() for ch in cleaned) and not cleaned.endswith(("?", "？", "؟")):
        return None
    found = signals(text, fuzzy=False)
    topic = topic_of(found, Step.PASSWORD)
    asks = (found.marked and len(text.tokens) > 1) or (found.asks and len(text.tokens) > 2)  # noqa: PLR2004 - two words can be a password
    if topic and len(cleaned) < SHORTEST and topic[1] // 2 >= len(text.tokens):
        return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=0.8)
    if found.marked and len(text.tokens) == 1 and topic:
        return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=0.8)
    if topic and topic[1] > 1 and asks and not (found.covered and not found.marked and not found.asks):
        return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=0.8)
    if spoken_only and topic and topic[1] // 2 > max(1, found.span()):
        return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=0.8)
    if found.covered or (spoken_only and found.span() > 1):
        intent = control_of(found, Step.PASSWORD)
        return Reading(intent=intent) if intent else None
    return None
