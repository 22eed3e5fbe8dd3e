"""Hostile input beyond the known traps: every one is refused or gets A2 at most, whoever asks and how."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from exam.__main__ import main
from exam.assessment.models import AnswerEvidence, Mode
from exam.assessment.service import assess_transcript
from tests.unit.exam.assessment import texts
from tests.unit.exam.assessment.hostile import hostile


@pytest.fixture(scope="module")
def everything() -> Mapping[str, list[str]]:
    return hostile()


def _answers(parts: list[str], mode: Mode) -> list[AnswerEvidence]:
    return [AnswerEvidence(answer_id=f"a{number}", text=text, mode=mode) for number, text in enumerate(parts)]


@pytest.mark.parametrize("mode", ["spoken", "typed"])
def test_no_hostile_answers_get_a_level_above_a2(everything: Mapping[str, list[str]], mode: Mode) -> None:
    assert len(everything) > 50
    too_high = {}
    for name, parts in everything.items():
        found = assess_transcript(_answers(parts, mode))
        if found.scored is not None and found.scored.nearest not in {"A1", "A2"}:
            too_high[name] = found.scored.level
    assert too_high == {}


@pytest.mark.parametrize("options", [[], ["--marks"], ["--words", "150"], ["--words", "150", "--marks"]])
def test_the_command_gives_no_hostile_interview_a_level_above_a2(
    everything: Mapping[str, list[str]], options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hostile.jsonl"
    lines = [json.dumps({"id": name, "turns": [{"clean": text} for text in parts]}) for name, parts in everything.items()]
    file.write_text("\n".join(lines))
    assert main(["estimate", "--jsonl", str(file), *options]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["id"] for record in records] == list(everything)
    assert [record["id"] for record in records if record["band"] not in {"not enough evidence", "A1", "A2"}] == []


@pytest.mark.parametrize("foreign", [texts.SPANISH, texts.GERMAN])
def test_an_exam_half_in_another_language_is_told_to_use_english(foreign: str) -> None:
    found = assess_transcript(_answers([*texts.SPOKEN_B2[:2], foreign], "spoken"))
    assert "not_english" in {reason.code for reason in found.reasons}
    assert "English" in found.next_action


def test_a_foreign_word_here_and_there_does_no_harm() -> None:
    plain = assess_transcript(_answers(list(texts.SPOKEN_B2), "spoken"))
    parts = [f"{text} We call it siesta or sobremesa." for text in texts.SPOKEN_B2]
    found = assess_transcript(_answers(parts, "spoken"))
    assert plain.status == found.status == "estimated"
