"""A folder of weights on this machine: found incomplete in time, used without downloading."""

import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from speech.audio import to_wav
from speech.errors import NoWordsHeard, TranscriptionFailed
from speech.models import Word
from speech.transcribers.answers import VERBATIM_EXAMPLE
from speech.transcribers.local_whisper import NEEDED, LocalWhisper
from tests.unit.speech.sounds import tone

WAV = to_wav(tone(440, 1.5))


class FakeModel:
    """Takes what faster-whisper 1.2's `WhisperModel` takes, and answers with segments in its shape."""

    made: list[dict[str, Any]]
    asked: list[dict[str, Any]]
    text = " I um goed"

    def __init__(self, model_size_or_path: str, *, device: str, compute_type: str, local_files_only: bool) -> None:
        self.made.append({"path": model_size_or_path, "device": device, "type": compute_type, "local": local_files_only})

    def transcribe(self, audio: np.ndarray, **options: Any) -> tuple[Any, Any]:
        self.asked.append({"samples": len(audio), "dtype": str(audio.dtype), **options})
        words = [
            SimpleNamespace(word=f" {word}", start=np.float64(at), end=np.float64(at + 0.2)) for at, word in enumerate(self.text.split())
        ]
        return iter([SimpleNamespace(text=self.text, words=words)]), SimpleNamespace(language="en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "small-en"
    path.mkdir()
    for name in NEEDED:
        (path / name).write_bytes(b"x")
    return path


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> type[FakeModel]:
    made = type("Model", (FakeModel,), {"made": [], "asked": []})
    library = ModuleType("faster_whisper")
    library.WhisperModel = made  # type: ignore[attr-defined]  # a stand-in for the library, which is optional
    library.__spec__ = ModuleSpec("faster_whisper", None)
    monkeypatch.setitem(sys.modules, "faster_whisper", library)
    return made


def test_the_words_come_back_with_their_times(folder: Path, model: type[FakeModel]) -> None:
    transcript = LocalWhisper(folder=folder).transcribe(WAV, language="en-GB", prompt="holidays")
    assert transcript.text == "I um goed"
    assert transcript.words[1] == Word(text="um", start=1.0, end=1.2)
    assert (transcript.provider, transcript.model, transcript.duration) == ("local", "small-en", 1.5)
    asked = model.asked[0]
    assert (asked["language"], asked["samples"], asked["dtype"], asked["word_timestamps"]) == ("en", 24_000, "float32", True)
    assert asked["initial_prompt"].startswith("holidays ")


def test_the_model_is_loaded_once_from_the_folder_and_never_from_elsewhere(folder: Path, model: type[FakeModel]) -> None:
    whisper = LocalWhisper(folder=folder, device="cpu", compute_type="int8")
    assert model.made == []
    for _ in range(2):
        whisper.transcribe(WAV, language="en")
    assert model.made == [{"path": str(folder), "device": "cpu", "type": "int8", "local": True}]


@pytest.mark.parametrize("text", ["", "  ", VERBATIM_EXAMPLE, "how do you say, er, the seaside"])
def test_nothing_heard_and_an_echo_of_the_prompt_are_no_words(folder: Path, model: type[FakeModel], text: str) -> None:
    model.text = text
    with pytest.raises(NoWordsHeard):
        LocalWhisper(folder=folder).transcribe(WAV, language="en")


@pytest.mark.parametrize("name", NEEDED)
def test_a_folder_that_would_make_the_library_download_is_refused(folder: Path, model: type[FakeModel], name: str) -> None:
    (folder / name).unlink()
    whisper = LocalWhisper(folder=folder)
    assert whisper.problem() == f"The folder {folder} is no faster-whisper model: {name} missing."
    with pytest.raises(TranscriptionFailed) as caught:
        whisper.transcribe(WAV, language="en")
    assert name in caught.value.reason
    assert model.made == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "does not exist" in LocalWhisper(folder=tmp_path / "nowhere").problem()


def test_a_missing_package_is_named_with_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    assert LocalWhisper(folder=folder).problem() == "Local transcription needs the package faster-whisper: pip install faster-whisper."


@pytest.mark.parametrize("fault", [RuntimeError("out of memory"), ValueError("bad language"), OSError("unreadable")])
def test_a_failing_model_is_a_failed_transcription(
    folder: Path, model: type[FakeModel], monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(model, "transcribe", fail)
    with pytest.raises(TranscriptionFailed, match="Type what you said"):
        LocalWhisper(folder=folder).transcribe(WAV, language="en")
