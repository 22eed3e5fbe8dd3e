"""Fit the estimate: choose features by the lasso, then an ordinal logistic regression on them.

Used only for fitting; numpy is imported here and in its neighbours, and nowhere at run time. The regression is the
proportional-odds model (McCullagh 1980): the chance of being above step k is a logistic curve of one weighted sum. The
examiner's nine steps are used as they are; the level 1-4 is the expected band, so that it never leaves the scale and
the ends are not pulled to the middle as a straight line pulls them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import copysign
from typing import TYPE_CHECKING

import numpy as np

from exam.assessment.model import Ordinal, Term

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]
    Numbers = npt.NDArray[np.intp]

CLIP_PERCENT = (1.0, 99.0)
# A feature that varies less carries nothing and must not be divided by.
_CONSTANT = 1e-4
_NEWTON_STEPS = 40
_CLOSE = 1e-7
_LASSO_STEPS = 40
_LASSO_SHRINK = 0.82
_SWEEPS = 60
_STILL = 1e-4
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Standard:
    """How features are clipped and scaled, read off the training rows."""

    low: "Array"
    high: "Array"
    mean: "Array"
    sd: "Array"

    def apply(self, rows: "Array") -> "Array":
        """The rows, clipped and in standard deviations from the mean."""
        scaled: Array = (np.clip(rows, self.low, self.high) - self.mean) / self.sd
        return scaled


def standard(rows: "Array") -> Standard:
    """Clip at the 1st and 99th percentile of these rows, then centre and scale."""
    low, high = np.percentile(rows, CLIP_PERCENT, axis=0)
    clipped = np.clip(rows, low, high)
    sd = clipped.std(axis=0)
    return Standard(low, high, clipped.mean(axis=0), np.where(sd < _CONSTANT, 1.0, sd))


def chosen(scaled: "Array", target: "Array", counts: Sequence[int], always: Sequence[int]) -> dict[int, list[int]]:
    """For every wanted count the columns a lasso keeps, those `always` wanted included.

    The penalty falls step by step; for each count the last set that is not larger is taken. Columns in `always` are kept
    beside whatever the lasso chooses.
    """
    if len(always) == scaled.shape[1]:
        return {count: list(always) for count in counts}
    rows = len(target)
    gram = scaled.T @ scaled / rows
    pull = scaled.T @ (target - target.mean()) / rows
    weights = np.zeros(scaled.shape[1])
    penalty = float(np.abs(pull).max())
    sets = {count: list(always) for count in counts}
    for _ in range(_LASSO_STEPS):
        penalty *= _LASSO_SHRINK
        _descend(gram, pull, weights, penalty)
        kept = sorted({*always, *np.flatnonzero(weights).tolist()})
        if len(kept) > max(counts):
            break
        sets.update({count: kept for count in counts if len(kept) <= count})
    return sets


def _descend(gram: "Array", pull: "Array", weights: "Array", penalty: float) -> None:
    """Coordinate descent on standardised columns, in place.

    Plain numbers, and nothing more than a look at a column that stays out: most do, and this loop is nearly all the time of a fit.
    """
    left = pull - gram @ weights
    kept = weights.tolist()
    columns = [
        (at, scale, column)
        for at, (scale, column) in enumerate(zip(gram.diagonal().tolist(), gram.T.copy(), strict=True))
        if scale >= _CONSTANT
    ]
    for _ in range(_SWEEPS):
        most = 0.0
        for at, scale, column in columns:
            wish = left.item(at) + scale * kept[at]
            if abs(wish) <= penalty and not kept[at]:
                continue
            new = copysign(max(0.0, abs(wish) - penalty), wish) / scale
            change = new - kept[at]
            if change:
                left -= column * change
                kept[at] = new
                most = max(most, abs(change))
        if most < _STILL:
            break
    weights[:] = kept


def regress(scaled: "Array", step: "Numbers", penalty: float) -> tuple["Array", "Array"]:
    """Cut points and weights of the proportional-odds model with a ridge penalty on the weights (Newton's method).

    `step` counts from 0 without gaps. Returns rising cut points (one fewer than steps) and one weight per column.
    """
    rows, width = scaled.shape
    last = int(step.max())
    above = np.array([(step > at).mean() for at in range(last)])
    cuts, weights = -np.log(above / (1 - above)), np.zeros(width)
    loss = _loss(cuts, weights, scaled, step, penalty)
    for _ in range(_NEWTON_STEPS):
        slope, curve = _derivatives(cuts, weights, scaled, step, penalty)
        move = np.linalg.solve(curve, slope)
        size = 1.0
        while size > _CLOSE:
            new_cuts, new_weights = cuts - size * move[:last], weights - size * move[last:]
            new_loss = _loss(new_cuts, new_weights, scaled, step, penalty)
            if new_loss <= loss:
                break
            size /= 2
        else:
            break
        gain, cuts, weights, loss = loss - new_loss, new_cuts, new_weights, new_loss
        if gain < _CLOSE * rows:
            break
    return cuts, weights


def _curves(cuts: "Array", weights: "Array", scaled: "Array", step: "Numbers") -> tuple["Array", "Array", "Array"]:
    """The logistic curve at the cut above and at the cut below each row's step, and the chance of the step."""
    ends = np.concatenate([[-np.inf], cuts, [np.inf]])
    score = scaled @ weights
    with np.errstate(over="ignore"):
        upper = 1 / (1 + np.exp(score - ends[step + 1]))
        lower = 1 / (1 + np.exp(score - ends[step]))
    return upper, lower, upper - lower


def _loss(cuts: "Array", weights: "Array", scaled: "Array", step: "Numbers", penalty: float) -> float:
    if (np.diff(cuts) <= 0).any():
        return float("inf")
    chance = _curves(cuts, weights, scaled, step)[2]
    if (chance <= 0).any():
        return float("inf")
    return float(-np.log(chance).sum() + penalty / 2 * weights @ weights)


def _derivatives(cuts: "Array", weights: "Array", scaled: "Array", step: "Numbers", penalty: float) -> tuple["Array", "Array"]:
    """Gradient and Hessian of the loss in (cuts, weights)."""
    rows = len(step)
    upper, lower, chance = _curves(cuts, weights, scaled, step)
    up, down = upper * (1 - upper), lower * (1 - lower)
    up2, down2 = up * (1 - 2 * upper), down * (1 - 2 * lower)
    # Each row's chance depends on (cut above - score) and (cut below - score) only: a row's part of the gradient is
    # `outer`, the second derivatives on the same two lines are `diagonal`.
    cut_above = np.zeros((rows, len(cuts) + 2))
    cut_below = np.zeros_like(cut_above)
    cut_above[np.arange(rows), step + 1] = 1
    cut_below[np.arange(rows), step] = 1
    line_above = np.hstack([cut_above[:, 1:-1], -scaled])
    line_below = np.hstack([cut_below[:, 1:-1], -scaled])
    outer = (line_above * up[:, None] - line_below * down[:, None]) / chance[:, None]
    curve = (
        outer.T @ outer - line_above.T @ (line_above * (up2 / chance)[:, None]) + line_below.T @ (line_below * (down2 / chance)[:, None])
    )
    slope = -outer.sum(axis=0)
    ridge = np.concatenate([np.zeros(len(cuts)), np.full(scaled.shape[1], penalty)])
    return slope + ridge * np.concatenate([np.zeros(len(cuts)), weights]), curve + np.diag(ridge + _CLOSE)


def fit(names: Sequence[str], rows: "Array", step: "Numbers", band: "Array", penalty: float) -> Ordinal:
    """Fit one model to these columns; `band` is 1-4 for every row and never falls where `step` rises."""
    scale = standard(rows)
    steps, index = np.unique(step, return_inverse=True)
    band_of = [float(band[step == value][0]) for value in steps]
    cuts, weights = regress(scale.apply(rows), index.astype(np.intp), penalty)
    columns = zip(names, scale.low, scale.high, scale.mean, scale.sd, weights, strict=True)
    between = [(cut, below, above) for cut, below, above in zip(cuts.tolist(), band_of, band_of[1:], strict=False) if above > below]
    return Ordinal(
        terms=tuple(Term(name, *(round(float(value), _DIGITS) for value in values)) for name, *values in columns),
        lowest=band_of[0],
        cuts=tuple((round(cut, _DIGITS), above - below) for cut, below, above in between),
        widths=(),
    )


def predict(model: Ordinal, names: Sequence[str], rows: "Array") -> "Array":
    """The levels of all rows, as `Ordinal.predict` gives them one by one; `names` are the columns."""
    at = [names.index(term.name) for term in model.terms]
    low, high, mean, sd, weight = (
        np.array(values) for values in zip(*[(t.low, t.high, t.mean, t.sd, t.weight) for t in model.terms], strict=True)
    )
    score = (np.clip(rows[:, at], low, high) - mean) / sd @ weight
    level = np.full(len(rows), model.lowest)
    for cut, rise in model.cuts:
        level += rise / (1 + np.exp(cut - score))
    clipped: Array = np.clip(level, 1.0, 4.0)
    return clipped
