"""Addresses that were meant as such and can be none: a space or a comma within, nothing before the sign, no ending behind it."""

import re

from signup.understanding.names.people import is_given
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.text import fold, is_latin, tokenize

_COMMA_ENDING = re.compile(r"\S+@[\w-]+(?:\.[\w-]+)*,(?:com|org|net|edu|de|fr|es|it|uk|br)(?![\w@.])", re.IGNORECASE)
_NO_LOCAL = re.compile(
    r"(?:^|(?<= ))(?:to|is|it|at|my|es|ist|est|é|è|on|zu|an|ma|meu|mio|mi|mail|email|correo|address) "
    r"(?P<rest>@[\w-]+(?:\.[\w-]+)+)(?![\w@])",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?<![\w@.,])(?P<word>[^\W\d_]{3,}) (?P<local>[^\W\d_]+)@(?P<domain>[\w-]+(?:\.[\w-]+)+)(?![\w@])")
_SAID = re.compile(
    r"(?:^| )(?P<local>[\w.+-]{2,}) (?:arroba|arobase|klammeraffe|chiocciola|собака|snabela|apenstaartje|małpa) (?P<host>[^\W_]{2,})[.!]*$",
    re.IGNORECASE,
)


_LEADS = re.compile(
    r"\b(?:it|its|it's|that|that's|c'est|ist|es|é|è|e-?mail|mail|address|adresse|adresi|correo|dirección)"
    r"(?: (?:is|ist|est|es|é|è))?:? $",
    re.IGNORECASE,
)
"""Words behind which an address begins."""


def attempt(said: str, heard: str) -> str | None:
    """Return what was meant as an address and is none, or None: "asif khan@gmail.com", "write to @example.com".

    `heard` is the message with what was dictated put together, so that "asif khan at gmail dot com" is the first of these, too:
    nobody can tell whether a dot, a dash or nothing stands where the space is.
    """
    if (found := _COMMA_ENDING.search(said)) is not None and said.count("@") == 1:
        return found.group()
    if (found := _NO_LOCAL.search(said)) is not None and said.count("@") == 1:
        return found["rest"]
    if (found := _SAID.search(said)) is not None:
        return f"{found['local']}@{found['host']}"
    if heard.count("@") == 1 and (found := _SPACED.search(heard)) is not None and _is_split(found, heard):
        return found.group()
    return None


def without_space(address: str) -> tuple[str, ...]:
    """Return the addresses that one with a space before its sign may have been: with a dot in its place, and with nothing."""
    local, sign, domain = address.partition("@")
    parts = local.split()
    return (f"{'.'.join(parts)}@{domain}", f"{''.join(parts)}@{domain}") if sign and len(parts) > 1 else ()


def _is_split(found: re.Match[str], said: str) -> bool:
    """Tell whether an unknown word written small belongs to the address behind the space: at the beginning, or a known given name."""
    word, local = found["word"], found["local"]
    if word != word.lower() or not is_latin(word) or fold(word) in fold(local) or fold(local) in fold(word):
        return False
    before = tokenize(said[: found.start()]).tokens
    if not before or _LEADS.search(said[: found.start()]):
        return not is_everyday(tokenize(word).tokens[0])
    return is_given(word) and all(is_everyday(token) and token.raw == token.raw.lower() for token in before)
