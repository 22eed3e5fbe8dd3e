"""The gates that are programs of their own: formatting and lint, types, layers. Each runs as one test."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = Path(sys.executable).parent


@pytest.mark.timeout(1200)  # types take a minute of both cores, and all else runs beside them
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("ruff", "check", "."), id="lint"),
        pytest.param(("ruff", "format", "--check", "."), id="format"),
        pytest.param(("mypy", "."), id="types"),
        pytest.param(("lint-imports",), id="layers"),
    ],
)
def test_the_gate_is_green(command: tuple[str, ...]) -> None:
    program, *arguments = command
    done = subprocess.run([PYTHON / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
