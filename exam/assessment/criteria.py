"""Criterion by criterion without a model: what the words and the timing support, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence

from exam.assessment import features
from exam.assessment.labels import NOT_ASSESSED, offline_label
from exam.assessment.model import Coefficients, Kind
from exam.assessment.models import AnswerEvidence, Criterion, CriterionResult, Evidence, Scored
from exam.assessment.quotes import snippet
from lexis import LEVELS, AnswerProfile, suggest_connectives

# The marks of the interviews: a pause lasts two to three seconds, a long pause more.
_PAUSE_SECONDS, _LONG_PAUSE_SECONDS = 2.0, 3.0
_LEAST_TIMED_WORDS = 60
_SHOWN_WORDS = 6
_SHOWN_CONNECTIVES = 5
_A_MINUTE = 60.0


def not_assessed(criterion: Criterion, why: str) -> CriterionResult:
    """A criterion without support."""
    return CriterionResult(criterion=criterion, levels=None, label=NOT_ASSESSED, why=why)


def offline(
    answers: Sequence[AnswerEvidence],
    words_of: Sequence[Sequence[str]],
    profile: AnswerProfile,
    coefficients: Coefficients,
) -> tuple[CriterionResult, ...]:
    """All six criteria, in the usual order. `words_of` holds the words of each answer."""
    every = [word for found in words_of for word in found]
    measured = features.rates(every)
    return (
        _range(answers, profile, measured, _score(coefficients, "range", len(every), measured)),
        not_assessed("accuracy", "Most errors cannot be found by fixed patterns. Accuracy is judged when a model grades the answers."),
        _fluency(answers, words_of, coefficients),
        not_assessed("interaction", "Single answers do not show how you keep a conversation going."),
        _coherence(answers, profile, _score(coefficients, "coherence", len(every), measured)),
        phonology(),
    )


def phonology() -> CriterionResult:
    """Pronunciation: never judged here."""
    return not_assessed("phonology", "Pronunciation cannot be judged from words on a page.")


def _score(coefficients: Coefficients, kind: Kind, words: int, measured: Mapping[str, float]) -> Scored:
    return coefficients.sample(kind, words).predict(measured)


def _range(answers: Sequence[AnswerEvidence], profile: AnswerProfile, measured: Mapping[str, float], scored: Scored) -> CriterionResult:
    hardest = [(level, word) for level in reversed(LEVELS[1:]) for word in profile.words_by_level[level]][:_SHOWN_WORDS]
    evidence = [
        Evidence(note=f"{profile.different_words} different words in {profile.words}"),
        *_quoted(((word, f"“{word}” is a {level} word") for level, word in hardest), answers),
    ]
    rare = measured["a2_words"]
    return CriterionResult(
        criterion="range",
        levels=scored.levels,
        label=offline_label(scored),
        why=f"From how many different words you use and how many lie above A1 ({rare:.0f} in every 100 words).",
        evidence=tuple(evidence),
        next_step="Say one idea again with other words: choose a more exact word for good, big, nice or thing.",
    )


def _coherence(answers: Sequence[AnswerEvidence], profile: AnswerProfile, scored: Scored) -> CriterionResult:
    used = profile.connectives
    shown = ((use.text, f"“{use.text}” ({use.level}), {_times(use.count)}") for use in used[:_SHOWN_CONNECTIVES])
    suggestions = suggest_connectives(scored.nearest, used)
    return CriterionResult(
        criterion="coherence",
        levels=scored.levels,
        label=offline_label(scored),
        why=f"From the {len(used)} different linking words you use and how you build longer sentences.",
        evidence=(Evidence(note=f"{len(used)} different linking words"), *_quoted(shown, answers)),
        next_step=f"Try to link your ideas with {_listed(suggestions)}." if suggestions else "",
    )


def _fluency(answers: Sequence[AnswerEvidence], words_of: Sequence[Sequence[str]], coefficients: Coefficients) -> CriterionResult:
    timed = [(answer.timing, len(found)) for answer, found in zip(answers, words_of, strict=True) if answer.timing]
    words = sum(count for _, count in timed)
    timings = [timing for timing, _ in timed]
    if not timed:
        typed = all(answer.mode == "typed" for answer in answers)
        return not_assessed(
            "fluency",
            "Typed answers have no tempo and no pauses." if typed else "Without a recording there is no timing to judge.",
        )
    if words < _LEAST_TIMED_WORDS:
        return not_assessed("fluency", f"The recordings hold fewer than {_LEAST_TIMED_WORDS} words.")
    every = [seconds for timing in timings for seconds in timing.pauses]
    pauses = sum(_PAUSE_SECONDS <= seconds < _LONG_PAUSE_SECONDS for seconds in every)
    long_pauses = sum(seconds >= _LONG_PAUSE_SECONDS for seconds in every)
    scored = _score(coefficients, "fluency", words, features.marks(words, pauses=pauses, long_pauses=long_pauses))
    speech = sum(timing.speech_seconds for timing in timings)
    tempo = words / (speech + sum(every)) * _A_MINUTE if speech else 0.0
    return CriterionResult(
        criterion="fluency",
        levels=scored.levels,
        label=offline_label(scored),
        why="From your silences of two seconds and more between words.",
        evidence=(
            Evidence(note=f"{pauses + long_pauses} silences of two seconds and more in {words} words"),
            Evidence(note=f"Longest silence {max(every, default=0.0):.1f} s"),
            Evidence(note=f"Longest stretch without a break {max(timing.longest_run_seconds for timing in timings):.1f} s"),
            Evidence(note=f"{tempo:.0f} words a minute"),
        ),
        next_step="Fill thinking time with a phrase such as “let me think” instead of silence.",
    )


def _quoted(found: Iterable[tuple[str, str]], answers: Sequence[AnswerEvidence]) -> list[Evidence]:
    """Evidence with a quote for every phrase and note; a phrase that stands in no answer is left out."""
    evidence = []
    for phrase, note in found:
        answer_id, quote = snippet(phrase, answers)
        if quote:
            evidence.append(Evidence(note=note, quote=quote, answer_id=answer_id))
    return evidence


def _listed(phrases: Sequence[str]) -> str:
    quoted = [f"“{phrase}”" for phrase in phrases]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
