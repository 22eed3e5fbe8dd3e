"""Plain `pytest` is the whole gate: it measures coverage and fails below the floor; a run of one file does neither."""

import os
import subprocess
import sys
from pathlib import Path

from tests.whole_run import TOGETHER, place_of, share_of

ROOT = Path(__file__).parents[2]
PROJECT = """
[tool.pytest.ini_options]
testpaths = ["."]
addopts = "-p tests.whole_run"
[tool.coverage.run]
branch = true
source = ["part"]
"""
CODE = "def used():\n    return 1\n\n\ndef unused(flag):\n" + "    flag += 1\n" * 30


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(folder))), "PYTEST_ADDOPTS": ""}
    environment = {name: value for name, value in environment.items() if not name.startswith(("COV_", "PYTEST_XDIST"))}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=250, check=False)


def test_tests_in_a_browser_come_last_and_a_fit_first_and_what_shares_something_dear_stays_together() -> None:
    """An event loop cannot be run in a process in which Playwright has begun."""
    fit, page, other = "tests/unit/exam/assessment/test_fit.py::test_1", "tests/e2e/test_login.py::test_1", "tests/unit/test_x.py::test_1"
    assert sorted([page, other, fit], key=place_of) == [fit, other, page]
    assert [share_of(test) for test in (fit, page, other)] == [fit.partition("::")[0], page, other]
    assert share_of("tests/e2e/test_platform.py::test_1") == "tests/e2e/test_platform.py"
    for beginning in TOGETHER:
        assert (ROOT / beginning).exists()


def test_plain_pytest_fails_below_the_coverage_floor_and_one_file_does_not(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "part.py").write_text(CODE, encoding="utf-8")
    test = tmp_path / "test_part.py"
    test.write_text("import part\n\n\ndef test_it():\n    assert part.used() == 1\n", encoding="utf-8")
    whole = run(tmp_path)
    assert whole.returncode != 0
    assert "Required test coverage" in whole.stdout + whole.stderr
    assert "1 passed" in whole.stdout
    alone = run(tmp_path, "test_part.py")
    assert alone.returncode == 0
    assert "coverage" not in alone.stdout
    test.write_text(test.read_text(encoding="utf-8") + "    part.unused(1)\n", encoding="utf-8")
    assert run(tmp_path).returncode == 0
