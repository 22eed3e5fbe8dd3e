"""The labelled messages, their split into two halves, and the scorer.

**The evaluation set** is `acceptance`: 1,731 messages by six people who knew only the specification and what the feature promises. A hash
of step and text put each into the open half or into the closed one, which nobody who writes rules opens. What one of the older sets holds
is left out; two people labelled every message, and a third decided where they differed. `proof` was made the same way by three others
when the rules were done, and scored once.

The older sets are what the rules were written from. Of `tuning` and `held_out` the half of a message follows from such a hash too; both
may be looked at by now (the `held_out` one was kept closed at first).

`fresh`, `heldout`, `unseen`, the batches of `arrived`, `once_blind`, `talked`, `asked`, `hesitant`, `named` and `sentences` were written
without sight of the rules and of the other messages; they were opened later and are tuning material since.
`blind` and `checked` are of that kind too, and closed like the second half of `acceptance` and `proof`: these measure whether the rules
generalise.

By hand: `python -m tests.unit.signup.evaluation.evaluation_set` prints all of them (`--failures` lists those of the open ones).
"""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from auth.names import clean_name, name_problem, parse_email, username_problem
from auth.policy import NoBreachCheck, PasswordPolicy
from core.errors import FieldProblem
from signup.models import Collected, Step
from signup.understanding import Intent, Reading, read
from signup.understanding.reading import FACT_OF

FOLDER = Path(__file__).parent
TUNING, HELD_OUT, FRESH, OPENED, UNSEEN, ARRIVED = "tuning", "held_out", "fresh", "heldout", "unseen", "arrived"
ONCE_BLIND, TALKED = "once_blind", "talked"
BLIND, CHECKED, PROOF = "blind", "checked", "proof"
ASKED, HESITANT, NAMED, SENTENCES = "asked", "hesitant", "named", "sentences"
OPEN_HALF, CLOSED_HALF = "acceptance_open", "acceptance_closed"
OPEN = (TUNING, HELD_OUT, FRESH, OPENED, UNSEEN, ARRIVED, ONCE_BLIND, TALKED, ASKED, HESITANT, NAMED, SENTENCES, OPEN_HALF)
"""The sets that may be looked at."""
CLOSED = (CLOSED_HALF, PROOF, BLIND, CHECKED)
"""The sets that may not."""
UNDIVIDED = (*OPEN[2:], *CLOSED)
"""The sets that are not split into halves."""
SEEN = frozenset({"john@example.c"})
"""Messages of the held-out half that somebody has seen while writing rules: they count as tuning from then on."""
KNOWN = {
    Step.USERNAME: Collected(email="john@example.com"),
    Step.PASSWORD: Collected(email="john@example.com", username="johndoe"),
    Step.FIRSTNAME: Collected(email="john@example.com", username="johndoe", password_hash="$2b$04$x"),
    Step.LASTNAME: Collected(email="john@example.com", username="johndoe", password_hash="$2b$04$x", firstname="John"),
}
"""What is collected when each step is asked."""
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # ten times as fast, but not every build of PyYAML has it
POLICY = PasswordPolicy(app_name="Viva", breaches=NoBreachCheck())


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One labelled message: `labels` are the accepted intents (`question:why`, `correction:email`, …)."""

    step: Step
    message: str
    labels: tuple[str, ...]
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def half(self) -> str:
        if self.message in SEEN:
            return TUNING
        digest = hashlib.sha256(f"{self.step.value}\0{self.message}".encode()).digest()
        return TUNING if digest[0] % 2 == 0 else HELD_OUT


def cases() -> Iterator[Case]:
    """Yield every labelled message of the two halves."""
    for path in sorted(FOLDER.glob("*.yaml")):
        if not path.name.startswith(UNDIVIDED):
            yield from _of_file(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER))


def whole_set(name: str) -> Iterator[Case]:
    """Yield every message of a set that is not divided: one document per step."""
    for path in sorted(FOLDER.glob(f"{name}*.yaml")):
        for data in yaml.load_all(path.read_text(encoding="utf-8"), Loader=_LOADER):
            yield from _of_file(data)


def _of_file(data: Mapping[str, Any]) -> Iterator[Case]:
    step = Step(data["step"])
    for message, value in data.get("value", ()):
        yield Case(step=step, message=str(message), labels=("provide",), facts={FACT_OF[step]: str(value)})
    for message, facts in data.get("provide", ()):
        yield Case(step=step, message=str(message), labels=("provide",), facts=_named(facts))
    for message, facts in data.get("corrections", ()):
        yield Case(step=step, message=str(message), labels=("correction",), facts=_named(facts))
    for labels, message, facts in data.get("either", ()):
        yield Case(step=step, message=str(message), labels=tuple(labels.split("|")), facts=_named(facts))
    for message in data.get("invalid", ()):
        yield Case(step=step, message=str(message), labels=("invalid",))
    for labels, messages in data.get("cases", {}).items():
        for message in messages:
            yield Case(step=step, message=str(message), labels=tuple(labels.split("|")))


def _named(facts: Mapping[str, str]) -> dict[str, str]:
    """Return the facts by the names that readings use; some authors wrote the step's name instead (`firstname`)."""
    names = {step.value: fact for step, fact in FACT_OF.items()}
    return {names.get(name, name): value for name, value in facts.items()}


def reading_of(case: Case) -> Reading:
    """Read the case's message as the assistant would at its step."""
    return read(case.message, step=case.step, collected=KNOWN.get(case.step, Collected()))


def is_right(case: Case, reading: Reading) -> bool:
    """Tell whether the reading is what the labels say: the intent, and exactly the facts (known ones may be repeated).

    Addresses are compared as they are stored, in small letters.
    """
    known = {fact: KNOWN[case.step].value(step) for step, fact in FACT_OF.items()} if case.step in KNOWN else {}
    facts = {
        fact: value.lower() if fact == "email" and case.facts.get(fact, "").islower() else value
        for fact, value in reading.facts.items()
        if value != known.get(fact) or fact in case.facts
    }
    if case.labels == ("invalid",):
        return reading.intent in {Intent.PROVIDE, Intent.UNCLEAR} and not any(_is_valid(*fact) for fact in facts.items())
    if case.labels == ("correction",):
        return reading.intent is Intent.CORRECTION and facts == case.facts
    return any(_fits(label, reading) for label in case.labels) and facts == case.facts


def _fits(label: str, reading: Reading) -> bool:
    intent, _, detail = label.partition(":")
    if reading.intent.value != intent:
        return False
    found = reading.topic or reading.field
    return not detail or (found is not None and found.value == detail)


def _is_valid(fact: str, value: str) -> bool:
    if fact == "email":
        return not isinstance(parse_email(value), FieldProblem)
    if fact == "username":
        return username_problem(value) is None
    if fact == "password":
        return not POLICY.problems(value)
    return name_problem(fact, clean_name(value), label=fact) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one set came out."""

    total: int
    failures: tuple[tuple[Case, Reading], ...]

    @property
    def rate(self) -> float:
        return 1 - len(self.failures) / self.total


def messages_of(name: str) -> list[Case]:
    """Return every message of a half, or of an undivided set."""
    return list(whole_set(name)) if name in UNDIVIDED else [case for case in cases() if case.half == name]


def score(name: str) -> Score:
    """Read every message of a half, or of an undivided set, once and compare."""
    read_so = [(case, reading_of(case)) for case in messages_of(name)]
    return Score(total=len(read_so), failures=tuple(one for one in read_so if not is_right(*one)))


def main() -> None:
    """Print all sets; with `--failures` also what went wrong, never of those that are not looked at."""
    for half in (*OPEN, *CLOSED):
        result = score(half)
        steps = Counter(case.step.value for case, _ in result.failures)
        print(f"{half:17} {result.rate:.4f}  {len(result.failures)} of {result.total} wrong  {dict(steps)}")  # noqa: T201 - a table for people
        if half in OPEN and "--failures" in sys.argv:
            for case, reading in result.failures:
                print(f"  {case.step.value:9} {case.message!r}\n      want {'|'.join(case.labels)} {dict(case.facts)}")  # noqa: T201 - as above
                print(f"      got  {reading.intent.value} {reading.topic or reading.field or ''} {dict(reading.facts)}")  # noqa: T201 - as above


if __name__ == "__main__":
    main()
