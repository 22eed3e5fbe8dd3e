"""Our scripts in the browser: how they go into a page, and that the content policy knows each."""

from pathlib import Path

import pytest

from core.scripts import constant
from ui import browser

ROOT = Path(__file__).parents[3]
FILES = sorted((*(ROOT / "ui" / "scripts").glob("*.js"), ROOT / "speech" / "voice.js"))


def test_a_script_goes_without_comments_and_indentation(tmp_path: Path) -> None:
    file = tmp_path / "one.js"
    file.write_text('// Says hello.\n{\n  // to whom\n  say("https://example.com"); // stays\n}\n', encoding="utf-8")
    assert constant(file) == '{\nsay("https://example.com"); // stays\n}'


def test_a_script_that_the_sanitiser_would_drop_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "one.js"
    file.write_text("{ if (1 < 2) say(); }", encoding="utf-8")
    with pytest.raises(ValueError, match=r"one\.js holds a '<'"):
        constant(file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_script_of_ours_is_allowed_by_the_content_policy_and_declares_nothing_at_the_top(file: Path) -> None:
    script = constant(file)
    assert script in browser.SCRIPTS
    assert script.startswith(("{\n", "if (!window."))
