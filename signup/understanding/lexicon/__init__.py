"""The words of all languages, read once: one YAML file per language, phrases by what they mean."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from signup.understanding.phrases import Phrases
from signup.understanding.text import fold
from signup.understanding.wordlists import words

CONTROL = ("yes", "no", "later", "thinking", "refusal", "go_back", "start_over", "cancel", "summary", "greeting", "filler", "wait")
TOPICS = (
    "why", "free", "safe", "how_long", "who", "what", "needed", "account_exists", "password_rules", "username_rules", "email_rules",
    "name_rules", "delete", "form", "help", "verify", "spam", "suggest",
)  # fmt: skip
FIELDS = ("email", "username", "password", "first_name", "last_name", "name", "iam", "callme")
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
            for label, text in _sections(file.read_text(encoding="utf-8")):
                phrases.setdefault(label, []).extend(text)
    return Lexicon(
        control=Phrases({label: phrases[label] for label in CONTROL}),
        topics=Phrases({label: phrases[label] for label in TOPICS}),
        ask=Phrases({"ask": phrases["ask"], "aux": phrases["aux"]}),
        fields=Phrases({label: phrases[label] for label in FIELDS}),
        glue=Phrases({"glue": phrases["glue"]}),
        fix=Phrases({"fix": phrases["fix"]}),
        stop=frozenset(fold(word) for word in phrases["stop"]),
        vocabulary=words("ordinary") | frozenset(fold(word) for texts in phrases.values() for text in texts for word in text.split()),
    )


def _sections(text: str) -> list[tuple[str, list[str]]]:
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
