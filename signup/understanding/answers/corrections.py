"""Messages that put right what was given before: "Jon, not John", "my login should end in a 1, johndoe1"."""

from signup.models import Step
from signup.understanding.answers import facts as take
from signup.understanding.message import LIKELY
from signup.understanding.names import people
from signup.understanding.names.mending import mended
from signup.understanding.parts.segments import Segment, of
from signup.understanding.reading import FIRST, FIRST_NAMES_ASKED, LAST, STEP_OF, USERNAME, Intent, Reading
from signup.understanding.whole import Whole
from signup.understanding.words.everyday import is_everyday, is_everyday_word
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.slips import is_slip
from signup.understanding.words.text import fold
from signup.understanding.words.wordlists import words

_IS = frozenset({"is", "ist", "est", "es", "esta", "e", "geht", "would"})
_REALLY = words("really")
_BUT = frozenset({"but", "aber", "mais", "pero", "mas", "ma", "но"})
_WISHES = frozenset(
    {"like", "want", "need", "möchte", "mochte", "will", "voudrais", "veux", "quiero", "quisiera", "vorrei", "voglio", "quero"}
)
_CHANGE = tuple(sorted(words("change_stems")))


class Corrected(Whole):
    """A message that may correct something."""

    def _correction(self) -> Reading | None:
        if self.step is Step.START:
            return None
        if self.step is Step.LASTNAME and not self.signals.marked and (facts := mended(self.told, self.known.firstname or "")):
            return self._given(facts)
        return self._renamed() or self._new_password() or self._new_value()

    def _new_value(self) -> Reading | None:
        """Read another value of something known, or the wish for one."""
        facts = take.marked(self.parts, self.text, self.step, self.known)
        if " " in (login := facts.get(USERNAME, "")) or not login.isascii():
            del facts[USERNAME]  # "my dog's name and my birth year"
        known = take.known_facts(self.known)
        changes = {fact: value for fact, value in facts.items() if known.get(fact) is not None and known[fact] != value}
        if not changes and self.known.username and (mended := self._mended_username()):
            return self._given({USERNAME: mended})
        if changes and (not self.asks or self._is_request(changes)):
            return self._given(facts | self._besides(facts))
        if self.step is Step.LASTNAME and (called := self._really_called()):
            return self._given({FIRST: called})
        fields = [part.marker for part in self.parts if part.marker in STEP_OF and STEP_OF[part.marker] is not self.step]
        if not fields and self.known.firstname and any(part.marker == "name" and not part.tokens for part in self.parts):
            fields = [FIRST]
        wishes = self.fixes or (self._wants_change() and not _WISHES.isdisjoint(self.text.folded))
        return self._wish_for_change(fields, changes) if fields and wishes else None

    def _new_password(self) -> Reading | None:
        """Read another password given where a name is asked: it is not taken, but asked for again."""
        given = any(any(ch.isdigit() for ch in word) for part in of(self.parts, "password") for word in part.words)
        if self.step not in FIRST_NAMES_ASKED or not given:
            return None
        return Reading(intent=Intent.CORRECTION, field=Step.PASSWORD, confidence=LIKELY)

    def _wish_for_change(self, fields: list[str], changes: dict[str, str]) -> Reading | None:
        """Read a correction that names its field, perhaps with the new value; "can I change it later?" asks only."""
        if not changes and not self.asks:
            changes = self._said_after(fields[0])
            changes |= self._besides(changes) if changes else {}
        asks_later = self.asks and self.signals.span(("later",)) > 0
        only_waits = all(self.text.folded[match.start] == "wait" for match in lexicon().fix.all(self.text.folded))
        if asks_later or ((self.signals.why or only_waits) and not changes) or (self.asks and not self._wants_change()):
            return None
        return Reading(intent=Intent.CORRECTION, field=STEP_OF[fields[0]], facts=changes, confidence=LIKELY)

    def _mended_username(self) -> str:
        """Return a username that differs by little from the known one: "my login should end in a 1, johndoe1"."""
        known = (self.known.username or "").lower()
        if self.step not in FIRST_NAMES_ASKED or "username" not in self.signals.nouns:
            return ""
        like = [part for part in of(self.parts, "") if len(part.tokens) == 1 and is_slip(part.tokens[0].folded, known)]
        return take.username_of(like[0], self.text) if like else ""

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
        if self.step not in FIRST_NAMES_ASKED or first.marker or self._is_ordinary(first) or self._is_piece(first):
            return {}
        if not take.is_person(first, sure=len(first.tokens) == 1 and not is_everyday(first.tokens[0])):
            return {}
        return {LAST: take.last_name(first, self.known)} if self.step is Step.LASTNAME else take.person(first)

    def _said_after(self, field: str) -> dict[str, str]:
        """Return the value that follows a correction in a sentence of its own: "I spelled my first name wrong, it's Jon"."""
        for part in of(self.parts, "iam", "called", "callme"):
            if part.tokens[0].folded.startswith(_CHANGE) or (part.words[0].islower() and is_everyday(part.tokens[0])):
                continue  # "I want to fix my last name"
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
        known = fold(self.known.firstname or "")
        words = [token.raw for token in self.text.tokens]
        said = self.told.folded
        replaces = self.fixes or not _BUT.isdisjoint(said) or (known in said and any(True for _ in lexicon().fix.all(said)))
        if not known or self.step is not Step.LASTNAME or not replaces or known not in said:
            return None
        vocabulary = lexicon().vocabulary
        rest = [word for word in words if fold(word) != known and (fold(word) not in vocabulary or fold(word) in people.SHORT_NAMES)]
        rest = rest or [word for word in words[1:] if fold(word) != known and word.istitle() and word.isalpha()]
        if len(rest) == 1 and people.is_namelike(rest) and not any(part.marker == "last_name" for part in self.parts):
            return self._given({FIRST: people.written(rest[0])})
        return None
