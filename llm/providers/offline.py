"""The offline examiner: a provider that needs no key and no network. It words the question it is handed and reacts by rules."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import lexis
from llm.call import Call
from llm.errors import Cancelled, Fault, ProviderFault, Retry
from llm.examiner.notes import choose_note, notes_on
from llm.examiner.reading import Heard, Reading, read
from llm.examiner.wording import options
from llm.models import Ask, Capabilities, ChatRequest, Delta, Done, Event, ExaminerBrief, JsonAnswer, Role

NAME = "offline"
NOTE = "A note on your answer:"
_CHUNK_WORDS = 2
_REMEMBERED_TURNS = 2
_PLACEHOLDER = re.compile(r"\{\w+\}")
_CHUNK = re.compile(rf"(?:\S+\s*){{1,{_CHUNK_WORDS}}}|\s+")

_FEELINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (occasion, re.compile(pattern, re.IGNORECASE))
    for occasion, pattern in (
        ("loss", r"\b(passed away|funeral|my \w+ (has )?died|death of my)\b"),
        ("hard", r"\b(difficult|stress\w*|worr(y|ied)|afraid|sad|sick|ill|hospital|lonely|exhaust\w+|struggl\w+)\b"),
        ("contrast", r"\b(but|although|though|however|on the other hand|whereas|despite)\b"),
        ("example", r"\b(for example|for instance|such as|like when)\b"),
        ("reason", r"\b(because|that's why|that is why|so that|the reason)\b"),
        ("plan", r"\b(going to|i will|i'll|i plan|i hope|i would like to|i'd like to|in the future)\b"),
        ("story", r"\b(yesterday|last (week|year|month|summer|winter|weekend)|\w+ ago|when i was)\b"),
        ("joy", r"\b(love|enjoy|happy|fun|excited|proud|amazing|wonderful|great time)\b"),
    )
)
_PRAISE = frozenset({"contrast", "example", "reason", "story"})
"""Reactions that say how well it was told: not beside a correction."""
_ARTICLE = re.compile(r"^an? ")
"""What the learner mentioned as "a flat" is "the flat" when it is spoken of again."""
_NEGATION = re.compile(r"\b(not|n't|never|no|hate|dislike)\b", re.IGNORECASE)


class OfflineExaminer:
    """The examiner by rules. `choice` picks one of several wordings: the only thing that is left to chance.

    `pace` is the pause in seconds between pieces (0: as fast as they are read).
    """

    name = NAME
    label = "Offline examiner"
    model = "offline-examiner"
    capabilities = Capabilities(structured=False, offline=True)

    def __init__(self, *, choice: Callable[[Sequence[str]], str], pace: float = 0.0) -> None:
        self._choice = choice
        self._pace = pace

    def stream(self, request: ChatRequest, *, call: Call) -> Iterator[Event]:
        """Yield the examiner's words (see `Provider.stream`). Its time is never up; a cancelled call stops it."""
        text = self.reply(request)
        for match in _CHUNK.finditer(text):
            if call.cancelled:
                raise Cancelled
            yield Delta(match[0])
            if self._pace:
                call.pause(self._pace)
        yield Done(provider=self.name, model=self.model)

    def complete_json(self, request: ChatRequest, schema: Mapping[str, Any], *, call: Call) -> JsonAnswer:
        """Raise UNSUPPORTED: rules fill no forms."""
        del request, schema, call
        raise ProviderFault(Fault.UNSUPPORTED, Retry.ELSEWHERE, counts=False)

    def close(self) -> None:
        """Nothing to free."""

    def reply(self, request: ChatRequest) -> str:
        """Return everything that the examiner says in this turn."""
        brief = request.brief or ExaminerBrief(level="B1", topic="")
        words = _Words(request, brief, self._choice)
        parts: list[str] = []
        if request.standing_in:
            parts.append(words.say("standing_in"))
        if not words.met_before and not request.standing_in:
            parts.append(words.say("hello", topic=brief.topic or "different topics", level=brief.level))
        if request.turns and request.turns[-1].role is Role.USER:
            parts.extend(_answer(request.turns[-1].text, words, brief))
        if brief.notice:
            parts.append(brief.notice)
        parts.append(words.ask())
        return "\n\n".join(part for part in parts if part)


class _Words:
    """Says things for one turn, without repeating what was said in the last ones."""

    def __init__(self, request: ChatRequest, brief: ExaminerBrief, choice: Callable[[Sequence[str]], str]) -> None:
        said = [turn.text for turn in request.turns if turn.role is Role.ASSISTANT]
        self.met_before = bool(said) or bool(request.summary)
        self.underway = bool(request.summary) or sum(turn.role is Role.USER for turn in request.turns) > 1
        self.last = said[-1] if said else ""
        self.notes = [text.partition(NOTE)[2].partition("\n\n")[0].strip() for text in said if NOTE in text]
        self._said = "\n".join(said[-_REMEMBERED_TURNS:])
        self._brief = brief
        self._choice = choice

    def say(self, occasion: str, **values: str) -> str:
        """Return one wording of the occasion that was not used just before."""
        return self.say_one_of([occasion], **values)

    def say_one_of(self, occasions: Sequence[str], **values: str) -> str:
        """Return one wording of the occasions, filled in. The last turn's own wordings are only used if there is no other."""
        everything = [text for occasion in occasions for text in options(occasion, self._brief.level)]
        fresh = [text for text in everything if not self._was_said(text)]
        chosen = self._choice(fresh or [text for text in everything if _core(text) not in self.last] or everything)
        for name, value in values.items():
            chosen = chosen.replace(f"{{{name}}}", value)
        return chosen

    def ask(self) -> str:
        """Return the question that the brief hands over, led in as fits."""
        brief = self._brief
        text = brief.ask_text or brief.question
        if brief.ask is Ask.NOTHING or not text:
            return ""
        return self.say(f"ask_{brief.ask.value}", ask=text)

    def _was_said(self, text: str) -> bool:
        core = _core(text)
        return bool(core) and core in self._said


def _answer(text: str, words: _Words, brief: ExaminerBrief) -> list[str]:
    """Return what the examiner says about the learner's last words."""
    reading = read(text, underway=words.underway)
    if reading.heard is Heard.ANSWER:
        return _to_answer(text, reading, words, brief)
    if reading.heard is Heard.TINY:
        return [words.say("tiny") if brief.ask is Ask.AGAIN else words.say("neutral")]
    if not words.met_before and reading.heard in {Heard.GREETING, Heard.READY}:
        return []
    return [words.say(reading.heard.value, word=reading.word)]


def _to_answer(text: str, reading: Reading, words: _Words, brief: ExaminerBrief) -> list[str]:
    notes = notes_on(text, brief.level, opening=brief.ask is Ask.OPENING)
    said = [_reaction(text, words, brief, has_slips=any(note.kind == "slip" for note in notes))]
    if reading.asks_back:
        said[0] += " " + words.say("asks_back")
    if brief.feedback and "loss" not in _fitting(text) and (note := choose_note(notes, words.notes)):
        said.append(f"{NOTE} {note.text}")
    return said


def _reaction(text: str, words: _Words, brief: ExaminerBrief, *, has_slips: bool) -> str:
    fitting = _fitting(text)
    if "loss" in fitting:
        return words.say("loss")
    if "joy" in fitting and ("hard" in fitting or _NEGATION.search(text)):
        fitting.remove("joy")
    if "hard" in fitting and _NEGATION.search(text):
        fitting.remove("hard")
    if "hard" in fitting:
        return words.say("hard")
    if has_slips:
        fitting = [occasion for occasion in fitting if occasion not in _PRAISE]
    if _is_worth_taking_up(brief):
        fitting.append("mention")
    return words.say_one_of(fitting[:3] or ["neutral"], mention=_ARTICLE.sub("the ", brief.mention))


def _is_worth_taking_up(brief: ExaminerBrief) -> bool:
    """Tell whether what was mentioned can be spoken of alone: something of the learner's own, or an everyday thing."""
    mention = brief.mention.lower()
    if not mention or mention in brief.ask_text.lower():
        return False
    opener, noun = mention.split()[0], mention.split()[-1]
    return opener == "your" or (opener in {"the", "a", "an"} and lexis.word_level(noun) in {"A1", "A2"})


def _fitting(text: str) -> list[str]:
    return [occasion for occasion, pattern in _FEELINGS if pattern.search(text)]


def _core(text: str) -> str:
    """Return the longest part of a wording that holds no placeholder: what can be found again in what was said."""
    return max((part.strip() for part in _PLACEHOLDER.split(text)), key=len)
