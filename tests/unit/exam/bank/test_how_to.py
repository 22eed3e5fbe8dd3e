"""The how-to page for teachers: its examples work, and it names everything that can be used."""

import re
from pathlib import Path

import pytest

from exam.bank import KINDS, check_files
from exam.pictures.people import POSES
from exam.pictures.registry import thing_names
from exam.pictures.settings import SETTINGS
from exam.pictures.svg import PALETTE

PAGE = (Path(__file__).parents[4] / "docs" / "exam-items.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_can_be_used_as_it_stands(example: str, tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    assert check_files([path]) == []


def test_the_page_names_every_kind_drawing_setting_pose_and_colour() -> None:
    assert len(EXAMPLES) >= 5
    for name in (*KINDS, *thing_names(), *SETTINGS):
        assert f"`{name}`" in PAGE, name
    for name in (*POSES, *PALETTE):
        assert re.search(rf"\b{name}\b", PAGE), name
