import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from exam.assessment import corpus, fit, ordinal
from exam.assessment.features import MARKS, RATES, SIZES
from exam.assessment.model import ADVISED, COEFFICIENTS, INTERVIEW, KINDS, LENGTHS, Ordinal, Term, parse, possible_features, shipped
from tests.unit.exam.assessment import learners

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fit")
    learners.write(folder / "data.jsonl", 40)
    assert fit.main(["--jsonl", str(folder / "data.jsonl"), "--out", str(folder / "out.json")]) == 0
    return folder


def test_the_same_file_gives_the_same_coefficients_in_another_process(fitted: Path) -> None:
    again = fitted / "again.json"
    command = [sys.executable, "-m", "exam.assessment.fit", "--jsonl", str(fitted / "data.jsonl"), "--out", str(again)]
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=250, check=True)
    assert again.read_bytes() == (fitted / "out.json").read_bytes()
    assert "clean/interview: " in done.stdout


def test_no_text_of_the_interviews_is_written(fitted: Path) -> None:
    text = (fitted / "out.json").read_text()
    for phrase in ("go to school", "my friend", "travel alone"):
        assert phrase not in text


def test_too_few_interviews_are_refused_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learners.write(tmp_path / "few.jsonl", 5)
    assert fit.main(["--jsonl", str(tmp_path / "few.jsonl"), "--out", str(tmp_path / "out.json")]) == 1
    assert "At least 20" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("change", [{"sst": None}, {"sst": 5}])
def test_without_finer_steps_that_agree_the_bands_are_used(fitted: Path, tmp_path: Path, change: dict[str, object]) -> None:
    records = [json.loads(line) for line in (fitted / "data.jsonl").read_text().splitlines()]
    (tmp_path / "other.jsonl").write_text("\n".join(json.dumps({**record, **change}) for record in records))
    found = fit.material(list(corpus.read(tmp_path / "other.jsonl")), ("75",))
    assert found.step.tolist() == found.band.tolist()
    finer = fit.material(list(corpus.read(fitted / "data.jsonl")), ("75",))
    assert sorted(set(finer.step.tolist())) == [2, 4, 6, 8]


def test_the_shipped_file_holds_every_model_with_its_provenance() -> None:
    document = json.loads(COEFFICIENTS.read_text())
    names = {f"{kind}/{length}" for kind in KINDS for length in LENGTHS} | {f"clean/{INTERVIEW}", f"marks/{INTERVIEW}"}
    assert set(document["models"]) == names
    assert document["provenance"]["interviews"] > 600
    for name, model in shipped().models.items():
        kind, length = name.split("/")
        possible = next(possible_features(known, length) for known in KINDS if known == kind)
        used = [term.name for term in model.terms]
        assert set(used) <= set(possible)
        assert len(used) == len(set(used)) <= 32
        assert all(0.2 < model.half_width(level) < 2 for level in (1.0, 2.5, 4.0))
        if kind == "clean" and length != INTERVIEW:
            assert set(ADVISED) <= set(used)


def test_the_shipped_file_stays_small() -> None:
    assert COEFFICIENTS.stat().st_size < 40_000


@pytest.mark.parametrize("extreme", [-1e9, 0.0, 1e9])
def test_a_value_far_outside_the_training_range_counts_as_its_edge(extreme: float) -> None:
    everything = dict.fromkeys((*RATES, *SIZES, *MARKS), extreme)
    for model in shipped().models.values():
        found = model.predict(everything)
        assert 1 <= found.low <= found.level <= found.high <= 4
        edge = {term.name: term.low if extreme <= term.low else min(extreme, term.high) for term in model.terms}
        assert model.predict(edge) == found


def test_the_level_climbs_a_step_at_each_cut_and_the_range_widens_along_a_straight_line() -> None:
    term = Term(name="x", low=-1000, high=1000, mean=0, sd=1, weight=1)
    model = Ordinal(terms=(term,), lowest=1.0, cuts=((-20, 1.0), (0, 1.0), (20, 1.0)), widths=((1.0, 0.4), (4.0, 1.0)))
    assert [round(model.predict({"x": x}).level, 4) for x in (-1000, -20, -10, 0, 10, 20, 1000)] == [1, 1.5, 2, 2.5, 3, 3.5, 4]
    found = model.predict({"x": -10.0})
    assert (round(found.low, 3), round(found.high, 3)) == (1.4, 2.6)
    assert model.half_width(0.0) == 0.4
    assert model.half_width(9.0) == 1.0


def test_a_longer_text_uses_a_model_for_longer_texts() -> None:
    coefficients = parse(COEFFICIENTS.read_text())
    assert coefficients.sample("clean", 60) is coefficients.models["clean/75"]
    assert coefficients.sample("clean", 299) is coefficients.models["clean/150"]
    assert coefficients.sample("clean", 5000) is coefficients.models["clean/600"]


def _made(count: int) -> tuple["ordinal.Array", "ordinal.Numbers"]:
    """Steps 0-3 from two of six columns and logistic noise: weights 2 and -1, cuts at -2, 0 and 2."""
    chance = np.random.default_rng(7)
    rows = chance.normal(size=(count, 6))
    score = 2 * rows[:, 1] - rows[:, 4] + chance.logistic(size=count)
    return rows, np.digitize(score, [-2, 0, 2])


def test_the_regression_finds_the_weights_and_cuts_that_made_the_data() -> None:
    rows, step = _made(8000)
    cuts, weights = ordinal.regress(rows, step, 0.01)
    assert np.allclose(cuts, [-2, 0, 2], atol=0.15)
    assert np.allclose(weights, [0, 2, 0, 0, -1, 0], atol=0.15)


def test_the_lasso_keeps_the_columns_that_matter_and_those_always_wanted() -> None:
    rows, step = _made(2000)
    scaled = ordinal.standard(rows).apply(rows)
    sets = ordinal.chosen(scaled, step.astype(np.float64), (2, 3), ())
    assert sets[2] == [1, 4]
    assert ordinal.chosen(scaled, step.astype(np.float64), (3,), (0,))[3] == [0, 1, 4]


def test_columns_of_predictions_agree_with_predictions_one_by_one() -> None:
    rows, step = _made(400)
    names = list("abcdef")
    model = ordinal.fit(names, rows, step, (step + 1).astype(np.float64), 1.0)
    levels = ordinal.predict(model, names, rows)
    single = [model.predict(dict(zip(names, row, strict=True))).level for row in rows.tolist()]
    assert np.allclose(levels, single)
    assert np.corrcoef(levels, step)[0, 1] > 0.7
