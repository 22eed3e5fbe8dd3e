"""Apply the shipped coefficients. Plain arithmetic: no numpy at run time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp
from pathlib import Path
from typing import Literal

from exam.assessment.features import MARKS, PAUSES, RATES, SIZES
from exam.assessment.models import Scored
from exam.assessment.order import Tables

Kind = Literal["clean", "marks", "range", "coherence", "fluency"]

COEFFICIENTS = Path(__file__).with_name("coefficients.json")
# Lengths in words for which a model of its own was fitted; a text uses the longest that it fills.
LENGTHS = (75, 150, 300, 600)
INTERVIEW = "interview"
# Below this a text cannot be taken for a complete interview: only 2 % of the interviews are shorter.
INTERVIEW_WORDS = 180

KINDS: dict[Kind, tuple[str, ...]] = {
    "clean": RATES,
    "marks": (*RATES, *MARKS),
    "range": (
        "different_words",
        "local_variety",
        "a2_words",
        "softeners",
        "modals",
        "past_forms",
        "particles",
        "prepositions",
    ),
    "coherence": ("connectives", "that_clauses", "so", "it", "third_person"),
    "fluency": PAUSES,
}

# What the advice of a report speaks about: always part of the models for answers, so that it can be weighed.
ADVISED = ("connectives", "local_variety", "past_forms", "modals", "that_clauses", "a2_words")

_LOWEST, _HIGHEST = 1.0, 4.0
# Beyond this a logistic curve is flat and its exponent could overflow.
_FLAT = 700.0


def possible_features(kind: Kind, length: str) -> tuple[str, ...]:
    """The features that may enter one model; a complete interview adds how much was said."""
    return (*KINDS[kind], *SIZES) if length == INTERVIEW else KINDS[kind]


@dataclass(frozen=True, slots=True)
class Term:
    """One feature: clipped to the range seen in training, standardised, weighted."""

    name: str
    low: float
    high: float
    mean: float
    sd: float
    weight: float

    def z(self, value: float) -> float:
        """How many standard deviations the clipped value lies from the mean of the training data."""
        return (min(self.high, max(self.low, value)) - self.mean) / self.sd


@dataclass(frozen=True, slots=True)
class Ordinal:
    """One fitted model: the sum of the weighted features, read off on a staircase of logistic curves.

    Every pair in `cuts` is a step: where the sum equals the first number, half of the second has been climbed from
    `lowest`. The result is the expected band. `widths` holds half widths of the 80 % range at rising levels, straight
    lines in between.
    """

    terms: tuple[Term, ...]
    lowest: float
    cuts: tuple[tuple[float, float], ...]
    widths: tuple[tuple[float, float], ...]

    def predict(self, measured: Mapping[str, float]) -> Scored:
        """The level 1-4 with its range; what lies outside the training range counts as its edge."""
        score = sum(term.weight * term.z(measured[term.name]) for term in self.terms)
        raw = self.lowest + sum(rise / (1 + exp(min(_FLAT, cut - score))) for cut, rise in self.cuts)
        level = min(_HIGHEST, max(_LOWEST, raw))
        width = self.half_width(level)
        return Scored(level=level, low=max(_LOWEST, level - width), high=min(_HIGHEST, level + width))

    def half_width(self, level: float) -> float:
        """Half of the 80 % range around a predicted level."""
        if not self.widths or level <= self.widths[0][0]:
            return self.widths[0][1] if self.widths else 0.0
        for (below, narrow), (above, wide) in pairwise(self.widths):
            if level <= above:
                return narrow + (wide - narrow) * (level - below) / (above - below)
        return self.widths[-1][1]


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Everything the coefficient file holds that is used at run time."""

    models: Mapping[str, Ordinal]
    style_limits: Mapping[str, float]
    order: Tables

    def sample(self, kind: Kind, words: int) -> Ordinal:
        """The model for a text of so many words."""
        length = max((fitted for fitted in LENGTHS if fitted <= words), default=LENGTHS[0])
        return self.models[f"{kind}/{length}"]

    def interview(self, kind: Kind) -> Ordinal:
        """The model for a complete interview ("clean" or "marks")."""
        return self.models[f"{kind}/{INTERVIEW}"]


def parse(text: str) -> Coefficients:
    """Read the content of a coefficient file as `exam.assessment.fit` writes it."""
    document = json.loads(text)
    models = {
        name: Ordinal(
            terms=tuple(Term(*term) for term in found["terms"]),
            lowest=found["lowest"],
            cuts=tuple((cut, rise) for cut, rise in found["cuts"]),
            widths=tuple((level, width) for level, width in found["widths"]),
        )
        for name, found in document["models"].items()
    }
    return Coefficients(
        models=models, style_limits=document["style_limits"], order=tuple(tuple(map(tuple, table)) for table in document["order"])
    )


@cache
def shipped() -> Coefficients:
    """The coefficients that ship with the program."""
    return parse(COEFFICIENTS.read_text(encoding="utf-8"))
