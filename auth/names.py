"""E-mail addresses, usernames, people's names, languages and preferences: what is accepted, and how two are compared."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.errors import FieldProblem

MAX_EMAIL = 254
_SHORTEST_TOP_DOMAIN = 2  # one letter is an address that was cut off
USERNAME = re.compile(r"[A-Za-z0-9._-]{3,30}")
MAX_NAME = 50
MAX_FULL_NAME = 255
MAX_PREFERENCES_BYTES = 8192
MAX_PREFERENCES_DEPTH = 5
MAX_PREFERENCES_KEY = 64
_LONGEST_TAG = 35  # RFC 5646, section 4.4.1
_NAME_MARKS = frozenset(" '’-.")
_FULL_NAME_MARKS = _NAME_MARKS | frozenset(",()")
_CONFUSABLE_ALPHABETS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})

RESERVED = frozenset(
    {
        "about", "abuse", "account", "accounts", "admin", "administrator", "anonymous", "api", "app", "assistant", "auth", "billing",
        "bot", "cefr", "chat", "contact", "daemon", "deleted", "docs", "examiner", "everyone", "guest", "help", "history", "home",
        "host", "hostmaster", "info", "login", "logout", "mail", "me", "moderator", "nobody", "noreply", "no-reply", "no_reply",
        "null", "official", "operator", "owner", "postmaster", "practice", "privacy", "profile", "register", "root", "security",
        "self", "settings", "signin", "sign-in", "signup", "sign-up", "staff", "static", "status", "superuser", "support", "sysadmin",
        "system", "teacher", "test-admin", "undefined", "user", "users", "viva", "webmaster", "www",
    }
)  # fmt: skip
"""Usernames that would let somebody pose as the site itself, or that mean something in an address."""


@dataclass(frozen=True, slots=True)
class Email:
    """An address as given, and the key by which two are the same."""

    address: str
    key: str


def parse_email(text: str) -> Email | FieldProblem:
    """Check the format (never asking DNS) and return the address with its key, or what is wrong with it.

    The key is the NFC local part and the ASCII form of the domain, case-folded, so that neither letter case nor a differently
    composed accent makes a second account. Local parts that mix look-alike alphabets are refused.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - 25 ms that a start need not pay

    given = text.strip()
    if not given:
        return FieldProblem("email", "Please enter your email address.", "EMAIL_MISSING")
    bad = FieldProblem("email", "Please enter a valid email address, like name@example.com.", "EMAIL_INVALID")
    if len(given) > MAX_EMAIL or not _printable(given):
        return bad
    try:
        found = validate_email(given, check_deliverability=False, strict=True)
    except EmailNotValidError:
        return bad
    if len(found.ascii_domain.rpartition(".")[2]) < _SHORTEST_TOP_DOMAIN:
        return bad
    local = unicodedata.normalize("NFC", found.local_part)
    if _mixes_alphabets(local) or unicodedata.normalize("NFKC", local) != local:
        return FieldProblem("email", "This address uses characters that look like others. Please check it.", "EMAIL_INVALID")
    domain = given.rpartition("@")[2]
    return Email(f"{local}@{domain if domain.isascii() else found.domain}", _fold(f"{local}@{found.ascii_domain}"))


def email_key(text: str) -> str:
    """Return the key of an address, or an empty string (which no account has) if it is not an address."""
    found = parse_email(text)
    return found.key if isinstance(found, Email) else ""


def same_mailbox(one: str, other: str) -> bool:
    """Tell whether a letter to one address of an account or invite reaches the other too, wherever letter case does not count.

    A key is coarser: `straße@…` and `strasse@…` share one, so that neither can pose as the other, but they are two mailboxes (RFC 6530
    leaves the local part to its host; RFC 8265 lowers letters, which keeps "ß", where folding makes it "ss").
    """
    return email_key(one) == email_key(other) and _lowered(one) == _lowered(other)


def username_key(text: str) -> str:
    """Return the key of a username, or an empty string (which no account has) if it cannot be one."""
    given = text.strip()
    return given.casefold() if USERNAME.fullmatch(given) else ""


def username_problem(text: str) -> FieldProblem | None:
    """Return what is wrong with a wanted username, or None. Whether it is free only the store knows."""
    if not USERNAME.fullmatch(text):
        return FieldProblem("username", "Username must have 3 to 30 letters, digits, dots, dashes or underscores.", "USERNAME_INVALID")
    if text.casefold() in RESERVED:
        return FieldProblem("username", "This username is reserved. Please choose another.", "USERNAME_RESERVED")
    return None


def username_candidates(base: str) -> Iterator[str]:
    """Yield usernames like `base` (an e-mail's local part, a name), valid and not reserved: the plain one, then numbered ones.

    Other scripts are written in Latin letters.
    """
    from anyascii import anyascii  # noqa: PLC0415 - its tables are read for a suggestion only

    stem = re.sub(r"[^A-Za-z0-9._-]+", "", anyascii(base.partition("+")[0])).strip("._-")[:24].lower() or "learner"
    if username_problem(stem) is None:
        yield stem
    number = 1
    while True:
        number += 1
        candidate = f"{stem}{number}"
        if username_problem(candidate) is None:
            yield candidate


def name_problem(field: str, text: str, *, label: str, longest: int = MAX_NAME) -> FieldProblem | None:
    """Return what is wrong with a first or last name (letters of any script with marks, spaces and '’-.), or None."""
    if not text:
        return FieldProblem(field, f"{label} must not be empty.", "NAME_MISSING")
    if len(text) > longest:
        return FieldProblem(field, f"{label} must have at most {longest} characters.", "NAME_TOO_LONG")
    if not all(ch in _NAME_MARKS or unicodedata.category(ch)[0] in "LM" for ch in text) or not _has_letter(text):
        return FieldProblem(field, f"{label} may have letters, spaces, apostrophes, dots and hyphens only.", "NAME_INVALID")
    return None


def full_name_problem(field: str, text: str, *, needed: bool = False) -> FieldProblem | None:
    """Return what is wrong with a full name (as a first name, but up to 255 characters, digits and brackets too), or None.

    An empty one is wrong only where it is `needed`.
    """
    if not text:
        return FieldProblem(field, "Please tell us your name. A first name is enough.", "NAME_MISSING") if needed else None
    if len(text) > MAX_FULL_NAME:
        return FieldProblem(field, f"Name must have at most {MAX_FULL_NAME} characters.", "NAME_TOO_LONG")
    if not all(ch in _FULL_NAME_MARKS or unicodedata.category(ch)[0] in "LMN" for ch in text) or not _has_letter(text):
        return FieldProblem(field, "Name must be made of letters; it may also have spaces, apostrophes, dots and hyphens.", "NAME_INVALID")
    return None


def clean_name(text: str) -> str:
    """Return the NFC form without spaces at the ends and with single spaces inside."""
    return re.sub(" +", " ", unicodedata.normalize("NFC", text)).strip()


def parse_language(field: str, tag: str) -> str | FieldProblem:
    """Return a BCP-47 tag in its standard form (`en_us` becomes `en-US`), or what is wrong with it."""
    from langcodes import standardize_tag, tag_is_valid  # noqa: PLC0415 - 25 ms that a start need not pay

    bad = FieldProblem(field, "Please give a language as a tag like en, fr or pt-BR.", "LANGUAGE_INVALID")
    given = tag.strip()
    if not given or len(given) > _LONGEST_TAG or not given.isascii():
        return bad
    try:
        return standardize_tag(given) if tag_is_valid(given) else bad
    except ValueError:
        return bad


def merge_preferences(old: Mapping[str, object], patch: object) -> Mapping[str, object] | FieldProblem:
    """Return `old` with `patch` merged in (RFC 7396: objects merge, null removes), or what is wrong with the patch or the sum."""
    if not isinstance(patch, Mapping):
        return FieldProblem("preferences", "Preferences must be an object.", "PREFERENCES_INVALID")
    if not _sane(patch, MAX_PREFERENCES_DEPTH):
        return FieldProblem("preferences", "Preferences hold a key or value that cannot be stored.", "PREFERENCES_INVALID")
    merged = _merge(old, patch)
    if len(json.dumps(merged, ensure_ascii=False).encode("utf-8", "surrogatepass")) > MAX_PREFERENCES_BYTES:
        return FieldProblem("preferences", "Preferences must be smaller than 8 KB.", "PREFERENCES_TOO_LARGE")
    return merged


def _merge(old: Mapping[str, object], patch: Mapping[str, object]) -> dict[str, object]:
    result = dict(old)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping):
            before = result.get(key)
            result[key] = _merge(before if isinstance(before, Mapping) else {}, value)
        else:
            result[key] = value
    return result


def _sane(value: object, depth: int) -> bool:
    if depth < 0:
        return False
    if isinstance(value, Mapping):
        return all(_sane_key(key) and _sane(item, depth - 1) for key, item in value.items())
    if isinstance(value, list | tuple):
        return all(_sane(item, depth - 1) for item in value)
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= ch <= "\udfff" for ch in value)
    if isinstance(value, float):
        return value == value and abs(value) != float("inf")  # noqa: PLR0124 - the test for "not a number"
    return value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) < 2**63)


def _sane_key(key: object) -> bool:
    return isinstance(key, str) and 0 < len(key) <= MAX_PREFERENCES_KEY and _printable(key) and "." not in key and key[0] != "$"


def _printable(text: str) -> bool:
    return not any(unicodedata.category(ch) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for ch in text)


def _has_letter(text: str) -> bool:
    # In words of a regular expression, because the OpenAPI document says it as one: a word character that is no digit.
    return re.search(r"[^\W\d_]", text) is not None


def _mixes_alphabets(text: str) -> bool:
    alphabets = {unicodedata.name(ch, "").partition(" ")[0] for ch in text if unicodedata.category(ch)[0] == "L"}
    return len(alphabets & _CONFUSABLE_ALPHABETS) > 1


def _lowered(address: str) -> str:
    return unicodedata.normalize("NFC", address.rpartition("@")[0].lower())


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
