"""The great mail services: telling that an address was meant for one of them, and a message that only names another one."""

from difflib import get_close_matches
from functools import lru_cache

SERVICES = (
    *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.fr", "hotmail.es", "hotmail.it", "hotmail.de", "hotmail.co.uk"),
    *("outlook.com", "outlook.fr", "outlook.es", "outlook.de", "outlook.it", "live.com", "live.fr", "live.co.uk", "msn.com"),
    *("yahoo.com", "yahoo.fr", "yahoo.es", "yahoo.de", "yahoo.it", "yahoo.co.uk", "yahoo.co.in", "yahoo.co.jp", "yahoo.com.br"),
    *("icloud.com", "me.com", "mac.com", "aol.com", "mail.com", "email.com", "ymail.com", "rocketmail.com", "zoho.com", "fastmail.com"),
    *("proton.me", "protonmail.com", "tutanota.com", "gmx.com", "gmx.net", "gmx.de", "gmx.at", "gmx.ch", "web.de", "t-online.de"),
    *("freenet.de", "posteo.de", "mailbox.org", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "libero.it", "tiscali.it"),
    *("virgilio.it", "telefonica.net", "mail.ru", "yandex.ru", "yandex.com", "bk.ru", "inbox.ru", "rambler.ru", "ukr.net", "wp.pl"),
    *("interia.pl", "onet.pl", "seznam.cz", "uol.com.br", "bol.com.br", "terra.com.br", "sapo.pt", "naver.com", "daum.net", "hanmail.net"),
    *(
        "qq.com",
        "163.com",
        "126.com",
        "sina.com",
        "foxmail.com",
        "rediffmail.com",
        "docomo.ne.jp",
        "ezweb.ne.jp",
        "abv.bg",
        "btinternet.com",
    ),
)
"""Domains that many people have their address at. One that is missing here is only never suggested."""
_LIKE = 0.85
"""How alike a slip and what was meant are, by `difflib`: "gmial.com" is 0.89 of "gmail.com"."""
_LONG_ENOUGH = 9
"""Shorter domains have too many neighbours that are somebody's own: "aol.com", "qq.com"."""
_COUNTRY = 2
_SECOND = frozenset({"", "co", "com"})
_WITH_SECOND = frozenset(
    {
        *("ae", "ar", "au", "br", "cn", "co", "ec", "eg", "gr", "hk", "id", "il", "in", "jp", "ke", "kr", "mx"),
        *("my", "ng", "nz", "pe", "ph", "pk", "sa", "sg", "th", "tr", "tw", "ua", "uk", "uy", "ve", "vn", "za"),
    }
)
"""Countries whose addresses end in ".co.…" or ".com.…"."""
_CUT = frozenset({"co", "cm", "om"})
_AROUND = ".,;:!?¡¿*\"'“”„«»()[]。、， "
_FEW_WORDS = 4
_SOME_WORDS = 7


def likely(address: str) -> str | None:
    """Return the address that was probably meant by one whose domain looks like a slip of the finger, or None."""
    local, _, domain = address.partition("@")
    service = _near(domain) or _unfinished(domain)
    return f"{local}@{service}" if service else None


def moved(message: str, address: str) -> str | None:
    """Return `address` at the service that a short message names instead of an address ("oh sorry, gmail.com"), or None."""
    local, _, domain = address.partition("@")
    words = [word.strip(_AROUND).lower() for word in message.split()]
    near = _near(domain)
    if "@" in message or len(words) > (_SOME_WORDS if near or domain in words else _FEW_WORDS):
        return None
    named = [word for word in words if word in SERVICES and word != domain]
    if near and (near in words or near.partition(".")[0] in words):
        named = [near]
    return f"{local}@{named[0]}" if len(named) == 1 else None


def named_alone(word: str) -> bool:
    """Tell whether a word is the name of a mail service without its ending: "yahoo"."""
    return _unfinished(word.lower()) is not None


def _unfinished(domain: str) -> str | None:
    """Return the service whose name only was written: "ana@gmail"; the ending is guessed where most have the same one."""
    label = domain.rstrip(".").lower()
    if not label or "." in label:
        return None
    at_label = [service for service in SERVICES if service.startswith(f"{label}.")]
    return f"{label}.com" if f"{label}.com" in at_label and len(label) > _COUNTRY else at_label[0] if len(at_label) == 1 else None


@lru_cache  # asked at each message of a conversation
def _near(domain: str) -> str | None:
    label, _, ending = domain.partition(".")
    second, _, country = ending.rpartition(".")
    national = len(country) == _COUNTRY and country not in _CUT and second in _SECOND and (not second or country in _WITH_SECOND)
    at_home = national and any(service.startswith(f"{label}.") for service in SERVICES)
    if domain in SERVICES or at_home:  # "hotmail.dk" is right, though "hotmail.de" is like it
        return None
    found = get_close_matches(domain, [service for service in SERVICES if len(service) >= _LONG_ENOUGH], n=1, cutoff=_LIKE)
    return found[0] if found else None
