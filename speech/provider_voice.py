"""A provider's voice: `POST …/audio/speech`, OpenAI's protocol, which OpenRouter and local servers speak too.

OpenAI switches its speech models off on 2027-01-06; the address and the model are settings, and without any the browser speaks.
"""

from speech.errors import AudioTooLarge, TranscriptionFailed, VoiceFailed
from speech.models import Utterance
from speech.transcribers.http import Http

URL, MODEL, SPEAKER = "https://api.openai.com/v1", "gpt-4o-mini-tts", "alloy"
LONGEST_TEXT = 4096
_FAILED = "The question could not be read aloud. You can read it above."
_MANNER = "Speak like a friendly, clear examiner at an even pace."


class ProviderVoice:
    """A voice behind `/audio/speech`. The key is kept out of `repr` and of every message."""

    def __init__(
        self, *, key: str, name: str = "openai", url: str = URL, model: str = MODEL, speaker: str = SPEAKER, http: Http | None = None
    ) -> None:
        """Ask `model` at `url` (without `/audio/speech`) to speak as `speaker`."""
        self._name, self._key, self._model, self._speaker = name, key.strip(), model, speaker
        self._url = url.rstrip("/") + "/audio/speech"
        self._http = http or Http(provider=name)

    @property
    def name(self) -> str:
        """Return the provider's name."""
        return self._name

    def speak(self, text: str, *, language: str) -> Utterance:  # noqa: ARG002 - the port's; these models follow the text's language
        """Return `text` as MP3. Raises `VoiceFailed`, also for no text or more than `LONGEST_TEXT` characters."""
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise VoiceFailed(_FAILED)
        body = {"model": self._model, "voice": self._speaker, "input": text, "response_format": "mp3"}
        if not self._model.startswith("tts-1"):
            body["instructions"] = _MANNER
        try:
            sound, _ = self._http.post(self._url, key=self._key, headers={"Authorization": f"Bearer {self._key}"}, json=body)
        except (TranscriptionFailed, AudioTooLarge) as error:
            raise VoiceFailed(_FAILED) from error
        if not sound:
            raise VoiceFailed(_FAILED)
        return Utterance(data=sound, content_type="audio/mpeg", provider=self._name, model=self._model)
