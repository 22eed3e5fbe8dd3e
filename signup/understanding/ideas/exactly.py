"""What a question asks exactly: the field that it is about, something special within its topic, and a second topic."""

import re
from dataclasses import replace
from functools import cache
from importlib import resources

from signup.models import Step
from signup.understanding.ideas.composing import composed, concepts
from signup.understanding.ideas.rules import groups
from signup.understanding.intents import signals, topic_of
from signup.understanding.reading import FACT_OF, FIRST_NAMES_ASKED, Intent, Reading, Topic
from signup.understanding.words.lexicon import sections
from signup.understanding.words.phrases import Phrases
from signup.understanding.words.text import Text, tokenize

_VAGUE = frozenset({Topic.OTHER, Topic.HELP})
_RULES = frozenset({Topic.EMAIL_RULES, Topic.USERNAME_RULES, Topic.NAME_RULES})
_DETAILS = (
    ("forgotten", groups("forgotten"), _VAGUE | {Topic.SAFE, Topic.PASSWORD_RULES}),
    ("phone", groups("other_contact"), frozenset({Topic.EMAIL_RULES, Topic.OTHER})),
    ("seen", groups("sees anyone"), _VAGUE | _RULES | {Topic.SAFE}),
    ("language", groups("language converse|speaks_you"), _VAGUE | {Topic.WHO}),
    ("age", groups("young|someone_else"), _VAGUE | {Topic.NEEDED}),
    ("where", groups("where link"), _VAGUE),
)
"""The special answers, the ideas that ask for them, and the topics within which they are better ones."""
_ANSWERED = frozenset(
    {
        *(Topic.FREE, Topic.SAFE, Topic.HOW_LONG, Topic.WHO, Topic.WHAT, Topic.NEEDED, Topic.DELETE, Topic.SPAM, Topic.VERIFY),
        *(Topic.PASSWORD_RULES, Topic.USERNAME_RULES),
    }
)
"""Topics whose answers stand by themselves, so that two can be given in a row."""
_LONG = {Topic.NEEDED, Topic.WHAT}
"""Too much to read in one answer."""
_SEVERAL = re.compile(r"[?？؟,;.!]+ ?|、|，| (?:and|und|et|y|e|ed|и|ve|و|और|aur) | plus ", re.IGNORECASE)
_NOUNS = {**{FACT_OF[step]: step for step in FACT_OF}, "name": Step.FIRSTNAME}
_PHONE = re.compile(r"(?<![\w@.])[+(]?\d(?:[ ()/.-]{0,2}\d){6,}(?![\w@])")
_MAY_SAY_MORE = frozenset({Intent.CORRECTION, Intent.GREETING, Intent.THINKING, Intent.UNCLEAR, Intent.QUESTION})
_LONGEST = 40
_GREETING = 2


def exactly(found: Reading, said: str, step: Step) -> Reading:
    """Return the reading of a question with what it asks exactly, and of a phone number as one; anything else stays as it is."""
    text = tokenize(said) if found.intent in _MAY_SAY_MORE else None
    if text is None or len(text.tokens) > _LONGEST:
        return found
    if found.intent is Intent.CORRECTION and found.field is Step.PASSWORD and not found.facts and _fears_to_forget(text):
        return Reading(intent=Intent.QUESTION, topic=Topic.OTHER, detail="forgotten", confidence=found.confidence)
    if found.intent is Intent.GREETING and len(text.tokens) > _GREETING and {"speaks_you", "language"} <= _ideas(text):
        return Reading(intent=Intent.QUESTION, topic=Topic.HELP, detail="language", confidence=found.confidence)
    if found.intent is Intent.THINKING and step in FACT_OF and _named(text, step) is step and "what" in _ideas(text):
        return replace(found, field=step)
    if found.intent is Intent.UNCLEAR and step is Step.EMAIL and _PHONE.search(said):
        return replace(found, detail="phone")
    return found if found.intent is not Intent.QUESTION or found.topic is None else _asked(found, found.topic, said, text, step)


def _asked(found: Reading, topic: Topic, said: str, text: Text, step: Step) -> Reading:
    if topic is Topic.WHAT and step in FACT_OF and (named := _named(text, step)) is not None:
        return replace(found, field=named)
    if topic is Topic.NEEDED and step in FACT_OF and (_named(text, step) is step or (step in FIRST_NAMES_ASKED and _says_name(text))):
        return replace(found, field=step)
    if topic is Topic.WHY:
        return replace(found, field=found.field or _field(text, step))
    detail = _detail(topic, text, step)
    return replace(found, detail=detail) if detail is not None else replace(found, also=_second(topic, said, step))


@cache
def _details() -> Phrases:
    here = resources.files("signup.understanding.ideas").joinpath("details.yaml")
    return Phrases(dict(sections(here.read_text(encoding="utf-8"))))


def _ideas(text: Text) -> set[str]:
    return {label for phrases in (_details(), concepts()) for match in phrases.every(text.folded) for label in match.labels}


def _fears_to_forget(text: Text) -> bool:
    """Tell whether what looks like a correction asks about the future: "sorry, what if I forget my password later"."""
    return {"forgotten", "if"} <= _ideas(text)


def _detail(topic: Topic, text: Text, step: Step) -> str | None:
    possible = [(name, needs) for name, needs, topics in _DETAILS if topic in topics and (name, step) != ("seen", Step.PASSWORD)]
    if not possible:
        return None
    ideas = _ideas(text)
    return next((name for name, needs in possible if all(not group.isdisjoint(ideas) for group in needs)), None)


def _named(text: Text, step: Step) -> Step | None:
    """Return the field of which it is asked what it is, best the one that is asked: "¿qué es eso de nombre de usuario?"."""
    nouns = signals(text, fuzzy=False).nouns
    return next((field for field in (step, Step.USERNAME, *FACT_OF) if FACT_OF[field] in nouns), None)


def _says_name(text: Text) -> bool:
    return "name" in signals(text, fuzzy=False).nouns


def _field(text: Text, step: Step) -> Step | None:
    """Return the field that the words name, where it is one that is not asked now."""
    named = {_NOUNS[noun] for noun in signals(text, fuzzy=False).nouns if noun in _NOUNS}
    if step in named or {Step.FIRSTNAME, Step.LASTNAME} <= named | {step}:
        return None
    return named.pop() if len(named) == 1 else None


def _second(first: Topic, said: str, step: Step) -> Topic | None:
    """Return what else is asked in a clause of its own: "is it free and how long does it take?"."""
    clauses = [clause for clause in _SEVERAL.split(said) if clause.strip()]
    if first not in _ANSWERED or len(clauses) <= 1:  # two questions
        return None
    topics = [topic for clause in clauses if (topic := _topic(clause, step)) in _ANSWERED and {topic, first} != _LONG]
    return next((topic for topic in topics if topic is not first), None) if first in topics else None


def _topic(clause: str, step: Step) -> Topic | None:
    text = tokenize(clause)
    meant = composed(text.folded, step, asks=True)
    if meant is not None and meant.topic in _ANSWERED:
        return meant.topic
    named = topic_of(signals(text, fuzzy=False), step)
    return named[0] if named is not None else None
