"""What a person does with a message, by the phrases in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from signup.models import Step
from signup.understanding.lexicon import TOPICS, lexicon
from signup.understanding.phrases import Match
from signup.understanding.reading import Intent, Topic
from signup.understanding.text import Text

_ORDER = ("start_over", "summary", "cancel", "go_back", "later", "refusal", "thinking", "no", "yes")
_QUESTION_MARKS = "?？؟⁉❓"
_LATE_PARTICLES = frozenset({"mi", "mu", "か", "吗", "嗎", "呢"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """Everything that was found in a message by lookup, before anything is decided."""

    words: tuple[str, ...]
    matches: tuple[Match, ...]
    unknown: int
    topics: dict[str, int]
    asks: bool
    marked: bool

    def has(self, label: str, *, at_least: int = 1) -> bool:
        """Tell whether a phrase with this meaning and at least so many words was found."""
        return any(label in match.labels and match.end - match.start >= at_least for match in self.matches)

    def first(self) -> Match | None:
        """Return the first phrase that means something by itself."""
        return next((match for match in self.matches if match.labels - {"filler", "greeting"}), None)

    @property
    def covered(self) -> bool:
        """Tell whether every word belongs to a known phrase and one of them means something by itself."""
        return self.unknown == 0 and self.first() is not None


def signals(text: Text, *, fuzzy: bool) -> Signals:
    """Look all words up. With `fuzzy` a word that nothing knows counts as the known one a slip of the finger away."""
    words = text.folded
    lex = lexicon()
    if fuzzy:
        words = tuple(
            lex.control.nearest(word) if word.isalpha() and len(word) > 3 and lex.control.at((word,), 0) is None else word for word in words
        )  # noqa: PLR2004 - shorter words have too many neighbours
    matches = tuple(lex.control.cover(words))
    topics: dict[str, int] = {}
    for match in lex.topics.all(words):
        for label in match.labels:
            topics[label] = max(topics.get(label, 0), match.end - match.start) + (label in topics)
    asks = any(lex.ask.at(words, index) for index in range(min(3, len(words)))) or any(word in _LATE_PARTICLES for word in words[-2:])
    return Signals(
        words=words,
        matches=matches,
        unknown=len(words) - sum(match.end - match.start for match in matches),
        topics=topics,
        asks=asks,
        marked=any(mark in text.clean for mark in _QUESTION_MARKS),
    )


def control_of(found: Signals, step: Step) -> Intent | None:
    """Return what a message is that consists of control words only, or that holds a clear control phrase."""
    label = _label(found, step)
    return Intent(label) if label else None


def _label(found: Signals, step: Step) -> str:
    present = [label for label in _ORDER if found.has(label)]
    if not present:
        return "greeting" if found.has("greeting") and found.unknown == 0 else ""
    return _strongest(found, present, step)


def _strongest(found: Signals, present: Sequence[str], step: Step) -> str:
    spans = {label: max(match.end - match.start for match in found.matches if label in match.labels) for label in present}
    meaningful = [match for match in found.matches if match.labels & set(_ORDER)]
    if step is Step.START and set(present) <= {"yes", "no"} and len(present) == 2:  # noqa: PLR2004 - both
        return (
            "no"
            if any("no" in match.labels and "yes" not in match.labels for match in meaningful[-1:]) or spans["no"] > spans["yes"]
            else "yes"
        )
    for label in _preferred(step):
        if label in present and (spans[label] == max(spans.values()) or label in {"later", "cancel", "start_over", "summary"}):
            return label
    return present[0]


def _preferred(step: Step) -> tuple[str, ...]:
    if step is Step.START:
        return ("later", "no", "cancel", "start_over", "go_back", "summary", "thinking", "refusal", "yes")
    return ("start_over", "summary", "go_back", "cancel", "later", "refusal", "thinking", "no", "yes")


_STEP_TOPIC = {
    Step.START: {"password_rules": -2, "username_rules": -2, "email_rules": -2, "name_rules": -2, "suggest": -3, "why": -1},
    Step.EMAIL: {
        "password_rules": -2,
        "username_rules": -2,
        "name_rules": -2,
        "suggest": -3,
        "email_rules": 1,
        "why": 1,
        "what": -1,
        "needed": -1,
    },
    Step.USERNAME: {
        "password_rules": -1,
        "username_rules": 1,
        "email_rules": -2,
        "name_rules": -2,
        "suggest": 1,
        "why": 1,
        "what": -1,
        "needed": -1,
    },
    Step.PASSWORD: {"password_rules": 1, "username_rules": -1, "email_rules": -2, "name_rules": -2, "why": 1, "what": -1, "needed": -1},
    Step.FIRSTNAME: {"password_rules": -2, "username_rules": -2, "email_rules": -2, "suggest": -3, "why": 1, "what": -1, "needed": -1},
    Step.LASTNAME: {"password_rules": -2, "username_rules": -2, "email_rules": -2, "suggest": -3, "why": 1, "what": -1, "needed": -1},
}
_RANK = {name: rank for rank, name in enumerate(("delete", "account_exists", "spam", "free", "safe", "how_long", "who", "suggest", "password_rules", "username_rules",
                                                 "email_rules", "name_rules", "verify", "form", "why", "needed", "what", "help"))}  # fmt: skip


def topic_of(found: Signals, step: Step) -> tuple[Topic, int] | None:
    """Return the topic of a question with its weight, or None where nothing in the message names one."""
    weights = {name: found.topics[name] * 2 + _STEP_TOPIC[step].get(name, 0) for name in TOPICS if name in found.topics}
    weights = {name: weight for name, weight in weights.items() if weight > 0}
    if not weights:
        return None
    best = max(weights, key=lambda name: (weights[name], -_RANK[name]))
    return Topic(best), weights[best]
