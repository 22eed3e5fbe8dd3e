"""What a message is about by the ideas in it, where no known phrase says so: "remind me what I told you already"."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import resources

from signup.models import Step
from signup.understanding.ideas.guesses import GUESSES
from signup.understanding.ideas.rules import RULES, UNSURE_OF, Rule
from signup.understanding.ideas.sooner import SOONER
from signup.understanding.reading import Reading, Topic
from signup.understanding.words.lexicon import sections
from signup.understanding.words.phrases import Phrases
from signup.understanding.words.text import Token

_LONGEST = 40
"""More words tell a story, in which everything occurs."""
_OF_AN_ACCOUNT = frozenset({"field", "benefit", "account", "start"})
"""Ideas that make "why?" a question about the account, not about what all this is."""
_GOES_ON = frozenset({"i", "you", "we", "if", "when", "since", "because", "cause"})
"""What begins the next clause: "what is a username for, I gave you my mail"."""
_ASKED_WITH = ("why", "what", "how", "may", "you_may")
"""Ideas that make a question of a message that begins with them."""


@cache
def concepts() -> Phrases:
    """Return the words of all ideas."""
    here = resources.files("signup.understanding.ideas")
    phrases: dict[str, list[str]] = {}
    for name in ("concepts.yaml", "ideas.yaml", "asked.yaml"):
        for label, texts in sections(here.joinpath(name).read_text(encoding="utf-8")):
            phrases.setdefault(label, []).extend(texts)
    return Phrases(phrases)


def is_of_ideas(word: Token) -> bool:
    """Tell whether a word written small says something in a language here, though it is no everyday word of the lists."""
    return word.raw == word.raw.lower() and concepts().at((word.folded,), 0) is not None


def composed(words: tuple[str, ...], step: Step, *, asks: bool) -> Reading | None:
    """Return what the ideas in a message mean together, or None. `words` are folded."""
    return _meant(words, _rules(step), step, asks=asks) if len(words) > 1 else None


def guessed(words: tuple[str, ...], step: Step, *, asks: bool) -> Reading | None:
    """Return what a message most likely means by the one or two ideas in it, where nothing else was understood; or None."""
    found = _meant(words, _guesses(step), step, asks=asks)
    return replace(found, confidence=UNSURE_OF) if found is not None else None


def _meant(words: tuple[str, ...], rules: "_Rules", step: Step, *, asks: bool) -> Reading | None:
    if len(words) > _LONGEST:
        return None
    places: dict[str, set[int]] = {}
    for match in concepts().every(words):
        for label in match.labels:
            places.setdefault(label, set()).add(match.start)
    if "why" in places:
        places["why"] = {place for place in places["why"] if words[place : place + 3] != ("何", "で", "す")}  # "what is it", not "why"
        if not places["why"]:
            del places["why"]
    if words[-1:] == ("for",) and "what" in places and step is not Step.START:
        places.setdefault("why", set()).add(len(words) - 1)  # "what do you need my name for"
    if "what" in places and step is not Step.START and (ends := _for_what(words)):
        places.setdefault("why", set()).update(ends)
    asks = asks or "wants_know" in places or bool({0} & set().union(*(places.get(idea, ()) for idea in _ASKED_WITH)))
    for rule in _possible(places, len(words), rules, asks=asks):
        if _are_apart([set().union(*(places.get(idea, ()) for idea in group)) for group in rule.needs]):
            topic = Topic.WHAT if rule.topic is Topic.WHY and step is Step.START and _OF_AN_ACCOUNT.isdisjoint(places) else rule.topic
            return Reading(intent=rule.intent, topic=topic, confidence=rule.confidence)
    return None


def _for_what(words: tuple[str, ...]) -> list[int]:
    return [index for index in range(2, len(words) - 1) if words[index] == "for" and words[index + 1] in _GOES_ON]


def _possible(places: dict[str, set[int]], length: int, rules: "_Rules", *, asks: bool) -> Iterator[Rule]:
    """Yield the rules that the ideas and the length allow, in their order."""
    for rule in rules.of(places):
        if (
            length <= rule.most
            and (asks or not rule.asked)
            and not (asks and rule.stated)
            and rule.bars.isdisjoint(places)
            and not any(group.isdisjoint(places) for group in rule.needs)
        ):
            yield rule


class _Rules:
    """Rules in their order, found by the ideas that they need."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Index each rule by the group of ideas that the fewest others need."""
        self._rules = tuple(rules)
        often = Counter(idea for rule in self._rules for group in rule.needs for idea in group)
        self._by_idea: dict[str, list[int]] = {}
        for index, rule in enumerate(self._rules):
            for idea in min(rule.needs, key=lambda group: sum(often[idea] for idea in group)):
                self._by_idea.setdefault(idea, []).append(index)

    def of(self, ideas: Iterable[str]) -> list[Rule]:
        """Return the rules of which one need at least is among the ideas."""
        found = {index for idea in ideas for index in self._by_idea.get(idea, ())}
        return [self._rules[index] for index in sorted(found)]


@cache
def _rules(step: Step) -> _Rules:
    return _Rules(rule for rule in (*SOONER, *RULES) if step in rule.steps)


@cache
def _guesses(step: Step) -> _Rules:
    return _Rules(rule for rule in GUESSES if step in rule.steps)


def _are_apart(groups: list[set[int]]) -> bool:
    """Tell whether every group can be given a word of its own."""

    def placed(index: int, taken: frozenset[int]) -> bool:
        return index == len(groups) or any(placed(index + 1, taken | {place}) for place in groups[index] - taken)

    return placed(0, frozenset())
