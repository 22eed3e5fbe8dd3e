"""Fit the coefficient file: `python -m exam.assessment.fit --jsonl FILE [--out FILE]`.

The file holds interviews as `exam.assessment.corpus` reads them, each with its `band`. Everything that is decided from
data is decided here, so that `exam.assessment.nested` can repeat it inside every training fold: clipping bounds, which
features, how many, the penalty, the steps of the scale, the width of the range, the limits of the style gate. The same
file always gives the same coefficients.
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from exam.assessment import corpus, features, order, ordinal, quality
from exam.assessment.corpus import Interview
from exam.assessment.errors import CorpusInvalid
from exam.assessment.model import ADVISED, COEFFICIENTS, INTERVIEW, KINDS, LENGTHS, Kind, Ordinal, possible_features
from exam.assessment.models import BANDS

if TYPE_CHECKING:
    from exam.assessment.ordinal import Array, Numbers

_POSITIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LEAST_WORDS = 20
_LEAST_INTERVIEWS = 20
_FOLDS = 5
_SEED = 20_240_601
# What the inner cross-validation chooses from: how many features, and the ridge penalty.
_COUNTS = (12, 20, 32)
_PENALTIES = (10.0, 30.0)
# Counted for pairs of classes never seen, so that no logarithm is taken of nothing.
_UNSEEN = 0.5
_CHOOSING: frozenset[Kind] = frozenset({"clean", "marks"})
_PROVENANCE = {
    "what": "Proportional-odds regression of an examiner's nine steps on clipped, standardised counts of words; the level is "
    "the expected band (1 = A1 ... 4 = B2). A term is [name, low, high, mean, sd, weight], a cut [place, rise].",
    "data": "Transcripts of oral interviews with adult learners of English of one first language, each rated by an "
    "examiner; only these coefficients are shipped, no text.",
    "made_by": "python -m exam.assessment.fit",
    "judged_by": "python -m exam.assessment.nested; the results are in docs/assessment.md",
    "limits": "The data end at about B2 and know one first language and one kind of interview.",
}


@dataclass(frozen=True, slots=True)
class Material:
    """Rated interviews, measured once: per length a table for each way of cutting, a row per interview."""

    interviews: tuple[Interview, ...]
    step: "Numbers"
    band: "Array"
    tables: Mapping[str, tuple["Array", ...]]
    styles: tuple[dict[str, float] | None, ...]
    neighbours: "Array"


@dataclass(frozen=True, slots=True)
class _Problem:
    """What one model is fitted to: the columns of each cut and the ratings of the same interviews."""

    names: tuple[str, ...]
    cuts: tuple["Array", ...]
    step: "Numbers"
    band: "Array"

    def part(self, rows: "Numbers") -> "_Problem":
        return replace(self, cuts=tuple(cut[rows] for cut in self.cuts), step=self.step[rows], band=self.band[rows])

    def columns(self, chosen: Sequence[int]) -> "_Problem":
        names = tuple(self.names[at] for at in chosen)
        return replace(self, names=names, cuts=tuple(cut[:, list(chosen)] for cut in self.cuts))

    def fit(self, penalty: float) -> Ordinal:
        times = len(self.cuts)
        return ordinal.fit(self.names, np.vstack(self.cuts), np.tile(self.step, times), np.tile(self.band, times), penalty * times)

    def choose(self, counts: Sequence[int], always: Sequence[str]) -> dict[int, list[int]]:
        rows = np.vstack(self.cuts)
        target = np.tile(self.step, len(self.cuts)).astype(np.float64)
        wanted = [self.names.index(name) for name in always]
        return ordinal.chosen(ordinal.standard(rows).apply(rows), target, counts, wanted)


_INNERMOST = re.compile(r"\[\s+([^\[\]{}]*?)\s+\]")
_ALL = tuple(dict.fromkeys((*features.RATES, *features.SIZES, *features.MARKS)))


def measure(interview: Interview) -> dict[str, float]:
    """Every feature of one interview or sample."""
    words = interview.words
    counted = features.marks(
        len(words),
        pauses=interview.total("pauses"),
        long_pauses=interview.total("long_pauses"),
        fillers=interview.total("fillers"),
        repairs=interview.total("repairs"),
    )
    return features.rates(words) | features.sizes(words) | counted


def material(interviews: Sequence[Interview], lengths: Sequence[str]) -> Material:
    """Measure all rated interviews with enough words.

    Raises:
        CorpusInvalid: too few rated interviews.
    """
    usable = tuple(one for one in interviews if one.band is not None and len(one.words) >= _LEAST_WORDS)
    if len(usable) < _LEAST_INTERVIEWS:
        raise CorpusInvalid(f"At least {_LEAST_INTERVIEWS} interviews with a band are needed, found {len(usable)}.")
    band = np.array([BANDS.index(one.band) + 1 for one in usable if one.band], dtype=np.float64)
    return Material(
        interviews=usable,
        step=_steps(usable, band),
        band=band,
        tables={length: tuple(map(_table, _cuts(usable, length))) for length in lengths},
        styles=tuple(map(_style, usable)),
        neighbours=np.array(list(map(_neighbours, usable))),
    )


def _steps(interviews: Sequence[Interview], band: "Array") -> "Numbers":
    """The finer steps, where every interview has one and they rise with the bands; otherwise the bands."""
    steps = [one.step for one in interviews]
    pairs = sorted({(step, level) for step, level in zip(steps, band.tolist(), strict=True) if step is not None})
    rising = all(first < second and lower <= higher for (first, lower), (second, higher) in pairwise(pairs))
    known = [step for step in steps if step is not None]
    return np.array(known if rising and len(known) == len(steps) else band, dtype=np.intp)


def _cuts(interviews: Sequence[Interview], length: str) -> list[list[Interview]]:
    """Complete interviews as they are; samples from five places, so that no place in the talk is special."""
    if length == INTERVIEW:
        return [list(interviews)]
    wanted = int(length)
    return [[corpus.sample(one, wanted, skip=int(share * max(0, len(one.words) - wanted))) for one in interviews] for share in _POSITIONS]


def _table(cut: Sequence[Interview]) -> "Array":
    return np.array([[found[name] for name in _ALL] for found in map(measure, cut)], dtype=np.float64)


def _style(interview: Interview) -> dict[str, float] | None:
    """The highest value of every style measurement in any full window of this interview, None without one."""
    if len(interview.words) < features.WINDOW:
        return None
    found = features.style_by_window(interview.words)
    return {name: max(window[name] for window in found) for name in features.STYLE}


def _neighbours(interview: Interview) -> "Array":
    """How often each class of words follows each other class at each distance, within the turns of this interview."""
    counted = np.zeros((len(order.DISTANCES), order.COUNT, order.COUNT))
    for turn in interview.turns:
        forms = features.parts(turn.words)
        for at, distance in enumerate(order.DISTANCES):
            for first, second in order.neighbours(forms, distance):
                counted[at, first, second] += 1
    return counted


def _one(problem: _Problem, kind: Kind, length: str) -> Ordinal:
    """Choose the features and the penalty by cross-validation, fit, and set the range by the same out-of-fold errors."""
    always = ADVISED if kind == "clean" and length != INTERVIEW else () if kind in _CHOOSING else problem.names
    counts = _COUNTS if kind in _CHOOSING else (len(problem.names),)
    options = [(count, penalty) for count in counts for penalty in _PENALTIES]
    shuffled = np.random.default_rng(_SEED).permutation(len(problem.band))
    folded = {option: [np.zeros(len(problem.band)) for _ in problem.cuts] for option in options}
    for fold in range(_FOLDS):
        held = np.sort(shuffled[fold::_FOLDS])
        seen = problem.part(np.setdiff1d(shuffled, held))
        columns = seen.choose(counts, always)
        for count, penalty in options:
            training = seen.columns(columns[count])
            fitted = training.fit(penalty)
            tested = problem.part(held).columns(columns[count])
            for levels, cut in zip(folded[count, penalty], tested.cuts, strict=True):
                levels[held] = ordinal.predict(fitted, training.names, cut)
    best = min(options, key=lambda option: sum(float(((levels - problem.band) ** 2).sum()) for levels in folded[option]))
    final = problem.columns(problem.choose(counts, always)[best[0]]).fit(best[1])
    return replace(final, widths=quality.widths(folded[best], problem.band))


def models(
    found: Material, rows: "Numbers", *, lengths: Sequence[str] = (*map(str, LENGTHS), INTERVIEW), kinds: Sequence[Kind] = tuple(KINDS)
) -> dict[str, Ordinal]:
    """Fit all models to these rows of the material."""
    fitted = {}
    for length in lengths:
        for kind in kinds:
            if length == INTERVIEW and kind not in _CHOOSING:
                continue
            names = possible_features(kind, length)
            at = np.array([_ALL.index(name) for name in names], dtype=np.intp)
            cuts = tuple(table[np.ix_(rows, at)] for table in found.tables[length])
            fitted[f"{kind}/{length}"] = _one(_Problem(names, cuts, found.step[rows], found.band[rows]), kind, length)
    return fitted


def style_limits(found: Material, rows: "Numbers") -> dict[str, float]:
    """The highest value of every style measurement in any full window of speech."""
    styles = [style for style in (found.styles[row] for row in rows) if style is not None]
    return {name: round(max((style[name] for style in styles), default=0.0), 4) for name in features.STYLE}


def order_tables(found: Material, rows: "Numbers") -> order.Tables:
    """How much more often than by chance each class of words follows each other, as a natural logarithm."""
    tables = []
    for counted in found.neighbours[rows].sum(axis=0) + _UNSEEN:
        share = counted / counted.sum()
        table = np.log(share / share.sum(axis=1, keepdims=True) / share.sum(axis=0, keepdims=True))
        tables.append(tuple(tuple(row) for row in table.round(2).tolist()))
    return tuple(tables)


def document(interviews: Sequence[Interview]) -> dict[str, Any]:
    """Fit everything to all rated interviews; the content of the coefficient file.

    Raises:
        CorpusInvalid: too few rated interviews.
    """
    found = material(interviews, (*map(str, LENGTHS), INTERVIEW))
    rows = np.arange(len(found.band))
    bands = {band: int((found.band == level).sum()) for level, band in enumerate(BANDS, start=1)}
    return {
        "provenance": {**_PROVENANCE, "interviews": len(rows), "bands": bands},
        "style_limits": style_limits(found, rows),
        "order": order_tables(found, rows),
        "models": {
            name: {**asdict(fitted), "terms": [astuple(term) for term in fitted.terms]} for name, fitted in models(found, rows).items()
        },
    }


def text(fitted: Mapping[str, Any]) -> str:
    """The file: one line per term, so that changes can be read."""
    spread = json.dumps(fitted, indent=1, ensure_ascii=False)
    return _INNERMOST.sub(lambda found: f"[{' '.join(found.group(1).split())}]", spread) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write; 0 when the file was written, 1 when the data cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m exam.assessment.fit", description="Fit the offline estimate.")
    parser.add_argument("--jsonl", type=Path, required=True, help="rated interviews, one JSON object a line, plain or .gz")
    parser.add_argument("--out", type=Path, default=COEFFICIENTS, help="where to write the coefficients")
    options = parser.parse_args(arguments)
    try:
        fitted = document(list(corpus.read(options.jsonl)))
    except CorpusInvalid as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    options.out.write_text(text(fitted), encoding="utf-8")
    for name, model in fitted["models"].items():
        sys.stdout.write(f"{name}: {len(model['terms'])} features\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
