"""How good predictions are, and how wide a range must be. Used only for fitting and judging; needs numpy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

COVERAGE = 0.80
_ENDS = (1.0, 4.0)
_LEAST_SHAPE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How far predictions lie from the examiner's band.

    `exact` is the share of equal bands, `covered` the share of bands within the range, `bias` the mean of prediction
    minus band, `spread` the standard deviation of the bands (errors grow with it).
    """

    interviews: int
    rmse: float
    r: float
    exact: float
    covered: float
    bias: float
    spread: float


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


def quality(levels: "Array", low: "Array", high: "Array", target: "Array") -> Quality:
    """Compare levels and their ranges with the examiner's bands 1-4; at least one of each."""
    errors = levels - target
    spread = float(levels.std() * target.std())
    return Quality(
        interviews=len(target),
        rmse=float(np.sqrt((errors**2).mean())),
        r=float(((levels - levels.mean()) * (target - target.mean())).mean() / spread) if spread else 0.0,
        exact=float((np.floor(levels + 0.5) == target).mean()),
        covered=float(((low <= target) & (target <= high)).mean()),
        bias=float(errors.mean()),
        spread=float(target.std()),
    )
