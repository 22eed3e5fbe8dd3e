"""A message as a whole: what the ideas in it mean, and messages without a word of their own."""

import re

from signup.models import Step
from signup.understanding.answers.values import Valued
from signup.understanding.ideas.composing import composed, concepts, guessed, is_of_ideas
from signup.understanding.ideas.rules import UNSURE_OF
from signup.understanding.intents import LATE_PARTICLES, QUESTION_MARKS
from signup.understanding.message import SENTENCE
from signup.understanding.parts.segments import EXPLICIT, of
from signup.understanding.reading import FIRST_NAMES_ASKED, STEP_OF, USERNAME, Intent, Reading, Topic
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import fold, tokenize
from signup.understanding.words.wordlists import words

_SELF = words("speaking_of_oneself")
_NOUNS_LARGE = re.compile(r"\b(?:ich|mein\w*|ist|der|die|das|ein\w*|nicht|kein\w*)\b", re.IGNORECASE)
"""Words of a language that writes every noun with a capital."""
_LOGIN = re.compile(r"[A-Za-z0-9_.-]{3,30}")
_BEHIND = frozenset({Topic.WHY, Topic.SAFE, Topic.NEEDED})
_RULES = frozenset({Topic.USERNAME_RULES, Topic.EMAIL_RULES, Topic.NAME_RULES})


_MAY_BE_WORDS = frozenset({Step.USERNAME, *FIRST_NAMES_ASKED})
_CLAUSE = 3
_HIRAGANA = re.compile(r"[\u3040-\u309f]+")
_SAID = frozenset(
    {
        *(
            "tell",
            "never",
            "sees",
            "show",
            "share_it",
            "mandatory",
            "need",
            "sign",
            "language",
            "trouble",
            "may",
            "i_may",
            "dont_want",
            "me",
        ),
        *(
            "rather_not",
            "wont_tell",
            "public_place",
            "fits",
            "many",
            "private",
            "later",
            "finish",
            "back",
            "erase",
            "your_turn",
            "invent",
            "name_kind",
            "name_part",
            "find_me",
            "boxes",
            "letme",
            "should_i",
            "appear",
            "passes_on",
            "or",
        ),
    }
)
"""Ideas whose words are rather said about a value than are one."""


class Whole(Valued):
    """A message that is looked at as a whole."""

    def _composed(self, found: Reading) -> Reading | None:
        """Return what the ideas in the message mean, unless a value or a correction was found that is more than ordinary words."""
        corrects = found.intent is Intent.CORRECTION and found.field not in {None, self.step} and not self._wants_to_hear(found)
        corrects = corrects and not self._rather_refuses(found)
        weak = self._is_weak(found)
        asks = self.asks or self.ends_asking or self.asks_in_a_clause()
        meant = composed(self.whole, self.step, asks=asks)
        given = found.facts and not weak and self._gives_a_value() and not (asks and self._asks_in_small(found, meant))
        if given or (corrects and (self.fixes or not found.facts)):
            return None
        if (meant is None or meant.confidence <= UNSURE_OF) and weak:
            meant = guessed(self.whole, self.step, asks=asks) or meant
        if meant is None or (meant.intent, meant.topic) == (found.intent, found.topic):
            return None
        if found.intent is Intent.REFUSAL and meant.topic in _RULES and not self.asks:
            return None  # "can I leave it blank"
        if found.intent is Intent.YES and meant.topic is Topic.HELP and not self.asks and self._agrees_first():
            return None  # "yes, but I am not good with computers"
        if (
            not weak
            and meant.confidence <= UNSURE_OF
            and found.intent is not Intent.UNCLEAR
            and found.topic not in {Topic.OTHER, Topic.HELP}
        ):
            return None
        return self._back_to(meant.intent, meant.confidence) if meant.intent is Intent.GO_BACK else meant

    def _wants_to_hear(self, found: Reading) -> bool:
        """Tell whether what looks like a correction asks what was given: "sorry, what did I put for my email again"."""
        asks = self.asks or any(lexicon().ask.at(self.text.folded, index) for index in range(min(2, len(self.text.folded))))
        meant = composed(self.whole, self.step, asks=True) if asks and not found.facts else None
        return meant is not None and (meant.intent is Intent.SUMMARY or meant.topic is Topic.WHY)

    def _gives_a_value(self) -> bool:
        """Tell whether a value that was found is more than words of a sentence."""
        return self._is_introduced_large() or (self._holds_value() and not self._holds_talk()) or not self._is_sentence()

    def _asks_in_small(self, found: Reading, meant: Reading | None) -> bool:
        """Tell whether a question why or who sees it has a rare word written small: "niye soyadımı soruyorsunuz?"."""
        if self.step not in FIRST_NAMES_ASKED or meant is None or meant.topic not in _BEHIND or not self.signals.marked:
            return False
        said = {token.folded for token in self.text.tokens if token.raw == token.raw.lower()}
        return all(fold(word) in said for value in found.facts.values() for word in value.split())

    def _is_introduced_large(self) -> bool:
        """Tell whether a word with a capital stands behind what introduces a name in small letters: "happy to meet you, I'm Patience"."""
        if self.step not in FIRST_NAMES_ASKED or self.asks:
            return False
        named = (part for part in of(self.parts, "iam", "name", "first_name", "last_name", "called") if len(part.tokens) == 1)
        return any(part.words[0].istitle() and part.tokens[0].start for part in named) and not _NOUNS_LARGE.search(self.clean)

    def _rather_refuses(self, found: Reading) -> bool:
        """Tell whether what looks like a correction without a value denies the field: "meinen Namen verrate ich nicht"."""
        if self.step not in FIRST_NAMES_ASKED or found.facts or self.asks:
            return False
        meant = composed(self.whole, self.step, asks=False)
        return meant is not None and meant.intent is Intent.REFUSAL

    def _agrees_first(self) -> bool:
        """Tell whether a message begins with a yes that is more than the beginning of "I am new here"."""
        first = next((match for match in self.signals.matches if "yes" in match.labels), None)
        return first is not None and first.start == 0 and self.text.folded[0] not in _SELF

    def _is_weak(self, found: Reading) -> bool:
        """Tell whether hardly anything was understood: no meaning, only what field it is about, or a value that cannot be one."""
        if found.intent is Intent.UNCLEAR or (found.intent is Intent.QUESTION and found.confidence <= UNSURE_OF):
            return True
        if found.facts and found.intent is Intent.PROVIDE and self._is_made_of_talk(found):
            return True
        value = found.facts.get(USERNAME) if found.facts.keys() == {USERNAME} else None
        return value is not None and found.intent is Intent.PROVIDE and not _LOGIN.fullmatch(value)

    def _is_made_of_talk(self, found: Reading) -> bool:
        """Tell whether what was taken for a value are words of a question or refusal: "are dots ok?", "my surname I won't tell"."""
        folded, tokens = self.text.folded, self.text.tokens
        if self.step not in _MAY_BE_WORDS or len(tokens) < (2 if self.asks else _CLAUSE):
            return False
        said = {place for match in concepts().every(folded) if match.labels & _SAID for place in range(match.start, match.end)}
        words = {fold(word) for value in found.facts.values() for word in tokenize(value).folded}
        if self.step is Step.USERNAME and self.asks and words.isdisjoint(folded):
            return any("sign" in match.labels for match in concepts().every(folded))  # a dictated mark: "may a dot be in it?"
        held = [place for place, word in enumerate(folded) if word in words]
        small = all(tokens[place].raw == tokens[place].raw.lower() or place == 0 or self.asks for place in held)
        return (
            bool(held)
            and small
            and all(place in said or is_everyday(tokens[place]) or _HIRAGANA.fullmatch(tokens[place].raw) for place in held)
            and not said.isdisjoint(held)
        )

    def _holds_talk(self) -> bool:
        """Tell whether only everyday words written small stand after the name of a field: "keep my family name for myself"."""
        held = [token for part in of(self.parts, *EXPLICIT) for token in part.tokens]
        return (
            bool(held)
            and (len(self.text.tokens) >= SENTENCE or self.asks)
            and all((is_everyday(token) or is_of_ideas(token)) and token.raw == token.raw.lower() for token in held)
        )

    def asks_in_a_clause(self) -> bool:
        """Tell whether a clause begins like a question: "I have five minutes, is that enough"."""
        ask = lexicon().ask
        return any(
            ask.at(self.text.folded, index) is not None and token.folded not in LATE_PARTICLES
            for index, token in enumerate(self.text.tokens)
            if index == 0 or any(mark in token.before for mark in ",.;!?")
        )

    def _is_sentence(self) -> bool:
        """Tell whether no word could be the value: one that no language here knows, written as a name where one is asked."""
        vocabulary = lexicon().vocabulary
        strange = [token for token in self.text.tokens if not is_everyday(token) and concepts().at((token.folded,), 0) is None]
        if self.step is Step.USERNAME and strange:
            return False
        return not any(token.raw[0].isupper() and token.folded not in vocabulary for token in self.text.tokens[1:])

    def _back_to(self, intent: Intent, confidence: float) -> Reading:
        """Return a command; "go back to the email" says how far."""
        fields = [field for field in STEP_OF if field in self.signals.nouns] if intent is Intent.GO_BACK else []
        return Reading(intent=intent, field=STEP_OF[fields[0]] if len(fields) == 1 else None, confidence=confidence)

    def _points_back(self) -> bool:
        """Tell whether the message only says "the same as before": what that was nobody here knows."""
        alone = len(self.text.tokens) == 1 and self.step in FIRST_NAMES_ASKED and self.text.tokens[0].raw[0].isupper()
        said = self.signals.span(("same",))
        return said > 0 and not alone and self.signals.unknown == 0 and self.step is not Step.START and said >= self.signals.span()

    def _wordless(self) -> Reading:
        if not self.clean:
            return Reading(intent=Intent.GREETING)
        if set(self.clean) <= set(QUESTION_MARKS + "! "):
            asks = set(self.clean) <= set(QUESTION_MARKS + " ")
            return Reading(intent=Intent.QUESTION, topic=Topic.HELP) if asks else Reading(intent=Intent.UNCLEAR)
        return Reading(intent=Intent.THINKING if set(self.clean) <= set(".… ") else Intent.UNCLEAR)
