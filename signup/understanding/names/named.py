"""What is said at a step that asks for a name, once something was found: a name, talk that only looks like one, or a question."""

import re

from signup.models import Step
from signup.understanding.answers.corrections import Corrected
from signup.understanding.ideas.composing import concepts
from signup.understanding.intents import QUESTION_MARKS
from signup.understanding.message import GUESS, LIKELY, SENTENCE
from signup.understanding.names import people
from signup.understanding.names.asking import asks_about_names, asks_of_a_part
from signup.understanding.names.sensible import said
from signup.understanding.names.wholes import lacks_family_name
from signup.understanding.reading import FIRST, FIRST_NAMES_ASKED, LAST, Intent, Reading, Topic
from signup.understanding.words.joined import name_in_hiragana
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import fold
from signup.understanding.words.wordlists import words

_INITIAL = re.compile(r"[A-Z]\.?")
_NAMES = frozenset({"name", "first_name", "last_name"})
_MEANS, _BESIDE_MEANS = words("asks_meaning"), words("beside_meaning")
_RULES = {Step.USERNAME: (frozenset({"username"}), Topic.USERNAME_RULES), Step.EMAIL: (frozenset({"email"}), Topic.EMAIL_RULES)}
_LACKING, _OR, _GIVEN = words("lacking"), words("or"), words("given_nouns")
_DENIED = words("denials") | words("negations_after") | {"不"}
_NICK = (*sorted(words("nick_stems")), "pseudo", "alias")
_WEAK = frozenset({Intent.UNCLEAR, Intent.THINKING, Intent.REFUSAL, Intent.NO, Intent.YES, Intent.GREETING, Intent.CORRECTION})
_VAGUE = frozenset({Topic.OTHER, Topic.HELP, Topic.WHO, Topic.FREE, Topic.DELETE, Topic.HOW_LONG, Topic.WHAT})


class Named(Corrected):
    """A message that may give a name, ask about names, or say something of which a word looks like a name."""

    def _initial(self) -> Reading | None:
        """Read one capital letter, as is enough for a name: "K", which is a yes where it is written small."""
        alone = self.step in FIRST_NAMES_ASKED and _INITIAL.fullmatch(self.said.strip()) is not None
        return self._given({FIRST if self.step is Step.FIRSTNAME else LAST: self.said.strip()}) if alone else None

    def _asks_meaning(self) -> Reading | None:
        """Read the name of the field with nothing but words that ask what it means, in any order: "kullanıcı adı nedir", "username apa"."""
        topic = _RULES.get(self.step)
        if topic is None or not self.signals.nouns & topic[0]:
            return None
        named = {index for match in lexicon().fields.all(self.text.folded) for index in range(match.start, match.end)}
        rest = [token.folded for index, token in enumerate(self.text.tokens) if index not in named]
        asks = bool(rest) and not _MEANS.isdisjoint(rest) and _MEANS.union(_BESIDE_MEANS).issuperset(rest)
        begins = self.step is Step.USERNAME and lexicon().fields.at(self.text.folded, 0) is not None
        talks = begins and len(rest) > 1 and lexicon().vocabulary.issuperset(rest) and not lexicon().stop.isdisjoint(rest)
        asks = asks or (self.signals.marked and talks and not self.signals.topics)  # "username I must invent?"
        if not asks:
            return None
        asked = Topic.WHY if "why" in self.signals.topics and self.signals.asks else topic[1]
        return Reading(intent=Intent.QUESTION, topic=asked, field=self.step, confidence=LIKELY)

    def _settled(self, found: Reading) -> Reading:
        """Return what was found, a question about names, a refusal, or "unclear" where no name was meant."""
        rules = Reading(intent=Intent.QUESTION, topic=Topic.NAME_RULES, confidence=GUESS)
        if found.intent in {Intent.UNCLEAR, Intent.PROVIDE} and (alone := name_in_hiragana(self.said)):
            return self._given({LAST if self.step is Step.LASTNAME else FIRST: alone})
        if self._asks_for_rules(found):
            return rules
        if self._lacks_name(found):
            asks = any(mark in self.said for mark in QUESTION_MARKS)
            return rules if asks else Reading(intent=Intent.REFUSAL, confidence=GUESS)
        if found.topic is Topic.USERNAME_RULES and any(word.startswith(_NICK) for word in self.whole):
            return rules  # "je peux mettre un pseudo ?"
        names = {fact: found.facts[fact] for fact in (FIRST, LAST) if fact in found.facts}
        return self._weighed(found, names) if names else found

    def _weighed(self, found: Reading, names: dict[str, str]) -> Reading:
        """Return what is meant by the names that were found."""
        if self._denies_known(names) or self._mends_given_name(found):
            return self._given({FIRST: people.written(names[LAST])})
        whole = self.told
        if any(mark in self.said for mark in QUESTION_MARKS) and any(self._asks_first(value) for value in names.values()):
            about = bool(self.signals.nouns & _NAMES)
            return Reading(intent=Intent.QUESTION, topic=Topic.NAME_RULES if about else Topic.OTHER, confidence=GUESS)
        asked = asks_about_names([*names.values(), " ".join(names.values())], whole) if found.intent is Intent.PROVIDE else None
        if asked is not None:
            return Reading(intent=Intent.QUESTION, topic=asked, confidence=GUESS)
        no_names = said(names, whole)
        if not no_names:
            return found
        kept = {fact: value for fact, value in found.facts.items() if fact not in no_names}
        return self._given(kept, found.confidence) if kept else Reading(intent=Intent.UNCLEAR, confidence=GUESS)

    def _lacks_name(self, found: Reading) -> bool:
        """Tell whether it is only said that there is no (other) name: "mera surname nahi hai", "no last name, just Bob"."""
        if found.intent not in {Intent.UNCLEAR, Intent.CORRECTION, Intent.PROVIDE, Intent.THINKING, Intent.NO, Intent.REFUSAL}:
            return False
        whole = self.told
        if not lacks_family_name(whole):
            return False
        values = [fold(value) for fact, value in found.facts.items() if fact in {FIRST, LAST}]
        if not values:
            return not found.facts
        if any(" " in value and not _LACKING.isdisjoint(value.split()) for value in values):
            return True  # "ga ada nama belakang"
        if self.step is not Step.LASTNAME:
            return False
        at = next((at for at, word in enumerate(whole.folded) if word == values[-1]), 0)
        return values == [fold(self.known.firstname or "")] or whole.folded[max(0, at - 1)] in {"in", "en", "em", "im"}

    def _asks_first(self, value: str) -> bool:
        """Tell whether what looks like a name begins with a question word that is written small: "¿cuántos caben?"."""
        words = tuple(map(fold, value.split()))
        small = len(words) > 1 and any(token.folded == words[0] and token.raw.islower() for token in self.told.tokens)
        return small and lexicon().ask.at(words, 0) is not None

    def _denies_known(self, names: dict[str, str]) -> bool:
        """Tell whether the first name known so far is denied beside the only name: "我的名字应该是志强，不是John"."""
        said, known = self.told, fold(self.known.firstname or "")
        if self.step is not Step.LASTNAME or names.keys() != {LAST} or known not in said.folded or known in fold(names[LAST]):
            return False
        at = said.folded.index(known)
        whole = said.tokens[at + 1 : at + 2]
        if whole and whole[0].raw[0].isupper() and whole[0].before == " ":
            return False  # "not John Smith"
        last = any("last_name" in match.labels and "name" not in match.labels for match in lexicon().fields.all(said.folded))
        return not last and not _DENIED.isdisjoint((*said.folded[max(0, at - 2) : at], *said.folded[at + 1 : at + 2]))

    def _says_must(self) -> bool:
        """Tell whether a refusal only asks whether one has to: "do I have to? I don't like giving my surname"."""
        return any("must_i" in match.labels for match in concepts().every(self.whole))

    def _mends_given_name(self, found: Reading) -> bool:
        """Tell whether what looks like the last name puts the first one right: "perdón, el nombre es Iñaki"."""
        said = self.told.folded
        lex = lexicon()
        labels = {label for match in lex.fields.all(said) for label in match.labels}
        only_last = found.intent is Intent.PROVIDE and found.facts.keys() == {LAST}
        takes_back = any(True for _ in lex.fix.all(said))
        by_noun = any(word in _GIVEN and said[at + 1 : at + 2] != ("de",) for at, word in enumerate(said))
        return self.step is Step.LASTNAME and only_last and takes_back and by_noun and "last_name" not in labels - {"name", "first_name"}

    def _asks_for_rules(self, found: Reading) -> bool:
        """Tell whether what is not understood otherwise is a question about names: "titles too?", "we have no surnames, what do I put?"."""
        if found.facts and not (found.intent is Intent.CORRECTION and self.ends_asking and found.field is Step.USERNAME):
            return False
        asks = self.asks or self.ends_asking or self.asks_in_a_clause()
        weak = found.intent in _WEAK or (found.intent is Intent.QUESTION and found.topic in _VAGUE)
        if asks and weak and asks_of_a_part(self.told, asks=asks):
            return True
        told = (
            found.intent is Intent.UNCLEAR
            or (found.intent is Intent.REFUSAL and not self._says_must())
            or found.topic in {Topic.HELP, Topic.OTHER}
        )
        told = told or (found.topic is Topic.WHO and not _OR.isdisjoint(self.whole))  # "the name people call me or the first word?"
        return asks and told and len(self.whole) >= SENTENCE and bool(self.signals.nouns & _NAMES)
