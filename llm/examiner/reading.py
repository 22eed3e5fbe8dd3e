"""What kind of thing the learner just said: an answer, a request to repeat, a farewell, another language.

Rules, not a model: short messages are matched against patterns (`intents`), anything longer counts as an answer unless it is clearly
something else. In doubt it is an answer, because treating an answer as small talk is the worse mistake.
"""

import re
import unicodedata

import lexis
from llm.examiner import intents, not_english, phrases
from llm.examiner.kinds import Heard, Reading
from llm.examiner.phone_spelling import without_politeness, written_out

__all__ = ["Heard", "Reading", "read"]

_TINY_WORDS = 3
_INTENT_WORDS = 16
_DEMAND_WORDS = 12
_RUDE_WORDS = 8
_TURNED_ROUND = re.compile(
    r"^(why|what|how|where|when|who|which|how (many|much|long|often|old|far)( \w+)?|(what|which) (time|level|kind|topic|question"
    r"|words?)) (can|could|should|must|do|does|did|is|are|will|would) (i|you|it|we|the|that|this)\b"
    r"|^what (time|day) is it\b"
)
"""A question without its question mark: the verb goes before the subject."""
_QUESTION_WORDS = 3
_READ_CHARACTERS = 400
_NAME_WORDS = 3
_WORDS_BEFORE = 6
_ASKED_FOR = {Heard.TOPIC, Heard.REPEAT, Heard.UNCLEAR, Heard.HELP, Heard.CORRECT_ME, Heard.SCORE, Heard.EASIER, Heard.HARDER}
_RARE = {None, "C1", "C2"}
"""Levels of a word that may be a name: "I am tired" names nobody."""

_CONCERN = re.compile(
    r"\b(kill(ing)? myself|end(ing)? my life|i want to die|wish i (was|were) dead|(hurt|cut)ting myself|harm(ing)? myself)\b"
    r"|\bi do not want to (live|be alive)( any ?more)?$"
    r"|\bi( am| feel| have been| was)?( \w+){0,2} suicidal\b"
)
_INSULT = re.compile(
    r"\b(fuck\w*|f\*+c?k?\w*|shit|bullshit|bitch|asshole|bastard|dickhead|go to hell|screw you)\b"
    r"|^(just |please |oh )?shut up\b|^(idiot|stupid|moron)$"
    r"|\byou( are)? (a |an |so |such a |really |very )*(stupid|useless|dumb|idiot|moron|garbage|trash|rubbish)\b"
    r"|\byou are (a |an |the )?(very |really )?(bad|terrible|worst|awful) (teacher|examiner|bot|robot|program)\b"
    r"|^i (really )?hate you$"
    r"|^(stupid|dumb|useless|idiotic) (bot|robot|machine|program|app|computer)\b"
)
_COMPILED = intents.compiled(intents.INTENTS)
_REQUEST = re.compile(
    r"^(please |can you |could you |now )*(tell|write|give|show|sing|read|send|teach|translate|generate|summari[sz]e)( to)? (me|us)\b"
    r"|^(please |can you |could you |now )*(write|translate|generate|summari[sz]e|compose|sing) (a|an|the|this|some)\b"
    r"|^(please |can you |could you |will you )*do my (homework|exercises?|task)\b"
    r"|^(please |now )*(ignore|forget|disregard) (all |any |the |your |my )*"
    r"(previous |earlier |above |last )?(instructions?|rules?|prompts?)\b"
)
_ASKED = re.compile(r"^(so |and |but |sorry |okay )?(why|what|how|where|when|who) (do|are|did|is|were|have|does|was) (you|your)\b")
_BEGINS_QUESTION = re.compile(
    r"^(so |and |but |sorry |okay )?(why|what|how|where|when|who|which|do|does|did|is|are|can|could|would|will|have|has|should|may)\b"
)
_ASKS_BACK = re.compile(r"\b(what about you|how about you|and you|what do you think|do you agree)\s*\?*\s*$")
_NO_NAME = frozenset(
    {"from", "not", "here", "very", "so", "a", "an", "the", "and", "student", "teacher", "ready", "is", "i", "you", "it", "difficult"}
)


def read(text: str, *, underway: bool = False) -> Reading:
    """Return what kind of thing `text` is; any text is fine.

    `underway`: the learner spoke before in this conversation. Then "I want to improve my English" answers a question; as the first
    thing it says why the learner came.
    """
    plain = _plain(text)
    if not plain:
        return Reading(heard=Heard.EMPTY if not text.strip() else Heard.NOISE)
    words = len(plain.split())
    said = written_out(plain[:_READ_CHARACTERS]) if words <= _INTENT_WORDS * 2 else plain
    special = _urgent(said, words) or (_short(text, said, underway=underway) if len(said.split()) <= _INTENT_WORDS else None)
    if special is None and words <= _INTENT_WORDS:
        special = _asked_last(text)
    if special is None and (kind := _not_english(text, plain) or _demand(text, said, words)):
        special = Reading(heard=kind)
    if special is not None:
        return Reading(heard=special.heard, words=words, word=special.word)
    spoken = len(lexis.words(text))
    asks_back = bool(_ASKS_BACK.search(plain))
    return Reading(heard=Heard.TINY if spoken <= _TINY_WORDS else Heard.ANSWER, words=spoken, asks_back=asks_back)


def _urgent(said: str, words: int) -> Reading | None:
    if _CONCERN.search(said):
        return Reading(heard=Heard.CONCERN)
    return Reading(heard=Heard.RUDE) if words <= _RUDE_WORDS and _INSULT.search(said) else None


def _short(text: str, said: str, *, underway: bool) -> Reading | None:
    """Return what a short message is if it is no answer."""
    for pattern, heard in ((phrases.HOW_ARE_YOU, Heard.HOW_ARE_YOU), (phrases.GREETING, Heard.GREETING), (phrases.THANKS, Heard.THANKS)):
        if pattern.fullmatch(said):
            return Reading(heard=heard)
    core = without_politeness(said)
    for pattern, heard in ((phrases.WORD_WANTED, Heard.WORD_WANTED), (phrases.MEANING, Heard.MEANING)):
        if (found := pattern.fullmatch(core)) and (word := next(filter(None, found.groupdict().values()), "").strip()) not in {
            "it",
            "that",
        }:
            return Reading(heard=heard, word=word)
    if name := _introduced(text, said, underway=underway):
        return Reading(heard=Heard.INTRODUCTION, word=name)
    if topic := phrases.wished_topic(core):
        return Reading(heard=Heard.TOPIC, word=topic)
    kind = next((heard for heard, pattern in _COMPILED if pattern.fullmatch(core)), None)
    said_more = kind is Heard.OPINION and re.search(r"[.!?]\s+\w+\s+\w", text)
    is_answer = kind is Heard.READY and underway and intents.STATEMENT.match(core)
    return None if kind is None or said_more or is_answer else Reading(heard=kind)


def _asked_last(text: str) -> Reading | None:
    """Return what the last sentence asks for after a few words before it: "Never mind. Could we discuss music?"."""
    before, _, last = text.strip().rpartition(". ")
    if not before or len(before.split()) > _WORDS_BEFORE or len(last.split()) < _QUESTION_WORDS:
        return None
    found = _short(last, written_out(_plain(last)), underway=True)
    return found if found is not None and found.heard in _ASKED_FOR else None


def _introduced(text: str, said: str, *, underway: bool) -> str:
    """Return the name of somebody who introduces themselves, as it was written ("" for nobody)."""
    found = phrases.INTRODUCTION.fullmatch(said)
    if found is None or (underway and not found["hello"]):
        return ""
    words = found["name"].split()
    if any(word in _NO_NAME or not word.isalpha() for word in words) or len(words) > _NAME_WORDS:
        return ""
    written = [next((token for token in re.findall(r"[^\W\d_]+", text) if token.casefold() == word), word) for word in words]
    looks_like_a_name = all(word[0].isupper() or lexis.word_level(word) in _RARE for word in written)
    if not found["sure"] and not (looks_like_a_name and (found["hello"] or found["more"])):
        return ""
    return " ".join(word if word != word.lower() else word.capitalize() for word in written)


def _demand(text: str, said: str, words: int) -> Heard | None:
    """Tell a question to the examiner, or a task for it, from an answer: an answer says something besides."""
    if words > _DEMAND_WORDS or words < _QUESTION_WORDS:
        return None
    if _REQUEST.match(said):
        return Heard.REQUEST
    if not re.search(r"[.!?;,]\s", text) and _TURNED_ROUND.match(said):
        return Heard.QUESTION
    only_questions = text.rstrip().endswith("?") and not re.search(r"[.!;]\s", text)
    return Heard.QUESTION if _ASKED.match(said) or (only_questions and _BEGINS_QUESTION.match(said)) else None


def _not_english(text: str, plain: str) -> Heard | None:
    if not_english.is_other_language(text):
        return Heard.OTHER_LANGUAGE
    return Heard.NOISE if not_english.is_noise(plain) else None


def _plain(text: str) -> str:
    """Return the text in lower case with straight apostrophes, without other punctuation, on single spaces."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("‘", "'")
    kept = "".join(ch if ch.isalnum() or ch in "'*-" or unicodedata.category(ch)[0] == "M" else " " for ch in folded)
    joined = " ".join(kept.split())
    return joined if any(ch.isalnum() for ch in joined) else ""
