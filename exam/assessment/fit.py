"""Fit the coefficient file: `python -m exam.assessment.fit --jsonl FILE [--out FILE]`.

The file holds interviews as `exam.assessment.corpus` reads them, each with its `band`. A fifth of them, chosen by a hash
of the id, is held out: it takes part in no decision and is only measured at the end. The shipped coefficients are then
fitted to all interviews by the same procedure. The same file always gives the same coefficients.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from exam.assessment import corpus, features, ridge
from exam.assessment.corpus import Interview
from exam.assessment.errors import CorpusInvalid
from exam.assessment.model import COEFFICIENTS, INTERVIEW, KINDS, LENGTHS, Kind, wanted_features
from exam.assessment.models import BANDS

if TYPE_CHECKING:
    from exam.assessment.ridge import Array

_POSITIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LEAST_WORDS = 20
_LEAST_INTERVIEWS = 20
_HELD_OUT_OF = 5
# The warm-up rule and the very first words, reported for samples of this length.
_REPORTED = 150
_PROVENANCE = {
    "what": "Ridge regression of an examiner's band (1 = A1 ... 4 = B2) on clipped, standardised counts of words.",
    "data": "Transcripts of oral interviews with adult learners of English of one first language, each rated by an "
    "examiner; only these coefficients are shipped, no text.",
    "made_by": "python -m exam.assessment.fit",
    "limits": "The data end at about B2 and know one first language and one kind of interview.",
}


@dataclass(frozen=True, slots=True)
class _Cuts:
    """The samples one model is trained on and those it is measured on, by name."""

    training: list[list[Interview]]
    measured: dict[str, list[Interview]]


def held_out(interview_id: str) -> bool:
    """Whether an interview belongs to the fifth that takes part in no decision."""
    return int(sha256(f"viva-holdout:{interview_id}".encode()).hexdigest(), 16) % _HELD_OUT_OF == 0


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


def _cuts(interviews: Sequence[Interview], length: str) -> _Cuts:
    if length == INTERVIEW:
        whole = list(interviews)
        return _Cuts([whole], {"complete interview": whole})
    wanted = int(length)
    training = [
        [corpus.sample(one, wanted, skip=int(share * max(0, len(one.words) - wanted))) for one in interviews] for share in _POSITIONS
    ]
    measured = {f"{wanted} words after the warm-up": [corpus.sample(one, wanted) for one in interviews]}
    if wanted == _REPORTED:
        measured[f"first {wanted} words"] = training[0]
    return _Cuts(training, measured)


def _table(names: Sequence[str], measured: Sequence[dict[str, float]]) -> ridge.Sample:
    return ridge.Sample(np.array([[one[name] for name in names] for one in measured], dtype=np.float64))


def _rows(sample: ridge.Sample, chosen: "np.typing.NDArray[np.intp]") -> ridge.Sample:
    return ridge.Sample(sample.rows[chosen])


def _one(
    names: Sequence[str], training: Sequence[ridge.Sample], tests: dict[str, ridge.Sample], target: "Array", held: "Array"
) -> dict[str, Any]:
    """Fit one model; its entry in the file, with the measured quality."""
    development, unseen = np.flatnonzero(held == 0), np.flatnonzero(held == 1)
    report: dict[str, Any] = {}
    inner = [_rows(sample, development) for sample in training]
    folded = ridge.cross_validated(names, inner, [*inner, *(_rows(t, development) for t in tests.values())], target[development])
    widths = ridge.widths(folded[: len(inner)], target[development])
    development_model = replace(ridge.fit(names, inner, target[development]), widths=widths)
    for (name, test), levels in zip(tests.items(), folded[len(inner) :], strict=True):
        report[name] = {"cross_validated": asdict(ridge.quality(levels, target[development], development_model))}
        if len(unseen):
            found = ridge.predict(development_model, _rows(test, unseen))
            report[name]["held_out"] = asdict(ridge.quality(found, target[unseen], development_model))
    final = ridge.fit(names, training, target)
    every = ridge.cross_validated(names, training, [*training, *tests.values()], target)
    final = replace(final, widths=ridge.widths(every[: len(training)], target))
    for name, levels in zip(tests, every[len(training) :], strict=True):
        report[name]["all_cross_validated"] = asdict(ridge.quality(levels, target, final))
    return {
        "intercept": final.intercept,
        "widths": [list(pair) for pair in final.widths],
        "terms": [asdict(term) for term in final.terms],
        "measured": _rounded(report),
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(found) for key, found in value.items()}
    return round(value, 3) if isinstance(value, float) else value


def _style_limits(interviews: Sequence[Interview]) -> dict[str, float]:
    """The highest value of every style measurement in any full window of speech."""
    highest: dict[str, float] = dict.fromkeys(features.STYLE, 0.0)
    for one in interviews:
        words = one.words
        if len(words) < features.WINDOW:
            continue
        for window in features.style_by_window(words):
            highest = {name: max(value, window[name]) for name, value in highest.items()}
    return {name: round(value, 4) for name, value in highest.items()}


def document(interviews: Sequence[Interview]) -> dict[str, Any]:
    """Fit everything; the content of the coefficient file.

    Raises:
        CorpusInvalid: too few rated interviews.
    """
    usable = [one for one in interviews if one.band is not None and len(one.words) >= _LEAST_WORDS]
    if len(usable) < _LEAST_INTERVIEWS:
        raise CorpusInvalid(f"At least {_LEAST_INTERVIEWS} interviews with a band are needed, found {len(usable)}.")
    target = np.array([BANDS.index(one.band) + 1 for one in usable if one.band], dtype=np.float64)
    held = np.array([held_out(one.interview_id) for one in usable], dtype=np.float64)
    models: dict[str, Any] = {}
    for length in (*map(str, LENGTHS), INTERVIEW):
        cuts = _cuts(usable, length)
        training = [[measure(one) for one in cut] for cut in cuts.training]
        tests = {name: [measure(one) for one in cut] for name, cut in cuts.measured.items()}
        kinds: tuple[Kind, ...] = ("clean", "marks") if length == INTERVIEW else tuple(KINDS)
        for kind in kinds:
            names = wanted_features(kind, length)
            models[f"{kind}/{length}"] = _one(
                names,
                [_table(names, cut) for cut in training],
                {name: _table(names, cut) for name, cut in tests.items()},
                target,
                held,
            )
    bands = {band: sum(one.band == band for one in usable) for band in BANDS}
    provenance = {**_PROVENANCE, "interviews": len(usable), "bands": bands, "held_out": int(held.sum())}
    return {"provenance": provenance, "style_limits": _style_limits(usable), "models": models}


def table(fitted: dict[str, Any]) -> str:
    """The measured quality as a Markdown table."""
    lines = ["| Model | Measured on | n | RMSE | r | Exact band | In the 80 % range |", "|---|---|---|---|---|---|---|"]
    for name, model in fitted["models"].items():
        for cut, parts in model["measured"].items():
            for part, found in parts.items():
                lines.append(
                    f"| {name} | {cut}, {part.replace('_', ' ')} | {found['interviews']} | {found['rmse']:.3f} "
                    f"| {found['r']:.3f} | {found['exact']:.3f} | {found['covered']:.3f} |"
                )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write; 0 when the file was written, 1 when the data cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m exam.assessment.fit", description="Fit the offline estimate.")
    parser.add_argument("--jsonl", type=Path, required=True, help="rated interviews, one JSON object a line, plain or .gz")
    parser.add_argument("--out", type=Path, default=COEFFICIENTS, help="where to write the coefficients")
    chosen = parser.parse_args(arguments)
    try:
        fitted = document(list(corpus.read(chosen.jsonl)))
    except CorpusInvalid as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    chosen.out.write_text(json.dumps(fitted, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{table(fitted)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
