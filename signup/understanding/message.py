"""A message on its way to a reading: what was found in it, and the values it gives."""

import re

from signup.models import Collected, Step
from signup.understanding import facts as take
from signup.understanding import people
from signup.understanding.intents import signals
from signup.understanding.lexicon import lexicon
from signup.understanding.reading import EMAIL, FIRST, FIRST_NAMES_ASKED, LAST, STEP_OF, USERNAME, Intent, Reading
from signup.understanding.rewriting import rewritten
from signup.understanding.segments import Segment, of, segments
from signup.understanding.text import fold, is_solid, tokenize
from signup.understanding.wordlists import words

_ORDINARY = words("ordinary")
_SHAPE = re.compile(r"[A-Za-z0-9._-]{3,30}")
SURE, LIKELY, GUESS, NONE = 0.95, 0.8, 0.5, 0.2
"""How far a reading can be trusted."""
_LONG_WISH = 9
_REVERSED = 2  # "García, Ana"
SENTENCE = 4
"""As many words are a sentence and no value any more."""
_OR = words("or")

_PRONOUNS = frozenset({"i", "you", "he", "she", "it", "we", "they", "one", "anyone", "everyone", "someone", "this", "that"})


class Message:
    """One message: its words, parts and signals, and what it gives at the step that was asked."""

    def __init__(self, cleaned: str, step: Step, known: Collected) -> None:
        self.step, self.known = step, known
        self.clean = rewritten(cleaned, step)
        found = take.find_emails(self.clean)
        self.found_emails = found if step is Step.EMAIL else [one for one in found if "." in one[2].rpartition("@")[2]]
        self.text = tokenize(take.without(self.clean, self.found_emails))
        self.signals = signals(self.text, fuzzy=step is Step.START)
        self.parts = segments(self.text, step)
        self.fixes = any(True for _ in lexicon().fix.all(self.text.folded))
        self.asks = self.signals.marked or self.signals.asks

    def _others(self) -> dict[str, str]:
        """Return the other facts of a message that gives some."""
        facts = take.marked(self.parts, self.text, self.step, self.known)
        handle = take.handle_in(take.without(self.clean, self.found_emails))
        if handle:
            facts.setdefault(USERNAME, handle)
        for part in of(self.parts, "iam", "called", "callme", ""):
            if part.marker in {"callme", "called"} and USERNAME not in facts and self._is_login(part):
                facts[USERNAME] = take.username_of(part, self.text)
            elif self._is_introduced(part):
                facts = self._named(part) | facts
            elif (
                self.step is Step.USERNAME
                and USERNAME not in facts
                and part.marker == ""
                and len(part.tokens) == 1
                and self._is_wish(part)
                and part.tokens[0].folded not in lexicon().vocabulary
            ):
                facts[USERNAME] = take.username_of(part, self.text)
        return facts

    def _is_login(self, part: Segment) -> bool:
        word = part.words[0]
        if len(part.tokens) != 1 or not word.isascii() or take.is_made(word):
            return len(part.tokens) == 1 and word.isascii()
        return part.tokens[0].folded not in lexicon().vocabulary and (self.step is Step.USERNAME or word == word.lower())

    def _is_introduced(self, part: Segment) -> bool:
        sure = self.step in FIRST_NAMES_ASKED
        if part.marker == "" and len(self.text.tokens) > 1 and len(part.tokens) == 1 and not sure:
            word = part.tokens[0].folded
            if word in _PRONOUNS or (word in people.WORDS_TOO and word not in people.SHORT_NAMES):
                return False  # "You can reach me at …": somebody called You or Best says so at the step that asks
        return part.marker in {"iam", "called", ""} and take.is_person(part, sure=sure) and not self._is_plain(part)

    def _is_plain(self, part: Segment) -> bool:
        """Tell whether a segment has ordinary words only, which nobody is called."""
        if self.step in FIRST_NAMES_ASKED and all(token.raw[0].isupper() for token in part.tokens):
            return False
        vocabulary = lexicon().vocabulary
        return all(
            token.folded in vocabulary and not (token.folded in people.WORDS_TOO and token.raw[0].isupper()) for token in part.tokens
        )

    def _named(self, part: Segment) -> dict[str, str]:
        return {LAST: take.last_name(part, self.known)} if self.step is Step.LASTNAME else take.person(part)

    def _given(self, facts: dict[str, str], confidence: float = SURE) -> Reading:
        """Return the facts as a correction where one of them is known otherwise, as given where not."""
        known = take.known_facts(self.known)
        changed = [fact for fact, value in facts.items() if known.get(fact) is not None and known[fact] != value]
        if changed:
            return Reading(intent=Intent.CORRECTION, field=STEP_OF[changed[0]], facts=facts, confidence=confidence)
        return Reading(intent=Intent.PROVIDE, facts=facts, confidence=confidence)

    def _is_name_too(self) -> bool:
        """Tell whether the only word is one that people are called, or the words are "de Haan"; a script without capitals counts too."""
        first, last = self.text.tokens[0], self.text.tokens[-1]
        capital = last.raw[0].isupper() or not last.raw[0].islower()
        if len(self.text.tokens) > 1:
            if self.step in FIRST_NAMES_ASKED and self._has_one_name():
                return True
            return self.step is Step.LASTNAME and first.folded in people.PARTICLES and first.raw[0].islower() and capital
        if first.folded in people.SHORT_NAMES:
            return self.step in FIRST_NAMES_ASKED or self.step is Step.USERNAME
        if self.step is Step.USERNAME and first.folded in people.WORDS_TOO and len(first.folded) > 2:  # noqa: PLR2004 - usernames are longer
            said = lexicon().control.at(self.text.folded, 0)
            return said is not None and said.labels == {"filler"}
        return self.step in FIRST_NAMES_ASKED and capital and first.folded in people.WORDS_TOO

    def _has_one_name(self) -> bool:
        """Tell whether small words stand around one that people are called: "I'm Will", "Dale please"."""
        tokens = self.text.tokens
        names = [
            index
            for index, token in enumerate(tokens)
            if token.raw[0].isupper() and token.folded in people.WORDS_TOO and token.folded not in _PRONOUNS
        ]
        if len(names) != 1:
            return False
        words = self.text.folded
        return take.are_around(words[: names[0]]) and take.are_around(words[names[0] + 1 :])

    def _holds_value(self) -> bool:
        """Tell whether the message gives a value besides: a marked fact, a handle or a word that was made up for a login."""
        if take.marked(self.parts, self.text, self.step, self.known):
            return True
        return self.step is Step.USERNAME and any(take.is_made(token.raw) and not token.raw.isdecimal() for token in self.text.tokens)

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
        return self._given(facts, LIKELY) if facts and any(part.marker for part in self.parts) else None

    def _email_value(self) -> Reading | None:
        facts = self._others()
        if facts and any(part.marker in {"username", "name", "first_name", "last_name", "iam", "called", "callme"} for part in self.parts):
            return self._given(facts, LIKELY)
        if "@" in self.clean or len(self.text.tokens) == 1:
            return Reading(intent=Intent.PROVIDE, facts={EMAIL: self.clean}, confidence=LIKELY)
        return None

    def _username_value(self) -> Reading | None:
        facts = take.marked(self.parts, self.text, self.step, self.known)
        facts |= self._wished_fact(facts)
        if not (facts.keys() - {FIRST, LAST}):
            facts |= self._renamed_login(facts)
        if facts:
            return self._given(facts)
        if len(self.text.tokens) == 1 and (self.parts and self.parts[0].marker == "username"):
            return Reading(intent=Intent.PROVIDE, facts={USERNAME: self.text.tokens[0].raw}, confidence=GUESS)
        plain = [part for part in of(self.parts, "", "callme", "iam", "called") if len(part.tokens) > 1]
        if plain and self._is_attempt(plain[0]) and not (self._lone() and any(token.folded in _ORDINARY for token in plain[0].tokens[1:])):
            return Reading(intent=Intent.PROVIDE, facts={USERNAME: take.username_of(plain[0], self.text)}, confidence=GUESS)
        lone = self._lone()
        return self._given({USERNAME: lone}, LIKELY) if lone else None

    def _lone(self) -> str:
        """Return the only word of a sentence that no language here knows and that could be a username: "check johndoe for me"."""
        vocabulary = lexicon().vocabulary
        strange = [token for token in self.text.tokens if token.folded not in vocabulary and token.folded.rstrip("s") not in vocabulary]
        if len(strange) != 1 or len(self.text.tokens) < 2 or not _SHAPE.fullmatch(strange[0].raw):  # noqa: PLR2004 - a sentence
            return ""
        return take.username_of(Segment("", strange), self.text)

    def _wished_fact(self, facts: dict[str, str]) -> dict[str, str]:
        wished = "" if USERNAME in facts else self._wished()
        return {USERNAME: wished} if wished else {}

    def _renamed_login(self, facts: dict[str, str]) -> dict[str, str]:
        """Take "my name is johndoe" for the username where nothing else is."""
        named = [part for part in of(self.parts, "name") if len(part.tokens) == 1]
        if named and (take.is_made(named[0].words[0]) or named[0].words[0] == named[0].words[0].lower()) and named[0].words[0].isascii():
            facts.clear()
            return {USERNAME: take.username_of(named[0], self.text)}
        return {}

    def _is_attempt(self, part: Segment) -> bool:
        stop = lexicon().stop
        return len(part.tokens) < SENTENCE and not any(token.folded in stop for token in part.tokens)

    def _wished(self) -> str:
        """Return the one word that is left once everything around a username is gone, or an empty text."""
        handle = take.handle_in(self.clean)
        if handle:
            return handle
        order = [part for marker in ("callme", "called", "iam", "") for part in of(self.parts, marker)]
        if self.fixes:
            order = sorted(order, key=lambda part: -part.tokens[0].start)  # "bigfish, no wait, smallfish"
        candidates = [part for part in order if self._is_wish(part)]
        candidates += [part for part in of(self.parts, "name") if any(take.is_made(word) for word in part.words) and self._is_wish(part)]
        if not candidates:
            return ""
        vocabulary = lexicon().vocabulary
        if sum(not is_solid(token.raw[0]) for token in self.text.tokens) > _LONG_WISH and not any(
            take.is_made(word) for part in candidates for word in part.words
        ):
            return ""
        small = any(part.words[0].islower() and part.tokens[0].folded not in vocabulary and not part.marker for part in candidates)
        best = min(
            candidates,
            key=lambda part: (
                not any(take.is_made(word) for word in part.words),
                part.tokens[0].folded in vocabulary,
                small and part.words[0].istitle(),  # "fancypants, but people call me Jim"
            ),
        )
        return take.username_of(best, self.text)

    def _is_wish(self, part: Segment) -> bool:
        if len(part.tokens) != 1:
            made = sum(take.is_made(word) for word in part.words)
            return (made == 1 or (made == 2 and part.words[1] in _OR)) and len(part.tokens) <= SENTENCE  # noqa: PLR2004 - one or the other
        lex, word = lexicon(), part.tokens[0]
        if take.is_made(word.raw) or self._is_name_too():
            return True
        known = lex.control.at((word.folded,), 0) or lex.ask.at((word.folded,), 0) or lex.topics.at((word.folded,), 0)
        if known is None and (word.folded not in _ORDINARY or part.marker in {"", "called"}):
            return True
        if known is None:
            return len(self.text.tokens) <= 2  # noqa: PLR2004 - "use sunshine"
        return part.marker in {"callme", "called"} and (
            word.folded in people.WORDS_TOO or not (known.labels & {"filler"} or word.folded in lex.stop or lex.fix.at((word.folded,), 0))
        )

    def _firstname_value(self) -> Reading | None:
        facts = take.marked(self.parts, self.text, self.step, self.known)
        bare = [part for part in of(self.parts, "") if take.is_person(part, sure=True) and not self._is_piece(part)]
        if (
            len(bare) == _REVERSED
            and all(word[0].isupper() for part in bare for word in part.words)
            and not facts
            and not self.fixes
            and "," in bare[1].tokens[0].before
        ):
            repeated = {fold(word) for word in bare[0].words} <= {fold(word) for word in bare[1].words}
            return self._given(take.person(bare[1]) if repeated else take.person_reversed(bare[0], bare[1]))
        if self.fixes:
            bare.reverse()
        named = next((part for part in of(self.parts, "name") if len(part.tokens) == 1), None)
        fuller = next((part for part in bare if named and len(part.words) > 1 and fold(part.words[-1]) == named.tokens[0].folded), None)
        if fuller is not None:
            facts |= take.person(fuller)
        bare.sort(key=self._is_ordinary)
        if bare and self._is_ordinary(bare[0]) and any(of(self.parts, "called")):
            bare = []
        for part in (*of(self.parts, "iam"), *bare, *of(self.parts, "called")):
            if (
                FIRST not in facts
                and take.is_person(part, sure=True)
                and not (part.marker == "" and LAST in facts and self._is_plain(part))
            ):
                facts |= take.person(part) | facts
        return self._given(facts or self._only_word()) if facts or self._only_word() else None

    def _is_piece(self, part: Segment) -> bool:
        """Tell whether a part is a piece of a sentence about something else: ordinary small words among many others."""
        others = len(self.text.tokens) - len(part.tokens)
        return part.marker == "" and others > SENTENCE and all(word == word.lower() for word in part.words) and self._is_ordinary(part)

    @staticmethod
    def _is_ordinary(part: Segment) -> bool:
        return all(token.folded in lexicon().vocabulary and token.folded not in people.WORDS_TOO for token in part.tokens)

    def _only_word(self) -> dict[str, str]:
        """Return the only word, written like a name, though it means something else elsewhere ("Nick", "Post")."""
        if len(self.text.tokens) != 1 or not self.text.tokens[0].raw[0].isupper():
            return {}
        part = Segment("", list(self.text.tokens))
        if not take.is_person(part, sure=True):
            return {}
        return {LAST: take.last_name(part, self.known)} if self.step is Step.LASTNAME else take.person(part)

    def _lastname_value(self) -> Reading | None:
        facts = take.marked(self.parts, self.text, self.step, self.known)
        if LAST not in facts:
            parts = of(self.parts, "name", "iam", "", "called")
            candidates = [part for part in parts if take.is_person(part, sure=True) and not self._is_piece(part)]
            others = [part for part in candidates if " ".join(part.words).casefold() != (self.known.firstname or "").casefold()]
            if self.fixes:
                others.reverse()
            if others:
                facts[LAST] = take.last_name(others[0], self.known)
                facts.pop(FIRST, None)
        facts = facts or self._only_word()
        return self._given(facts) if facts else None
