"""A message on its way to a reading: what was found in it, and the facts that it gives besides."""

import re
from functools import cached_property

from signup.models import Collected, Step
from signup.understanding.answers import facts as take
from signup.understanding.intents import QUESTION_MARKS, signals
from signup.understanding.names import people
from signup.understanding.names.naming import the_name
from signup.understanding.names.sensible import sensible
from signup.understanding.names.spelling import unspelled
from signup.understanding.parts import asides
from signup.understanding.parts.around import settled
from signup.understanding.parts.clauses import the_answer
from signup.understanding.parts.rewriting import rewritten
from signup.understanding.parts.segments import Segment, of, segments
from signup.understanding.reading import FIRST, FIRST_NAMES_ASKED, LAST, STEP_OF, USERNAME, Intent, Reading
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.joined import apart
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Text, fold, is_latin, tokenize
from signup.understanding.words.wordlists import words

ORDINARY = words("ordinary")
SURE, LIKELY, GUESS, NONE = 0.95, 0.8, 0.5, 0.2
"""How far a reading can be trusted."""
SENTENCE = 4
_SMALL_CRY = 5
"""As many words are a sentence and no value any more."""
_OR = words("or")
_COPULAS = frozenset({"sono", "soy", "sou", "suis", "bin", "estoy", "estou", "sto", "jestem", "ben", "är", "er"})
"""Verbs that rather tell how one is than who, before one word written small."""
_INITIAL = re.compile(r"[^\W\d_a-z]\.?")
_APOSTROPHE = re.compile(r"['’]")

_PRONOUNS = frozenset({"i", "you", "he", "she", "it", "we", "they", "one", "anyone", "everyone", "someone", "this", "that"})


def _is_talk(part: Segment) -> bool:
    """Tell whether a part holds an everyday word that is written small."""
    return any(token.raw == token.raw.lower() and is_everyday(token) and token.folded not in people.PARTICLES for token in part.tokens)


def is_written_as_name(part: Segment) -> bool:
    """Tell whether every word but particles has a capital; a script without capitals does not tell."""
    return all(word[0].isupper() or token.folded in people.PARTICLES for word, token in zip(part.words, part.tokens, strict=True))


class Message:
    """One message: its words, parts and signals, and what it gives at the step that was asked."""

    def __init__(self, cleaned: str, step: Step, known: Collected) -> None:
        self.step, self.known = step, known
        self.said = cleaned = unspelled(apart(cleaned)) if step in FIRST_NAMES_ASKED else cleaned
        bare = asides.INTERJECTION.sub("", cleaned) if step in FIRST_NAMES_ASKED else cleaned
        if bare != bare.lower() and len(cleaned) - len(bare) > _SMALL_CRY:
            cleaned = bare  # "Finally! It's Tuckwell", but "Oh. Like the sound"
        cleaned = the_name(cleaned, step, known)
        self.is_found = cleaned != self.said
        """Whether the rest was left out because it only speaks of the name: "Selam, like the greeting"."""
        cleaned = the_answer(cleaned, step)
        self.ends_asking = cleaned.endswith(tuple(QUESTION_MARKS))
        self.clean = rewritten(settled(cleaned, step, known), step)
        found = take.find_emails(self.clean)
        self.found_emails = found if step is Step.EMAIL else [one for one in found if "." in one[2].rpartition("@")[2]]
        rest = take.without(self.clean, self.found_emails)
        self.text = self.told if rest == self.said else tokenize(rest)
        self.signals = signals(self.text, fuzzy=step is Step.START)
        self.parts = segments(self.text, step)
        if step in FIRST_NAMES_ASKED:
            self.parts = sensible(self.parts, self.text)
        self.fixes = any(True for _ in lexicon().fix.all(self.text.folded))
        self.asks = self.signals.marked or self.signals.asks
        self.whole = self.text.folded if self.clean == cleaned else tokenize(cleaned).folded
        """The words before anything around an answer was left out."""

    @cached_property
    def told(self) -> Text:
        """The words of the whole message."""
        return tokenize(self.said)

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
            elif (USERNAME not in facts and part.marker == "" and len(part.tokens) == 1 and self._is_made_beside(part.words[0])) or (
                self.step is Step.USERNAME
                and USERNAME not in facts
                and part.marker == ""
                and len(part.tokens) == 1
                and self._is_wish(part)
                and not is_everyday(part.tokens[0])
            ):
                facts[USERNAME] = take.username_of(part, self.text)
        return facts

    def _is_made_beside(self, word: str) -> bool:
        """Tell whether a word beside an address was made up for a login: "ana@example.org, ana_g"."""
        made = word.isascii() and take.is_made(word) and any(ch.isalpha() for ch in word) and any(ch.isdigit() or ch == "_" for ch in word)
        if len(self.found_emails) == 1 and not made:
            _, end, address = self.found_emails[0]
            made = word == address.partition("@")[0] and word in self.clean[end:]  # "bluefish@x.com / bluefish"
        return made and bool(self.found_emails) and self.step in {Step.START, Step.EMAIL}

    def _is_login(self, part: Segment) -> bool:
        word = part.words[0]
        if len(part.tokens) != 1 or not word.isascii() or take.is_made(word):
            return len(part.tokens) == 1 and word.isascii()
        if _APOSTROPHE.search(word):
            return False  # "you've"
        return part.tokens[0].folded not in lexicon().vocabulary and (self.step is Step.USERNAME or word == word.lower())

    def _is_introduced(self, part: Segment) -> bool:
        sure = self.step in FIRST_NAMES_ASKED
        if not sure and part.marker == "" and self.said.isupper():
            return False  # where everything is written large, capitals tell nothing
        if part.marker == "" and (len(self.text.tokens) > 1 or self.found_emails) and len(part.tokens) == 1 and not sure:
            word = part.tokens[0].folded
            if (
                word in _PRONOUNS
                or (self.found_emails and is_everyday(part.tokens[0]) and word not in people.WORDS_TOO)
                or (word in people.WORDS_TOO and word not in people.SHORT_NAMES)
            ):
                return False  # "Good. ana@example.org", "You can reach me at …": somebody called You or Best says so at the step that asks
        if part.marker == "iam" and not sure and self._is_small_name(part):
            return True
        if not sure and part.marker == "" and not is_written_as_name(part):
            return False  # "Tashi delek", "ایمیلم x@y.ir"
        if not sure and (self._is_about(part) or (part.marker == "" and _is_talk(part))):
            return False  # "Manda pro ana@example.org", "Finn is the dog"
        return part.marker in {"iam", "called", ""} and take.is_person(part, sure=sure) and not self._is_plain(part)

    def _is_about(self, part: Segment) -> bool:
        """Tell whether one word is what a sentence is about: "Finn is the dog"."""
        end, before = part.tokens[-1].end, part.tokens[0].before.strip()
        return (
            len(part.tokens) == 1
            and (part.marker == "" or bool(before))
            and fold(self.text.clean[end:].strip().partition(" ")[0]) in {"is", "was", "ist", "war", "est", "es", "era", "e"}
        )

    def _is_small_name(self, part: Segment) -> bool:
        """Tell whether somebody in a hurry introduces themselves: "im callum macleod"; one word could be a slip of another one."""
        begins = self.found_emails and self.text.place(part.tokens[0]) < SENTENCE
        begins = begins or "-" in part.words[0] or (self.step is Step.START and len(self.text.tokens) <= SENTENCE)
        if len(part.tokens) not in range(1 if begins else 2, SENTENCE) or not people.is_namelike(part.words):
            return False
        if not is_latin("".join(part.words)):
            return False
        at = self.text.place(part.tokens[0])
        if len(part.tokens) == 1 and at and self.text.folded[at - 1] in _COPULAS:
            return False  # "sono curioso"
        strange = [token for token in part.tokens if token.folded not in people.PARTICLES]
        if len(strange) == 1 and lexicon().control.nearest(strange[0].folded) != strange[0].folded:
            return False
        known = [token for token in strange if is_everyday(token)]
        return len(known) < len(strange) and all(token.folded not in lexicon().vocabulary and len(token.folded) > 1 for token in strange)

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
        if self.step is Step.FIRSTNAME and FIRST in facts and _INITIAL.fullmatch(facts.get(LAST, "")) and facts[LAST][0].isupper():
            facts = {fact: value for fact, value in facts.items() if fact != LAST}  # "Ian F." still has a last name to tell
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
            small = first.raw[0].islower() or (not self.signals.marked and last.folded in people.WORDS_TOO)  # "da Silva", "Da Costa"
            return self.step is Step.LASTNAME and first.folded in people.PARTICLES and small and capital
        if self.step is Step.LASTNAME and len(first.folded) == 1 and first.raw[0].isupper() and first.raw[0].isascii():
            return not self.signals.marked  # an initial
        if first.folded in people.SHORT_NAMES:
            return self.step in FIRST_NAMES_ASKED or self.step is Step.USERNAME
        if self.step is Step.USERNAME and first.folded in people.WORDS_TOO and len(first.folded) > 2:  # noqa: PLR2004 - usernames are longer
            said = lexicon().control.at(self.text.folded, 0)
            return said is not None and said.labels == {"filler"}
        return self.step in FIRST_NAMES_ASKED and capital and (self.is_found or first.folded in people.WORDS_TOO)

    def _has_one_name(self) -> bool:
        """Tell whether small words stand around one that people are called: "I'm Will", "Dale please"."""
        tokens = self.text.tokens
        names = [
            index
            for index, token in enumerate(tokens)
            if token.raw[0].isupper()
            and token.folded in people.WORDS_TOO
            and token.folded not in _PRONOUNS
            and not (index == 0 and self.signals.marked and self._begins_as_question())
        ]
        if len(names) != 1:
            return False
        words = self.text.folded
        return take.are_around(words[: names[0]]) and take.are_around(words[names[0] + 1 :])

    def _begins_as_question(self) -> bool:
        """Tell whether the first of several words asks: "Will it be seen?"; "Will, is that fine?" names somebody first."""
        end = self.text.tokens[0].end
        is_sentence = len(self.text.tokens) >= SENTENCE and self.clean[end : end + 1] == " "
        return is_sentence and lexicon().ask.at(self.text.folded, 0) is not None

    def _holds_value(self) -> bool:
        """Tell whether the message gives a value besides: a marked fact, a handle or a word that was made up for a login."""
        if take.marked(self.parts, self.text, self.step, self.known):
            return True
        return self.step is Step.USERNAME and any(take.is_made(token.raw) and not token.raw.isdecimal() for token in self.text.tokens)

    def _is_wish(self, part: Segment) -> bool:
        if len(part.tokens) != 1:
            made = sum(take.is_made(word) for word in part.words)
            return (made == 1 or (made == 2 and part.words[1] in _OR)) and len(part.tokens) <= SENTENCE  # noqa: PLR2004 - one or the other
        lex, word = lexicon(), part.tokens[0]
        if len(self.text.tokens) > 1 and _APOSTROPHE.search(word.raw) and is_everyday(word):
            return False  # "you've"
        if take.is_made(word.raw) or self._is_name_too():
            return True
        known = lex.control.at((word.folded,), 0) or lex.ask.at((word.folded,), 0) or lex.topics.at((word.folded,), 0)
        if known is None and word.folded not in lex.stop and (word.folded not in ORDINARY or part.marker in {"", "called"}):
            return True
        if known is None:
            return len(self.text.tokens) <= 2  # noqa: PLR2004 - "use sunshine"
        refuses = known.labels & {"refusal", "cancel", "no"} and len(self.text.tokens) > 1 and word.folded not in people.WORDS_TOO
        return (
            not refuses
            and part.marker in {"callme", "called"}
            and (
                word.folded in people.WORDS_TOO
                or not (known.labels & {"filler"} or word.folded in lex.stop or lex.fix.at((word.folded,), 0))
            )
        )
