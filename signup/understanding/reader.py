"""Reading one message: the order in which things are looked for."""

import re

from signup.models import Collected, Step
from signup.understanding import facts as take
from signup.understanding import passwords, people
from signup.understanding.emails import apart, spoken
from signup.understanding.intents import QUESTION_MARKS, control_of, is_clear, signals, topic_of
from signup.understanding.lexicon import lexicon
from signup.understanding.reading import EMAIL, FIRST, FIRST_NAMES_ASKED, LAST, STEP_OF, USERNAME, Intent, Reading, Topic
from signup.understanding.segments import Segment, of, segments
from signup.understanding.text import LONGEST_READ, clean, fold, tokenize

_MARKUP = re.compile(r"<[/!?]?[a-zA-Z][^@>]{0,200}>|</|&[a-z]{2,8};|javascript:|[a-z]{3,6}://|\bwww\.", re.IGNORECASE)
_SHORT_LABEL = re.compile(r"\b(first|last|given|family)(?= ?[:=])", re.IGNORECASE)
_TITLE = re.compile(r"\b(prof|mrs|mr|ms|dr|sra|sr|mme|dott)\. ?(?=\S)", re.IGNORECASE)
_ASIDE = re.compile(
    r"(?<=\S)[, ]+(?:as in|like in|like the|spelled|spelt|spelling|with (?:a|an|one|two|double|capital|accent)|without|wie in|wie bei|mit (?:zwei|einem|doppel)|"
    r"comme dans|avec (?:un|une|deux)|como en|como em|con (?:una?|dos|doble)|com (?:um|dois)|come in|con due)\b.{0,200}$",
    re.IGNORECASE,
)
_CHANGE = tuple(
    fold(word)
    for word in (
        "chang edit correct fix updat modif ander korrig cambi corrig corre mud alter troc trocar değiş düzel измен помен исправ смен تغيير تعديل غير بدل बदल "
        "badal 改 换 更 修 変え 変更 修正 訂正 redo replac wijzig verander zmien andra endre"
    ).split()
)
_SURE, _LIKELY, _GUESS, _NONE = 0.95, 0.8, 0.5, 0.2
_SENTENCE = 4
_OR = frozenset("or oder ou o oppure или أو 或 veya".split())


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
        self.clean = _SHORT_LABEL.sub(r"\1 name", spoken(cleaned))
        if step is Step.USERNAME:
            self.clean = apart(self.clean)
        if step in {Step.FIRSTNAME, Step.LASTNAME}:
            self.clean = _ASIDE.sub("", _TITLE.sub(r"\1 ", self.clean))
        found = take.find_emails(self.clean)
        self.found_emails = found if step is Step.EMAIL else [one for one in found if "." in one[2].rpartition("@")[2]]
        self.text = tokenize(take.without(self.clean, self.found_emails))
        self.signals = signals(self.text, fuzzy=step is Step.START)
        self.parts = segments(self.text, step)
        self.fixes = any(True for _ in lexicon().fix.all(self.text.folded))
        self.asks = self.signals.marked or self.signals.asks

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
        for look in (self._correction, self._control, self._command, self._question, self._value, self._remark):
            found = look()
            if found is not None:
                return found
        return Reading(intent=Intent.UNCLEAR, confidence=_NONE)

    def _is_one_phrase(self) -> bool:
        return bool(self.text.tokens) and self.signals.span() == len(self.text.tokens)

    def _wordless(self) -> Reading:
        if not self.clean:
            return Reading(intent=Intent.GREETING)
        if set(self.clean) <= set(QUESTION_MARKS + "! "):
            return (
                Reading(intent=Intent.QUESTION, topic=Topic.HELP)
                if set(self.clean) & set(QUESTION_MARKS)
                else Reading(intent=Intent.UNCLEAR)
            )
        return Reading(intent=Intent.THINKING if set(self.clean) <= set(".… ") else Intent.UNCLEAR)

    # -- an address is there

    def _with_email(self) -> Reading:
        return self._given({EMAIL: take.email_of(self.clean, self.found_emails, self.known.email)} | self._others())

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
                and not self.fixes
                and USERNAME not in facts
                and part.marker == ""
                and len(part.tokens) == 1
                and self._is_wish(part)
            ):
                facts[USERNAME] = take.username_of(part, self.text)
        return facts

    def _is_login(self, part: Segment) -> bool:
        word = part.words[0]
        return (
            len(part.tokens) == 1
            and word.isascii()
            and (take.is_made(word) or self.step is Step.USERNAME or (word == word.lower() and not self._is_plain(part)))
        )

    def _is_introduced(self, part: Segment) -> bool:
        sure = self.step in FIRST_NAMES_ASKED
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

    def _given(self, facts: dict[str, str], confidence: float = _SURE) -> Reading:
        """Return the facts as a correction where one of them is known otherwise, as given where not."""
        known = take.known_facts(self.known)
        changed = [fact for fact, value in facts.items() if known.get(fact) is not None and known[fact] != value]
        if changed:
            return Reading(intent=Intent.CORRECTION, field=STEP_OF[changed[0]], facts=facts, confidence=confidence)
        return Reading(intent=Intent.PROVIDE, facts=facts, confidence=confidence)

    # -- something given before is to be changed

    def _correction(self) -> Reading | None:
        if self.step is Step.START:
            return None
        renamed = self._renamed()
        if renamed is not None:
            return renamed
        facts = take.marked(self.parts, self.text, self.step, self.known)
        known = take.known_facts(self.known)
        changes = {fact: value for fact, value in facts.items() if known.get(fact) is not None and known[fact] != value}
        if changes and not self.asks:
            return self._given(facts if self.step is not Step.USERNAME else facts | self._wished_fact(facts))
        fields = [part.marker for part in self.parts if part.marker in STEP_OF and STEP_OF[part.marker] is not self.step]
        if self.fixes and fields and (not self.asks or self._wants_change()):
            return Reading(intent=Intent.CORRECTION, field=STEP_OF[fields[0]], facts=changes, confidence=_LIKELY)
        return None

    def _wants_change(self) -> bool:
        return any(word.startswith(_CHANGE) for word in self.text.folded)

    def _renamed(self) -> Reading | None:
        """Read "Jon not John" and "not John, Jon", where John is the known first name."""
        known = self.known.firstname
        words = [token.raw for token in self.text.tokens]
        if not known or self.step is not Step.LASTNAME or not self.fixes or fold(known) not in self.text.folded:
            return None
        lex = lexicon()
        rest = [
            word
            for word in words
            if fold(word) != fold(known) and lex.fix.at((fold(word),), 0) is None and lex.glue.at((fold(word),), 0) is None
        ]
        if len(rest) == 1 and people.is_namelike(rest) and not any(part.marker == "last_name" for part in self.parts):
            return self._given({FIRST: people.written(rest[0])})
        return None

    # -- control, questions

    def _control(self) -> Reading | None:
        """Read a message in which every word is a control word."""
        if not self.signals.covered or self._is_name_too():
            return None
        topic = topic_of(self.signals, self.step)
        if topic and (self._outweighs(topic) or (self.asks and not self._agrees() and topic[1] // 2 >= self.signals.span(("summary",)))):
            return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=_LIKELY)
        intent = control_of(self.signals, self.step)
        return Reading(intent=intent) if intent else None

    def _outweighs(self, topic: tuple[Topic, int]) -> bool:
        return topic[1] // 2 > self.signals.span() or (self.signals.marked and topic[1] // 2 >= self.signals.span())

    def _agrees(self) -> bool:
        return self.step is Step.START and self.signals.span(("yes", "no", "later")) > 1 and not self.signals.asks

    def _is_name_too(self) -> bool:
        """Tell whether the only word, written like a name, is one that people are called."""
        word = self.text.tokens[0]
        if len(self.text.tokens) != 1 or word.folded not in people.WORDS_TOO:
            return False
        return (self.step in {Step.FIRSTNAME, Step.LASTNAME} and word.raw[0].isupper()) or (
            self.step is Step.USERNAME and word.folded in people.SHORT_NAMES
        )

    def _command(self) -> Reading | None:
        """Read a message with a control phrase of several words that is no value and no question."""
        span = self.signals.span(("start_over", "summary", "go_back", "cancel", "later", "refusal", "thinking", "no", "wait"))
        topic = topic_of(self.signals, self.step)
        if span < 2 or (span == 2 and self.signals.unknown > _SENTENCE) or (topic and self._outweighs(topic)):  # noqa: PLR2004 - a phrase
            return None
        if self.signals.marked and topic and self.signals.span(("summary", "go_back", "start_over", "cancel", "refusal")) < 2:  # noqa: PLR2004 - as above
            return None
        if self._holds_value():
            return None
        intent = control_of(self.signals, self.step)
        return (
            Reading(intent=intent, confidence=_LIKELY) if intent not in {None, Intent.YES, Intent.GREETING} and intent is not None else None
        )

    def _holds_value(self) -> bool:
        """Tell whether the message gives a value besides: a marked fact, a handle or a word that was made up for a login."""
        if take.marked(self.parts, self.text, self.step, self.known):
            return True
        return self.step is Step.USERNAME and any(take.is_made(token.raw) and not token.raw.isdecimal() for token in self.text.tokens)

    def _question(self) -> Reading | None:
        topic = topic_of(self.signals, self.step)
        if not self.asks and (not self._is_clear(topic) or self._holds_value()):
            return None
        if self._is_name_too() or (self.step is Step.USERNAME and self._asks_for_one(topic)):
            return None
        if (
            self.step in {Step.FIRSTNAME, Step.LASTNAME}
            and len(self.text.tokens) == 1
            and not self.signals.marked
            and self.text.tokens[0].raw[0].isupper()
            and topic is None
        ):
            return None
        if topic is not None:
            return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=_LIKELY if topic[1] > 1 else _GUESS)
        if self.step is Step.USERNAME and "username" in self.signals.nouns and not self._holds_value():
            return Reading(intent=Intent.QUESTION, topic=Topic.USERNAME_RULES, confidence=_GUESS)
        if (
            self.step in FIRST_NAMES_ASKED
            and self.asks
            and self.signals.nouns & {"name", "first_name", "last_name"}
            and not self._holds_value()
        ):
            return Reading(intent=Intent.QUESTION, topic=Topic.NAME_RULES, confidence=_GUESS)
        intent = control_of(self.signals, self.step)
        if intent not in {None, Intent.YES, Intent.GREETING} and intent is not None:
            return Reading(intent=intent, confidence=_GUESS)
        if self.signals.marked and len(self.text.tokens) > 1 and not self._holds_value() and not self._is_named():
            return Reading(intent=Intent.QUESTION, topic=Topic.OTHER, confidence=_NONE)
        return None

    def _is_clear(self, topic: tuple[Topic, int] | None) -> bool:
        """Tell whether a question needs no question mark; "suggest" is a request at the step where it makes sense."""
        wants = topic is not None and topic[0] is Topic.SUGGEST and self.step is Step.USERNAME and len(self.text.tokens) > 1
        return wants or is_clear(topic, len(self.text.tokens))

    def _is_named(self) -> bool:
        return self.step in {Step.FIRSTNAME, Step.LASTNAME} and any(
            take.is_person(part, sure=False) for part in of(self.parts, "", "iam", "called")
        )

    def _asks_for_one(self, topic: tuple[Topic, int] | None) -> bool:
        """Tell whether a question is a wish: "how about bigfish?", "is johndoe free?"."""
        wished = self._wished()
        if not wished or take.is_made(wished):
            return bool(wished)
        if self.signals.marked and len(self.text.tokens) < _SENTENCE and fold(wished) not in lexicon().vocabulary:
            return True
        after_marker = any(part.marker for part in of(self.parts, "callme", "called", "iam"))
        return fold(wished) not in lexicon().vocabulary and (after_marker or not self._is_clear(topic))

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
        return self._given(facts, _LIKELY) if facts and any(part.marker for part in self.parts) else None

    def _email_value(self) -> Reading | None:
        facts = self._others()
        if facts and any(part.marker in {"username", "name", "first_name", "last_name", "iam", "called", "callme"} for part in self.parts):
            return self._given(facts, _LIKELY)
        if "@" in self.clean or len(self.text.tokens) == 1:
            return Reading(intent=Intent.PROVIDE, facts={EMAIL: self.clean}, confidence=_LIKELY)
        return None

    def _username_value(self) -> Reading | None:
        facts = take.marked(self.parts, self.text, self.step, self.known)
        facts |= self._wished_fact(facts)
        if not (facts.keys() - {FIRST, LAST}):
            facts |= self._renamed_login(facts)
        if facts:
            return self._given(facts)
        if len(self.text.tokens) == 1 and (self.parts and self.parts[0].marker == "username"):
            return Reading(intent=Intent.PROVIDE, facts={USERNAME: self.text.tokens[0].raw}, confidence=_GUESS)
        plain = [part for part in of(self.parts, "", "callme", "iam", "called") if len(part.tokens) > 1]
        if plain and self._is_attempt(plain[0]):
            return Reading(intent=Intent.PROVIDE, facts={USERNAME: take.username_of(plain[0], self.text)}, confidence=_GUESS)
        return None

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
        return len(part.tokens) < _SENTENCE and not any(token.folded in stop for token in part.tokens)

    def _wished(self) -> str:
        """Return the one word that is left once everything around a username is gone, or an empty text."""
        handle = take.handle_in(self.clean)
        if handle:
            return handle
        candidates = [part for marker in ("callme", "called", "iam", "") for part in of(self.parts, marker) if self._is_wish(part)]
        candidates += [part for part in of(self.parts, "name") if any(take.is_made(word) for word in part.words) and self._is_wish(part)]
        if not candidates:
            return ""
        vocabulary = lexicon().vocabulary
        best = min(candidates, key=lambda part: (not any(take.is_made(word) for word in part.words), part.tokens[0].folded in vocabulary))
        return take.username_of(best, self.text)

    def _is_wish(self, part: Segment) -> bool:
        if len(part.tokens) != 1:
            made = sum(take.is_made(word) for word in part.words)
            return (made == 1 or (made == 2 and part.words[1] in _OR)) and len(part.tokens) <= _SENTENCE  # noqa: PLR2004 - one or the other
        lex, word = lexicon(), part.tokens[0]
        if take.is_made(word.raw) or self._is_name_too():
            return True
        known = lex.control.at((word.folded,), 0) or lex.ask.at((word.folded,), 0) or lex.topics.at((word.folded,), 0)
        if known is None:
            return True
        return part.marker in {"callme", "called"} and (
            word.folded in people.WORDS_TOO or not (known.labels & {"filler"} or word.folded in lex.stop or lex.fix.at((word.folded,), 0))
        )

    def _firstname_value(self) -> Reading | None:
        facts = take.marked(self.parts, self.text, self.step, self.known)
        bare = [part for part in of(self.parts, "") if take.is_person(part, sure=True)]
        if (
            len(bare) == 2
            and all(word[0].isupper() for part in bare for word in part.words)
            and not facts
            and not self.fixes
            and "," in bare[1].tokens[0].before
        ):  # noqa: PLR2004 - "García, Ana"
            repeated = {fold(word) for word in bare[0].words} <= {fold(word) for word in bare[1].words}
            return self._given(take.person(bare[1]) if repeated else take.person_reversed(bare[0], bare[1]))
        if self.fixes:
            bare.reverse()
        named = next((part for part in of(self.parts, "name") if len(part.tokens) == 1), None)
        fuller = next((part for part in bare if named and len(part.words) > 1 and fold(part.words[-1]) == named.tokens[0].folded), None)
        if fuller is not None:
            facts |= take.person(fuller)
        for part in (*of(self.parts, "iam"), *bare, *of(self.parts, "called")):
            if (
                FIRST not in facts
                and take.is_person(part, sure=True)
                and not (part.marker == "" and LAST in facts and self._is_plain(part))
            ):
                facts |= take.person(part) | facts
        return self._given(facts) if facts else None

    def _lastname_value(self) -> Reading | None:
        facts = take.marked(self.parts, self.text, self.step, self.known)
        if LAST not in facts:
            candidates = [part for part in of(self.parts, "name", "iam", "", "called") if take.is_person(part, sure=True)]
            others = [part for part in candidates if " ".join(part.words).casefold() != (self.known.firstname or "").casefold()]
            if self.fixes:
                others.reverse()
            if others:
                facts[LAST] = take.last_name(others[0], self.known)
                facts.pop(FIRST, None)
        return self._given(facts) if facts else None

    # -- neither

    def _remark(self) -> Reading | None:
        """Read a message that has control words among others."""
        if self.fixes and self._wants_change() and self.step is not Step.START:
            return Reading(intent=Intent.CORRECTION, confidence=_GUESS)
        if self.signals.unknown > 2 and self.signals.span() < 2:  # noqa: PLR2004 - nearly everything is known, or a phrase
            return None
        intent = control_of(self.signals, self.step)
        if intent in {Intent.YES, Intent.NO} and self.signals.span() < 2 and not self.signals.opens():  # noqa: PLR2004 - as above
            return None
        return Reading(intent=intent, confidence=_LIKELY if self.step is Step.START else _GUESS) if intent else None
