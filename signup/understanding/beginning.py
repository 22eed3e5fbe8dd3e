"""What is only said before anything was asked: a greeting from somewhere, a wish denied, a yes after a doubt."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace

from signup.models import Step
from signup.understanding.answers import facts as take
from signup.understanding.ideas.composing import composed, concepts
from signup.understanding.ideas.rules import UNSURE_OF
from signup.understanding.intents import Signals, signals, topic_of
from signup.understanding.message import LIKELY, is_written_as_name
from signup.understanding.names.named import Named
from signup.understanding.opening import decided
from signup.understanding.parts.segments import EXPLICIT, Segment, of
from signup.understanding.reading import FIRST, FIRST_NAMES_ASKED, LAST, Intent, Reading, Topic
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.phrases import Match
from signup.understanding.words.text import Text, Token, tokenize
from signup.understanding.words.wordlists import words

_FROM = words("from_somewhere")
_FROM_ENDINGS = ("den", "dan", "ten", "tan")
"""Turkish "from" at the end of the place: "İzmir'den selamlar"."""
_PLACE = 5
"""Words that the name of a place may have: "the north of Finland"."""
_MARKS = ",.!;?-–—…:，。！？、；،؛"
_BUT = words("adversative")
_BUTS = frozenset((word,) for word in _BUT)
_WISH, _DENIAL, _OBJECT = "want", "never", frozenset({"account", "start"})
_OTHER_WISH = frozenset(
    {"why", "what", "how", "if", "cost", "ads", "know", "enter", "erase", "forget", "without", "unit", "registered", "when"}
)
_FORBIDS = frozenset({("please", "dont"), ("do", "not"), ("pls", "dont")})
_LONGEST_CLAUSE = 12
_ADDRESSED = words("addressed")
_WELL_NAMED = 4
_CLAUSES = 5
_INTRODUCTION = 7
"""As many words may introduce somebody, as "good day this is Ana María García" does."""
_CLAUSE = re.compile(r"[,.;!?،。！？、]+ ?| +[-–—] +| (?:and|und|y|et|e|и|ve|en|och|i) (?=\S)| (?=و\S)", re.IGNORECASE)
_PLACE_BEHIND = re.compile(r"(?<=\w{2}) (?:here$|(?:from|aus|de|desde|depuis|da|do|dalla|из|من) [^\W\d_][\w' -]*$)", re.IGNORECASE)
_SAYS = frozenset({"greeting", "filler", "thinking"})


def greets(text: Text, found: Signals) -> bool:
    """Tell whether a greeting is followed by nothing but the place where it comes from: "good morning from Nairobi"."""
    if found.marked:
        return False
    begun = 0
    greeted = False
    for match in found.matches:
        if match.start != begun or not match.labels & _SAYS:
            break
        if greeted and text.folded[match.start] in _FROM:
            break
        greeted = greeted or "greeting" in match.labels
        begun = match.end
    if greeted:
        rest = text.folded[begun:]
        return 1 < len(rest) <= _PLACE and rest[0] in _FROM and not _is_any(text.tokens[begun + 1 :], found, begun + 1)
    last = found.matches[-1] if found.matches else None
    from_there = text.folded[0].endswith(_FROM_ENDINGS) or text.folded[0] in _FROM
    is_last = last is not None and last.end == len(text.tokens) and "greeting" in last.labels
    return is_last and from_there and last is not None and 0 < last.start <= _PLACE and len(found.matches) == 1


def _is_any(tokens: tuple[Token, ...], found: Signals, start: int) -> bool:
    """Tell whether a new sentence, or something that means anything, begins among the words of a place."""
    meant = any(match.start >= start and not match.labels <= {"filler"} for match in found.matches)
    return meant or any(mark in token.before for token in tokens for mark in _MARKS)


def declines(text: Text, found: Signals) -> bool:
    """Tell whether the wish for an account is denied in one clause, and no later one agrees: "I don't think I need an account"."""
    if found.marked or found.asks:
        return False
    clauses = list(_clauses(text))
    for index, clause in enumerate(clauses):
        ideas = {label for match in concepts().every(clause) for label in match.labels}
        denies = {_WISH, _DENIAL} <= ideas or clause[:1] == ("dont",) or clause[:2] in _FORBIDS
        if len(clause) > _LONGEST_CLAUSE or not denies or not ideas & _OBJECT or ideas & _OTHER_WISH:
            continue
        return not any("yes" in match.labels for later in clauses[index + 1 :] for match in _said(later))
    return False


def _clauses(text: Text) -> Iterator[tuple[str, ...]]:
    clause: list[str] = []
    for token in text.tokens:
        if clause and (any(mark in token.before for mark in _MARKS) or token.folded in _BUT):
            yield tuple(clause)
            clause = []
        clause.append(token.folded)
    if clause:
        yield tuple(clause)


_IS = frozenset({"is", "ist", "est", "es", "e"})


def lacks_one(text: Text) -> bool:
    """Tell whether it is only said that there is no account yet before one is wished for: "I don't have one, please make one"."""
    clauses = list(_clauses(text))
    if len(clauses) <= 1:  # what there is not, and what is wished for
        return False
    first, last = ({label for match in concepts().every(clause) for label in match.labels} for clause in (clauses[0], clauses[-1]))
    lacks = "never" in first and bool(first & {"have", "account"}) and not first & (_OTHER_WISH - {"registered"} | {"want", "start"})
    said = _said(clauses[-1])
    agrees = sum(match.end - match.start for match in said) == len(clauses[-1]) and any(match.labels == {"yes"} for match in said)
    agrees = agrees and clauses[-1][0] not in _IS  # "no credit card, is that ok" asks
    if agrees and len(clauses[-1]) > 1 and "never" in first and not (first | last) & {"account", "without", "if"} and _only_yes(said):
        return True  # "I don't need help, just register me"
    wishes = bool(last & {"want", "start"}) or any("yes" in match.labels for match in said)
    return lacks and wishes and len(clauses[-1]) <= _LONGEST_CLAUSE and not last & (_OTHER_WISH | {"never", "erase"})


def _only_yes(said: tuple[Match, ...]) -> bool:
    return not any(match.labels & {"no", "refusal", "later", "cancel", "thinking", "wait"} for match in said)


def agrees_after_all(text: Text, found: Signals) -> bool:
    """Tell whether a yes stands before a "but", or follows a doubt: "not sure what this is, but ok let's try"."""
    if found.marked or any(match.labels & {"cancel", "later", "wait"} for match in found.matches):
        return False
    first = found.matches[0] if found.matches else None
    if first is not None and first.start == 0 and first.labels == {"yes"} and text.folded[first.end : first.end + 1] in _BUTS:
        return not (found.asks or any(match.labels & {"no", "refusal"} for match in found.matches))
    doubts = first is not None and first.start == 0 and "thinking" in first.labels and first.end > 1
    for index, token in enumerate(text.tokens):
        objected = token.folded in _BUT
        if index > 1 and (objected or (doubts and any(mark in token.before for mark in _MARKS))):
            rest = index + objected
            inside = [match for match in found.matches if match.start >= rest]
            covered = sum(match.end - match.start for match in inside) == len(text.tokens) - rest
            said = frozenset().union(*(match.labels for match in inside))
            if covered and "yes" in said and not said & {"no", "refusal"}:
                return True
    return False


def _said(words: tuple[str, ...]) -> tuple[Match, ...]:
    return signals(tokenize(" ".join(words)), fuzzy=False).matches


class Opened(Named, ABC):
    """A message that greets, or that answers whether the person wants an account."""

    def _only_greets(self) -> Reading | None:
        """Read a greeting that is followed by nothing but whom it is for: "good morning dear assistant", also a yes: "claro jefe"."""
        if self.step in {Step.START, Step.EMAIL, Step.PASSWORD} and greets(self.text, self.signals):
            return Reading(intent=Intent.GREETING)
        first = self.signals.matches[0] if self.signals.matches else None
        if first is None or first.start or self.step in {Step.USERNAME, *FIRST_NAMES_ASKED}:
            return None
        only = first.end < len(self.text.tokens) and _ADDRESSED.issuperset(self.text.folded[first.end :])
        agrees = self.step is Step.START and first.labels & {"yes", "no"} == {"yes"} and not first.labels & {"filler", "greeting"}
        intent = Intent.GREETING if "greeting" in first.labels else Intent.YES if agrees else None
        return Reading(intent=intent) if only and intent is not None else None

    def _opening(self) -> Reading | None:
        """Read "yes, because …" at the start, unless a fact is given besides."""
        if self.step is not Step.START:
            return None
        if declines(self.text, self.signals):
            return Reading(intent=Intent.NO, confidence=LIKELY)
        if not self.asks and lacks_one(self.text):
            return Reading(intent=Intent.YES, confidence=LIKELY)
        return self._introduced() or self._decided()

    def _decided(self) -> Reading | None:
        is_called = any(True for _ in of(self.parts, "username", "called", "callme"))
        agrees = not is_called and agrees_after_all(self.text, self.signals)
        if not agrees and any(True for _ in of(self.parts, *EXPLICIT, "called", "callme")):
            return None
        if not agrees and (named := self._full_name_alone()) is not None:
            return self._given(take.person(named), LIKELY)
        topic = topic_of(self.signals, self.step)
        is_known = topic is not None and topic[0] is Topic.ACCOUNT_EXISTS and topic[1] > _WELL_NAMED  # "ich hab doch schon ein Konto hier"
        intent = Intent.YES if agrees else None if is_known else decided(self.text, self.signals)
        if intent is None or (intent is Intent.YES and self._wishes_to_know()):
            return None
        return Reading(intent=intent, confidence=LIKELY)

    def _introduced(self) -> Reading | None:
        """Read a name beside the wish for an account: "hi im fatou, can you sign me up?", "soy Ana y quiero registrarme"."""
        if self.found_emails or not any(True for _ in of(self.parts, "iam", "called", "name", "callme")):
            return None
        clauses = [clause for clause in _CLAUSE.split(self.clean) if clause and any(map(str.isalnum, clause))]
        if len(clauses) not in range(2, _CLAUSES):
            return None
        rest = [clause for clause in clauses if not self._only_wishes(clause)]
        if len(rest) != 1 or len(clauses) == len(rest) or len(rest[0].split()) > _INTRODUCTION:
            return None
        alone = _PLACE_BEHIND.sub("", rest[0])
        found = self.reading_of(alone)
        names = [token for name in found.facts.values() for token in tokenize(name).tokens]
        is_one = found.intent is Intent.PROVIDE and found.facts.keys() <= {FIRST, LAST} and not any(map(is_everyday, names))
        return replace(found, confidence=LIKELY) if is_one else None

    def _only_wishes(self, clause: str) -> bool:
        return self.reading_of(clause).intent in {Intent.YES, Intent.GREETING}

    @abstractmethod
    def reading_of(self, clause: str) -> Reading:
        """Return what one clause is by itself."""

    def _wishes_to_know(self) -> bool:
        """Tell whether what could be a polite yes is rather a question: "can I register without a phone"."""
        first = self.signals.matches[0] if self.signals.matches else None
        begun = lexicon().ask.at(self.text.folded, 0)
        is_phrase = first is not None and first.start == 0 and "yes" in first.labels and first.end > 1
        is_phrase = is_phrase and any(match.labels & {"why", "when"} for match in concepts().every(self.text.folded[:2]))
        asks = begun is not None and not is_phrase  # "why not", "cuando quieras"
        meant = composed(self.whole, self.step, asks=True) if asks else None
        return meant is not None and meant.intent is Intent.QUESTION and meant.confidence > UNSURE_OF

    def _full_name_alone(self) -> Segment | None:
        """Return a full name that stands by itself: "I'd like to join: Davide Marchetti"."""
        named = [
            part
            for part in of(self.parts, "", "iam")
            if len(part.tokens) in {2, 3} and take.is_person(part, sure=False) and is_written_as_name(part)
        ]
        if self.asks or len(named) != 1 or is_everyday(named[0].tokens[0]):
            return None
        strange = sum(not is_everyday(token) for token in named[0].tokens)
        return named[0] if strange == len(named[0].tokens) or len(self.text.tokens) == len(named[0].tokens) else None
