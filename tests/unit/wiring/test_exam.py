"""Who writes recordings down, and whose exam files are used."""

from pathlib import Path
from typing import Any

import pytest

from core.settings import Settings
from wiring.exam import catalogue, transcribers

KEYS = {"groq_api_key": "k1", "gemini_api_key": "k2", "openai_api_key": "k3", "open_router_api_key": "k4"}
FORMAT = """
id: our-school
order: 90
title: Our own exam
style: Our own
description: Two questions about you.
honesty: Practice estimate, not an official result.
minutes: 2
levels: [B1]
lowest: A1
highest: B2
criteria:
  - {id: range, title: Vocabulary, aspects: [range]}
parts:
  - id: questions
    title: Two questions
    instructions: Answer two questions.
    minutes: 2
    tasks:
      - kind: interview
        items: 2
        turns:
          - {ask: main, answer_seconds: 30, min_words: 5}
"""


def settings(tmp_path: Path, **changes: Any) -> Settings:
    return Settings(data_dir=tmp_path / "data", **changes)


def test_without_keys_nobody_hears_a_recording(tmp_path: Path) -> None:
    assert transcribers(settings(tmp_path)) == ()


def test_every_configured_service_is_asked_and_a_folder_on_this_machine_first(tmp_path: Path) -> None:
    found = transcribers(settings(tmp_path, ai_services=KEYS, speech={"whisper_folder": str(tmp_path)}))
    assert [one.name for one in found] == ["local", "openai", "groq", "openrouter", "gemini"]


@pytest.mark.parametrize(("wished", "names"), [("groq", ["groq"]), ("none", []), ("whisper", [])])
def test_the_setting_chooses_one_or_none(tmp_path: Path, wished: str, names: list[str]) -> None:
    found = transcribers(settings(tmp_path, ai_services=KEYS, speech={"transcriber": wished}))
    assert [one.name for one in found] == names


def test_a_schools_own_exam_is_offered_and_a_faulty_file_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "items"
    folder.mkdir()
    (folder / "good.yaml").write_text(FORMAT)
    (folder / "bad.yaml").write_text("id: broken\ntitle: [")
    found = catalogue(settings(tmp_path, exam={"items_folder": str(folder)}))
    assert "our-school" in [form.id for form in found.formats()]
    assert {problem.path.name for problem in found.problems} == {"bad.yaml"}
