import json
from pathlib import Path

import pytest

from exam.assessment import corpus, fit
from exam.assessment.features import MARKS, RATES, SIZES
from exam.assessment.model import COEFFICIENTS, INTERVIEW, KINDS, LENGTHS, Linear, Term, parse, shipped, wanted_features
from tests.unit.exam.assessment import learners


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fit")
    learners.write(folder / "data.jsonl", 40)
    assert fit.main(["--jsonl", str(folder / "data.jsonl"), "--out", str(folder / "out.json")]) == 0
    return folder


def test_the_same_file_gives_the_same_coefficients(fitted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = fitted / "again.json"
    assert fit.main(["--jsonl", str(fitted / "data.jsonl"), "--out", str(again)]) == 0
    assert again.read_bytes() == (fitted / "out.json").read_bytes()
    assert "| clean/interview | complete interview, held out |" in capsys.readouterr().out


def test_what_is_fitted_tells_its_learners_apart(fitted: Path) -> None:
    document = json.loads((fitted / "out.json").read_text())
    measured = document["models"]["clean/interview"]["measured"]["complete interview"]["cross_validated"]
    assert measured["r"] > 0.9
    assert measured["rmse"] < 0.5


def test_no_text_of_the_interviews_is_written(fitted: Path) -> None:
    text = (fitted / "out.json").read_text()
    for phrase in ("go to school", "my friend", "travel alone"):
        assert phrase not in text


def test_an_interview_cannot_be_fitted_and_held_out_at_once(fitted: Path) -> None:
    document = json.loads((fitted / "out.json").read_text())
    interviews = list(corpus.read(fitted / "data.jsonl"))
    held = [one for one in interviews if fit.held_out(one.interview_id)]
    measured = document["models"]["clean/150"]["measured"]["first 150 words"]
    assert document["provenance"]["held_out"] == len(held) == measured["held_out"]["interviews"]
    assert measured["cross_validated"]["interviews"] == len(interviews) - len(held)


def test_too_few_interviews_are_refused_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learners.write(tmp_path / "few.jsonl", 5)
    assert fit.main(["--jsonl", str(tmp_path / "few.jsonl"), "--out", str(tmp_path / "out.json")]) == 1
    assert "At least 20" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()


def test_the_shipped_file_holds_every_model_with_its_provenance_and_quality() -> None:
    document = json.loads(COEFFICIENTS.read_text())
    names = {f"{kind}/{length}" for kind in KINDS for length in LENGTHS} | {f"clean/{INTERVIEW}", f"marks/{INTERVIEW}"}
    assert set(document["models"]) == names
    assert document["provenance"]["interviews"] > 600
    held = document["models"]["clean/interview"]["measured"]["complete interview"]["held_out"]
    assert held["interviews"] > 100
    assert held["r"] > 0.8
    for name, model in shipped().models.items():
        kind, length = name.split("/")
        wanted = next(wanted_features(known, length) for known in KINDS if known == kind)
        assert tuple(term.name for term in model.terms) == wanted
        assert all(0.2 < model.half_width(level) < 2 for level in (1.0, 2.5, 4.0))


@pytest.mark.parametrize("extreme", [-1e9, 0.0, 1e9])
def test_a_value_far_outside_the_training_range_counts_as_its_edge(extreme: float) -> None:
    everything = dict.fromkeys((*RATES, *SIZES, *MARKS), extreme)
    for model in shipped().models.values():
        found = model.predict(everything)
        assert 1 <= found.low <= found.level <= found.high <= 4
        edge = {term.name: term.low if extreme <= term.low else min(extreme, term.high) for term in model.terms}
        assert model.predict(edge) == found


def test_the_range_widens_along_a_straight_line() -> None:
    term = Term(name="x", low=0, high=3, mean=0, sd=1, weight=1)
    model = Linear(terms=(term,), intercept=1.0, widths=((1.0, 0.4), (4.0, 1.0)))
    found = model.predict({"x": 1.0})
    assert (found.level, round(found.low, 6), round(found.high, 6)) == (2.0, 1.4, 2.6)
    assert model.half_width(0.0) == 0.4
    assert model.half_width(9.0) == 1.0


def test_a_longer_text_uses_a_model_for_longer_texts() -> None:
    coefficients = parse(COEFFICIENTS.read_text())
    assert coefficients.sample("clean", 60) is coefficients.models["clean/75"]
    assert coefficients.sample("clean", 299) is coefficients.models["clean/150"]
    assert coefficients.sample("clean", 5000) is coefficients.models["clean/600"]
