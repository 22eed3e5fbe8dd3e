"""Judge the estimate on interviews it has not seen: `python -m exam.assessment.nested --jsonl FILE [--repeats 10]`.

Repeated nested cross-validation. In every fold everything that is decided from data (`exam.assessment.fit`) is decided
anew from the training part alone, and the command's own path (gate, choice of model, range) predicts the part left out.
Interviews carry no name of a speaker, so each is its own group. "--fifth" measures the fifth that earlier versions held
out (a hash of the id) in the same way, fitted on the rest.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from exam.assessment import corpus, fit, interviews
from exam.assessment.errors import CorpusInvalid
from exam.assessment.model import INTERVIEW, Coefficients
from exam.assessment.quality import Quality, quality

if TYPE_CHECKING:
    from exam.assessment.ordinal import Numbers

_FOLDS = 5
_SAMPLE = 150
# 75 words serves interviews and samples that turn out shorter.
_LENGTHS = ("75", str(_SAMPLE), INTERVIEW)
_HELD_OUT_OF = 5
# What is measured: the options of the command, by name.
CASES: Mapping[str, tuple[int | None, bool]] = {
    "complete interview, clean": (None, False),
    "complete interview, marks": (None, True),
    f"{_SAMPLE} words, clean": (_SAMPLE, False),
    f"{_SAMPLE} words, marks": (_SAMPLE, True),
}


def in_former_fifth(interview_id: str) -> bool:
    """Whether an interview belongs to the fifth that earlier versions held out of every decision."""
    return int(sha256(f"viva-holdout:{interview_id}".encode()).hexdigest(), 16) % _HELD_OUT_OF == 0


def splits(count: int, repeats: int) -> Iterator[tuple["Numbers", "Numbers"]]:
    """Training and test rows of every fold of every repeat; each row is tested once per repeat."""
    for repeat in range(repeats):
        order = np.random.default_rng(repeat).permutation(count)
        for fold in range(_FOLDS):
            held = np.sort(order[fold::_FOLDS])
            yield np.setdiff1d(order, held), held


def judge(found: fit.Material, training: "Numbers", test: "Numbers") -> dict[str, Quality]:
    """Fit to the training rows, run the command's path on the test rows. Interviews without a result are left out."""
    fitted = fit.models(found, training, lengths=_LENGTHS, kinds=("clean", "marks"))
    coefficients = Coefficients(models=fitted, style_limits=fit.style_limits(found, training), order=fit.order_tables(found, training))
    results = {}
    for name, (words, with_marks) in CASES.items():
        predicted = [interviews.predict(found.interviews[row], coefficients, words=words, with_marks=with_marks).scored for row in test]
        kept = [(scored.level, scored.low, scored.high, found.band[row]) for scored, row in zip(predicted, test, strict=True) if scored]
        results[name] = quality(*np.array(kept).T)
    return results


def table(results: Sequence[Mapping[str, Quality]], tested: int) -> str:
    """Means over the folds with their standard deviation, and how many were refused, as a Markdown table."""
    names = [field.name for field in fields(Quality) if field.name != "interviews"]
    lines = [f"| | {' | '.join(names)} | not enough evidence |", "|---" * (len(names) + 2) + "|"]
    for case in results[0]:
        cells = []
        for name in names:
            values = np.array([getattr(result[case], name) for result in results])
            cells.append(f"{values.mean():.3f} ± {values.std():.3f}" if len(values) > 1 else f"{values.mean():.3f}")
        refused = 1 - sum(result[case].interviews for result in results) / tested
        lines.append(f"| {case} | {' | '.join(cells)} | {100 * refused:.2f} % |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 when it was printed, 1 when the data cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m exam.assessment.nested", description="Judge the offline estimate.")
    parser.add_argument("--jsonl", type=Path, required=True, help="rated interviews, one JSON object a line, plain or .gz")
    parser.add_argument("--repeats", type=int, default=10, help="how often to divide the interviews into five parts")
    parser.add_argument("--fifth", action="store_true", help="measure the fifth that earlier versions held out instead")
    options = parser.parse_args(arguments)
    try:
        found = fit.material(list(corpus.read(options.jsonl)), _LENGTHS)
    except CorpusInvalid as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    folds = list(splits(len(found.band), options.repeats))
    if options.fifth:
        held = np.array([in_former_fifth(one.interview_id) for one in found.interviews])
        folds = [(np.flatnonzero(~held), np.flatnonzero(held))]
    results = [judge(found, training, test) for training, test in folds]
    sys.stdout.write(f"{table(results, sum(len(test) for _, test in folds))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
