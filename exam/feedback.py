"""Notes on one answer in practice mode, from what can be counted: no level, no guess about grammar."""

from exam.engine.desk import words_of
from exam.models import Answer, AnswerMode, Feedback
from lexis import AnswerProfile, Level, profile, suggest_connectives
from speech.models import Timing
from speech.timing import with_words

_SHOWN = 4
_MANY_LONG_PAUSES = 3
_HALF = 0.5
_LINKS_WANTED_FROM = 30


def feedback_on(answer: Answer, *, level: Level, min_words: int) -> Feedback:
    """Return notes on `answer`, which was given at `level`."""
    if answer.mode is AnswerMode.NONE:
        return Feedback(words=0, notes=("You did not answer this question.",), try_next="Say one sentence, even a short one.")
    text = words_of(answer)
    found = profile(text)
    notes: list[str] = []
    if text:
        notes.append(f"{found.words} words, {found.different_words} of them different.")
        notes += _words(found)
    if answer.timing is not None and answer.timing.speech_found:
        notes += _timing(answer.timing, found.words if text else 0)
    notes += answer.advice
    if answer.late:
        notes.append("Your answer came after the time. In an exam the time is strict.")
    return Feedback(words=found.words, notes=tuple(notes), try_next=_try_next(found, answer, level, min_words))


def _words(found: AnswerProfile) -> list[str]:
    notes = []
    linking = [use.text for use in found.connectives]
    if linking:
        notes.append(f"You link ideas with {', '.join(f'“{link}”' for link in linking[:_SHOWN])}.")
    beyond = [word for level in ("C2", "C1", "B2", "B1") for word in found.words_by_level[level]]
    if beyond:
        notes.append(f"Words from B1 up: {', '.join(beyond[:_SHOWN])}.")
    return notes


def _timing(timing: Timing, words: int) -> list[str]:
    used = with_words(timing, words) if words else timing
    pauses = f"{timing.pauses} {'pause' if timing.pauses == 1 else 'pauses'}"
    notes = [f"You spoke for {timing.speaking_seconds:.0f} of {timing.seconds:.0f} seconds, with {pauses}."]
    if used.words_per_minute:
        notes.append(f"That is about {used.words_per_minute:.0f} words a minute.")
    return notes


def _try_next(found: AnswerProfile, answer: Answer, level: Level, min_words: int) -> str:
    timing = answer.timing
    if words_of(answer) and found.words < min_words:
        return f"Say more: this question asks for at least {min_words} words. Add a reason and an example."
    if timing is not None and timing.seconds < answer.allowed_seconds * _HALF and not words_of(answer):
        return "Use more of your time: add a reason and an example."
    if timing is not None and timing.long_pauses >= _MANY_LONG_PAUSES:
        return "When you search for a word, say it in another way instead of stopping."
    if found.words >= _LINKS_WANTED_FROM:
        phrases = suggest_connectives(level, found.connectives, limit=2)
        if phrases:
            return f"Try {' and '.join(f'“{phrase}”' for phrase in phrases)} to link your ideas."
    return "Give one reason and one example in the next answer."
