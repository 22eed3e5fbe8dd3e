"""docs/API_EXAMPLES.md runs as it stands: the shell blocks as one script, then the Python blocks as another, on one server."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.clock import SystemClock
from tests.api.conftest import World

PAGE = (Path(__file__).parents[2] / "docs" / "API_EXAMPLES.md").read_text(encoding="utf-8")
DIALECTS = ("/register", "/api/auth/register", "/api/v1/accounts/register/", "/api/v1/auth/signup", "/api/v1/auth/signup/conversation")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def run(command: list[str], text: str, world: World, folder: Path) -> None:
    environment = {"BASE": world.url, "PATH": os.environ["PATH"], "NO_PROXY": "127.0.0.1", "HOME": str(folder)}
    done = subprocess.run(command, input=text, env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_every_dialect_is_shown_in_curl_and_in_python() -> None:
    for language in ("bash", "python"):
        text = "\n".join(blocks(language))
        shown = text.replace("{BASE}", "$BASE")
        assert [path for path in DIALECTS if f"$BASE{path}" not in shown and language == "bash"] == []
        assert len(blocks(language)) >= 6


@pytest.mark.slow
def test_every_block_runs_as_it_stands(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.clock, "now", SystemClock().now)
    run(["bash", "-euo", "pipefail"], "\n".join(blocks("bash")), world, tmp_path)
    run([sys.executable, "-"], "\n".join(blocks("python")), world, tmp_path)
    assert world.services.auth.kit.stores.accounts.count() >= 5
