"""Reading one message: the order in which things are looked for."""

import re

from signup.models import Collected, Step
from signup.understanding import facts as take
from signup.understanding import passwords, people
from signup.understanding.emails import spoken
from signup.understanding.intents import Signals, control_of, signals, topic_of
from signup.understanding.lexicon import lexicon
from signup.understanding.reading import EMAIL, FIRST, LAST, STEP_OF, USERNAME, Intent, Reading, Topic
from signup.understanding.segments import Segment, of, segments
from signup.understanding.text import LONGEST_READ, Text, clean, tokenize

_MARKUP = re.compile(r"<[/!?]?[a-zA-Z][^@>]{0,200}>|</|&[a-z]{2,8};|javascript:", re.IGNORECASE)
_SURE, _LIKELY, _GUESS, _NONE = 0.95, 0.8, 0.5, 0.2


def read(message: str, *, step: Step, collected: Collected) -> Reading:
    """Understand one message of a person who was asked for `step` and has given `collected` so far.

    Never raises. Takes time linear in the length; longer than `LONGEST_READ` characters is unclear by definition. Values are
    candidates: they have no control characters, but only the step's validator decides whether they may be used.
    """
    if len(message) > LONGEST_READ:
        return Reading(intent=Intent.UNCLEAR)
    if step is Step.PASSWORD:
        return passwords.read(message, collected)
    return _Message(passwords.redacted(clean(message)), step, collected).reading()


class _Message:
    """One message on its way to a reading."""

    def __init__(self, cleaned: str, step: Step, known: Collected) -> None:
        self.step, self.known = step, known
        self.clean = spoken(cleaned)
        self.found_emails = take.find_emails(self.clean)
        self.text = tokenize(take.without(self.clean, self.found_emails))
        self.signals = signals(self.text, fuzzy=step is Step.START)
        self.parts = segments(self.text, step)
        self.fixes = any(True for _ in lexicon().fix.all(self.text.folded))

    def reading(self) -> Reading:
        """Return what the message is."""
        if self.found_emails:
            return self._with_email()
        if not self.text.tokens:
            return Reading(intent=Intent.UNCLEAR if self.clean else Intent.GREETING, confidence=_NONE if self.clean else _SURE)
        if _MARKUP.search(self.clean):
            return Reading(intent=Intent.UNCLEAR)
        return (
            self._correction()
            or self._control()
            or self._question()
            or self._value()
            or self._remark()
            or Reading(intent=Intent.UNCLEAR, confidence=_NONE)
        )

    # -- an address is there

    def _with_email(self) -> Reading:
        address = take.email_of(self.clean, self.found_emails, self.known.email)
        facts = {EMAIL: address} | self._others()
        return self._given(facts)

    def _others(self) -> dict[str, str]:
        facts = take.marked(self.parts, self.text, self.step, self.known)
        handle = take.handle_in(take.without(self.clean, self.found_emails))
        if handle:
            facts.setdefault(USERNAME, handle)
        for part in of(self.parts, "iam", "called", "callme", ""):
            if USERNAME not in facts and part.marker in {"callme", "called"} and len(part.tokens) == 1:
                facts[USERNAME] = take.username_of(part, self.text)
            elif FIRST not in facts and self._is_introduced(part):
                facts |= take.person(part)
            elif self.step is Step.USERNAME and USERNAME not in facts and len(part.tokens) == 1 and part.marker == "":
                facts[USERNAME] = take.username_of(part, self.text)
        return facts

    def _is_introduced(self, part: Segment) -> bool:
        if part.marker not in {"iam", "called", ""} or not take.is_person(part, sure=self.step is Step.FIRSTNAME):
            return False
        control = lexicon().control
        return not all(control.at((token.folded,), 0) for token in part.tokens)

    def _given(self, facts: dict[str, str], confidence: float = _SURE) -> Reading:
        """Return the facts as a correction where one of them is known otherwise, as given where not."""
        known = take.known_facts(self.known)
        changed = [fact for fact, value in facts.items() if known.get(fact) is not None and known[fact] != value]
        if changed:
            return Reading(intent=Intent.CORRECTION, field=STEP_OF[changed[0]], facts=facts, confidence=confidence)
        return Reading(intent=Intent.PROVIDE, facts=facts, confidence=confidence)

    # -- something given before is to be changed

    def _correction(self) -> Reading | None:
        fields = [part.marker for part in self.parts if part.marker in STEP_OF or part.marker == "name"]
        facts = take.marked(self.parts, self.text, self.step, self.known)
        known = take.known_facts(self.known)
        named = self._renamed()
        if named:
            return named
        changes = {fact: value for fact, value in facts.items() if known.get(fact) is not None and known[fact] != value}
        if changes and (self.fixes or not self.signals.marked):
            return self._given(facts)
        other = [field for field in fields if field != "name" and STEP_OF[field] is not self.step]
        if self.fixes and other and not self._asks():
            return Reading(intent=Intent.CORRECTION, field=STEP_OF[other[0]], facts=changes, confidence=_LIKELY)
        return None

    def _renamed(self) -> Reading | None:
        """Read "Jon not John" and "not John, Jon", where John is the known first name."""
        known = self.known.firstname
        words = [token.raw for token in self.text.tokens]
        if not known or self.step is not Step.LASTNAME or not self.fixes or known not in words:
            return None
        rest = [
            word
            for word in words
            if word != known and lexicon().fix.at((word.lower(),), 0) is None and lexicon().glue.at((word.lower(),), 0) is None
        ]
        if len(rest) == 1 and people.is_namelike(rest):
            return self._given({FIRST: people.written(rest[0])})
        return None

    def _asks(self) -> bool:
        return self.signals.marked or self.signals.asks

    # -- control, questions

    def _control(self) -> Reading | None:
        if not self.signals.covered and not (self.signals.unknown == 0 and self.signals.has("greeting")):
            return None
        if self._is_name_too():
            return None
        if self._asks() and (topic := topic_of(self.signals, self.step)) and topic[1] > 1 and not self._agrees():
            return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=_LIKELY)
        intent = control_of(self.signals, self.step)
        return Reading(intent=intent, confidence=_SURE) if intent else None

    def _agrees(self) -> bool:
        first = self.signals.first()
        return self.step is Step.START and first is not None and first.labels >= {"yes"} and first.end - first.start > 1

    def _is_name_too(self) -> bool:
        """Tell whether the only word, written like a name, is one that people are called."""
        words = self.text.tokens
        return (
            self.step in {Step.FIRSTNAME, Step.LASTNAME}
            and len(words) == 1
            and words[0].raw[:1].isupper()
            and words[0].folded in people.WORDS_TOO
        )

    def _question(self) -> Reading | None:
        topic = topic_of(self.signals, self.step)
        if not self._asks() and not (topic and topic[1] > 3):  # noqa: PLR2004 - two words or more name it
            return None
        if self.step is Step.USERNAME and self._wished():
            return None
        if topic is None:
            return (
                Reading(intent=Intent.QUESTION, topic=Topic.OTHER, confidence=_NONE)
                if self.signals.marked and len(self.text.tokens) > 1
                else None
            )
        return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=_LIKELY if topic[1] > 1 else _GUESS)

    # -- the value that was asked for

    def _value(self) -> Reading | None:
        return {
            Step.START: self._start_value,
            Step.EMAIL: self._email_value,
            Step.USERNAME: self._username_value,
            Step.FIRSTNAME: self._firstname_value,
            Step.LASTNAME: self._lastname_value,
        }[self.step]()

    def _start_value(self) -> Reading | None:
        facts = self._others()
        return self._given(facts, _LIKELY) if facts else None

    def _email_value(self) -> Reading | None:
        facts = self._others()
        if facts and any(part.marker in {"username", "name", "first_name", "last_name", "iam", "called", "callme"} for part in self.parts):
            return self._given(facts, _LIKELY)
        if "@" in self.clean or len(self.text.tokens) == 1:
            return Reading(intent=Intent.PROVIDE, facts={EMAIL: self.clean}, confidence=_LIKELY)
        return None

    def _username_value(self) -> Reading | None:
        facts = take.marked(self.parts, self.text, self.step, self.known)
        if USERNAME not in facts and (wished := self._wished()):
            facts[USERNAME] = wished
        if USERNAME in facts or (facts and not self.fixes):
            return self._given(facts)
        plain = [part for part in of(self.parts, "", "callme", "iam", "called") if len(part.tokens) > 1]
        if plain and not self.signals.has("refusal", at_least=2) and self._is_attempt(plain[0]):
            return Reading(intent=Intent.PROVIDE, facts={USERNAME: take.username_of(plain[0], self.text)}, confidence=_GUESS)
        return None

    def _is_attempt(self, part: Segment) -> bool:
        stop = lexicon().stop
        return len(part.tokens) <= 3 and not any(token.folded in stop for token in part.tokens)  # noqa: PLR2004 - more is a sentence

    def _wished(self) -> str:
        """Return the one word that is left once everything around a username is gone, or an empty text."""
        handle = take.handle_in(self.clean)
        if handle:
            return handle
        candidates = [part for part in of(self.parts, "", "callme", "iam", "called") if self._is_wish(part)]
        made = [part for part in candidates if take.is_made(part.words[0])]
        chosen = (made or candidates)[:1]
        return take.username_of(chosen[0], self.text) if chosen else ""

    def _is_wish(self, part: Segment) -> bool:
        if len(part.tokens) != 1:
            return sum(take.is_made(word) for word in part.words) == 1 and len(part.tokens) <= 4  # noqa: PLR2004 - more is a sentence
        lex, word = lexicon(), part.tokens[0]
        if take.is_made(word.raw):
            return True
        known = lex.control.at((word.folded,), 0) or lex.ask.at((word.folded,), 0) or lex.topics.at((word.folded,), 0)
        return known is None or part.marker in {"callme", "called"}

    def _firstname_value(self) -> Reading | None:
        facts = take.marked(self.parts, self.text, self.step, self.known)
        for marker in ("iam", ""):
            for part in of(self.parts, marker):
                if FIRST not in facts and take.is_person(part, sure=True):
                    facts |= take.person(part)
        if facts:
            return self._given(facts)
        return None

    def _lastname_value(self) -> Reading | None:
        facts = take.marked(self.parts, self.text, self.step, self.known)
        if LAST not in facts:
            for part in of(self.parts, "name", "iam", ""):
                if take.is_person(part, sure=True):
                    facts[LAST] = take.last_name(part, self.known)
                    break
        return self._given(facts) if facts else None

    # -- neither

    def _remark(self) -> Reading | None:
        if not any(
            match.end - match.start > 1 or self.signals.unknown <= 2
            for match in self.signals.matches
            if match.labels - {"filler", "greeting"}
        ):  # noqa: PLR2004 - nearly everything is known
            return None
        intent = control_of(self.signals, self.step)
        return Reading(intent=intent, confidence=_LIKELY if self.step is Step.START else _GUESS) if intent else None


def text_of(message: str) -> Text:
    """Return the tokens of a message, for those who look for single words only."""
    return tokenize(clean(message))


__all__ = ["Signals", "read", "text_of"]
