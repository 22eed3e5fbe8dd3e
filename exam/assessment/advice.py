"""The best strength and the one next action, from what stands out against the interviews of the data."""

from collections.abc import Mapping
from dataclasses import dataclass

from exam.assessment.model import Ordinal
from exam.assessment.models import Scored
from lexis import LEVELS, AnswerProfile, suggest_connectives

_SHORT_ANSWER = 25
_SHOWN = 3
_ORDINARY = -0.5


@dataclass(frozen=True, slots=True)
class Advice:
    """Two sentences for the first screen of a report."""

    strength: str
    next_action: str


def advise(measured: Mapping[str, float], model: Ordinal, profile: AnswerProfile, *, answers: int, scored: Scored) -> Advice:
    """Choose the feature that stands out most, and the one that is furthest behind; `answers` counts the answers."""
    strengths = _strengths(profile)
    actions = _actions(profile, scored)
    standing = {term.name: term.z(measured[term.name]) for term in model.terms}
    best = max(strengths, key=lambda name: standing[name])
    worst = min(actions, key=lambda name: standing[name])
    strength = strengths[best] if standing[best] > _ORDINARY else f"You kept going in English: {profile.words} words in all."
    if profile.words < _SHORT_ANSWER * answers:
        return Advice(strength, "Make each answer longer: give one reason and one example every time.")
    return Advice(strength, actions[worst])


def _strengths(profile: AnswerProfile) -> dict[str, str]:
    hard = [word for level in reversed(LEVELS[1:]) for word in profile.words_by_level[level]]
    linking = [use.text for use in profile.connectives]
    found = {
        "local_variety": "You use many different words and seldom repeat yourself.",
        "past_forms": "You talk about the past with past forms.",
        "modals": "You use words such as would and could to be precise or polite.",
        "that_clauses": "You build longer sentences with words such as that, which and who.",
    }
    if hard:
        found["a2_words"] = f"You use words beyond the basics: {', '.join(hard[:_SHOWN])}."
    if linking:
        found["connectives"] = f"You link your ideas: {', '.join(linking[:_SHOWN])}."
    return found


def _actions(profile: AnswerProfile, scored: Scored) -> dict[str, str]:
    suggestions = suggest_connectives(scored.nearest, profile.connectives, limit=2)
    found = {
        "past_forms": "In your next exam, tell one short story about something that happened to you, in past forms.",
        "modals": "Say what you would do, could do or should do in each answer, not only what you do.",
        "that_clauses": "Join two short sentences into one with who, which or that, once in every answer.",
        "a2_words": "Before your next exam, choose five exact words for its topics and use each of them once.",
        "local_variety": "Do not say the same word twice in a row of sentences: find a second way to say it.",
    }
    if suggestions:
        found["connectives"] = f"Use {' and '.join(f'“{phrase}”' for phrase in suggestions)} in your next answers."
    return found
