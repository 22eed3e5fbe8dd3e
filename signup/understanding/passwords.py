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
from signup.understanding.text import clean, tokenize

_INTRODUCED = re.compile(
    r"(?:\b(?:password|passwort|kennwort|passcode|pwd|pw|senha|mot de passe|mdp|contrase(?:ñ|n)a|clave|parola d'ordine|şifre\w*|parola\w*|пароль|"
    r"palavra[- ]passe)\b|密码|密碼|パスワード|كلمة (?:المرور|السر)|पासवर्ड)"
    r"(?: ?(?:is|ist|es|est|é|è|e|will be|should be|would be|será|sera|:|=|是|は|هي|है|be|to))* ?[:=]? ?(\S.*)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:(?:ok(?:ay)?|sure|yes|hi|hello)[,.!]? )?(?:(?:my|the|use|mein|meine|das|mi|la|el|mon|le|minha|a minha|la mia|benim|мой|मेरा|my new|a|set)[ ]+|我的|私の)?(?:new )?"
    r"(?P<noun>password|passwort|kennwort|contraseña|contrasena|clave|mot de passe|mdp|senha|palavra[- ]passe|parola|şifrem|şifre|parolam|пароль|كلمة المرور|كلمة السر|पासवर्ड|mera password|"
    r"密码|密碼|パスワード)"
    r"(?P<verb>(?: ?[:：=]| (?:is|will be|should be|shall be|to|lautet|ist|es|est|é|è|e|будет|это|هي|هو|sera|será|sarà|:)(?= |:)|是|は|为)*) *[:：=]? ?(?P<rest>\S.{0,200})$",
    re.IGNORECASE,
)
_MASK = " ; "


def mentions(text: str) -> bool:
    """Tell whether a message could hold a password: it speaks of one, or has a word that looks like one."""
    return bool(_INTRODUCED.search(text)) or any(looks_like(word) for word in text.split())


def looks_like(word: str) -> bool:
    """Tell whether a word looks like a password: eight characters or more of at least three kinds, and no address."""
    if len(word) < 8 or re.fullmatch(r"\S+@\S+\.\S+", word):  # noqa: PLR2004 - the shortest password that is accepted
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
    value = match.group(1)
    first = value.split(" ", 1)[0]
    if looks_like(first.strip(",;.")) or (match.start(1) - match.start() > len("password ") and any(ch.isdigit() for ch in first)):
        return text[: match.start(1)] + _MASK + (value.split(" ", 1)[1] if " " in value else "")
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
    if len(given) > 2 and (given[0], given[-1]) in {('"', '"'), ("“", "”"), ("`", "`"), ("«", "»"), ("„", "“"), ("「", "」")}:  # noqa: PLR2004 - two quotes and something
        return given[1:-1]
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
    if any(ch.isdigit() for ch in cleaned) and not cleaned.endswith(("?", "？", "؟")):
        return None
    found = signals(text, fuzzy=False)
    topic = topic_of(found, Step.PASSWORD)
    asks = (found.marked and len(text.tokens) > 1) or (found.asks and len(text.tokens) > 2)  # noqa: PLR2004 - two words can be a password
    if found.marked and len(text.tokens) == 1 and topic:
        return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=0.8)
    if topic and topic[1] > 1 and asks and not (found.covered and not found.marked and not found.asks):
        return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=0.8)
    if found.covered:
        intent = control_of(found, Step.PASSWORD)
        return Reading(intent=intent) if intent else None
    return None
