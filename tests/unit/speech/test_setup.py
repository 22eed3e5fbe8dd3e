"""Which settings make which transcribers, and which are refused at start."""

from pathlib import Path

import pytest

from core.errors import ConfigurationError
from speech.setup import ProviderConfig, transcription
from speech.transcribers.local_whisper import NEEDED

EVERYBODY = tuple(ProviderConfig(name=name, key=f"key-of-{name}") for name in ("groq", "openai", "openrouter", "gemini"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in NEEDED:
        (tmp_path / name).write_bytes(b"x")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    return str(tmp_path)


def test_without_settings_nobody_is_asked() -> None:
    assert transcription().providers == ()
    assert transcription(providers=[ProviderConfig(name="openai", key="  ")]).providers == ()


def test_everybody_with_a_key_is_asked_in_the_given_order() -> None:
    assert transcription(providers=EVERYBODY).providers == ("groq", "openai", "openrouter", "gemini")


def test_the_model_on_this_machine_comes_first(folder: str) -> None:
    assert transcription(providers=EVERYBODY[:1], whisper_folder=folder).providers == ("local", "groq")


def test_a_choice_means_only_that_one(folder: str) -> None:
    assert transcription(providers=EVERYBODY, whisper_folder=folder, choice="gemini").providers == ("gemini",)
    assert transcription(providers=EVERYBODY, whisper_folder=folder, choice="whisper").providers == ("local",)
    assert transcription(providers=EVERYBODY, whisper_folder=folder, choice="none").providers == ()


def test_a_choice_without_its_key_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="'groq', but there is no key"):
        transcription(providers=EVERYBODY[1:], choice="groq")
    with pytest.raises(ConfigurationError, match="SPEECH__WHISPER_FOLDER is empty"):
        transcription(choice="whisper")


def test_a_folder_that_cannot_work_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        transcription(whisper_folder=str(tmp_path / "nowhere"))
    with pytest.raises(ConfigurationError, match=r"config\.json, model\.bin, tokenizer\.json missing"):
        transcription(whisper_folder=str(tmp_path))


def test_an_unknown_provider_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="no transcription provider"):
        transcription(providers=[ProviderConfig(name="acme", key="k")])


def test_no_key_is_shown() -> None:
    assert "key-of" not in repr(EVERYBODY) + repr(vars(transcription(providers=EVERYBODY)))
