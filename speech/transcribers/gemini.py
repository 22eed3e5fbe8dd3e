"""Gemini: `models/…:generateContent` with the recording inline. No word times; a schema keeps remarks out of the text."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from speech.errors import AudioTooLarge
from speech.models import Transcript
from speech.transcribers.answers import VERBATIM, language_code, text_of
from speech.transcribers.http import TOO_LARGE, Http, json_body

URL, MODEL = "https://generativelanguage.googleapis.com/v1beta", "gemini-flash-latest"
MAX_REQUEST_BYTES = 20_000_000
_BASE64_GROWTH, _ENVELOPE = 4 / 3, 20_000
_SCHEMA = {"type": "OBJECT", "properties": {"transcript": {"type": "STRING"}}, "required": ["transcript"]}


class GeminiTranscriber:
    """Gemini with one model. The key goes into a header, never into the address."""

    def __init__(self, *, key: str, model: str = MODEL, url: str = URL, http: Http | None = None) -> None:
        """Ask `model`."""
        self._model, self._key = model.removeprefix("models/"), key.strip()
        self._url = f"{url.rstrip('/')}/models/{self._model}:generateContent"
        self._http = http or Http(provider="gemini")

    @property
    def name(self) -> str:
        """Return `gemini`."""
        return "gemini"

    @property
    def model(self) -> str:
        """Return the model."""
        return self._model

    def transcribe(self, audio: bytes, *, language: str, prompt: str | None = None) -> Transcript:
        """Send the recording inline; the whole request may have 20 MB, so about 15 MB of sound (8 minutes)."""
        if len(audio) * _BASE64_GROWTH + _ENVELOPE > MAX_REQUEST_BYTES:
            raise AudioTooLarge(TOO_LARGE)
        answer = self._http.post_for_json(
            self._url, json_body(self._body(audio, language, prompt)), key=self._key, headers={"x-goog-api-key": self._key}
        )
        text = self._text(answer)
        if not text:
            raise self._http.unheard()
        return Transcript(text=text, provider=self.name, model=self._model, language=language_code(language))

    def _body(self, audio: bytes, language: str, prompt: str | None) -> dict[str, Any]:
        wish = f"The topic: {prompt.strip()}" if prompt and prompt.strip() else "The recording:"
        sound = {"mime_type": "audio/wav", "data": base64.b64encode(audio).decode("ascii")}
        order = f"{VERBATIM} The language is {language}. If nobody speaks, the transcript is empty."
        return {
            "system_instruction": {"parts": [{"text": order}]},
            "contents": [{"role": "user", "parts": [{"text": wish}, {"inline_data": sound}]}],
            "generationConfig": {"responseMimeType": "application/json", "responseSchema": _SCHEMA},
        }

    def _text(self, answer: Mapping[str, Any]) -> str:
        candidates = answer.get("candidates")
        if not isinstance(candidates, list) or not candidates or not isinstance(candidates[0], Mapping):
            raise self._http.failed("the request was blocked or the answer has no candidate")
        if candidates[0].get("finishReason") not in {None, "STOP"}:
            raise self._http.failed("the answer stops in the middle")
        content = candidates[0].get("content")
        parts = content.get("parts") if isinstance(content, Mapping) else None
        spoken = "".join(
            part["text"]
            for part in parts or ()
            if isinstance(part, Mapping) and isinstance(part.get("text"), str) and not part.get("thought")
        )
        try:
            found = json.loads(spoken)
        except (ValueError, RecursionError):
            raise self._http.failed("the text is no JSON") from None
        text = text_of(found, "transcript") if isinstance(found, Mapping) else None
        if text is None:
            raise self._http.failed("the text has no transcript")
        return text
