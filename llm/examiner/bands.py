"""The bands of learners that the examiner speaks to differently, and the shape of its tables of wordings."""

from collections.abc import Mapping
from typing import Final

SIMPLE, PLAIN, FULL = "simple", "plain", "full"
BANDS: Final = {"A1": SIMPLE, "A2": SIMPLE, "B1": PLAIN, "B2": PLAIN, "C1": FULL, "C2": FULL}

Wordings = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Occasion, band, wordings."""
