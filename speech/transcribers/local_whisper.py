"""A Whisper model on this machine: a folder of weights that the owner has put there, run by `faster-whisper`.

Nothing is ever downloaded: the library would fetch a model by name, or a missing tokenizer, so only a complete folder
is accepted. `pip install faster-whisper` is up to the owner; it is not among the requirements.
"""

import importlib
import importlib.util
import threading
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from speech.audio import decode
from speech.errors import NoWordsHeard, TranscriptionFailed
from speech.models import Transcript, Word
from speech.transcribers.answers import VERBATIM_EXAMPLE, echoes_example, language_code
from speech.transcribers.http import FAILED, UNHEARD

NEEDED = ("config.json", "model.bin", "tokenizer.json")
_NAME = "local"


class LocalWhisper:
    """A faster-whisper folder. The model is loaded with the first recording and used by one recording at a time."""

    def __init__(self, *, folder: str | Path, device: str = "cpu", compute_type: str = "int8") -> None:
        """Use the weights in `folder`; nothing is opened yet, `problem()` says whether it could be."""
        self._folder = Path(folder)
        self._device, self._compute_type = device, compute_type
        self._lock = threading.Lock()
        self._loaded: Any = None

    @property
    def name(self) -> str:
        """Return `local`."""
        return _NAME

    @property
    def model(self) -> str:
        """Return the folder's name."""
        return self._folder.name

    def problem(self) -> str:
        """Return what is missing, as a sentence for the owner, or an empty text."""
        if not self._folder.is_dir():
            return f"The folder {self._folder} for local transcription does not exist."
        missing = [name for name in NEEDED if not (self._folder / name).is_file()]
        if missing:
            return f"The folder {self._folder} is no faster-whisper model: {', '.join(missing)} missing."
        if importlib.util.find_spec("faster_whisper") is None:  # looked for and not imported: that takes seconds
            return "Local transcription needs the package faster-whisper: pip install faster-whisper."
        return ""

    def transcribe(self, audio: bytes, *, language: str, prompt: str | None = None) -> Transcript:
        """Run the model on this machine."""
        recording = decode(audio)
        hint = f"{(prompt or '').strip()} {VERBATIM_EXAMPLE}".strip()
        with self._lock:
            try:
                found, info = self._model().transcribe(
                    recording.samples,
                    language=language_code(language),
                    task="transcribe",
                    initial_prompt=hint,
                    word_timestamps=True,
                    condition_on_previous_text=False,
                    temperature=0.0,
                    vad_filter=False,
                )
                segments = list(found)
            except (RuntimeError, ValueError, OSError) as error:
                reason = f"the model failed ({type(error).__name__})"
                raise TranscriptionFailed(FAILED, provider=_NAME, reason=reason) from error
        text = "".join(segment.text for segment in segments).strip()
        if not text or echoes_example(text):
            raise NoWordsHeard(UNHEARD, provider=_NAME, reason="the answer has no words")
        return Transcript(
            text=text,
            provider=_NAME,
            model=self.model,
            words=tuple(_words(segments)),
            language=str(info.language),
            duration=recording.seconds,
        )

    def _model(self) -> Any:
        if self._loaded is None:
            problem = self.problem()
            if problem:
                raise TranscriptionFailed(FAILED, provider=_NAME, reason=problem)
            library: ModuleType = importlib.import_module("faster_whisper")
            self._loaded = library.WhisperModel(
                str(self._folder), device=self._device, compute_type=self._compute_type, local_files_only=True
            )
        return self._loaded


def _words(segments: Iterable[Any]) -> Iterable[Word]:
    for segment in segments:
        for word in segment.words or ():
            if word.word.strip():
                yield Word(text=word.word.strip(), start=float(word.start), end=float(word.end))
