"""OpenRouter: JSON with the recording in base64, to one of two endpoints.

Speech-to-text models (their names say whisper, transcribe, …) answer at `/audio/transcriptions` with a text and word
times; this endpoint takes no prompt. Chat models that hear answer at `/chat/completions`, where the wish for verbatim
text is an instruction; they give no times.
"""

import base64
import re
from collections.abc import Mapping
from typing import Any

from speech.errors import AudioTooLarge
from speech.models import Transcript
from speech.transcribers.answers import VERBATIM, language_code, number, text_of, words_of
from speech.transcribers.http import TOO_LARGE, Http, json_body

URL, MODEL = "https://openrouter.ai/api/v1", "openai/whisper-large-v3"
_MAX_BYTES = 25_000_000
_SPEECH_TO_TEXT = re.compile(r"whisper|transcri|chirp|parakeet|canary|\bstt\b|\basr\b", re.IGNORECASE)
_NO_SPEECH = "[no speech]"


class OpenRouterTranscriber:
    """OpenRouter with one model. The key is kept out of `repr` and of every message."""

    def __init__(self, *, key: str, model: str = MODEL, url: str = URL, http: Http | None = None, chat: bool | None = None) -> None:
        """Ask `model`; `chat` chooses the endpoint, and None lets the model's name choose."""
        self._model, self._key, self._url = model, key.strip(), url.rstrip("/")
        self._http = http or Http(provider="openrouter")
        self._chat = not _SPEECH_TO_TEXT.search(model) if chat is None else chat

    @property
    def name(self) -> str:
        """Return `openrouter`."""
        return "openrouter"

    @property
    def model(self) -> str:
        """Return the model."""
        return self._model

    def transcribe(self, audio: bytes, *, language: str, prompt: str | None = None) -> Transcript:
        """Send the recording as base64 in JSON."""
        if len(audio) > _MAX_BYTES:
            raise AudioTooLarge(TOO_LARGE)
        sound = {"data": base64.b64encode(audio).decode("ascii"), "format": "wav"}
        answer = self._ask_chat(sound, language, prompt) if self._chat else self._ask_endpoint(sound, language)
        if isinstance(answer.get("error"), Mapping):  # OpenRouter reports some faults of its providers with status 200
            raise self._http.failed("the answer reports an error")
        text = self._chat_text(answer) if self._chat else text_of(answer)
        if text is None:
            raise self._http.failed("the answer has no text")
        if not text or text.strip("\"'. ").lower() == _NO_SPEECH:
            raise self._http.unheard()
        return Transcript(
            text=text,
            provider=self.name,
            model=self._model,
            words=() if self._chat else words_of(answer),
            language=language_code(language),
            duration=number(answer.get("duration")) or 0.0,
        )

    def _ask_endpoint(self, sound: dict[str, str], language: str) -> dict[str, Any]:
        body = {
            "model": self._model,
            "input_audio": sound,
            "language": language_code(language),
            "response_format": "verbose_json",
            "timestamp_granularities": ["word"],
            "temperature": 0,
        }
        return self._http.post_for_json(f"{self._url}/audio/transcriptions", json_body(body), key=self._key, headers=self._headers())

    def _ask_chat(self, sound: dict[str, str], language: str, prompt: str | None) -> dict[str, Any]:
        order = (
            f"{VERBATIM} The language is {language}. Reply with the words only, without quotation marks or remarks. "
            f"If nobody speaks, reply {_NO_SPEECH}."
        )
        wish = f"The topic: {prompt.strip()}" if prompt and prompt.strip() else "The recording:"
        content = [{"type": "text", "text": wish}, {"type": "input_audio", "input_audio": sound}]
        messages = [{"role": "system", "content": order}, {"role": "user", "content": content}]
        body = {"model": self._model, "messages": messages, "temperature": 0}
        return self._http.post_for_json(f"{self._url}/chat/completions", json_body(body), key=self._key, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}", "X-Title": "Viva"}

    def _chat_text(self, answer: Mapping[str, Any]) -> str | None:
        choices = answer.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], Mapping) else {}
        if choice.get("finish_reason") not in {None, "stop"}:
            raise self._http.failed("the answer stops in the middle")
        message = choice.get("message")
        return text_of(message, "content") if isinstance(message, Mapping) else None
