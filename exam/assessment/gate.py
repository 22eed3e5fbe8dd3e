"""Is there enough honest evidence to estimate a level at all?

The limits come from the interviews the estimate was fitted on (docs/assessment.md): each lies outside, or at the very
edge of, what real learners say. A gate that closes is a normal result with a sentence about what to do next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exam.assessment.features import FUNCTION_WORDS, WINDOW, is_english, parts, spoken_markers, style_by_window
from exam.assessment.models import AnswerEvidence, GateReason
from exam.assessment.order import Tables, order
from exam.assessment.pleas import without_pleas
from lexis import words

LEAST_WORDS = 60
# Real interviews: 0.18-0.58 (99 % above 0.29); words drawn from a dictionary reach 0.05.
_FUNCTION_SHARE = (0.20, 0.68)
# Real interviews: at most 0.07 as a whole and 0.13 within 150 words.
_MOST_REPEATED = 0.15
# Real interviews: at least 0.94; 150 words of them at least 0.85 (99.9 %: 0.90), 60 words 0.75 (99.9 %: 0.87).
_LEAST_ENGLISH = ((WINDOW, 0.88), (0, 0.80))
# Pronouns of the subject and forms of "be", "do", "have" and the modals. Real interviews: 60 words at least 0.033 (99.9 %: 0.05).
_LEAST_SENTENCES = 0.04
_SENTENCE_TEXT = """
i you he she it we they am is are was were be been do does did have has had will would can could should may might must
"""
_SENTENCE_WORDS = frozenset(_SENTENCE_TEXT.split())
# See `exam.assessment.order`. 99.8 % of stretches of 60 and 150 words, and 99.9 % of 300 words, are above.
_LEAST_ORDER = ((300, 0.12), (WINDOW, 0.04), (100, 0.0), (LEAST_WORDS, -0.08))
# Real interviews: at most 0.24, shuffled words of B1 speakers about 0.39.
_MOST_SALAD = 0.25
_LEAST_DETERMINERS = 8
_LEAST_VARIETY = 0.12
_REPEAT_LENGTH = 4
# Two of the style measurements beyond everything heard in speech.
_STYLE_SIGNALS = 2
_WRITTEN_SHARE = 0.25
# Typical words of speech in 100 words: complete interviews have at least 9.6, any 150 words of them at least 3.3.
_LEAST_SPOKEN = ((250, 7.0), (WINDOW, 3.0))
# Faster than trained fast speakers (5 words a second is 300 a minute).
_MOST_WORDS_A_SECOND = 5.0
# Nobody speaks so much in one exam answer: more than three minutes without being asked anything.
LONGEST_ANSWER = 450

_DETERMINERS = frozenset({"a", "an", "the", "my", "your", "our", "their"})
_NEVER_AFTER_TEXT = """
a an the my your our their and or but because of to in at from by with is am are was were be i you he she we
they it me him us them not do does did have has had will would can could should if that
"""
_NEVER_AFTER = frozenset(_NEVER_AFTER_TEXT.split())

_MESSAGES: Mapping[str, str] = {
    "no_words": "There are no words to assess. Answer a few questions; if you speak, type or check your words before the report.",
    "too_few_words": f"There are fewer than {LEAST_WORDS} words to assess. Say more in each answer: a reason and an example.",
    "not_english": "Too much of this is not English, so no level can be estimated. Answer in English.",
    "no_sentences": "These are words without sentences. Answer in sentences, as you would to a person.",
    "repeated": "The same words come again and again. Say something new in each answer.",
    "looks_written": "This looks like prepared or copied writing, not like speech. Answer in your own words, as you would say it.",
    "impossible_pace": "The words do not fit the time: nobody speaks that fast. Check that the transcript belongs to the recording.",
    "to_the_examiner": "This asks for a grade instead of answering. Answer the question that was asked.",
}


def reason(code: str) -> GateReason:
    """The reason with its sentence for the learner."""
    return GateReason(code=code, message=_MESSAGES[code])


@dataclass(frozen=True, slots=True, kw_only=True)
class Usable:
    """One answer with the words of it that count, and the answers that were left out with the reason."""

    kept: tuple[tuple[AnswerEvidence, tuple[str, ...]], ...]
    left_out: tuple[tuple[AnswerEvidence, GateReason], ...]

    @property
    def words(self) -> list[str]:
        """All words that count, in order."""
        return [word for _, found in self.kept for word in found]


def usable(answers: Sequence[AnswerEvidence], limits: Mapping[str, float]) -> Usable:
    """Leave out what cannot be evidence: repeated answers, pleas, impossible pace, copied writing."""
    kept: list[tuple[AnswerEvidence, tuple[str, ...]]] = []
    left_out: list[tuple[AnswerEvidence, GateReason]] = []
    seen: set[tuple[str, ...]] = set()
    for answer in answers:
        text = without_pleas(answer.text)
        found = tuple(words(text))
        problem = _problem(answer, found, plea=len(text) < len(answer.text), limits=limits)
        if problem is None and len(found) >= _REPEAT_LENGTH and found in seen:
            problem = "repeated"
        seen.add(found)
        if problem is not None:
            left_out.append((answer, reason(problem)))
        elif found:
            kept.append((answer, found))
    return Usable(kept=tuple(kept), left_out=tuple(left_out))


def _problem(answer: AnswerEvidence, found: Sequence[str], *, plea: bool, limits: Mapping[str, float]) -> str | None:
    if plea and not found:
        return "to_the_examiner"
    if _impossible_pace(answer, len(found)):
        return "impossible_pace"
    if len(found) > LONGEST_ANSWER and answer.timing is None:
        return "looks_written"
    return "looks_written" if len(found) >= LEAST_WORDS and looks_written(found, limits) else None


def _impossible_pace(answer: AnswerEvidence, count: int) -> bool:
    if answer.timing is not None:
        return count > LEAST_WORDS / 6 and count > _MOST_WORDS_A_SECOND * answer.timing.speech_seconds
    if answer.mode == "spoken" and answer.allowed_seconds:
        return count > _MOST_WORDS_A_SECOND * answer.allowed_seconds
    return False


def check(found: Sequence[str], limits: Mapping[str, float], tables: Tables) -> tuple[GateReason, ...]:
    """Every reason why these words (fillers left out) are not enough evidence; empty when they are."""
    if not found:
        return (reason("no_words"),)
    codes = []
    if len(found) < LEAST_WORDS:
        codes.append("too_few_words")
    forms = parts(found)
    share = sum(form in FUNCTION_WORDS for form in forms) / len(forms)
    if not _english(forms):
        codes.append("not_english")
    elif not _FUNCTION_SHARE[0] <= share <= _FUNCTION_SHARE[1] or _disordered(forms, len(found), tables):
        codes.append("no_sentences")
    if len(found) >= _REPEAT_LENGTH and (repeated(forms) >= _MOST_REPEATED or _monotonous(forms)):
        codes.append("repeated")
    if len(found) >= LEAST_WORDS and looks_written(found, limits):
        codes.append("looks_written")
    return tuple(map(reason, codes))


def foreign(used: Usable) -> tuple[GateReason, ...]:
    """The reason why too much of all answers, also of those left out, is not English; empty when it is not too much."""
    answers = [answer for answer, _ in (*used.kept, *used.left_out)]
    forms = parts([word for answer in answers for word in words(without_pleas(answer.text))])
    return () if not forms or _english(forms) else (reason("not_english"),)


def _english(forms: Sequence[str]) -> bool:
    known = sum(map(is_english, forms)) / len(forms)
    return known >= _at(len(forms), _LEAST_ENGLISH)


def _at(count: int, limits: Sequence[tuple[int, float]]) -> float:
    """The limit for so many words: that of the greatest length they fill."""
    return next(limit for length, limit in limits if count >= length)


def _disordered(forms: Sequence[str], count: int, tables: Tables) -> bool:
    """Whether these are words in no order, or hardly any sentence is among them."""
    if salad(forms) > _MOST_SALAD:
        return True
    if count < LEAST_WORDS:
        return False
    return sum(form in _SENTENCE_WORDS for form in forms) / len(forms) < _LEAST_SENTENCES or order(forms, tables) < _at(count, _LEAST_ORDER)


def repeated(forms: Sequence[str]) -> float:
    """The share of four-word sequences that occurred before: in the whole text or in its worst part."""
    worst = 0.0
    for start in range(0, max(1, len(forms) - WINDOW // 2), WINDOW // 2):
        worst = max(worst, _repeated(forms[start : start + WINDOW]))
    return max(worst, _repeated(forms))


def _repeated(forms: Sequence[str]) -> float:
    total = len(forms) - _REPEAT_LENGTH + 1
    if total < 1:
        return 0.0
    grams = {tuple(forms[at : at + _REPEAT_LENGTH]) for at in range(total)}
    return 1 - len(grams) / total


def _monotonous(forms: Sequence[str]) -> bool:
    """Hardly any different words, for the length ("yes no yes yes")."""
    stretch = min(len(forms), WINDOW)
    return len(set(forms[:stretch])) / stretch < _LEAST_VARIETY


def salad(forms: Sequence[str]) -> float:
    """The share of articles and possessives followed by a word that cannot follow them; 0 with few of them."""
    after = [second for first, second in pairwise(forms) if first in _DETERMINERS]
    if len(after) < _LEAST_DETERMINERS:
        return 0.0
    return sum(word in _NEVER_AFTER for word in after) / len(after)


def looks_written(found: Sequence[str], limits: Mapping[str, float]) -> bool:
    """Whether the words are in the style of writing.

    They are when a quarter of the windows have two or more style measurements beyond everything heard in speech, or when
    a long text hardly has any of the words that speech is full of.
    """
    if any(len(found) >= length and spoken_markers(found) < least for length, least in _LEAST_SPOKEN):
        return True
    measured = style_by_window(found)
    # In less than a full window chance alone gives higher shares: the allowance grows as the square root.
    allowance = max(1.0, (WINDOW / len(found)) ** 0.5)
    marked = sum(_signals(window, limits, allowance) >= _STYLE_SIGNALS for window in measured)
    return marked >= max(1, _WRITTEN_SHARE * len(measured))


def _signals(window: Mapping[str, float], limits: Mapping[str, float], allowance: float) -> int:
    count = 0
    for name, limit in limits.items():
        if name == "different_words" and allowance > 1:
            continue
        shares = name not in {"mean_letters", "different_words"}
        count += window[name] > (limit * allowance if shares else limit)
    return count
