"""Reading one message: the order in which things are looked for."""

import re

from signup.models import Collected, Step
from signup.understanding import facts as take
from signup.understanding import passwords, people
from signup.understanding.everyday import is_everyday_word
from signup.understanding.intents import control_of, is_clear, topic_of
from signup.understanding.lexicon import lexicon
from signup.understanding.message import GUESS, LIKELY, NONE, ORDINARY, SENTENCE
from signup.understanding.opening import decided
from signup.understanding.reading import EMAIL, FIRST, FIRST_NAMES_ASKED, LAST, STEP_OF, USERNAME, Intent, Reading, Topic
from signup.understanding.segments import EXPLICIT, Segment, of
from signup.understanding.text import LONGEST_READ, clean, fold, undecorated
from signup.understanding.values import AVAILABLE
from signup.understanding.whole import Whole
from signup.understanding.wordlists import words

_MARKUP = re.compile(r"<[/!?]?[a-zA-Z][^@>]{0,200}>|</|&[a-z]{2,8};|javascript:|\d ?= ?\d|[a-z]{3,6}://|\bwww\.", re.IGNORECASE)
_BESIDE = frozenset({Topic.WHO, Topic.HOW_LONG})
"""What is asked after a name: "Anna, and yours?", "Bell, are we done?"."""
_IS = frozenset({"is", "ist", "est", "es", "esta", "e", "geht", "would"})
_OR, _REALLY = words("or"), words("really")
_CHANGE = tuple(sorted(words("change_stems")))

_NAMES = frozenset({"name", "first_name", "last_name"})
_NOUN_TOPICS = {
    Step.EMAIL: (frozenset({"email"}), Topic.EMAIL_RULES),
    Step.USERNAME: (frozenset({"username"}), Topic.USERNAME_RULES),
    Step.FIRSTNAME: (_NAMES, Topic.NAME_RULES),
    Step.LASTNAME: (_NAMES, Topic.NAME_RULES),
}
"""What a question is about that only names the field: "what's a username?"."""


def read(message: str, *, step: Step, collected: Collected) -> Reading:
    """Understand one message of a person who was asked for `step` and has given `collected` so far.

    Never raises. Takes time linear in the length; longer than `LONGEST_READ` characters is unclear by definition. Values are
    candidates: they have no control characters, but only the step's validator decides whether they may be used.
    """
    if len(message) > LONGEST_READ:
        return Reading(intent=Intent.UNCLEAR)
    if step is Step.PASSWORD:
        return passwords.read(message, collected)
    return _Reader(passwords.redacted(undecorated(clean(message))), step, collected).reading()


class _Reader(Whole):
    """Decides what a message is: the order in which meanings are looked for."""

    def reading(self) -> Reading:
        """Return what the message is."""
        if self.found_emails:
            return self._with_email()
        if self._is_one_phrase() and (control := self._control()) is not None:
            return control
        if not self.text.tokens:
            return self._wordless()
        if _MARKUP.search(self.clean):
            return Reading(intent=Intent.UNCLEAR)
        return self._opening() or self._looked_up()

    def _looked_up(self) -> Reading:
        """Return what the message is by the first meaning that is found in it, or by the ideas in it."""
        if self._points_back():
            unclear = Reading(intent=Intent.UNCLEAR)
            return self._composed(unclear) or unclear
        looks = (self._correction, self._control, self._command, self._question, self._value, self._remark, self._lone_name)
        found = next((reading for look in looks if (reading := look()) is not None), Reading(intent=Intent.UNCLEAR, confidence=NONE))
        return self._composed(found) or found

    def _is_undecided(self) -> bool:
        """Tell whether the last two addresses are offered for choice: "a@b.com or c@d.org"."""
        if len(self.found_emails) < 2:  # noqa: PLR2004 - one or the other
            return False
        if self.found_emails[-2][2].lower() == self.found_emails[-1][2].lower():
            return False
        between = self.clean[self.found_emails[-2][1] : self.found_emails[-1][0]]
        return fold(between.strip(" ,")) in _OR

    def _is_one_phrase(self) -> bool:
        return bool(self.text.tokens) and self.signals.span() == len(self.text.tokens)

    def _with_email(self) -> Reading:
        if self._is_undecided():
            return Reading(intent=Intent.UNCLEAR)
        return self._given({EMAIL: take.email_of(self.clean, self.found_emails, self.known.email)} | self._others())

    def _correction(self) -> Reading | None:
        if self.step is Step.START:
            return None
        renamed = self._renamed()
        if renamed is not None:
            return renamed
        facts = take.marked(self.parts, self.text, self.step, self.known)
        known = take.known_facts(self.known)
        changes = {fact: value for fact, value in facts.items() if known.get(fact) is not None and known[fact] != value}
        if changes and (not self.asks or self._is_request(changes)):
            return self._given(facts | self._besides(facts))
        if self.step is Step.LASTNAME and (called := self._really_called()):
            return self._given({FIRST: called})
        fields = [part.marker for part in self.parts if part.marker in STEP_OF and STEP_OF[part.marker] is not self.step]
        if not fields and self.known.firstname and any(part.marker == "name" and not part.tokens for part in self.parts):
            fields = [FIRST]
        if fields and self.fixes and not changes and not self.asks:
            changes = self._said_after(fields[0])
        if self.fixes and fields and (not self.asks or self._wants_change()):
            return Reading(intent=Intent.CORRECTION, field=STEP_OF[fields[0]], facts=changes, confidence=LIKELY)
        return None

    def _is_request(self, changes: dict[str, str]) -> bool:
        """Tell whether a question asks for a change: "can you make my username jd_90"."""
        return self.text.tokens[0].folded not in _IS and all(not is_everyday_word(fold(value)) for value in changes.values())

    def _really_called(self) -> str:
        """Return the first name of "actually I'm called Johannes", said where the last name was asked."""
        if len(self.parts) == 2 and self.parts[1] == Segment("first_name") and take.is_person(self.parts[0], sure=False):  # noqa: PLR2004 - and its name
            copula = self.clean[self.parts[0].tokens[-1].end :].split()[:1]
            return people.written(" ".join(self.parts[0].words)) if copula and fold(copula[0]) in _IS and not self.asks else ""
        named = list(of(self.parts, "name", "called"))
        if len(named) != 1 or self.asks or any(part.marker == "last_name" for part in self.parts):
            return ""
        if _REALLY.isdisjoint(self.text.folded) and not (self.fixes and named[0].marker == "called"):
            return ""  # "no wait, call me Kim" corrects as well, "sorry, my name is Bell" need not
        words = [token.raw for token in named[0].tokens if token.folded not in lexicon().stop or token.folded in people.SHORT_NAMES]
        return people.written(words[0]) if len(words) == 1 and people.is_namelike(words) else ""

    def _besides(self, facts: dict[str, str]) -> dict[str, str]:
        """Return the answer to the step itself that stands before a correction: "Doe, but my first name is Jon"."""
        if self.step is Step.USERNAME:
            return self._wished_fact(facts)
        first = self.parts[0]
        if self.step not in FIRST_NAMES_ASKED or first.marker or not take.is_person(first, sure=False) or self._is_ordinary(first):
            return {}
        return {LAST: take.last_name(first, self.known)} if self.step is Step.LASTNAME else take.person(first)

    def _said_after(self, field: str) -> dict[str, str]:
        """Return the value that follows a correction in a sentence of its own: "I spelled my first name wrong, it's Jon"."""
        for part in of(self.parts, "iam", "called", "callme"):
            if field in {FIRST, LAST} and take.is_person(part, sure=True):
                return {field: people.written(" ".join(part.words), last=field == LAST)}
            if field == USERNAME and len(part.tokens) == 1 and self._is_wish(part):
                return {field: take.username_of(part, self.text)}
        for part in of(self.parts, ""):
            if field == USERNAME and len(part.tokens) == 1 and take.is_made(part.words[0]):
                return {field: take.username_of(part, self.text)}
        return {}

    def _wants_change(self) -> bool:
        return any(word.startswith(_CHANGE) for word in self.text.folded)

    def _renamed(self) -> Reading | None:
        """Read "Jon not John" and "not John, Jon", where John is the known first name."""
        known = self.known.firstname
        words = [token.raw for token in self.text.tokens]
        if not known or self.step is not Step.LASTNAME or not self.fixes or fold(known) not in self.text.folded:
            return None
        vocabulary = lexicon().vocabulary
        rest = [word for word in words if fold(word) != fold(known) and (fold(word) not in vocabulary or fold(word) in people.SHORT_NAMES)]
        if len(rest) == 1 and people.is_namelike(rest) and not any(part.marker == "last_name" for part in self.parts):
            return self._given({FIRST: people.written(rest[0])})
        return None

    def _opening(self) -> Reading | None:
        """Read "yes, because …" at the start, unless a fact is given besides."""
        if self.step is not Step.START or any(True for _ in of(self.parts, *EXPLICIT, "called", "callme")):
            return None
        intent = decided(self.text, self.signals)
        return Reading(intent=intent, confidence=LIKELY) if intent else None

    def _control(self) -> Reading | None:
        """Read a message in which every word is a control word."""
        if not self.signals.covered or self._is_name_too():
            return None
        topic = topic_of(self.signals, self.step)
        if self.step is Step.START and topic and topic[0] is Topic.HELP and self.signals.span(("yes",)) > 1:
            topic = None  # "could you help me create an account?"
        if topic and (self._outweighs(topic) or (self.asks and not self._agrees() and topic[1] // 2 >= self.signals.span(("summary",)))):
            return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=LIKELY)
        intent = control_of(self.signals, self.step)
        return self._back_to(intent, 1.0) if intent else None

    def _outweighs(self, topic: tuple[Topic, int]) -> bool:
        return topic[1] // 2 > self.signals.span() or (self.signals.marked and topic[1] // 2 >= self.signals.span())

    def _agrees(self) -> bool:
        return self.step is Step.START and self.signals.span(("yes", "no", "later")) > 1 and not self.signals.asks

    def _command(self) -> Reading | None:
        """Read a message with a control phrase of several words that is no value and no question."""
        span = self.signals.span(("start_over", "summary", "go_back", "cancel", "later", "refusal", "thinking", "no", "wait"))
        topic = topic_of(self.signals, self.step)
        if span < 2 or (span == 2 and self.signals.unknown > SENTENCE) or (topic and self._outweighs(topic)):  # noqa: PLR2004 - a phrase
            return None
        if self.signals.marked and topic and self.signals.span(("summary", "go_back", "start_over", "cancel", "refusal")) < 2:  # noqa: PLR2004 - as above
            return None
        if self._holds_value() or (self.step is Step.USERNAME and span == self.signals.span(("thinking",)) and self._tries()):
            return None
        intent = control_of(self.signals, self.step)
        is_command = intent is not None and intent not in {Intent.YES, Intent.GREETING}
        return self._back_to(intent, LIKELY) if intent is not None and is_command else None

    def _tries(self) -> bool:
        """Tell whether a hesitation ends in a proposal: "not sure, maybe bigfish?"."""
        wished = self._wished()
        return bool(wished) and fold(wished) not in lexicon().vocabulary and any(of(self.parts, "callme", "called"))

    def _question(self) -> Reading | None:
        topic = topic_of(self.signals, self.step)
        if not self.asks and (not self._is_clear(topic) or self._holds_value()):
            return None
        if self._is_name_too() or (self.step is Step.USERNAME and self._asks_for_one(topic)):
            return None
        if self.step is Step.START and any(take.is_made(part.words[0]) for part in of(self.parts, "username")):
            return None  # "can I have ana_g as my username?"
        if (
            topic is not None and not self._is_capital_word(topic[0]) and not (topic[0] in _BESIDE and self._is_named())
        ):  # "Anna, and yours?"
            return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=LIKELY if topic[1] > 1 else GUESS)
        word = self.text.tokens[0].raw
        is_name = self.step in FIRST_NAMES_ASKED and len(self.text.tokens) == 1 and word[0].isupper() and not self.signals.marked
        return None if is_name else self._open_question()

    def _is_capital_word(self, topic: Topic) -> bool:
        """Tell whether a topic is named by one word that is written like a name ("Price", "Costa")."""
        tokens = self.text.tokens
        alone = len(tokens) == 1 and tokens[0].raw[0].isupper() and not self.signals.marked
        return alone and self.step in FIRST_NAMES_ASKED and topic not in {Topic.HELP, Topic.WHY}

    def _open_question(self) -> Reading | None:
        """Read a question whose topic is not among the known ones."""
        tokens = self.text.tokens
        if self.signals.marked and len(tokens) == 1 and lexicon().ask.at(self.text.folded, 0) and tokens[0].folded not in people.WORDS_TOO:
            return Reading(intent=Intent.QUESTION, topic=Topic.HELP, confidence=GUESS)  # "what?"
        about = _NOUN_TOPICS.get(self.step)
        if about is not None and self.signals.nouns & about[0] and not self._holds_value():
            return Reading(intent=Intent.QUESTION, topic=about[1], confidence=GUESS)
        wished = self._wished() if self.step is Step.USERNAME else ""
        if self._is_named() or (wished and fold(wished) not in lexicon().vocabulary):
            return None
        intent = control_of(self.signals, self.step)
        if intent is not None and intent not in {Intent.YES, Intent.GREETING}:
            return Reading(intent=intent, confidence=GUESS)
        if self.signals.marked and len(self.text.tokens) > 1 and not self._holds_value() and not self._is_named():
            return Reading(intent=Intent.QUESTION, topic=Topic.OTHER, confidence=NONE)
        return None

    def _is_clear(self, topic: tuple[Topic, int] | None) -> bool:
        """Tell whether a question needs no question mark; "suggest" is a request at the step where it makes sense."""
        wants = topic is not None and topic[0] is Topic.SUGGEST and self.step is Step.USERNAME and len(self.text.tokens) > 1
        return wants or is_clear(topic, self.signals.weighty or len(self.text.tokens))

    def _is_named(self) -> bool:
        return self.step in FIRST_NAMES_ASKED and any(
            take.is_person(part, sure=part.marker == "name") and not self._is_known_word(part)
            for part in of(self.parts, "", "iam", "called", "name")
        )

    def _is_known_word(self, part: Segment) -> bool:
        """Tell whether a part is an ordinary word; before a comma ("Luc, et vous?") only a frequent one is."""
        word = part.tokens[0]
        if len(part.tokens) == 1 and self.clean[word.end : word.end + 1] in {",", "，", "、", "."}:
            return word.folded not in people.WORDS_TOO and (word.folded in lexicon().stop or word.folded in ORDINARY)
        return self._is_ordinary(part)

    def _asks_for_one(self, topic: tuple[Topic, int] | None) -> bool:
        """Tell whether a question is a wish: "how about bigfish?", "is johndoe free?"."""
        wished = self._wished()
        if self._is_permitted():
            return True
        if not wished and not AVAILABLE.isdisjoint(self.text.folded):
            return bool(self._lone())  # "could you check whether bigfish is free?"
        if not wished or take.is_made(wished):
            return bool(wished)
        if self.signals.marked and len(self.text.tokens) < SENTENCE and fold(wished) not in lexicon().vocabulary:
            return True
        after_marker = any(part.marker for part in of(self.parts, "callme", "called", "iam"))
        return fold(wished) not in lexicon().vocabulary and (after_marker or not self._is_clear(topic))

    def _is_permitted(self) -> bool:
        """Tell whether it is asked if one username may be had: "is bigfish ok?"."""
        tokens = self.text.tokens
        return len(tokens) == 3 and tokens[0].folded in _IS and tokens[1].folded not in lexicon().vocabulary  # noqa: PLR2004 - "is X ok"

    def _remark(self) -> Reading | None:
        """Read a message that has control words among others."""
        if self.fixes and self._wants_change() and self.step is not Step.START:
            return Reading(intent=Intent.CORRECTION, confidence=GUESS)
        if self.signals.unknown > 2 and self.signals.span() < 2:  # noqa: PLR2004 - nearly everything is known, or a phrase
            return None
        intent = control_of(self.signals, self.step)
        if intent is Intent.YES and self.step is not Step.START and self.signals.unknown:
            return None
        if intent in {Intent.YES, Intent.NO} and self.signals.span() < 2 and not self.signals.opens():  # noqa: PLR2004 - as above
            return None
        return Reading(intent=intent, confidence=LIKELY if self.step is Step.START else GUESS) if intent else None
