import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from exam.assessment import corpus, fit, nested
from exam.assessment.quality import quality, widths
from tests.unit.exam.assessment import learners

ROOT = Path(__file__).parents[4]


def test_every_interview_is_tested_once_a_repeat_and_never_by_a_model_that_saw_it() -> None:
    folds = list(nested.splits(23, 2))
    assert len(folds) == 10
    for training, test in folds:
        assert not set(training) & set(test)
        assert sorted([*training, *test]) == list(range(23))
    for repeat in (folds[:5], folds[5:]):
        assert sorted(row for _, test in repeat for row in test) == list(range(23))
    assert any((first[1] != second[1]).any() for first, second in zip(folds[:3], folds[5:8], strict=True))


def test_what_is_decided_in_a_fold_does_not_depend_on_the_part_left_out(tmp_path: Path) -> None:
    learners.write(tmp_path / "data.jsonl", 50)
    interviews = list(corpus.read(tmp_path / "data.jsonl"))
    training = np.arange(40)
    both = [fit.material(some, ("75",)) for some in (interviews, interviews[:40])]
    models = [fit.models(found, training, lengths=("75",), kinds=("clean",)) for found in both]
    assert models[0] == models[1]
    assert fit.style_limits(both[0], training) == fit.style_limits(both[1], training)
    assert fit.order_tables(both[0], training) == fit.order_tables(both[1], training)


def test_the_command_prints_a_line_for_every_case(tmp_path: Path) -> None:
    learners.write(tmp_path / "data.jsonl", 40)
    command = [sys.executable, "-m", "exam.assessment.nested", "--jsonl", str(tmp_path / "data.jsonl"), "--repeats", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=250, check=True)
    lines = done.stdout.splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == list(nested.CASES)
    for line in lines[2:]:
        found = re.findall(r"(-?\d+\.\d+) ± (\d+\.\d+)", line)
        assert len(found) == 6
        assert float(found[0][0]) < 0.8
        assert float(found[1][0]) > 0.7


def test_the_fifth_that_was_held_out_before_is_measured_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learners.write(tmp_path / "data.jsonl", 40)
    assert nested.main(["--jsonl", str(tmp_path / "data.jsonl"), "--fifth"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == list(nested.CASES)
    for line in lines[2:]:
        assert "±" not in line
        rmse, r = (float(cell) for cell in line.split("|")[2:4])
        assert rmse < 0.8
        assert r > 0.7


def test_a_file_without_interviews_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none.jsonl").write_text("")
    assert nested.main(["--jsonl", str(tmp_path / "none.jsonl")]) == 1
    assert "At least" in capsys.readouterr().err


def test_quality_counts_what_it_says() -> None:
    levels, band = np.array([1.2, 2.6, 3.0, 3.4]), np.array([1.0, 2.0, 3.0, 4.0])
    found = quality(levels, levels - 0.5, levels + 0.5, band)
    assert (found.interviews, found.exact, found.covered) == (4, 0.5, 0.5)
    assert found.rmse == pytest.approx(np.sqrt((0.04 + 0.36 + 0 + 0.36) / 4))
    assert found.bias == pytest.approx(0.05)


def test_widths_hold_four_fifths_of_the_errors_and_grow_where_errors_grow() -> None:
    chance = np.random.default_rng(3)
    levels = chance.uniform(1, 4, 4000)
    band = levels + chance.normal(size=4000) * levels / 5
    line = widths([levels], band)
    half = np.interp(levels, [line[0][0], line[1][0]], [line[0][1], line[1][1]])
    assert np.mean(np.abs(levels - band) <= half) == pytest.approx(0.8, abs=0.01)
    assert line[1][1] > 2 * line[0][1]


def test_judging_leaves_out_whom_the_gate_refuses(tmp_path: Path) -> None:
    learners.write(tmp_path / "data.jsonl", 40)
    interviews = list(corpus.read(tmp_path / "data.jsonl"))
    short = corpus.Interview("short", "A1", interviews[0].turns[:5], 2)
    found = fit.material([*interviews, short], ("75", "150", "interview"))
    training, test = np.arange(32), np.arange(32, 41)
    results = nested.judge(found, training, test)
    assert all(0 < result.interviews <= 8 for result in results.values())
