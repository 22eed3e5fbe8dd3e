"""What a person does with a message, by the phrases in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from signup.models import Step
from signup.understanding.ideas.composing import concepts
from signup.understanding.reading import Intent, Topic
from signup.understanding.words.lexicon import TOPICS, lexicon
from signup.understanding.words.phrases import Match
from signup.understanding.words.text import Text, Token
from signup.understanding.words.wordlists import words

_MEANINGFUL = ("start_over", "summary", "go_back", "cancel", "later", "refusal", "thinking", "no", "yes")
_AT_START = ("later", "no", "cancel", "start_over", "go_back", "summary", "thinking", "refusal", "yes")
_COMMANDS = frozenset({"start_over", "go_back", "cancel", "summary"})
_DECIDES = frozenset({"later", "cancel", "summary", "start_over"})
"""Meanings that count even where a longer phrase says something else: "yes sure, but later"."""

QUESTION_MARKS = "?？؟⁉❓"
_IN_SITU = words("asked_anywhere")
"""Question words that stand where the answer would, not at the beginning."""
LATE_PARTICLES = frozenset({"mi", "mu", "か", "吗", "嗎", "呢", "क्या", "kya", "ba"})
_ASKED_LAST = frozenset(
    {"comment", "quoi", "combien", "pourquoi", "kaise", "neden", "niye", "nasil", "зачем", "почему", "ليش", "ليه", "क्यों", "кому"}
)
"""Question words that end a sentence where they are wanted to: "vous le stockez comment"."""
_TAGS = frozenset(
    tuple(tag.split())
    for tag in (
        *("or what", "or not", "or no", "yes or no", "oder nicht", "oder was", "ja oder nein", "ou pas", "ou non", "ou quoi", "oui ou non"),
        *("o no", "o que", "si o no", "ou nao", "sim ou nao", "o cosa", "o meno", "или нет", "да или нет", "veya hayir", "ya da degil"),
    )
)
"""What makes a question of a sentence at its end: "gratis or what"."""
_NO_TAGS = frozenset(tuple(tag.split()) for tag in ("believe it or not", "like it or not", "lo creas o no", "croyez le ou non"))
_AFTER_PARTICLES = frozenset(
    {
        *("acaba", "bu", "ki", "ya", "yani", "simdi", "peki", "lutfen", "hocam", "abi"),
        *("lazim", "gerek", "gerekli", "gerekiyor", "olur", "oluyor", "olmali", "olacak", "yazayim", "yazmaliyim", "var", "yok"),
    }
)
"""What may follow "mi" at the end of a Turkish question; in "a mi hijo" it asks nothing."""
_ASKING_ENDS = (
    *("misin", "musun", "misiniz", "musunuz", "miyim", "muyum", "miyiz", "muyuz"),
    *("나요", "까요", "니까", "가요", "는지", "냐", "ますか", "kah"),
)
"""Endings of verbs that ask, in languages that need no mark for it."""
_TURNED = frozenset(
    {
        *(
            f"{helper} {who}"
            for helper in ("will", "wont", "do", "dont", "are", "arent", "can", "cant", "would")
            for who in ("you", "they", "u")
        ),
        *("isnt it", "doesnt it", "wont it", "does it", "will it", "am i", "right then", "is that so"),
    }
)
"""What turns an English sentence into a question at its end: "you won't sell it, will you"."""
_FRENCH = frozenset({"je", "tu", "il", "elle", "on", "nous", "vous", "pas", "jamais", "plus", "rien", "personne", "veux", "donne"})
_ASKED_FIRST = 6
_POLITE = words("polite")
_WHY = words("why")
_WHY_PAIRS = frozenset(
    {
        ("por", "que"),
        ("para", "que"),
        ("what", "for"),
        ("how", "come"),
        ("pra", "que"),
        ("a", "cosa"),
        ("为", "什"),
        ("為", "什"),
        ("な", "ぜ"),
    }
)
_FEW_NEIGHBOURS = 2
_PHRASE, _SHORT = 3, 6
_CLEAR = 3
"""A topic that weighs more than this is a question even without a question mark or word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """Everything that was found in a message by lookup, before anything is decided."""

    matches: tuple[Match, ...]
    inner: tuple[Match, ...]
    """Commands of two words and more that begin inside another phrase: "start again" in "let's start again"."""
    unknown: int
    topics: dict[str, int]
    nouns: frozenset[str]
    asks: bool
    marked: bool
    words: tuple[str, ...]
    why: bool
    """Whether it begins with a plain "why"."""

    def span(self, labels: Iterable[str] = _MEANINGFUL) -> int:
        """Return how many words the longest phrase with one of these meanings has; 0 where there is none."""
        wanted = frozenset(labels)
        return max((match.end - match.start for match in (*self.matches, *self.inner) if match.labels & wanted), default=0)

    def opens(self) -> bool:
        """Tell whether the first word with a meaning has only small words before it."""
        expected = 0
        for match in self.matches:
            if match.start > expected:
                return False
            if match.labels & set(_MEANINGFUL):
                return True
            expected = match.end
        return False

    @property
    def weighty(self) -> int:
        """Return how many words there are without the politeness and hesitation before and after them."""
        small = {
            index for match in self.matches if match.labels & {"filler", "greeting", "thinking"} for index in range(match.start, match.end)
        }
        kept = [index for index in range(len(self.words)) if index not in small]
        return kept[-1] - kept[0] + 1 if kept else 0

    @property
    def covered(self) -> bool:
        """Tell whether every word belongs to a known phrase and one of them means something by itself."""
        return self.unknown == 0 and self.span((*_MEANINGFUL, "greeting", "wait")) > 0


def signals(text: Text, *, fuzzy: bool) -> Signals:
    """Look all words up. With `fuzzy` a word that nothing knows counts as the known one a slip of the finger away."""
    lex, words = lexicon(), text.folded
    if fuzzy:
        words = tuple(
            lex.control.nearest(token.folded) if _may_be_slip(token, index) and token.folded not in lex.vocabulary else token.folded
            for index, token in enumerate(text.tokens)
        )
    matches = tuple(lex.control.cover(words))
    if _asks_with_no(words):
        matches = tuple(match for match in matches if match.end < len(words))
    inner = tuple(
        match
        for match in lex.control.all(words)
        if match.end - match.start > 1 and match.labels & {"start_over", "go_back", "cancel", "summary", "refusal"}
    )
    words = text.folded
    topics: dict[str, int] = {}
    for match in lex.topics.all(words):
        for label in match.labels:
            topics[label] = max(topics.get(label, 0), match.end - match.start) + (label in topics)
    marked = any(mark in text.clean for mark in QUESTION_MARKS)
    asked = _asked_at(words, matches, marked=marked)
    return Signals(
        matches=matches,
        inner=inner,
        unknown=len(words) - sum(match.end - match.start for match in matches),
        topics=topics,
        nouns=frozenset(label for match in lex.fields.all(words) for label in match.labels),
        asks=asked is not None,
        marked=marked,
        words=words,
        why=asked is not None and (words[asked] in _WHY or words[asked : asked + 2] in _WHY_PAIRS),
    )


def _may_be_slip(token: Token, index: int) -> bool:
    """Tell whether a word could be mistyped; one with a capital within a message is rather a name."""
    return len(token.folded) > _FEW_NEIGHBOURS and token.folded.isalpha() and not (index and token.raw.istitle())


def _asked_at(words: tuple[str, ...], matches: tuple[Match, ...], *, marked: bool) -> int | None:
    """Return where a question word stands that makes a question of the message, or None.

    Small words may come before it; a verb ("is", "can") counts only at the very beginning; some languages ask at the end.
    """
    inside = {
        index
        for match in matches
        if match.labels & {"yes", "no", "later", "cancel"} and match.end - match.start > 1
        for index in range(match.start, match.end)
    }
    small = {
        index
        for match in matches
        if match.labels & {"filler", "greeting", "thinking", "yes", "no"}
        for index in range(match.start, match.end)
    }
    begun = False
    for index in range(min(6, len(words))):
        late = words[index] in LATE_PARTICLES and not _AFTER_PARTICLES.issuperset(words[index + 1 :])
        found = None if index in inside or late or _denies(words, index) or _tells_past(words, index) else lexicon().ask.at(words, index)
        if found is not None and (index == 0 or not begun or "ask" in found.labels):
            return index
        if index not in small:
            following = range(index + 1, min(3, len(words))) if index < 2 else ()  # noqa: PLR2004 - one or two words before it
            asked = [
                later
                for later in following
                if later not in inside
                and not _denies(words, later)
                and (found := lexicon().ask.at(words, later))
                and "ask" in found.labels
                and (marked or words[later] in _IN_SITU)
            ]
            if asked:
                return asked[0]
            break
        begun = begun or not any(
            match.labels & {"greeting", "yes", "no", "thinking"} for match in matches if match.start <= index < match.end
        )
    return len(words) - 1 if _asks_at_the_end(words) or _asks_by_choice(words) else None


def _asks_at_the_end(words: tuple[str, ...]) -> bool:
    """Tell whether a sentence is made a question by what stands at its end."""
    if words[-4:] in _NO_TAGS:
        return False
    if len(words) > _FEW_NEIGHBOURS and (words[-2:] in _TAGS or words[-3:] in _TAGS):
        return True
    if len(words) > _FEW_NEIGHBOURS + 1 and " ".join(words[-2:]) in _TURNED:
        return True
    last = words[-1:] if words[-2:-1] in {("mi",), ("mu",)} and words[-1] not in _AFTER_PARTICLES else words[-2:]
    if any(word in LATE_PARTICLES for word in last) or (len(words) > _FEW_NEIGHBOURS and words[-1] in _ASKED_LAST):
        return True
    if not {("to", "nahi"), ("तो", "नहीं")}.isdisjoint(pairwise(words)):
        return True  # "kisi ko doge to nahi"
    return _asks_with_no(words) or (bool(words) and words[-1].endswith(_ASKING_ENDS))


def _asks_with_no(words: tuple[str, ...]) -> bool:
    """Tell whether a Vietnamese sentence is made a question by its last word, which is a no elsewhere."""
    return words[-1:] == ("khong",) and not {"co", "duoc", "phai"}.isdisjoint(words)


def _asks_by_choice(words: tuple[str, ...]) -> bool:
    """Tell whether a verb is said with its denial ("能不能"), or with the Russian word for "whether" behind it."""
    return (
        any(words[index] == words[index + 2] and words[index + 1] in {"不", "没"} for index in range(len(words) - 2)) or "ли" in words[1:]
    )


def _tells_past(words: tuple[str, ...], index: int) -> bool:
    """Tell whether "was" is the English verb, not the German question word: "I was told"."""
    return words[index] == "was" and index > 0 and words[index - 1] in {"i", "it", "he", "she", "that", "this", "there"}


def _denies(words: tuple[str, ...], index: int) -> bool:
    """Tell whether "ne" is half of a French negation and no Turkish "what"."""
    return words[index] == "ne" and not _FRENCH.isdisjoint(words)


def control_of(found: Signals, step: Step) -> Intent | None:
    """Return what the control words of a message say, or None where there are none."""
    spans = _meant(found)
    if found.span(("wait",)) > max(spans.values(), default=0):
        return Intent.LATER if step is Step.START else Intent.THINKING
    if not spans or spans == {"thinking": 1}:
        if found.span(("greeting",)) and found.unknown == 0:
            return Intent.GREETING  # also "oh hello there"
        if not spans:
            return None
    if step is not Step.START:
        return Intent(_later_on(found, spans))
    if set(spans) == {"yes", "no"}:
        last = [match for match in found.matches if match.labels & {"yes", "no"}][-1]
        return Intent.NO if "yes" not in last.labels or spans["no"] > spans["yes"] else Intent.YES
    chosen = Intent(_choose(_AT_START, spans))
    if chosen is Intent.LATER and spans.get("thinking", 0) > 1 and found.span(("wait",)) == spans["later"]:
        chosen = Intent.THINKING  # "I am not so sure, give me a moment"
    return Intent.NO if chosen in {Intent.REFUSAL, Intent.CANCEL} else chosen


def _meant(found: Signals) -> dict[str, int]:
    """Return the meanings with the words of their longest phrase; a hesitation before another meaning says nothing ("hmm, yes")."""
    spans = {label: found.span((label,)) for label in _MEANINGFUL if found.span((label,))}
    if "yes" in spans and len(spans.keys() - {"thinking"}) > 1:
        said = [match for match in found.matches if "yes" in match.labels]
        if said and all("".join(found.words[match.start : match.end]) in _POLITE for match in said):
            del spans["yes"]  # "no please"
    if spans.get("thinking") == 1 and len(spans) > 1:
        others = [match.start for match in found.matches if match.labels & (spans.keys() - {"thinking"}) and "thinking" not in match.labels]
        if others and all(match.start < others[0] for match in found.matches if "thinking" in match.labels):
            del spans["thinking"]
    return spans


def _later_on(found: Signals, spans: dict[str, int]) -> str:
    commands = {label: span for label, span in spans.items() if label in _COMMANDS and span > 1}
    if commands and "later" in spans:
        return _choose(_MEANINGFUL, commands)
    if "later" in spans and found.span(("wait",)) == spans["later"]:
        return "thinking"
    if "later" in spans and spans.get("cancel") == 1:
        return "later"  # "may I leave that for tomorrow?"
    if spans.keys() >= {"cancel", "start_over"}:
        return "cancel" if _last(found, "cancel") > _last(found, "start_over") else "start_over"
    chosen = _choose(_MEANINGFUL, spans)
    if chosen == "yes" and "refusal" in spans and _last(found, "refusal") > _last(found, "yes"):
        return "refusal"  # "ich will keinen"
    return "refusal" if chosen == "no" and spans["no"] > 1 else chosen


def _last(found: Signals, label: str) -> int:
    return max(match.start for match in (*found.matches, *found.inner) if label in match.labels)


def _choose(order: tuple[str, ...], spans: dict[str, int]) -> str:
    longest = max(spans.values())
    return next(label for label in order if label in spans and (spans[label] == longest or label in _DECIDES))


_OWN = {
    "password_rules": ("password", Step.PASSWORD),
    "username_rules": ("username", Step.USERNAME),
    "email_rules": ("email", Step.EMAIL),
    "suggest": ("username", Step.USERNAME),
}
_FIELDS = frozenset({"email", "username", "password", "first_name", "last_name", "name"})
_RANKED = (
    *("delete", "account_exists", "spam", "free", "safe", "how_long", "who", "suggest", "password_rules", "username_rules", "email_rules"),
    *("name_rules", "verify", "form", "why", "needed", "what", "help"),
)
_RANK = {name: rank for rank, name in enumerate(_RANKED)}
"""Of two topics that weigh the same the more special one is meant."""


def topic_of(found: Signals, step: Step) -> tuple[Topic, int] | None:
    """Return the topic of a question with its weight, or None where nothing in the message names one."""
    weights = {
        name: found.topics[name] * 2 + _bonus(name, found, step) for name in TOPICS if name in found.topics and _possible(name, found, step)
    }
    if step is Step.START and "why" in weights and not (found.nouns & _FIELDS or (found.why and _speaks_of_account(found.words))):
        weight = weights.pop("why")
        if not weights:
            weights["what"] = weight
    if not weights:
        return None
    best = max(weights, key=lambda name: (weights[name], -_RANK[name]))
    return Topic(best), weights[best]


def _speaks_of_account(words: tuple[str, ...]) -> bool:
    return any(match.labels & {"account", "start"} for match in concepts().all(words))


def _possible(name: str, found: Signals, step: Step) -> bool:
    """Tell whether a topic fits the step: rules are asked where the field is, or with its name."""
    if name == "name_rules":
        return step in {Step.FIRSTNAME, Step.LASTNAME} or (bool(found.nouns & {"first_name", "last_name"}) and step is not Step.USERNAME)
    if name not in _OWN:
        return True
    noun, own = _OWN[name]
    if step is Step.PASSWORD and name == "suggest":
        return True
    if step is own:
        return noun in found.nouns or not found.nouns & {"password", "username"}
    return noun in found.nouns


def _bonus(name: str, found: Signals, step: Step) -> int:
    if name in _OWN:
        return 1
    if name == "verify" and step is Step.START:
        return -1  # "my sister sent this link"
    if name == "why":
        return (1 if step is not Step.START else -1) + (_ASKED_FIRST if found.why else 0)
    if name == "safe" and any(lexicon().topics.at((word,), 0) for word in found.words if word in _DATA):
        return 1
    return -1 if step is not Step.START and name in {"what", "needed"} else 0


_DATA = words("data")


def is_clear(topic: tuple[Topic, int] | None, words: int) -> bool:
    """Tell whether a topic is named by so many of the `words` of a message that no question mark is needed."""
    if topic is None:
        return False
    named = topic[1] // 2
    return named >= words or (topic[1] > _CLEAR and (named >= _PHRASE or words <= _SHORT))
