"""Which passwords are accepted. Each broken rule is named, so that a page or a chat can show all of them at once."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from typing import Protocol

from auth.passwords import normalise
from core.errors import FieldProblem

SHORTEST, LONGEST = 8, 128
_SHORTEST_CONTEXT_WORD = 3
_NOT_REACHED, _FILLED, _WITH_WORD = 0, 1, 2  # how far a place in a password is made up of filling alone, or of words too


class Rules(Enum):
    """How much is asked; it depends on the documented dialect."""

    FULL = "full"  # length, an upper-case and a lower-case letter and a digit
    LENGTH = "length"  # length only


class Breaches(Protocol):
    """Where it can be asked whether a password is known from a data breach."""

    def contains(self, password: str) -> bool:
        """Tell whether it is known. Never raises: when the source cannot be reached the answer is False."""
        ...


class NoBreachCheck:
    """Used where nothing may leave the machine; the bundled list still counts."""

    def contains(self, password: str) -> bool:  # noqa: ARG002 - the port's signature
        """Return False."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """What is known of the person when a password is set; a password must not be built from it."""

    email: str = ""
    username: str = ""
    names: tuple[str, ...] = ()

    def words(self) -> Iterator[str]:
        """Yield the words that a guesser would try first, in lower case."""
        local, _, domain = self.email.casefold().partition("@")
        yield from (self.email.casefold(), local, *re.split(r"[._+-]", local), domain, domain.partition(".")[0])
        yield from (self.username.casefold(), *re.split(r"[._-]", self.username.casefold()))
        for name in self.names:
            yield from (name.casefold(), name.casefold().replace(" ", ""), *name.casefold().split())


class PasswordPolicy:
    """The rules for a new password. They never apply when somebody signs in."""

    CONTEXT = ("cefr", "speaking", "speak", "exam", "english", "practice", "practise", "simulator", "ielts", "toefl")
    """Words that belong to this product; the app's own name comes from the settings."""

    def __init__(self, *, app_name: str, breaches: Breaches) -> None:
        """Know the product's words and where to ask about breaches."""
        self._context = (app_name.casefold(), *self.CONTEXT)
        self._breaches = breaches

    def problems(
        self, password: str, *, rules: Rules = Rules.FULL, owner: Owner | None = None, field: str = "password", breaches: bool = True
    ) -> list[FieldProblem]:
        """Return every broken rule, in the order in which they are shown; an empty list is a good password.

        Characters are counted as code points of the NFC form. The common list and the breach list are compared with the whole
        password only: a phrase that merely contains a common one is fine. With `breaches=False` nothing leaves the machine.
        """
        text = normalise(password)
        found = [FieldProblem(field, message, code) for broken, message, code in _shape(text, rules) if broken]
        if SHORTEST <= len(text) <= LONGEST:
            found += [FieldProblem(field, message, code) for message, code in self._guessable(text, owner or Owner())]
        if not found and breaches and self._breaches.contains(text):
            message = "This password is known from a data breach elsewhere. Please choose another one."
            found.append(FieldProblem(field, message, "PASSWORD_BREACHED"))
        return found

    def _guessable(self, text: str, owner: Owner) -> Iterator[tuple[str, str]]:
        folded = text.casefold()
        if folded in _common() or _one_character(folded):
            yield "This password is one of the most common ones. Please choose another one.", "PASSWORD_COMMON"
        elif _is_built_from(folded, self._context):
            yield "Password must not be made of this site's name or subject.", "PASSWORD_CONTEXT"
        elif _is_built_from(folded, (*self._context, *owner.words())):
            yield "Password must not be made of your name, username or email address.", "PASSWORD_PERSONAL"


def _shape(text: str, rules: Rules) -> list[tuple[bool, str, str]]:
    full = rules is Rules.FULL

    def lacks(test: Callable[[str], bool]) -> bool:
        return full and not any(test(ch) for ch in text)

    return [
        (len(text) < SHORTEST, f"Password must be at least {SHORTEST} characters long", "PASSWORD_TOO_SHORT"),
        (len(text) > LONGEST, f"Password must be at most {LONGEST} characters long", "PASSWORD_TOO_LONG"),
        (lacks(str.isupper), "Password must contain uppercase letter", "PASSWORD_NO_UPPERCASE"),
        (lacks(str.islower), "Password must contain lowercase letter", "PASSWORD_NO_LOWERCASE"),
        (lacks(str.isdecimal), "Password must contain number", "PASSWORD_NO_NUMBER"),
    ]


@cache
def _common() -> frozenset[str]:
    text = resources.files("auth").joinpath("data/common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("# "))


def _one_character(folded: str) -> bool:
    return len(set(folded)) == 1


def _is_built_from(folded: str, words: Iterable[str]) -> bool:
    """Tell whether nothing but `words` (also repeated or reversed), digits and punctuation make up the password.

    So `anna2026!` is refused for anna and `vivaSpeakingExam` for this site, while `annabel likes trains` is not. Walks the
    text once per word: a regular expression with such alternatives could take exponential time.
    """
    usable = {word for word in words if len(word) >= _SHORTEST_CONTEXT_WORD and not word.isdecimal()}
    usable |= {word[::-1] for word in usable}
    reach = [_FILLED] + [_NOT_REACHED] * len(folded)
    for start, character in enumerate(folded):
        if reach[start] == _NOT_REACHED:
            continue
        if not character.isalpha():
            reach[start + 1] = max(reach[start + 1], reach[start])
        for word in usable:
            if folded.startswith(word, start):
                reach[start + len(word)] = _WITH_WORD
    return reach[-1] == _WITH_WORD
