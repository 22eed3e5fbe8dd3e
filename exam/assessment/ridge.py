"""Fit and check a ridge regression. Used only for fitting; numpy is imported here and nowhere at run time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from exam.assessment.model import Linear, Term

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

# Chosen on the development part; results hardly change between 5 and 50.
PENALTY = 20.0
_CLIP_PERCENT = (1.0, 99.0)
COVERAGE = 0.80
_ENDS = (1.0, 4.0)
_LEAST_SHAPE = 0.1
_FOLDS = 10
# A feature that varies less carries nothing and must not be divided by.
_CONSTANT = 1e-4
_REPEATS = 3
_SEED = 20_240_601


@dataclass(frozen=True, slots=True)
class Sample:
    """The measurements of all interviews, cut in one way: a row per interview."""

    rows: "Array"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How far predictions lie from the examiner's band. `exact` is the share of equal bands, `covered` of the range."""

    interviews: int
    rmse: float
    r: float
    exact: float
    covered: float


def fit(names: Sequence[str], samples: Sequence[Sample], target: "Array") -> Linear:
    """Fit one model to several samples of the same interviews; features are clipped at the 1st and 99th percentile."""
    rows = np.vstack([sample.rows for sample in samples])
    wanted = np.tile(target, len(samples))
    low, high = np.percentile(rows, _CLIP_PERCENT, axis=0)
    clipped = np.clip(rows, low, high)
    mean, sd = clipped.mean(axis=0), clipped.std(axis=0)
    sd = np.where(sd < _CONSTANT, 1.0, sd)
    standard = (clipped - mean) / sd
    penalty = PENALTY * len(samples) * np.eye(len(names))
    weights = np.linalg.solve(standard.T @ standard + penalty, standard.T @ (wanted - wanted.mean()))
    terms = tuple(
        Term(name, *(round(float(value), 6) for value in values)) for name, *values in zip(names, low, high, mean, sd, weights, strict=True)
    )
    return Linear(terms=terms, intercept=round(float(wanted.mean()), 6), widths=())


def predict(model: Linear, sample: Sample) -> "Array":
    """The levels of all rows."""
    names = [term.name for term in model.terms]
    return np.array([model.predict(dict(zip(names, row, strict=True))).level for row in sample.rows.tolist()])


def cross_validated(names: Sequence[str], training: Sequence[Sample], test: Sequence[Sample], target: "Array") -> list["Array"]:
    """Out-of-fold levels of every test sample: no interview is predicted by a model that saw any part of it."""
    chance = np.random.default_rng(_SEED)
    sums = [np.zeros(len(target)) for _ in test]
    folds = min(_FOLDS, len(target))
    for _ in range(_REPEATS):
        order = chance.permutation(len(target))
        for fold in range(folds):
            held = order[fold::folds]
            seen = np.setdiff1d(order, held)
            model = fit(names, [Sample(sample.rows[seen]) for sample in training], target[seen])
            for total, sample in zip(sums, test, strict=True):
                total[held] += predict(model, Sample(sample.rows[held]))
    return [total / _REPEATS for total in sums]


def widths(predicted: Sequence["Array"], target: "Array") -> tuple[tuple[float, float], ...]:
    """Half widths at levels 1 and 4 so that 80 % of the out-of-fold predictions lie within the line between them.

    Errors grow with the level: a straight line through them gives the shape, the 80 % quantile of error over line the
    size.
    """
    levels = np.concatenate(list(predicted))
    errors = np.abs(levels - np.tile(target, len(predicted)))
    slope, start = np.polyfit(levels, errors, 1)
    ends = np.maximum(_LEAST_SHAPE, start + slope * np.array(_ENDS))
    shape = np.interp(levels, _ENDS, ends)
    size = float(np.quantile(errors / shape, COVERAGE))
    return tuple((level, round(size * float(end), 4)) for level, end in zip(_ENDS, ends, strict=True))


def quality(levels: "Array", target: "Array", model: Linear) -> Quality:
    """Compare predictions with the examiner's bands."""
    errors = levels - target
    spread = float(levels.std() * target.std())
    return Quality(
        interviews=len(target),
        rmse=float(np.sqrt((errors**2).mean())),
        r=float(((levels - levels.mean()) * (target - target.mean())).mean() / spread) if spread else 0.0,
        exact=float((np.floor(levels + 0.5) == target).mean()),
        covered=float(np.mean([abs(error) <= model.half_width(level) for error, level in zip(errors, levels, strict=True)])),
    )
