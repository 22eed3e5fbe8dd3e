"""What kind of thing the learner just said: an answer, a request to repeat, a farewell, another language.

Rules, not a model: short messages are matched against patterns, anything longer counts as an answer unless it is clearly
something else. In doubt it is an answer, because treating an answer as small talk is the worse mistake.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import lexis
from llm.examiner import not_english

_TINY_WORDS = 3
_INTENT_WORDS = 12
_RUDE_WORDS = 8


class Heard(StrEnum):
    """The kinds of things a learner says."""

    ANSWER = "answer"
    TINY = "tiny"
    EMPTY = "empty"
    NOISE = "noise"
    GREETING = "greeting"
    FAREWELL = "farewell"
    THANKS = "thanks"
    REPEAT = "repeat"
    UNCLEAR = "unclear"
    MEANING = "meaning"
    HELP = "help"
    DONT_KNOW = "dont_know"
    SKIP = "skip"
    WHO = "who"
    HOW_ARE_YOU = "how_are_you"
    SCORE = "score"
    OPINION = "opinion"
    CORRECT_ME = "correct_me"
    WORD_WANTED = "word_wanted"
    QUESTION = "question"
    REQUEST = "request"
    WAIT = "wait"
    SHY = "shy"
    OTHER_LANGUAGE = "other_language"
    RUDE = "rude"
    CONCERN = "concern"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was heard. `word` is the word whose meaning was asked; `asks_back`: an answer that ends with a question to the examiner."""

    heard: Heard
    words: int = 0
    word: str = ""
    asks_back: bool = False


_CONCERN = re.compile(
    r"\b(kill(ing)? myself|end(ing)? my life|i want to die|wish i (was|were) dead|(hurt|cut)ting myself|harm(ing)? myself)\b"
    r"|\bi('m| am| feel| have been| was)?( \w+){0,2} suicidal\b"
)
_INSULT = re.compile(
    r"\b(fuck\w*|f\*+c?k?\w*|shit|bitch|asshole|bastard|dickhead|go to hell|screw you)\b"
    r"|^(just |please |oh )?shut up\b"
    r"|\byou('re| are)? (a |an |so |such a |really )*(stupid|useless|dumb|idiot|moron|garbage|trash|rubbish)\b"
    r"|^(stupid|dumb|useless|idiotic) (bot|robot|machine|program|app|computer)\b"
)
_MEANING = re.compile(
    r"^(?:sorry |please )?(?:what does (?:the word )?(?!it |this |that )([a-z][a-z' -]{1,30}?) means?"
    r"|(?:what do you mean by|what is the meaning of|what's the meaning of|what means) (?:the word )?([a-z][a-z' -]{1,30}?))"
    r"(?: in english| here)?$"
)
_INTENTS: tuple[tuple[Heard, tuple[str, ...]], ...] = (
    (
        Heard.REPEAT,
        (
            r"\b(can|could|would) you( please)? (repeat|say)( it| that| this| the question)?( again| once more)?( please)?$",
            r"^(please )?(repeat|say)( it| that| the question| again)*( please)?$",
            r"^(pardon|sorry|excuse me|what|again|come again)( me)?( please)?$",
            r"\b(didn't|did not|couldn't|could not|can't) (hear|catch)\b",
            r"\bwhat (was|is) (the|your) question( again)?( please)?$",
            r"^(please )?(can you |could you )?(please )?(speak|talk|say it) (more slowly|slower|slowly)( please)?$",
        ),
    ),
    (
        Heard.UNCLEAR,
        (
            r"\b(don't|do not|didn't|did not|can't|cannot|not|no) (really )?(understand|get|follow)( the question| it| that| you| this)?$",
            r"^what (do you mean( by that)?|does (it|this|that) mean)$",
            r"(^|\b(can|could|would|will) you |\bplease )(explain|rephrase|simplify) (the question|it|that|this)\b",
            r"^(sorry )?do you mean\b",
            r"\bquestion (is )?(not clear|unclear|too (hard|difficult))",
        ),
    ),
    (
        Heard.HELP,
        (
            r"^(please )?help( me)?( please)?$",
            r"\b(can|could) you help\b",
            r"\bwhat (can|should|could|do) i (say|answer|talk about)\b",
            r"\bgive me (an example|a hint|some ideas|an idea|help)\b",
            r"\bhow (can|should|do) i (start|answer|begin)\b",
        ),
    ),
    (
        Heard.SKIP,
        (
            r"^(please )?(next|skip|pass)( (it|this|that|one|question|the question|this question))*( please)?$",
            r"^(please |can (i|we) have |i want |give me |ask me )?(another|a different|a new|the next) (question|topic)( please)?$",
            r"\bchange the (topic|subject|question)\b",
            r"\b(skip|(don't|do not) want to (answer|(talk|speak) about)) (this|that|it)\b",
            r"\b(can|could|may|shall) (we|i) (talk|speak) about .{2,40}",
            r"\b(this|that|it|the question)('s| is) (too|very|so|really) (personal|private|boring)\b",
            r"\b(this|that|what|your) (a |is a )?(stupid|silly|boring|dumb) (question|topic)\b|\bquestion is (stupid|silly|boring|dumb)\b",
            r"^(i (don't|do not) care|whatever)$",
            r"^(but |well )?i('ve| have)? (already|just) (told|said|answered)( you)?( that| this| it)?$",
        ),
    ),
    (
        Heard.DONT_KNOW,
        (
            r"^(sorry |well |um |hmm )*(i )?(really )?(don't|do not) know( what to say| how to say( it)?| about it| the answer)?( sorry)?$",
            r"^(sorry |well |um |hmm )*(i )?(really )?have (really )?no idea( what to \w+)?( (about|to) (it|this|that))?( sorry)?$",
            r"^(who knows|(i have |i've )?never thought about (it|this|that))$",
            r"^(sorry |well |um |hmm )*(dunno|(i have )?no idea|(i'm )?not sure|(i )?can't think of \w+|nothing)( sorry)?$",
        ),
    ),
    (
        Heard.WHO,
        (
            r"^(do|can) you (really )?(understand|hear) (me|what i say|what i said)$",
            r"\b(are you|you are|is this) (a |an )?(real|human|person|robot|bot|machine|ai|computer|program|chatgpt|gpt)\b",
            r"^(and )?who are you\b",
            r"\bwhat('s| is) your name\b",
            r"^what are you$",
        ),
    ),
    (
        Heard.SCORE,
        (
            r"\b(what('s| is)|tell me|give me|which is) (my|the) (level|score|grade|mark|result|band)\b",
            r"\bhow (did|am|was) i (do|doing|go)\b",
            r"\bdid i pass\b",
            r"\bhow (good|bad) is my english\b",
            r"\bgive me (a|an|the|my) (\w+ ){0,2}(level|score|grade|mark|result|band)\b",
        ),
    ),
    (
        Heard.CORRECT_ME,
        (
            r"\bcorrect (me|my|the) ?(mistakes?|errors?|grammar|english|answer|sentences?)?( please)?$",
            r"^(is|was) (my|that|this|it) (grammar|english|answer|sentence)? ?(correct|right|ok|okay|good|wrong)$",
            r"^(did i make |were there |are there |do i have )?(any|what) (mistakes|errors)( did i make)?$",
        ),
    ),
    (
        Heard.OPINION,
        (
            r"^(and |so |but )?(what|how) about you$",
            r"^(and )?you$",
            r"^(so |and )?what do you think( about (it|this|that))?$",
            r"^(and )?do you (like|have|think|know|prefer|agree)\b",
        ),
    ),
    (
        Heard.WAIT,
        (
            r"^(ok |okay |well |hmm |um |please |sorry )*(let me|i (have|need) to|i must) think( about (it|that|this))?( first| please)?$",
            r"^(ok |okay |please |sorry )*(just )?(wait|one|give me|i need) ?(a|one)? ?(moment|second|minute|sec|bit)?( more)?( please)?$",
        ),
    ),
    (
        Heard.SHY,
        (
            r"^(i'm |i am )?(so |very )?(sorry )?(but )?my (english|grammar|level) is (so |very |not )*(bad|poor|low|terrible|good|weak)$",
            r"^(i'm |i am )?(so |very )?sorry (for|about) my (bad |poor |terrible )?(english|grammar|mistakes)$",
            r"^i (can't|cannot|don't) speak (good |much |any )?english( well| very well| good)?$",
            r"^i('m| am) (so |very |a bit |a little |too )?(nervous|shy)$",
        ),
    ),
    (Heard.THANKS, (r"^(ok |okay )?(thank you|thanks|thx|many thanks)( (very|so) much| a lot)?( for (your|the) \w+)?$",)),
    (
        Heard.FAREWELL,
        (
            r"^(ok |okay |well |thanks |thank you )*(good ?bye|bye( bye)?|see you( \w+)?|good night|have a (nice|good) \w+)( .{0,30})?$",
            r"^(ok |okay |well |sorry |so |but |now )*i (have to|must|need to|want to|should) (go|leave|stop|finish)( now| here)?$",
            r"^(.{0,30} )?(can|could|may|shall) (we|i) (stop|finish|go|leave)( now| here| it| this| please)*$",
            r"^(stop|finish|end|quit|exit|that's all|that is all|i am done|i'm done|i am finished)( now| here| for today| please)*$",
        ),
    ),
)
_COMPILED = tuple((heard, tuple(re.compile(pattern) for pattern in patterns)) for heard, patterns in _INTENTS)
_HOW_ARE_YOU = re.compile(
    r"^((hello|hi|hey|good (morning|afternoon|evening))[ ,!.]*)?(there )?(how are you( doing)?( today)?|how's it going|what's up)$"
)
_WORD_WANTED = re.compile(r"^(?:sorry )?how (?:do|can) (?:you|i|we|one) say (.{2,40}?)(?: in english)?$")
_REQUEST = re.compile(
    r"^(please |can you |could you |now )*(tell|write|give|show|sing|read|send|teach|translate|generate|summari[sz]e)( to)? (me|us)\b"
    r"|^(please |can you |could you |now )*(write|translate|generate|summari[sz]e|compose) (a|an|the|this|some)\b"
    r"|^(please |now )*(ignore|forget|disregard) (all |any |the |your |my )*"
    r"(previous |earlier |above |last )?(instructions?|rules?|prompts?)\b"
)
_ASKED = re.compile(r"^(so |and |but |sorry |ok )?(why|what|how|where|when|who) (do|are|did|is|were|have|does|was) (you|your)\b")
_BEGINS_QUESTION = re.compile(
    r"^(so |and |but |sorry |ok )?(why|what|how|where|when|who|which|do|does|did|is|are|can|could|would|will|have|has|should|may)\b"
)
_QUESTION_WORDS = 3
_GREETING = re.compile(
    r"^(hello|hi|hey|hiya|greetings|good (morning|afternoon|evening|day))( (there|again|everyone|examiner|teacher|sir|madam|viva))?$"
)
_ASKS_BACK = re.compile(r"\b(what about you|how about you|and you|what do you think|do you agree)\s*\?*\s*$")


def read(text: str) -> Reading:
    """Return what kind of thing `text` is; any text is fine."""
    plain = _plain(text)
    if not plain:
        return Reading(heard=Heard.EMPTY if not text.strip() else Heard.NOISE)
    words = len(plain.split())
    if meaning := _MEANING.match(plain):
        return Reading(heard=Heard.MEANING, words=words, word=(meaning[1] or meaning[2]).strip())
    if wanted := _WORD_WANTED.match(plain):
        return Reading(heard=Heard.WORD_WANTED, words=words, word=wanted[1].strip())
    special = _urgent(plain, words) or _intent(plain, words) or _not_english(text, plain) or _demand(text, plain, words)
    if special is not None:
        return Reading(heard=special, words=words)
    spoken = len(lexis.words(text))
    asks_back = bool(_ASKS_BACK.search(plain))
    return Reading(heard=Heard.TINY if spoken <= _TINY_WORDS else Heard.ANSWER, words=spoken, asks_back=asks_back)


def _urgent(plain: str, words: int) -> Heard | None:
    if _CONCERN.search(plain):
        return Heard.CONCERN
    return Heard.RUDE if words <= _RUDE_WORDS and _INSULT.search(plain) else None


def _intent(plain: str, words: int) -> Heard | None:
    if words > _INTENT_WORDS:
        return None
    if _HOW_ARE_YOU.match(plain):
        return Heard.HOW_ARE_YOU
    if _GREETING.match(plain):
        return Heard.GREETING
    return next((heard for heard, patterns in _COMPILED if any(pattern.search(plain) for pattern in patterns)), None)


def _demand(text: str, plain: str, words: int) -> Heard | None:
    """Tell a question to the examiner, or a task for it, from an answer: an answer says something besides."""
    if words > _INTENT_WORDS or words < _QUESTION_WORDS:
        return None
    if _REQUEST.match(plain):
        return Heard.REQUEST
    only_questions = text.rstrip().endswith("?") and not re.search(r"[.!;]\s", text)
    return Heard.QUESTION if _ASKED.match(plain) or (only_questions and _BEGINS_QUESTION.match(plain)) else None


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
