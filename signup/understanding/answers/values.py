"""The values that a message gives at the step that was asked."""

import re

from signup.models import Step
from signup.understanding.answers import domains
from signup.understanding.answers import facts as take
from signup.understanding.ideas.composing import concepts, is_of_ideas
from signup.understanding.message import GUESS, LIKELY, ORDINARY, SENTENCE, Message, is_written_as_name
from signup.understanding.names import people
from signup.understanding.parts.segments import Segment, of
from signup.understanding.reading import EMAIL, FIRST, FIRST_NAMES_ASKED, LAST, USERNAME, Intent, Reading
from signup.understanding.words.everyday import is_everyday, is_everyday_word
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.mashing import is_babble, is_laughter
from signup.understanding.words.slips import is_slip
from signup.understanding.words.text import fold, is_solid
from signup.understanding.words.wordlists import words

AVAILABLE = words("available")
"""What is asked about a username: "is bigfish free?"."""
_OR, _DETERMINERS = words("or"), words("determiners") | words("owners")
_INITIALED = re.compile(r"[^\W\d_]{2,} (?:[^\W\d_]\.?|(?:el|la|the|le|il|der|o|a) \d+)")
"""A name cut short, or with a number behind an article, is no username with something beside it: "Annegret S.", "dieguito el 10"."""
_SHAPE = re.compile(r"[A-Za-z0-9._-]{3,30}")
_FOR = frozenset({"for", "von", "für", "pour", "para", "de", "di", "от"})
_I_AM = frozenset({"im", "am", "bin", "suis", "soy", "sono", "sou"})
_PRONOUNS = frozenset({"i", "you", "we", "it", "he", "she", "they"})
_DENIALS = frozenset({"dont", "not", "never", "nicht", "kein", "pas", "jamais", "nunca", "non", "não", "mai", "не", "değil"})
_ARTICLES = frozenset({"a", "an", "the", "un", "une", "una", "uno", "ein", "eine", "um", "uma", "bir", "der", "die", "das"})
_AT_SERVICE = words("at") | {"on", "bei", "chez", "en", "su", "em", "na"}
_LOCAL = re.compile(r"[A-Za-z0-9._+-]{2,64}")
_LONG_WISH = 9
_PLACES = words("before_others")
"""Words before the name of a place, a thing or somebody else."""
_WILL = ("start_over", "summary", "go_back", "cancel", "later", "refusal", "no")
_INTRODUCED = frozenset({"name", "first_name", "last_name", "iam", "called"})
_REVERSED = 2  # "García, Ana"


class Valued(Message):
    """A message that is asked for the step's value."""

    def _value(self) -> Reading | None:
        if self.step in FIRST_NAMES_ASKED and self._only_asks():
            return None
        return {
            Step.START: self._start_value,
            Step.EMAIL: self._email_value,
            Step.USERNAME: self._username_value,
            Step.PASSWORD: self._beside_password,
            Step.FIRSTNAME: self._firstname_value,
            Step.LASTNAME: self._lastname_value,
        }[self.step]()

    def _only_asks(self) -> bool:
        """Tell whether a question, or an exclamation that begins like one ("what a day"), has everyday words only, written small."""
        tokens = self.text.tokens
        return self.asks and len(tokens) > 1 and all(token.raw == token.raw.lower() and is_everyday(token) for token in tokens)

    def _start_value(self) -> Reading | None:
        facts = self._others()
        return self._given(facts, LIKELY) if facts and any(part.marker for part in self.parts) else None

    def _email_value(self) -> Reading | None:
        facts = self._others()
        if facts and any(part.marker in {"username", "name", "first_name", "last_name", "iam", "called", "callme"} for part in self.parts):
            return self._given(facts, LIKELY)
        if "@" in self.clean or (len(self.text.tokens) == 1 and self.text.tokens[0].folded not in ORDINARY and self._may_be_address()):
            return Reading(intent=Intent.PROVIDE, facts={EMAIL: self.clean}, confidence=LIKELY)
        unfinished = self._at_a_service()
        return Reading(intent=Intent.UNCLEAR, offers=(domains.likely(unfinished) or "",), confidence=LIKELY) if unfinished else None

    def _at_a_service(self) -> str:
        """Return "jess91@yahoo" of "jess91 at yahoo", which is no address yet, but one can be guessed of it."""
        *_, local, at, service = ["", "", "", *self.clean.rstrip(" .!").split(" ")]
        joined = fold(at) in _AT_SERVICE and domains.named_alone(service) and _LOCAL.fullmatch(local) is not None
        return f"{local}@{service.lower()}" if joined and not is_everyday_word(fold(local)) else ""

    def _may_be_address(self) -> bool:
        """Tell whether one word could be meant as an address: no name of a field, no laughter, no emoji."""
        word = self.clean.strip(" .!?")
        return not (self.signals.nouns or is_laughter(word) or is_babble(self.text.folded)) and any(map(str.isalnum, word))

    def _beside_password(self) -> Reading | None:
        """Read another fact given where a password was asked: "before I forget, my first name is Klaus"."""
        named = [part for part in self.parts if part.marker in _INTRODUCED and all(word[0].isupper() for word in part.words)]
        facts = take.marked(named, self.text, self.step, self.known)
        for part in of(named, "iam", "called"):
            if len(part.tokens) in range(1, SENTENCE) and take.is_person(part, sure=False) and not self._is_plain(part):
                facts = take.person(part) | facts
        return self._given(facts, LIKELY) if facts else None

    def _username_value(self) -> Reading | None:
        if _INITIALED.fullmatch(self.clean) and self.text.folded[0] not in lexicon().vocabulary:
            return Reading(intent=Intent.PROVIDE, facts={USERNAME: self.clean}, confidence=GUESS)
        facts = take.marked(self.parts, self.text, self.step, self.known)
        if self.asks and any(part.words[0].islower() for part in of(self.parts, "name", "first_name", "last_name")):
            facts.pop(FIRST, None)
            facts.pop(LAST, None)
        if any(self.text.folded[max(0, self.text.place(part.tokens[0]) - 1)] in _FOR for part in of(self.parts, "name")):
            facts = {fact: value for fact, value in facts.items() if fact not in {FIRST, LAST}}  # "akm, short for Aung Kyaw Moe"
        facts |= self._wished_fact(facts)
        if not (facts.keys() - {FIRST, LAST}):
            facts |= self._renamed_login(facts)
        if facts:
            return self._given(facts | self._full_name(facts))
        if len(self.text.tokens) == 1 and (self.parts and self.parts[0].marker == "username"):
            return Reading(intent=Intent.PROVIDE, facts={USERNAME: self.text.tokens[0].raw}, confidence=GUESS)
        plain = [part for part in of(self.parts, "", "callme", "iam", "called") if len(part.tokens) > 1]
        if plain and (chosen := self._first_of_two(plain[0])):
            return self._given({USERNAME: chosen}, LIKELY)
        if plain and self._is_attempt(plain[0]) and not (self._lone() and self._is_said_around(plain[0])):
            return Reading(intent=Intent.PROVIDE, facts={USERNAME: take.username_of(plain[0], self.text)}, confidence=GUESS)
        lone = self._lone()
        return self._given({USERNAME: lone}, LIKELY) if lone else None

    def _full_name(self, facts: dict[str, str]) -> dict[str, str]:
        """Return the name beside a username: "ana_g, and I'm Ana García", "I'm Karl, make my username karl_h"."""
        if USERNAME not in facts or {FIRST, LAST} & facts.keys() or self.fixes:
            return {}
        for part in of(self.parts, "callme"):
            at = self.text.place(part.tokens[0])
            if at and self.text.folded[at - 1] in _I_AM and len(part.tokens) < SENTENCE and facts[USERNAME] not in part.words:
                return take.person(part) if all(map(str.istitle, part.words)) and take.is_person(part, sure=False) else {}
        for part in of(self.parts, "iam", ""):
            written = all(word[0].isupper() and word[1:].islower() for word in part.words)
            if len(part.tokens) == _REVERSED and written and take.is_person(part, sure=False) and not self._is_plain(part):
                return {} if facts[USERNAME] in part.words else take.person(part)
        return {}

    def _first_of_two(self, part: Segment) -> str:
        """Return the first of two usernames that are offered for choice: "bigfish or smallfish"."""
        at = next((index for index, token in enumerate(part.tokens) if token.folded in _OR), 0)
        if at != len(part.tokens) - 2 or at < 1 or any(part.tokens[index].folded in lexicon().vocabulary for index in (at - 1, at + 1)):
            return ""
        if any(token.folded not in lexicon().vocabulary for token in part.tokens[: at - 1]):
            return ""
        return take.username_of(Segment("", [part.tokens[at - 1]]), self.text)

    @staticmethod
    def _is_said_around(part: Segment) -> bool:
        """Tell whether a part is rather one word with small ones around it ("zorblax wäre super") than an attempt at one with spaces."""
        lex = lexicon()
        small = [word for token in part.tokens if lex.glue.at(word := (token.folded,), 0) or lex.control.at(word, 0)]
        return any(token.folded in ORDINARY for token in part.tokens[1:]) or (
            len(small) == len(part.tokens) - 1 and not any(word[0] in ORDINARY for word in small)
        )

    def _lone(self) -> str:
        """Return the only word of a sentence that no language here knows and that could be a username: "check johndoe for me"."""
        vocabulary = lexicon().vocabulary
        strange = [token for token in self.text.tokens if token.folded not in vocabulary and token.folded.rstrip("s") not in vocabulary]
        rare = [token for token in strange if not is_everyday(token)]
        strange = rare if rare or len(self.text.tokens) > SENTENCE else strange
        made = [token for token in strange if token.raw.isascii() and take.is_made(token.raw) and not token.raw.isdecimal()]
        strange = made if len(made) == 1 else strange
        if len(strange) > 1 and len({token.folded for token in strange}) == 1:
            strange = strange[:1]  # "I always use bigfish, so bigfish"
        if len(strange) != 1 or len(self.text.tokens) <= 1 or not _SHAPE.fullmatch(strange[0].raw):  # a sentence
            return ""
        return take.username_of(Segment("", strange), self.text)

    def _wished_fact(self, facts: dict[str, str]) -> dict[str, str]:
        wished = "" if USERNAME in facts else self._wished()
        return {USERNAME: wished} if wished else {}

    def _renamed_login(self, facts: dict[str, str]) -> dict[str, str]:
        """Take "my name is johndoe" for the username where nothing else is."""
        named = [part for part in of(self.parts, "name") if len(part.tokens) == 1]
        if (
            named
            and named[0].tokens[0].folded not in lexicon().stop
            and (take.is_made(named[0].words[0]) or named[0].words[0] == named[0].words[0].lower())
            and named[0].words[0].isascii()
        ):
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
        candidates = [
            part
            for part in order
            if self._is_wish(part) and not self._is_spoken_of(part) and not (len(order) > 1 and part.tokens[-1].folded in AVAILABLE)
        ]
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
                not any(take.is_made(word) and not word.isdecimal() for word in part.words),
                part.tokens[0].folded in vocabulary,
                small and part.words[0].istitle(),  # "fancypants, but people call me Jim"
            ),
        )
        return take.username_of(best, self.text)

    def _is_spoken_of(self, part: Segment) -> bool:
        """Tell whether a sentence only speaks of what a word names: "the weather is terrible", "my dog ate my homework"."""
        word = part.tokens[0]
        if len(part.tokens) > 1 or len(self.text.tokens) < SENTENCE or take.is_made(word.raw):
            return False
        at = self.text.place(word)
        if part.marker:  # "this is a joke"
            return part.marker != "called" and at > 0 and self.text.folded[at - 1] in _ARTICLES and is_everyday(word)
        before = self.text.tokens[at - 1] if at and not word.before.strip() else None
        after = self.text.tokens[at + 1] if at + 1 < len(self.text.tokens) and not self.text.tokens[at + 1].before.strip() else None
        determined = before is not None and before.folded in _DETERMINERS and after is not None
        return determined or ((is_everyday(word) or is_of_ideas(word)) and (before is not None or after is not None))

    def _firstname_value(self) -> Reading | None:
        facts = take.marked(self.parts, self.text, self.step, self.known)
        if (twice := self._said_twice()) is not None and not facts:
            return self._given(take.person(twice))
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
        if (fullest := self._fullest()) is not None and not facts:
            return self._given(take.person(fullest))
        named = next((part for part in of(self.parts, "name") if len(part.tokens) == 1), None)
        fuller = next((part for part in bare if named and len(part.words) > 1 and fold(part.words[-1]) == named.tokens[0].folded), None)
        if fuller is not None:
            facts |= take.person(fuller)
        bare.sort(key=self._commonness)
        if bare and self._is_ordinary(bare[0]) and any(of(self.parts, "called")):
            bare = []
        for part in (*of(self.parts, "iam"), *bare, *of(self.parts, "called")):
            if (
                FIRST not in facts
                and not self._is_denied(part)
                and take.is_person(part, sure=True)
                and not (part.marker == "" and LAST in facts and self._is_plain(part))
            ):
                facts |= take.person(self._without_small(part)) | facts
        return self._given(facts or self._only_word()) if facts or self._only_word() else None

    @staticmethod
    def _without_small(part: Segment) -> Segment:
        """Return a first name without a word written small behind it, which may be talk in any language: "Daan dus"."""
        large = len(part.tokens) == _REVERSED and part.words[0].istitle() and part.words[1].islower()
        return Segment(part.marker, part.tokens[:1]) if large and part.tokens[1].folded not in people.PARTICLES else part

    def _said_twice(self) -> Segment | None:
        """Return the name that is said again after another one: "Somchai, nickname Lek, put Somchai"."""
        named = [part for part in of(self.parts, "", "iam", "called", "callme") if len(part.tokens) == 1 and part.words[0][0].isupper()]
        words = [token.folded for token in self.text.tokens]
        if named and words.count(named[0].tokens[0].folded) > 1 and sum(token.raw[0].isupper() for token in self.text.tokens) == 2:  # noqa: PLR2004 - twice
            return named[0]  # "Ewa, po prostu Ewa"
        return next(
            (part for part in named if words.count(part.tokens[0].folded) > 1 and len(named) > 1 and not is_everyday(part.tokens[0])), None
        )

    def _is_denied(self, part: Segment) -> bool:
        """Tell whether a name is the one not to be written: "Zsófia, please don't write Sofia"."""
        at = self.text.place(part.tokens[0])
        before = self.text.tokens[max(0, at - 2) : at]
        return (
            any(token.folded in _DENIALS and token.raw == token.raw.lower() for token in before)
            and at > 1
            and not part.tokens[0].before.strip()
        )

    def _fullest(self) -> Segment | None:
        """Return the part that repeats a name in full: "I'm Ana, Ana García", "Bond. James Bond."."""
        parts = [part for part in of(self.parts, "", "iam", "called") if take.is_person(part, sure=True)]
        if len(parts) != _REVERSED or len(parts[0].tokens) != 1 or len(parts[1].tokens) not in range(2, SENTENCE):
            return None
        whole = [token.folded for token in parts[1].tokens]
        return parts[1] if parts[0].tokens[0].folded in {whole[0], whole[-1]} else None

    def _is_piece(self, part: Segment) -> bool:
        """Tell whether a part is a piece of a sentence about something else: ordinary small words among many others."""
        others = len(self.text.tokens) - len(part.tokens)
        if others > 2 and len(part.words) == 1 and len(part.words[0]) == 1 and part.words[0].islower():  # noqa: PLR2004 - "u spelled it wrong"
            return True
        at = self.text.place(part.tokens[0])
        if at and part.words[0].islower() and self.text.folded[at - 1] in _DETERMINERS and others > 1:
            return True  # "with the fada"
        placed = at and self.text.folded[at - 1] in _PLACES - people.PARTICLES and part.tokens[0].before == " "
        if placed and others > _REVERSED and part.marker not in {"called", "name"}:
            return True  # "nothing to put here, in Burma we have none", but "I go by Bell"
        following = self.text.tokens[at + 1 : at + 2]
        if len(part.tokens) == 1 and following and following[0].folded in _PRONOUNS and following[0].before == " ":
            return lexicon().ask.at((part.tokens[0].folded,), 0) is not None  # "May I leave that for tomorrow?"
        if part.marker != "" or others <= SENTENCE or any(word != word.lower() for word in part.words):
            return False
        within = part.tokens[0].start > 0 and part.tokens[0].before == " " and part.words[0].isascii()
        return within or self._is_ordinary(part)

    @staticmethod
    def _is_ordinary(part: Segment) -> bool:
        return all(token.folded in lexicon().vocabulary and token.folded not in people.WORDS_TOO for token in part.tokens)

    def _commonness(self, part: Segment) -> int:
        """Return 0 for words that no language here knows, 2 for ordinary ones, 1 for those that people are called as well."""
        if self._is_ordinary(part):
            return 2
        said = (lexicon().control.at((token.folded,), 0) for token in part.tokens)
        return int(len(part.tokens) == 1 and any(match is not None and "yes" in match.labels for match in said))

    def _lone_name(self) -> Reading | None:
        """Read the only words of a sentence that no language here knows where they are written as a name: "please address me as Tobias"."""
        if self.step not in FIRST_NAMES_ASKED or self.asks or self.fixes or self.signals.span(_WILL) > 1:
            return None
        vocabulary = lexicon().vocabulary
        strange = [index for index, token in enumerate(self.text.tokens) if token.folded not in vocabulary and not token.raw.isdecimal()]
        if len(strange) not in range(1, _REVERSED + 1) or strange[-1] - strange[0] >= len(strange):
            return None
        part = Segment("", [self.text.tokens[index] for index in strange])
        before = self.text.tokens[strange[0] - 1].folded if strange[0] else ""
        if before in _PLACES or not take.is_person(part, sure=False) or not all(word[0].isupper() for word in part.words):
            return None
        if fold(part.words[0]) == fold(self.known.firstname or "") and len(part.words) == 1:
            return None
        return self._given(self._named(part), LIKELY)

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
            others.sort(key=self._commonness)
            if others and self._mends_first_name(others[0]):
                return self._given({FIRST: people.written(others[0].words[0])})
            if others:
                talk = others[0].tokens[-1].folded in lexicon().vocabulary  # "Higgs innit", but "Nurbek uulu"
                facts[LAST] = take.last_name(self._without_small(others[0]) if talk else others[0], self.known)
                facts.pop(FIRST, None)
                facts |= self._said_in_full(others[0])
        facts = facts or self._only_word()
        return self._given(facts) if facts else None

    def _said_in_full(self, part: Segment) -> dict[str, str]:
        """Return both names of "my full name is Johannes Terhorst", which may put the first one right."""
        says = any("full_name" in match.labels for match in concepts().all(self.told.folded))
        return take.person(part) if says and len(part.tokens) in range(2, SENTENCE + 1) and is_written_as_name(part) else {}

    def _mends_first_name(self, part: Segment) -> bool:
        """Tell whether the first name was mistyped before: "it's Jon without the h, sorry"."""
        slipped = len(part.tokens) == 1 and is_slip(part.tokens[0].folded, fold(self.known.firstname or ""))
        return slipped and part.marker != "name" and any(True for _ in lexicon().fix.all(self.told.folded))
