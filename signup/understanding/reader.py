"""Reading one message: the order in which things are looked for."""

import re

from signup.models import Collected, Step
from signup.understanding import passwords
from signup.understanding.answers import domains
from signup.understanding.answers import facts as take
from signup.understanding.answers.logins import Login
from signup.understanding.answers.shaped import shaped
from signup.understanding.answers.values import AVAILABLE
from signup.understanding.ideas.composing import composed, concepts
from signup.understanding.ideas.exactly import exactly
from signup.understanding.intents import control_of, is_clear, signals, topic_of
from signup.understanding.message import GUESS, LIKELY, NONE, ORDINARY, SENTENCE
from signup.understanding.names import people
from signup.understanding.parts.beside import calls_another
from signup.understanding.parts.segments import EXPLICIT, Segment, of
from signup.understanding.reading import EMAIL, FIRST_NAMES_ASKED, Intent, Reading, Topic
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.mashing import is_babble, is_for_machines, is_laughter, is_mash, is_small_talk
from signup.understanding.words.text import clean, fold, is_too_long, tokenize, undecorated
from signup.understanding.words.wordlists import words

_BESIDE = frozenset({Topic.WHO, Topic.HOW_LONG})
"""What is asked after a name: "Anna, and yours?", "Bell, are we done?"."""
_IS = frozenset({"is", "ist", "est", "es", "esta", "e", "geht", "would"})
_OR = words("or")
_COMMANDS = frozenset({Intent.CANCEL, Intent.GO_BACK, Intent.START_OVER, Intent.LATER, Intent.THINKING, Intent.SUMMARY, Intent.NO})
_CLAUSE = re.compile(r"[,.;!…]+ ")
_OF_NAMES = words("speaking_of_names") | words("official_papers") | words("writes_it") | words("titles")
_SELF, _UNFINISHED = words("speaking_of_oneself"), words("unfinished")
_WHAT, _ABOUT = words("asks_meaning") | {"whats"}, frozenset({"about", "if", "of", "say"})
_PHRASE, _PAIR = 2, 2
_FEW_UNKNOWN = 2
"""With no more unknown words nearly everything of a message is known."""
_LONGEST_NAME = 4  # "Jaja" is one, "jajaja" is laughter

_NAMES = frozenset({"name", "first_name", "last_name"})
_NOUN_TOPICS = {
    Step.EMAIL: (frozenset({"email"}), Topic.EMAIL_RULES),
    Step.USERNAME: (_NAMES | {"username"}, Topic.USERNAME_RULES),
    Step.FIRSTNAME: (_NAMES, Topic.NAME_RULES),
    Step.LASTNAME: (_NAMES, Topic.NAME_RULES),
}
"""What a question is about that only names the field: "what's a username?"."""


def read(message: str, *, step: Step, collected: Collected) -> Reading:
    """Understand one message of a person who was asked for `step` and has given `collected` so far.

    Never raises. Takes time linear in the length; longer than `LONGEST_READ` characters is unclear by definition. Values are
    candidates: they have no control characters, but only the step's validator decides whether they may be used.
    """
    if is_too_long(message):
        return Reading(intent=Intent.UNCLEAR)
    said = undecorated(clean(message))
    return exactly(shaped(_read(message, said, step, collected), said, collected), said, step)


def _read(message: str, said: str, step: Step, collected: Collected) -> Reading:
    if step is Step.PASSWORD:
        found = passwords.read(message, collected)
        return _without_password(said, collected, found) if passwords.is_without_one(message, found) else found
    return _Reader(passwords.redacted(said), step, collected).reading()


def _without_password(text: str, collected: Collected, found: Reading) -> Reading:
    """Read what is said where a password was asked and none can be in the message; `found` is what it was taken for."""
    said = _Reader(text, Step.PASSWORD, collected).reading()
    if said.intent is Intent.UNCLEAR:
        return said if found.intent is Intent.PROVIDE and passwords.is_sentence(text) else found
    return said if found.intent is Intent.PROVIDE or _is_plainer(said, text) else found


def _is_plainer(said: Reading, text: str) -> bool:
    """Tell whether a reading says more than that a message asks something where a password was asked."""
    if said.intent is Intent.QUESTION:
        return said.topic not in {Topic.OTHER, Topic.HELP}
    if said.intent is Intent.REFUSAL:
        return lexicon().ask.at(tokenize(text).folded, 0) is None  # "is it secret between us" asks
    return said.intent in _COMMANDS - {Intent.NO}


class _Reader(Login):
    """Decides what a message is: the order in which meanings are looked for."""

    def reading(self) -> Reading:
        """Return what the message is."""
        found = self._found()
        if self.step not in FIRST_NAMES_ASKED:
            return found
        settled = self._settled(found)
        if settled is found or settled.intent is not Intent.UNCLEAR:
            return settled
        return self._composed(settled) or self._asks_something(settled)

    def reading_of(self, clause: str) -> Reading:
        """Return what one clause is by itself."""
        return _Reader(clause, self.step, self.known).reading()

    def _found(self) -> Reading:
        if (tried := self._tried_address()) is not None or self.found_emails:
            return tried or self._with_email()
        if alone := self._names_a_service() or self._initial() or self._asks_meaning():
            return alone
        if self._is_one_phrase() and (control := self._control()) is not None:
            return control
        if not self.text.tokens:
            return self._wordless()
        if self._says_nothing():
            return Reading(intent=Intent.UNCLEAR)
        return self._only_greets() or self._opening() or self._looked_up()

    def _names_a_service(self) -> Reading | None:
        """Read a message that only says where the address known so far really is: "oh sorry, gmail.com"."""
        known = None if self.step is Step.PASSWORD else self.known.email
        address = domains.moved(self.clean, known) if known else None
        return Reading(intent=Intent.CORRECTION, field=Step.EMAIL, facts={EMAIL: address}) if address else None

    def _says_nothing(self) -> bool:
        """Tell whether a message is markup, laughter, or keys that were only hit, which may be a username."""
        laughs = (len(self.clean) > _LONGEST_NAME or self.step in {Step.START, Step.EMAIL}) and is_laughter(self.clean)
        does_more = self.signals.marked or self.signals.span(("wait", "later", "refusal", "cancel", "go_back", "start_over"))
        does_more = does_more or self.signals.span(("thinking",)) > 1
        if not does_more and is_small_talk(self.said) and composed(self.whole, self.step, asks=self.asks) is None:
            return True
        may_babble = self.step in FIRST_NAMES_ASKED or not self.signals.matches
        laughs = laughs or (may_babble and (self.step is not Step.USERNAME or len(self.text.tokens) > 1) and is_babble(self.text.folded))
        is_hit = self.step is not Step.USERNAME and all(is_mash(token.raw) for token in self.text.tokens)
        return is_for_machines(self.clean) or laughs or is_hit or not (self.signals.matches or any(ch.isalnum() for ch in self.clean))

    def _looked_up(self) -> Reading:
        """Return what the message is by the first meaning that is found in it, or by the ideas in it."""
        if self._points_back():
            unclear = Reading(intent=Intent.UNCLEAR)
            return self._composed(unclear) or unclear
        if (beside := self._oddly_made() or self._speaks_of_others()) is not None:
            return beside
        looks = (self._correction, self._control, self._command, self._question, self._value, self._remark, self._lone_name)
        if calls_another(self.told, self.step):
            return Reading(intent=Intent.THINKING if self.signals.span(("wait", "thinking")) else Intent.UNCLEAR, confidence=GUESS)
        found = next((reading for look in looks if (reading := look()) is not None), Reading(intent=Intent.UNCLEAR, confidence=NONE))
        return self._composed(found) or self._titled(found) or self._waits(found) or self._commanded(found) or self._asks_something(found)

    def _asks_in_small_letters(self) -> bool:
        return self.step not in FIRST_NAMES_ASKED and self.clean == self.clean.lower() and self.signals.asks

    def _commanded(self, found: Reading) -> Reading | None:
        """Read a command that is a whole clause beside talk in which nothing else was found: "hang on, doorbell"."""
        clauses = [clause for clause in _CLAUSE.split(self.said) if clause]
        talks = found.intent is Intent.PROVIDE and (self._only_talks() or self._leaves_for_later(clauses))
        if found.intent is not Intent.UNCLEAR and not talks:
            return None
        for clause in clauses if len(clauses) > 1 else ():
            heard = signals(tokenize(clause), fuzzy=False)
            intent = control_of(heard, self.step) if heard.covered else None
            if intent is not None and intent in (_COMMANDS | {Intent.GREETING} if self.step in FIRST_NAMES_ASKED else _COMMANDS):
                return Reading(intent=intent, confidence=GUESS)
        return None

    def _leaves_for_later(self, clauses: list[str]) -> bool:
        """Tell whether a clause of several words is for later, beside a longer one written small: "mi jefe me llama, seguimos luego"."""
        if self.clean != self.clean.lower() or self._holds_value():
            return False
        heard = [signals(tokenize(clause), fuzzy=False) for clause in clauses]
        waits = any(len(said.words) > 1 and said.covered and said.span(("later",)) > said.span(("wait",)) for said in heard)
        return waits and all(len(said.words) > 1 for said in heard)

    def _only_talks(self) -> bool:
        """Tell whether all words are everyday ones written small that nobody is called."""
        return all(
            token.raw == token.raw.lower() and is_everyday(token) and token.folded not in people.WORDS_TOO for token in self.text.tokens
        )

    def _waits(self, found: Reading) -> Reading | None:
        """Read a story that begins with a word that asks for patience: "wait my mother is asking me which one"."""
        first = self.signals.matches[0] if self.signals.matches else None
        if first is None or first.start or "wait" not in first.labels or self.step is Step.START:
            return None
        talks = len(self.text.tokens) >= SENTENCE - 1 and self._only_talks()
        if found.intent is not Intent.UNCLEAR and not (found.intent is Intent.PROVIDE and talks):
            return None
        return Reading(intent=Intent.THINKING, confidence=GUESS)

    def _asks_something(self, found: Reading) -> Reading:
        """Return a question about something else where nothing was understood of words that begin like one."""
        if found.topic in {None, Topic.OTHER} and found.intent in {Intent.UNCLEAR, Intent.QUESTION} and self._asks_of_names():
            return Reading(intent=Intent.QUESTION, topic=Topic.NAME_RULES, confidence=GUESS)
        short = len(self.text.tokens) < SENTENCE and not (len(self.text.tokens) > 1 and self._asks_in_small_letters())
        if found.intent is not Intent.UNCLEAR or short or not self.asks_in_a_clause():
            return found
        talk = sum(is_everyday(token) for token in self.text.tokens) >= len(self.text.tokens) - 1
        if not talk or any("weather" in match.labels for match in concepts().all(self.whole)):
            return found  # "what a lovely weather"
        return Reading(intent=Intent.QUESTION, topic=Topic.OTHER, confidence=NONE)

    def _asks_of_names(self) -> bool:
        """Tell whether a question, or a choice that is left open, is about names: "the real one or what they call me"."""
        if self.step not in FIRST_NAMES_ASKED or len(self.whole) < SENTENCE:
            return False
        about = not _OF_NAMES.isdisjoint(self.whole) or any("sign" in match.labels for match in concepts().all(self.whole))
        return about and (self.asks or self.ends_asking or not _OR.isdisjoint(self.whole[1:-1]))

    def _is_undecided(self) -> bool:
        """Tell whether the last two addresses are offered for choice: "a@b.com or c@d.org"."""
        if len(self.found_emails) < _PAIR:
            return False
        if self.found_emails[-2][2].lower() == self.found_emails[-1][2].lower():
            return False
        between = self.clean[self.found_emails[-2][1] : self.found_emails[-1][0]]
        return fold(between.strip(" ,")) in _OR

    def _is_one_phrase(self) -> bool:
        return bool(self.text.tokens) and self.signals.span() == len(self.text.tokens)

    def _with_email(self) -> Reading:
        if self._is_undecided():
            return Reading(intent=Intent.UNCLEAR, offers=tuple(address for _, _, address in self.found_emails[-_PAIR:]))
        return self._given({EMAIL: take.email_of(self.clean, self.found_emails, self.known.email)} | self._others())

    def _control(self) -> Reading | None:
        """Read a message in which every word is a control word."""
        if not self.signals.covered or self._is_name_too():
            return None
        if not self.signals.marked and control_of(self.signals, self.step) is Intent.GREETING:
            return Reading(intent=Intent.GREETING)  # "hello, anybody there"
        topic = topic_of(self.signals, self.step)
        if self.step is Step.START and topic and topic[0] is Topic.HELP and self.signals.span(("yes",)) > 1:
            topic = None  # "could you help me create an account?"
        if topic and (self._outweighs(topic) or (self.asks and not self._agrees() and topic[1] // 2 >= self._command_span())):
            return Reading(intent=Intent.QUESTION, topic=topic[0], confidence=LIKELY)
        intent = control_of(self.signals, self.step)
        if self.signals.marked and intent in _COMMANDS and (meant := composed(self.whole, self.step, asks=True)) is not None:
            return meant if meant.intent is Intent.QUESTION else self._back_to(intent, 1.0)  # "can I change it another day?"
        return self._back_to(intent, 1.0) if intent else None

    def _outweighs(self, topic: tuple[Topic, int]) -> bool:
        return topic[1] // 2 > self.signals.span() or (self.signals.marked and topic[1] // 2 >= self.signals.span())

    def _command_span(self) -> int:
        """Return how many words the longest command has; a refusal counts where it is a phrase: "can I leave this empty"."""
        refused = self.signals.span(("refusal",))
        return max(self.signals.span(("summary",)), refused + 1 if refused > _PHRASE else 0)

    def _agrees(self) -> bool:
        return self.step is Step.START and self.signals.span(("yes", "no", "later")) > 1 and not self.signals.asks

    def _command(self) -> Reading | None:
        """Read a message with a control phrase of several words that is no value and no question."""
        span = self.signals.span(("start_over", "summary", "go_back", "cancel", "later", "refusal", "thinking", "no", "wait"))
        topic = topic_of(self.signals, self.step)
        if span < _PHRASE or (span == _PHRASE and self.signals.unknown > SENTENCE) or (topic and self._outweighs(topic)):
            return None
        if self.signals.marked and topic and self.signals.span(("summary", "go_back", "start_over", "cancel", "refusal")) < _PHRASE:
            return None
        if (self._holds_value() and not self._refuses_in_words()) or (
            self.step is Step.USERNAME and span == self.signals.span(("thinking", "refusal")) and self._tries()
        ):
            return None
        if self.step is Step.START and self.signals.marked and not self.signals.span(("no", "cancel", "later", "summary", "start_over")):
            return None  # "I have no computer, is that a problem?"
        intent = control_of(self.signals, self.step)
        is_command = intent is not None and intent not in {Intent.YES, Intent.GREETING}
        return self._back_to(intent, LIKELY) if intent is not None and is_command else None

    def _refuses_in_words(self) -> bool:
        """Tell whether a refusal goes on with everyday words: "I don't have a last name, in my place we use one name"."""
        refused = self.signals.span(("refusal",)) > _PHRASE
        return refused and all(is_everyday(token) and token.raw[0].islower() for part in of(self.parts, *EXPLICIT) for token in part.tokens)

    def _tries(self) -> bool:
        """Tell whether a hesitation ends in a proposal: "not sure, maybe bigfish?"."""
        wished = self._wished()
        return bool(wished) and fold(wished) not in lexicon().vocabulary and any(of(self.parts, "callme", "called"))

    def _question(self) -> Reading | None:
        topic = topic_of(self.signals, self.step)
        if not self.asks and (not self._is_clear(topic) or (self._holds_value() and not self._only_suggests(topic))):
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
        if about is not None and self.signals.nouns & about[0] and (not self._holds_value() or self._asks_what()):
            return Reading(intent=Intent.QUESTION, topic=about[1], confidence=GUESS)
        wished = self._wished() if self.step is Step.USERNAME else ""
        if self._is_named() or (wished and fold(wished) not in lexicon().vocabulary):
            return None
        intent = control_of(self.signals, self.step)
        refuses = self.step is Step.START and self.signals.marked and not self.signals.span(("no", "cancel", "later"))
        if intent is not None and intent not in {Intent.YES, Intent.GREETING} and not (refuses and intent is Intent.NO):
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
        if wished.isalpha() and self._asks_what():
            return False
        if not wished and not AVAILABLE.isdisjoint(self.text.folded):
            return bool(self._lone())  # "could you check whether bigfish is free?"
        if not wished or take.is_made(wished):
            return bool(wished)
        if self.signals.marked and len(self.text.tokens) < SENTENCE and fold(wished) not in lexicon().vocabulary:
            return True
        after_marker = any(part.marker for part in of(self.parts, "callme", "called", "iam"))
        return fold(wished) not in lexicon().vocabulary and (after_marker or not self._is_clear(topic))

    def _only_suggests(self, topic: tuple[Topic, int] | None) -> bool:
        """Tell whether all words but one say that the assistant may choose: "कोई अच्छा नाम बताओ"."""
        asked = topic is not None and topic[0] is Topic.SUGGEST and self.step is Step.USERNAME
        return asked and self.signals.topics["suggest"] >= max(_PHRASE + 1, len(self.text.tokens) - 1)

    def _asks_what(self) -> bool:
        """Tell whether a message asks what something is and proposes nothing: "what is username, is it Chinese name?"."""
        begun = self.text.folded[:2]
        return self.signals.marked and len(self.text.tokens) >= SENTENCE and begun[0] in _WHAT and begun[1] not in _ABOUT

    def _is_permitted(self) -> bool:
        """Tell whether it is asked if one username may be had: "is bigfish ok?"."""
        tokens = self.text.tokens
        return len(tokens) == 3 and tokens[0].folded in _IS and tokens[1].folded not in lexicon().vocabulary  # noqa: PLR2004 - "is X ok"

    def _remark(self) -> Reading | None:
        """Read a message that has control words among others."""
        if self.fixes and self._wants_change() and self.step is not Step.START:
            return Reading(intent=Intent.CORRECTION, confidence=GUESS)
        if self.signals.unknown > _FEW_UNKNOWN and self.signals.span() < _PHRASE:
            return None
        intent = control_of(self.signals, self.step)
        if intent is Intent.YES and self.step is not Step.START and self.signals.unknown:
            return None
        if intent is Intent.YES and self._only_speaks_of_self():
            return None
        if intent in {Intent.YES, Intent.NO} and self.signals.span() < _PHRASE and not self.signals.opens():
            return None
        return Reading(intent=intent, confidence=LIKELY if self.step is Step.START else GUESS) if intent else None

    def _only_speaks_of_self(self) -> bool:
        """Tell whether what sounds like a yes begins a remark about the person: "I am bored", "I will read that first"."""
        said = [match for match in self.signals.matches if "yes" in match.labels and not match.labels & {"filler"}]
        following = self.text.tokens[said[0].end : said[0].end + 1] if len(said) == 1 else ()
        known = any(match.start == said[0].end for match in self.signals.matches) if said else False
        begun = bool(said) and self.text.folded[said[0].start] in _SELF and self.text.folded[said[0].end - 1] in _UNFINISHED
        return begun and bool(following) and (not known or self._goes_on_to(said[0].end)) and not following[0].before.strip()

    def _goes_on_to(self, index: int) -> bool:
        """Tell whether only small words stand between a place and one that nothing here knows: "I want to do an exam first"."""
        inside = {place for match in self.signals.matches for place in range(match.start, match.end)}
        small = {place for match in self.signals.matches if match.labels <= {"filler"} for place in range(match.start, match.end)}
        unknown = next((place for place in range(index, len(self.text.tokens)) if place not in small), None)
        return unknown is not None and unknown not in inside
