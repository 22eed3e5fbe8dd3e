"""One honest note on an answer: something that can be seen in it, and one thing to try next. Only what can be counted or looked up."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import lexis
from lexis import LEVELS, AnswerProfile, Level
from llm.examiner.corrections import Slip, slips_in

TARGET_WORDS: dict[Level, int] = {"A1": 8, "A2": 15, "B1": 30, "B2": 45, "C1": 60, "C2": 70}
"""Words that an answer to one question should about reach: a rule of thumb of this program, not a number of any exam."""

_REPEATED = 4
_NOT_AGAIN_WITHIN = 3
_MORE = (
    "Next time, add when, where or with whom it was.",
    "Next time, add an example from your own life.",
    "Next time, take one of your points a step further.",
)
_PLAINEST = frozenset({"and", "but", "or", "then", "so", "too"})
"""Links that everybody uses: from B1 on there is nothing to praise in them."""
_SHORT_SENTENCES = 3
_LONG_SENTENCE = 45
_STRONGER: dict[str, tuple[str, str, str]] = {
    "very good": ("great", "excellent", "outstanding"), "very bad": ("terrible", "awful", "dreadful"),
    "very big": ("huge", "enormous", "vast"), "very small": ("tiny", "minute", "negligible"),
    "very happy": ("glad", "delighted", "elated"), "very sad": ("unhappy", "miserable", "heartbroken"),
    "very tired": ("sleepy", "exhausted", "drained"), "very important": ("main", "essential", "crucial"),
    "very interesting": ("special", "fascinating", "compelling"), "very beautiful": ("lovely", "gorgeous", "breathtaking"),
    "very difficult": ("hard", "tough", "demanding"), "very easy": ("simple", "effortless", "straightforward"),
    "very cold": ("icy", "freezing", "bitter"), "very hot": ("warm", "boiling", "sweltering"),
    "very angry": ("mad", "furious", "outraged"), "very funny": ("amusing", "hilarious", "priceless"),
    "very expensive": ("dear", "overpriced", "prohibitive"), "very hungry": ("starving", "starving", "ravenous"),
    "very surprised": ("amazed", "astonished", "taken aback"), "very nice": ("lovely", "delightful", "thoroughly pleasant"),
    "very scared": ("afraid", "terrified", "petrified"), "very crowded": ("full", "packed", "teeming with people"),
}  # fmt: skip
_INSTEAD: dict[str, tuple[str, str, str]] = {
    "good": ("nice", "useful", "worthwhile"), "bad": ("not good", "harmful", "detrimental"), "nice": ("lovely", "pleasant", "congenial"),
    "big": ("large", "considerable", "substantial"), "thing": ("idea", "aspect", "factor"), "things": ("ideas", "details", "factors"),
    "like": ("enjoy", "be keen on", "be drawn to"), "think": ("believe", "suppose", "would argue"),
    "people": ("others", "most of us", "the public"),
    "important": ("big", "essential", "fundamental"),
    "very": ("really", "extremely", "remarkably"), "get": ("become", "receive", "obtain"),
    "say": ("tell", "mention", "maintain"), "problem": ("trouble", "difficulty", "obstacle"), "different": ("new", "varied", "diverse"),
    "interesting": ("fun", "fascinating", "thought-provoking"), "beautiful": ("pretty", "charming", "striking"),
    "happy": ("glad", "pleased", "content"), "really": ("so", "truly", "genuinely"), "always": ("every day", "constantly", "invariably"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What was seen and what to try; `kind` names the rule, so that two notes in a row need not be of the same kind."""

    kind: str
    seen: str
    tip: str

    @property
    def text(self) -> str:
        """Both as one short paragraph."""
        return f"{self.seen} {self.tip}".strip()


Rule = Callable[[str, AnswerProfile, Level], Note | None]


def notes_on(answer: str, level: str, *, opening: bool = False) -> list[Note]:
    """Return the notes that apply, the most useful first. `level` as in a brief.

    Where something is wrong there are notes on that alone: praise beside a mistake would say that all was well. `opening`: it
    answered no question, so nothing is said about how much it was.
    """
    slips = [_of_slip(slip) for slip in slips_in(answer)]
    if slips or opening:
        return slips
    profile = lexis.profile(answer)
    known = _level(level)
    return [note for rule in _RULES if (note := rule(answer, profile, known)) is not None]


def choose_note(notes: Sequence[Note], earlier: Sequence[str]) -> Note | None:
    """Return the first note that says something else than `earlier` ones, the newest last; None if all was said just before.

    A correction is not repeated, other notes not within three.
    """
    recent = earlier[-_NOT_AGAIN_WITHIN:]
    for note in notes:
        if note.kind == "slip":
            if not any(note.tip in text for text in earlier):
                return note
        elif not any(_alike(note.text, text) for text in recent):
            return note
    return None


def _of_slip(slip: Slip) -> Note:
    if slip.spelling:
        return Note(kind="slip", seen="One word to check.", tip=f"You wrote “{slip.said}”; the spelling is “{slip.better}”.")
    return Note(kind="slip", seen="One thing to correct.", tip=f"You said “{slip.said}”; say “{slip.better}”.")


def _short(answer: str, profile: AnswerProfile, level: Level) -> Note | None:
    target = TARGET_WORDS[level]
    if profile.words * 2 > target:
        return None
    add = {"A1": "one more sentence", "A2": "a reason with “because”"}.get(level, "a reason and a short example")
    if level != "A1" and "because" in lexis.words(answer):
        add = "a short example"
    return Note(kind="short", seen=f"That was {_count(profile.words, 'word')}.", tip=f"For {level}, aim for about {target}: add {add}.")


def _very(answer: str, profile: AnswerProfile, level: Level) -> Note | None:
    del profile
    spoken = " ".join(lexis.words(answer))
    for phrase, stronger in _STRONGER.items():
        if re.search(rf"\b{phrase}\b", spoken):
            better = stronger[_band(level)]
            return Note(kind="very", seen=f"You said “{phrase}”.", tip=f"One word can do it: try “{better}” next time.")
    return None


def _repeated(answer: str, profile: AnswerProfile, level: Level) -> Note | None:
    del profile
    counts = Counter(lexis.words(answer))
    for word, count in counts.most_common():
        if count < _REPEATED:
            return None
        if word in _INSTEAD:
            return Note(
                kind="repeated", seen=f"You used “{word}” {count} times.", tip=f"Try “{_INSTEAD[word][_band(level)]}” for one of them."
            )
    return None


def _strong_word(answer: str, profile: AnswerProfile, level: Level) -> Note | None:
    at = LEVELS.index(level)
    for higher in reversed(LEVELS[max(at, 2) :]):
        words = [word for word in profile.words_by_level[higher] if word.isalpha() and re.search(rf"\b{word}\b", answer)]
        if words:
            tip = _link_tip(profile, level) or "Use it once more in your next answer, so that it stays with you."
            return Note(kind="word", seen=f"“{words[0]}” is a good choice; word lists put it at {higher}.", tip=tip)
    return None


def _links(answer: str, profile: AnswerProfile, level: Level) -> Note | None:
    del answer
    tip = _link_tip(profile, level)
    if not tip:
        return None
    if not profile.connectives:
        return Note(kind="links", seen=f"You said {_count(profile.words, 'word')} without a linking word.", tip=tip)
    telling = [item for item in profile.connectives if level in {"A1", "A2"} or item.text not in _PLAINEST]
    used = [f"“{item.text}”" for item in (telling or profile.connectives)[:2]]
    if telling:
        return Note(kind="links", seen=f"You linked your ideas with {' and '.join(used)}.", tip=tip)
    return Note(kind="links", seen=f"You joined your ideas only with {' and '.join(used)}.", tip=tip)


def _breathless(answer: str, profile: AnswerProfile, level: Level) -> Note | None:
    del answer
    if profile.longest_sentence_words < _LONG_SENTENCE:
        return None
    seen = f"Your longest sentence has {profile.longest_sentence_words} words."
    tip = (
        "Let it end sooner: two short sentences are easier to follow."
        if level in {"A1", "A2", "B1"}
        else "A stop in the middle would give it weight."
    )
    return Note(kind="breath", seen=seen, tip=tip)


def _choppy(answer: str, profile: AnswerProfile, level: Level) -> Note | None:
    del answer
    if level == "A1" or profile.sentences < _SHORT_SENTENCES or profile.subordinators:
        return None
    return Note(
        kind="choppy",
        seen=f"You made {profile.sentences} sentences, each with one idea.",
        tip="Join two of them with “because”, “when” or “which”.",
    )


def _full(answer: str, profile: AnswerProfile, level: Level) -> Note | None:
    del answer
    if not profile.words:
        return None
    seen = f"That was {_count(profile.words, 'word')} in {_count(max(1, profile.sentences), 'sentence')}."
    if profile.words >= TARGET_WORDS[level]:
        return Note(kind="full", seen=f"{seen} A good length for {level}.", tip="Next time, finish with one sentence that sums it up.")
    return Note(kind="full", seen=seen, tip=_MORE[_band(level)])


_RULES: tuple[Rule, ...] = (_short, _very, _repeated, _choppy, _strong_word, _links, _breathless, _full)


def _link_tip(profile: AnswerProfile, level: Level) -> str:
    found = lexis.suggest_connectives(level, profile.connectives, limit=1)
    return f"Next time, try to link two ideas with “{found[0]}”." if found else ""


def _alike(note: str, last: str) -> bool:
    """Tell whether the tip was given just before: compared by its words outside quotation marks and numbers."""
    bare = _bare(note)
    return bool(bare) and any(part in _bare(last) for part in bare.split(". ") if part)


def _bare(text: str) -> str:
    return re.sub(r"“[^”]*”|\d+", "", text).strip(" .")


def _level(level: str) -> Level:
    return next((known for known in LEVELS if known == level), "B1")


def _band(level: Level) -> int:
    return LEVELS.index(level) // 2


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
