"""Levels as words, the same everywhere."""

from exam.assessment.models import Scored
from lexis import Level

OFFLINE_LABEL = "Offline estimate from the words"
NOT_ENOUGH = "Not enough evidence"
NOT_ASSESSED = "Not assessed"


def range_label(levels: tuple[Level, Level], *, open_above: Level | None = None) -> str:
    """The range as words: "B1", "A2 to B1"; a range that ends at `open_above` goes on: "B1 to B2 or above"."""
    low, high = levels
    more = " or above" if high == open_above else ""
    return f"{low}{more}" if low == high else f"{low} to {high}{more}"


def offline_label(scored: Scored) -> str:
    """The range of the offline method, whose data end at about B2."""
    return range_label(scored.levels, open_above="B2")
