"""Reading at the password step, and keeping passwords out of everything else."""

import re
import unicodedata

from signup.models import Collected, Step
from signup.understanding.answers import facts as take
from signup.understanding.answers.afterthought import afterthought
from signup.understanding.answers.emails import spoken
from signup.understanding.ideas.composing import composed, guessed
from signup.understanding.ideas.rules import UNSURE_OF
from signup.understanding.intents import Signals, control_of, signals, topic_of
from signup.understanding.parts.asides import HOW_ABOUT
from signup.understanding.parts.segments import of, segments
from signup.understanding.reading import EMAIL, PASSWORD, STEP_OF, USERNAME, Intent, Reading, Topic
from signup.understanding.words.everyday import is_everyday, is_everyday_word
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.mashing import is_laughter
from signup.understanding.words.text import Text, clean, fold, tokenize
from signup.understanding.words.wordlists import words
from signup.understanding.wrapped import SHORTEST, said_after, wrapped

_NOUNS = (
    r"password|passwort|kennwort|passcode|pwd|pw|senha|mot de passe|mdp|contraseña|contrasena|clave|parola d'ordine|şifre\w*|parola\w*|"
    r"пароль|palavra[- ]passe|wachtwoord|wagwoord|hasło|heslo|jelszó|jelszavam|lozinka|geslo|lösenord(?:et)?|"
    r"passord(?:et)?|adgangskoden?|salasanani?|parool|kata sandi|mật khẩu|nenosiri|contrasenya|парола|κωδικός"
)
_SOLID_NOUNS = r"密码|密碼|パスワード|كلمة المرور|كلمة السر|पासवर्ड|비밀번호|비번|סיסמה|رمز عبور"
_IS = (
    r"is|ist|lautet|es|est|é|è|e|will be|should be|would be|shall be|sera|será|sarà|هي|هو|है|be|to|будет|это|je|jest|blir|är|er|on|ni|là|"
    r"adalah|bude|będzie"
)
_INTRODUCED = re.compile(
    rf"(?:\b(?:{_NOUNS})\b|{_SOLID_NOUNS})(?P<verb>(?: ?(?:(?:{_IS})\b|:|：|=|是|は|는|은))*) ?(?P<value>\S.*)", re.IGNORECASE
)
_OWNER = r"(?:my|the|use|mein|meine|das|mi|la|el|mon|le|minha|a minha|la mia|benim|мой|मेरा|mera|my new|a|set) +|我的|私の"
_OWN = re.compile(
    rf"(?:(?:ok(?:ay)?|sure|yes|hi|hello)[,.!]? )?(?:{_OWNER})?(?:new )?(?P<noun>{_NOUNS}|pass|{_SOLID_NOUNS})"
    rf"(?P<verb>(?: ?[:：=]| (?:{_IS})(?= |:)|是|は|为)*) *[:：=]? ?(?P<rest>\S.{{0,200}})$",
    re.IGNORECASE,
)
_INTRODUCING = 8
_SENTENCE = 3
_SHORTEST_BESIDE = 6
_SAID = frozenset(
    {Intent.LATER, Intent.START_OVER, Intent.CANCEL, Intent.QUESTION, Intent.SUMMARY, Intent.THINKING, Intent.GO_BACK, Intent.REFUSAL}
)
_ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.GREETING, None})
_COMMANDS = frozenset({Intent.CANCEL, Intent.GO_BACK, Intent.START_OVER, Intent.LATER, Intent.THINKING, Intent.REFUSAL, Intent.SUMMARY})
_DICTATED = re.compile(
    r"\b(?:all (?:in )?one word|(?:no|without) spaces?|(?:capital|uppercase|big|großes|majuscule|mayúscula|maiúscula|maiuscola) [a-z]\b|"
    r"alles zusammen|en un seul mot|todo junto|tutto attaccato)",
    re.IGNORECASE,
)
"""How a password is dictated: "capital S sunshine 2024 all one word"."""
_CLAUSE = re.compile(r"[,.;!…]+ ")
_PAIRS = frozenset({'""', "“”", "``", "«»", "„“", "「」", "''", "‘’"})
_SMALL = words("around_passwords")
_OR = words("or")
_OF_SENTENCES = words("of_sentences")
_SOLID = "\u2e80"
"""Where the scripts begin that have no capital letters, as the rules want one."""
_MASK = " ; "
_SIGNS = frozenset("!#$%^&*=+?~")
_CLOSING = frozenset(".,;!?")


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


def _is_bare(text: str) -> bool:
    """Tell whether a single word can only be a password: capital and small letters, digits and signs that no other answer has."""
    word = text[:-1] if text[-1:] in _CLOSING else text
    mixed = looks_like(word) and word != word.lower() and word != word.upper() and any(ch.isdigit() for ch in word)
    return mixed and " " not in text and "@" not in text[1:] and any(ch in _SIGNS for ch in word)


def redacted(text: str) -> str:
    """Return the text without what follows "my password is", or without anything if it is one: at other steps none is ever looked at."""
    if _is_bare(text):
        return _MASK
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
    if not cleaned or is_laughter(cleaned):
        return Reading(intent=Intent.UNCLEAR, confidence=0.2)
    other = _other(cleaned, wrapped(given), known)
    if other is None and _DICTATED.search(cleaned) and " " in _bare(given).strip():
        return Reading(intent=Intent.UNCLEAR, confidence=0.2)  # nobody could type it again
    return other or Reading(intent=Intent.PROVIDE, facts=_besides(given, known) | {PASSWORD: _bare(given)})


def is_without_one(message: str, found: Reading) -> bool:
    """Tell whether what was taken for a password is several words without capital or number: the rules refuse it, so it is rather talk."""
    taken = found.intent is Intent.PROVIDE or (found.intent is Intent.QUESTION and found.confidence <= UNSURE_OF)
    cleaned = clean(message)
    if (
        not taken
        or (HOW_ABOUT.match(cleaned) and guessed(tokenize(cleaned).folded, Step.PASSWORD, asks=True) is None)
        or (any(ch.isdigit() for ch in cleaned) and not _has_numbers_only(cleaned))
    ):
        return False
    match = _OWN.match(cleaned)
    named = match is not None and match["verb"] and " " not in match["rest"] and match["rest"][0] < _SOLID
    return len(tokenize(cleaned).tokens) > 1 and not named and not _is_phrase(cleaned)


def _has_numbers_only(cleaned: str) -> bool:
    """Tell whether a message without a capital has digits in plain numbers alone: "why not 12345"."""
    return cleaned == cleaned.lower() and all(word.isdecimal() for word in tokenize(cleaned).folded if any(ch.isdigit() for ch in word))


def _is_phrase(cleaned: str) -> bool:
    """Tell whether words are rather a passphrase ("correct horse battery staple"): sentences have small words among them."""
    words = tokenize(cleaned).tokens
    plain = cleaned.isascii() and cleaned.replace(" ", "").isalpha()
    return plain and _OF_SENTENCES.isdisjoint(token.folded for token in words) and all(is_everyday(token) for token in words[:-1])


def is_sentence(text: str) -> bool:
    """Tell whether small words or marks make a sentence of a message that says nothing known."""
    return not _OF_SENTENCES.isdisjoint(tokenize(text).folded) or any(mark in text for mark in ",.!?…") or not text.isascii()


def _besides(given: str, known: Collected) -> dict[str, str]:
    """Return other facts that are given behind a password: "Blue7Tram!, and my name is Esther"."""
    text = tokenize(said_after(given))
    parts = segments(text, Step.PASSWORD) if text.tokens else []
    named = [part for part in parts if part.marker != "username" and all(word[0].isupper() for word in part.words)]
    facts = take.marked(named, text, Step.PASSWORD, known)
    for part in of(named, "iam"):
        if len(part.tokens) <= _SENTENCE and take.is_person(part, sure=False):
            facts = take.person(part) | facts
    return facts


def _bare(given: str) -> str:
    """Return the password itself of "my password is X", "пароль X1", of a quoted one, and of one with words around it."""
    whole, given = given, given.strip()
    match = _OWN.match(given)
    if match and (match["verb"] or _is_beside_noun(match["noun"], match["rest"])):
        given = match["rest"].strip()
        if match["noun"] == "パスワード":
            given = given.removesuffix("。").removesuffix("です").rstrip()
    if len(given) > 2 and given[0] + given[-1] in _PAIRS:  # noqa: PLR2004 - two quotes and something
        return given[1:-1]
    found = wrapped(given) or _embedded(given)
    return whole if found == whole.strip() else found


def _is_beside_noun(noun: str, rest: str) -> bool:
    """Tell whether "password Zebra99" names a password; a script without spaces does not tell where the noun ends."""
    return noun[0] < _SOLID and " " not in rest and any(ch.isdigit() for ch in rest) and len(rest) >= _SHORTEST_BESIDE


def _embedded(given: str) -> str:
    """Return the one word with digits among words that only introduce it, though the rules refuse it: "use abcdefg1 please"."""
    words = given.split(" ")
    likely = [word for word in words if len(word) >= SHORTEST and any(ch.isdigit() for ch in word) and any(ch.isalpha() for ch in word)]
    if len(likely) != 1 or len(words) <= 1 or len(words) > _INTRODUCING:  # something besides it
        return given
    lex = lexicon()
    small = [fold(word.strip(".,;:!?")) for word in words if word is not likely[0]]
    if all(word in _SMALL or lex.glue.at((word,), 0) or lex.fields.at((word,), 0) for word in small):
        return likely[0].rstrip(",")
    return given


def _other(cleaned: str, inside: str | None, known: Collected) -> Reading | None:
    """Return what a message is that is no password, or None where it is one; `inside` is a password that is surely in it."""
    text = tokenize(cleaned)
    has_digit = any(ch.isdigit() for ch in cleaned)
    if has_digit and " " not in cleaned and cleaned.isascii() and len(cleaned) >= SHORTEST and not cleaned.isdecimal():
        return None  # one word with digits, whatever words its letters make: "Why!Not99always?"
    may_be = _may_be_one(cleaned, text)
    if HOW_ABOUT.match(cleaned) and len(text.tokens) <= _SENTENCE and guessed(text.folded, Step.PASSWORD, asks=True) is None:
        return None
    strange = sum(not is_everyday(token) for token in text.tokens)
    ordinary = len(text.tokens) > 1 and not may_be and strange <= (len(text.tokens) // _SENTENCE if len(text.tokens) > _SENTENCE else 0)
    correction = _correction(cleaned, text, known, ordinary=ordinary) or afterthought(text, known)
    if correction is not None or inside is not None or (may_be and not cleaned.endswith(("?", "？", "؟"))):
        return correction
    found = signals(text, fuzzy=False)
    if (meant := _composed(text, found, may_be=may_be, ordinary=ordinary)) is not None:
        return meant
    same = found.span(("same",))
    if (
        same
        and (found.unknown == 0 or same > 1)
        and not may_be
        and not found.asks
        and not found.topics
        and not found.span(("wait", "thinking"))
    ):
        return Reading(intent=Intent.UNCLEAR)  # "the usual one": which that is nobody here knows
    return _by_phrases(text, found, may_be=may_be, ordinary=ordinary) or (_commanded(cleaned) if ordinary else None)


def _commanded(cleaned: str) -> Reading | None:
    """Read a command that is a whole clause of what is said: "stop everything please, I don't continue", "enough, goodbye"."""
    clauses = [clause for clause in _CLAUSE.split(cleaned) if clause]
    for clause in clauses if len(clauses) > 1 else ():
        found = signals(tokenize(clause), fuzzy=False)
        intent = control_of(found, Step.PASSWORD) if found.covered else None
        if intent is not None and intent in _COMMANDS:
            return Reading(intent=intent, confidence=0.8)
    return None


def _may_be_one(cleaned: str, text: Text) -> bool:
    """Tell whether a message as a whole could be a password: it has what the rules ask for, and is not written like a sentence."""
    digits = [token.raw for token in text.tokens if any(ch.isdigit() for ch in token.raw)]
    if not digits or len(cleaned) < SHORTEST or " " not in cleaned:
        return bool(digits)
    numbers = all(word.isdecimal() for word in digits)
    capitals = [token for token in text.tokens[1:] if token.raw[0].isupper() and token.raw != "I"]
    talk = all(is_everyday(token) for token in text.tokens if token.raw not in digits)
    return cleaned != cleaned.lower() and not (numbers and talk and not capitals)


def _composed(text: Text, found: Signals, *, may_be: bool, ordinary: bool) -> Reading | None:
    """Return what the ideas in a question mean; a passphrase of ordinary words asks nothing."""
    if may_be or len(text.tokens) < _SENTENCE or not (found.marked or ordinary or not text.clean.isascii()):
        return None
    meant = composed(text.folded, Step.PASSWORD, asks=found.marked or found.asks)
    return meant if meant is not None and meant.intent in _SAID else None


def _by_phrases(text: Text, found: Signals, *, may_be: bool, ordinary: bool) -> Reading | None:
    topic = topic_of(found, Step.PASSWORD)
    if topic is not None and _asks(text.clean, found, topic[1], len(text.tokens), ordinary=ordinary):
        return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=0.8)
    waits = found.span(("wait",)) if _is_clause(text, found) else 0
    known = found.covered or (ordinary and (waits or found.span() > 1 or found.span(("wait",)) > 1))
    if known and found.marked and found.asks and len(text.tokens) >= _SENTENCE and control_of(found, Step.PASSWORD) in _ANSWERS:
        return Reading(intent=Intent.QUESTION, topic=Topic.PASSWORD_RULES, confidence=0.5)  # "is ñ ok in it?"
    intent = (control_of(found, Step.PASSWORD) or (Intent.THINKING if waits else None)) if known else None
    if intent is not None and (found.covered or intent is not Intent.YES):
        return Reading(intent=intent)
    if ordinary and len(text.tokens) >= _SENTENCE and found.matches[:1] and _hesitates(found):
        return Reading(intent=Intent.THINKING, confidence=0.5)
    if not may_be and (len(text.tokens) >= _SENTENCE or ordinary) and (text.clean.endswith(("?", "？", "؟")) or (ordinary and found.asks)):
        return Reading(intent=Intent.QUESTION, topic=topic[0] if topic else Topic.PASSWORD_RULES, confidence=0.5)
    return None


def _hesitates(found: Signals) -> bool:
    """Tell whether a message begins with a sound of hesitation: "hmm something with my cat"."""
    return found.matches[0].start == 0 and found.matches[0].labels == {"thinking"} and not found.asks


def _is_clause(text: Text, found: Signals) -> bool:
    """Tell whether a word that asks for patience begins a clause, or is one: "wait, my son does this for me"."""
    return any(
        match.start == 0 or any(mark in text.tokens[match.start].before for mark in ",.;!…-")
        for match in found.matches
        if "wait" in match.labels
    )


def _correction(cleaned: str, text: Text, known: Collected, *, ordinary: bool) -> Reading | None:
    joined = spoken(cleaned)
    addresses = take.find_emails(joined)
    rest = tokenize(take.without(joined, addresses))
    parts = segments(rest, Step.PASSWORD)
    fields = [part.marker for part in parts if part.marker in STEP_OF and part.marker != PASSWORD]
    renews = bool(addresses) and "email" in fields and take.email_of(joined, addresses, known.email).lower() != (known.email or "").lower()
    fixes = renews or any(True for _ in lexicon().fix.all(text.folded))
    offers = text.clean.endswith(("?", "？")) and lexicon().ask.at(text.folded, 0) is not None and not _OR.isdisjoint(text.folded)
    if not fields or not fixes or offers or not (ordinary or len(text.tokens) >= _SENTENCE):
        return None
    facts = take.marked(parts, rest, Step.PASSWORD, known)
    if is_everyday_word(fold(facts.get(USERNAME, ""))):
        del facts[USERNAME]  # "I don't like my nick anymore"
    if not facts and signals(text, fuzzy=False).span(("go_back",)) > 1:
        return None
    made = [token.raw for token in rest.tokens if token.raw.isascii() and take.is_made(token.raw) and not token.raw.isdecimal()]
    if not facts and set(fields) == {USERNAME} and len(made) == 1:
        facts[USERNAME] = made[0]  # "логин неправильный, должен быть ivan_d5"
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
