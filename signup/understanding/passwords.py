"""Reading at the password step, and keeping passwords out of everything else."""

import re
import unicodedata

from signup.models import Collected, Step
from signup.understanding import facts as take
from signup.understanding.composing import composed
from signup.understanding.emails import spoken
from signup.understanding.everyday import is_everyday
from signup.understanding.intents import Signals, control_of, signals, topic_of
from signup.understanding.lexicon import lexicon
from signup.understanding.reading import EMAIL, PASSWORD, STEP_OF, Intent, Reading, Topic
from signup.understanding.segments import segments
from signup.understanding.text import Text, clean, fold, tokenize
from signup.understanding.wordlists import words

_NOUNS = (
    r"password|passwort|kennwort|passcode|pwd|pw|senha|mot de passe|mdp|contraseña|contrasena|clave|parola d'ordine|şifre\w*|parola\w*|"
    r"пароль|palavra[- ]passe"
)
_SOLID_NOUNS = r"密码|密碼|パスワード|كلمة المرور|كلمة السر|पासवर्ड"
_IS = r"is|ist|lautet|es|est|é|è|e|will be|should be|would be|shall be|sera|será|sarà|هي|هو|है|be|to|будет|это"
_INTRODUCED = re.compile(
    rf"(?:\b(?:{_NOUNS})\b|{_SOLID_NOUNS})(?P<verb>(?: ?(?:(?:{_IS})\b|:|：|=|是|は))*) ?(?P<value>\S.*)", re.IGNORECASE
)
_OWNER = r"(?:my|the|use|mein|meine|das|mi|la|el|mon|le|minha|a minha|la mia|benim|мой|मेरा|mera|my new|a|set) +|我的|私の"
_OWN = re.compile(
    rf"(?:(?:ok(?:ay)?|sure|yes|hi|hello)[,.!]? )?(?:{_OWNER})?(?:new )?(?P<noun>{_NOUNS}|pass|{_SOLID_NOUNS})"
    rf"(?P<verb>(?: ?[:：=]| (?:{_IS})(?= |:)|是|は|为)*) *[:：=]? ?(?P<rest>\S.{{0,200}})$",
    re.IGNORECASE,
)
SHORTEST = 8  # shorter than any password that is accepted
_INTRODUCING = 8
_SENTENCE = 3
_SHORTEST_BESIDE = 6
_SAID = frozenset({Intent.QUESTION, Intent.SUMMARY, Intent.THINKING, Intent.GO_BACK, Intent.REFUSAL})
_PAIRS = frozenset({'""', "“”", "``", "«»", "„“", "「」", "''", "‘’"})
_SMALL = words("around_passwords")
_MASK = " ; "
_LAUGHTER = re.compile(r"(?:(?:ha|he|hi|ja|je|ah|xa){2,}h?|(?:lo)+l|rofl|lmao)[ .!]*", re.IGNORECASE)
_ASKING = re.compile(
    r"^(\S{8,128}) ((?:pls|plz|please|thanks|thx|thank you|dont|don['’]t|lol|haha|bitte|danke|merci|gracias|por favor|grazie)\b.{0,80})$",
    re.IGNORECASE,
)
_REMARK = re.compile(r"^(.{8,128}?\S*?)(?:[,;.] | [-–—] | ?\()([^\W\d_].{3,200}?)\)?$")
_TALK = words("talks_on")


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
    given = unicodedata.normalize("NFC", message).strip("\r\n\t")
    cleaned = clean(message)
    if not cleaned or _LAUGHTER.fullmatch(cleaned):
        return Reading(intent=Intent.UNCLEAR, confidence=0.2)
    return _other(cleaned, known) or Reading(intent=Intent.PROVIDE, facts={PASSWORD: _bare(given)})


def _bare(given: str) -> str:
    """Return the password itself of "my password is X", "пароль X1" and of a quoted one."""
    whole, given = given, _without_remark(given.strip())
    match = _OWN.match(given)
    if match and (match["verb"] or _is_beside_noun(match["noun"], match["rest"])):
        given = match["rest"].strip()
        if match["noun"] == "パスワード":
            given = given.removesuffix("。").removesuffix("です")
    if len(given) > 2 and given[0] + given[-1] in _PAIRS:  # noqa: PLR2004 - two quotes and something
        return given[1:-1]
    found = _embedded(given)
    return whole if found == whole.strip() else found


def _without_remark(given: str) -> str:
    """Cut what is said about a password off: "let's do Abcdefg1, I can remember that"."""
    found = _ASKING.match(given) or _REMARK.match(given)
    if found is None or any(ch.isdigit() for ch in found.group(2)) or not _is_allowed(_embedded(found.group(1))):
        return given
    tokens = [token for token in tokenize(found.group(2)).tokens if token.raw[0].isalnum()]
    is_talk = len(tokens) > 1 and tokens[0].folded in _TALK and all(is_everyday(token) for token in tokens)
    return found.group(1) if is_talk else given


def _is_allowed(word: str) -> bool:
    """Tell whether one word has what the rules ask for."""
    return " " not in word and len(word) >= SHORTEST and word != word.lower() and word != word.upper() and any(ch.isdigit() for ch in word)


def _is_beside_noun(noun: str, rest: str) -> bool:
    """Tell whether "password Zebra99" names a password; a script without spaces does not tell where the noun ends."""
    return noun[0] < "\u2e80" and " " not in rest and any(ch.isdigit() for ch in rest) and len(rest) >= _SHORTEST_BESIDE


def _embedded(given: str) -> str:
    """Return the one word that looks like a password among words that only introduce it: "use Abcdefg1 please"."""
    lead, colon, value = given.partition(": ")
    if colon and _is_allowed(value) and all(is_everyday(token) for token in tokenize(lead).tokens):
        return value  # "I just made one: Abcdefg1"
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
    """Return what a message is that is no password, or None where it is one."""
    text = tokenize(cleaned)
    has_digit = any(ch.isdigit() for ch in cleaned)
    if has_digit and " " not in cleaned and cleaned.isascii() and len(cleaned) >= SHORTEST and not cleaned.isdecimal():
        return None  # one word with digits, whatever words its letters make: "Why!Not99always?"
    strange = sum(not is_everyday(token) for token in text.tokens)
    ordinary = len(text.tokens) > 1 and not has_digit and strange <= (len(text.tokens) // _SENTENCE if len(text.tokens) > _SENTENCE else 0)
    correction = _correction(cleaned, text, known, ordinary=ordinary)
    if correction is not None or (has_digit and not cleaned.endswith(("?", "？", "؟"))):
        return correction
    found = signals(text, fuzzy=False)
    if (meant := _composed(text, found, has_digit=has_digit, ordinary=ordinary)) is not None:
        return meant
    return _by_phrases(cleaned, text, found, has_digit=has_digit, ordinary=ordinary)


def _composed(text: Text, found: Signals, *, has_digit: bool, ordinary: bool) -> Reading | None:
    """Return what the ideas in a question mean; a passphrase of ordinary words asks nothing."""
    if has_digit or len(text.tokens) < _SENTENCE or not (found.marked or ordinary):
        return None
    meant = composed(text.folded, Step.PASSWORD, asks=found.marked or found.asks)
    return meant if meant is not None and meant.intent in _SAID else None


def _by_phrases(cleaned: str, text: Text, found: Signals, *, has_digit: bool, ordinary: bool) -> Reading | None:
    topic = topic_of(found, Step.PASSWORD)
    if topic is not None and _asks(cleaned, found, topic[1], len(text.tokens), ordinary=ordinary):
        return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=0.8)
    intent = control_of(found, Step.PASSWORD) if found.covered or (ordinary and max(found.span(), found.span(("wait",))) > 1) else None
    if intent is not None:
        return Reading(intent=intent)
    if not has_digit and len(text.tokens) >= _SENTENCE and (cleaned.endswith(("?", "？", "؟")) or (ordinary and found.asks)):
        return Reading(intent=Intent.QUESTION, topic=topic[0] if topic else Topic.PASSWORD_RULES, confidence=0.5)
    return None


def _correction(cleaned: str, text: Text, known: Collected, *, ordinary: bool) -> Reading | None:
    joined = spoken(cleaned)
    addresses = take.find_emails(joined)
    rest = tokenize(take.without(joined, addresses))
    parts = segments(rest, Step.PASSWORD)
    fields = [part.marker for part in parts if part.marker in STEP_OF and part.marker != PASSWORD]
    fixes = any(True for _ in lexicon().fix.all(text.folded))
    if not fields or not fixes or not (ordinary or len(text.tokens) >= _SENTENCE):
        return None
    facts = take.marked(parts, rest, Step.PASSWORD, known)
    if addresses:
        facts[EMAIL] = take.email_of(joined, addresses, known.email)
    return Reading(intent=Intent.CORRECTION, field=STEP_OF[fields[0]], facts=facts, confidence=0.8)


def _asks(cleaned: str, found: Signals, weight: int, count: int, *, ordinary: bool) -> bool:
    """Tell whether a message with a known topic is a question and not a passphrase."""
    if len(cleaned) < SHORTEST and weight // 2 >= count:
        return True
    if found.marked:
        return count == 1 or weight > 1
    if weight > 1 and found.asks and count >= _SENTENCE:
        return True
    return ordinary and weight // 2 > max(1, found.span())
