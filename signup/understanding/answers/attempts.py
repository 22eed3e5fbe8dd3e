"""Addresses that were meant as such and can be none: a space or a comma within, nothing before the sign, no ending behind it."""

import re

from signup.understanding.names.people import is_given
from signup.understanding.words.everyday import is_everyday, is_everyday_word
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


def attempt(said: str) -> str | None:
    """Return what was meant as an address in a message and is none, or None: "asif khan@gmail.com", "write to @example.com"."""
    if (found := _COMMA_ENDING.search(said)) is not None and said.count("@") == 1:
        return found.group()
    if (found := _NO_LOCAL.search(said)) is not None and said.count("@") == 1:
        return found["rest"]
    if (found := _SAID.search(said)) is not None:
        return f"{found['local']}@{found['host']}"
    if said.count("@") == 1 and (found := _SPACED.search(said)) is not None and _is_split(found, said):
        return found.group()
    return None


def _is_split(found: re.Match[str], said: str) -> bool:
    """Tell whether an unknown word written small belongs to the address behind the space: at the beginning, or a known given name."""
    word, local = found["word"], found["local"]
    if word != word.lower() or not is_latin(word) or fold(word) in fold(local) or fold(local) in fold(word):
        return False
    before = tokenize(said[: found.start()]).tokens
    if not before:
        return not is_everyday(tokenize(word).tokens[0]) and not is_everyday_word(fold(local))
    return is_given(word) and all(is_everyday(token) and token.raw == token.raw.lower() for token in before)
