"""The words of all languages, read once: one YAML file per language, phrases by what they mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from signup.understanding.words.phrases import Phrases
from signup.understanding.words.text import fold
from signup.understanding.words.wordlists import words

CONTROL = ("yes", "no", "later", "thinking", "refusal", "go_back", "start_over", "cancel", "summary", "greeting", "filler", "wait", "same")
TOPICS = (
    "why", "free", "safe", "how_long", "who", "what", "needed", "account_exists", "password_rules", "username_rules", "email_rules",
    "name_rules", "delete", "form", "help", "verify", "spam", "suggest",
)  # fmt: skip
FIELDS = ("email", "username", "password", "first_name", "last_name", "name", "iam", "callme")
_LONG_NOUN = 7
_STRETCHED_LENGTHS = range(3, 6)
_HELD = "aeiouyshkp"
_STRETCHED_TOO = frozenset({"ok", "no", "hi", "si", "ja"})
_SAID_LONG = frozenset({"yes", "no", "greeting", "filler", "thinking"})
_SEPARATOR = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Phrases by what they are looked up for."""

    control: Phrases
    topics: Phrases
    ask: Phrases
    fields: Phrases
    glue: Phrases
    fix: Phrases
    stop: frozenset[str]
    vocabulary: frozenset[str]
    """Every word that stands in a phrase of any kind."""


@cache
def lexicon() -> Lexicon:
    """Return the words of all languages together: people mix them, and which one it is need not be known."""
    phrases: dict[str, list[str]] = {}
    for file in sorted(resources.files(__name__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            for label, text in sections(file.read_text(encoding="utf-8")):
                phrases.setdefault(label, []).extend(text)
    vocabulary = words("ordinary") | frozenset(map(fold, {word for texts in phrases.values() for text in texts for word in text.split()}))
    return Lexicon(
        control=Phrases({label: [*phrases[label], *(_stretched(phrases[label]) if label in _SAID_LONG else ())] for label in CONTROL}),
        topics=Phrases({label: phrases[label] for label in TOPICS}),
        ask=Phrases({"ask": phrases["ask"], "aux": phrases["aux"]}),
        fields=Phrases({label: [*phrases[label], *_mistyped(phrases[label], vocabulary)] for label in FIELDS}),
        glue=Phrases({"glue": phrases["glue"]}),
        fix=Phrases({"fix": phrases["fix"]}),
        stop=frozenset(fold(word) for word in phrases["stop"]),
        vocabulary=vocabulary,
    )


def _stretched(texts: list[str]) -> Iterator[str]:
    """Yield small words with the last letter twice, as they are said long: "heyy", "okk", "yess"."""
    for text in texts:
        if (
            (len(text) in _STRETCHED_LENGTHS or text in _STRETCHED_TOO)
            and text.isascii()
            and text.isalpha()
            and text[-1] in _HELD
            and text[-1] != text[-2]
        ):
            yield text + text[-1]


def _mistyped(texts: list[str], vocabulary: frozenset[str]) -> Iterator[str]:
    """Yield long nouns with a slip of the finger: two letters exchanged, or one left out ("surnmae", "usernam")."""
    for text in texts:
        if len(text) < _LONG_NOUN or not text.isalpha() or not text.isascii():
            continue
        word = fold(text)
        for index in range(len(word) - 1):
            slips = (word[:index] + word[index + 1] + word[index] + word[index + 2 :], word[: index + 1] + word[index + 2 :])
            yield from (slip for slip in slips if slip not in vocabulary)


def sections(text: str) -> list[tuple[str, list[str]]]:
    """Yield the label and the phrases of every section of a list of phrases."""
    # Only the block form is used, so the 50 ms and the words for booleans of a YAML parser are not needed.
    sections: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if line and not line.startswith(" "):
            sections.append((line.partition(":")[0].strip('"'), []))
        elif sections:
            sections[-1][1].extend(phrase for part in _SEPARATOR.split(line) if (phrase := part.strip()))
    return sections
