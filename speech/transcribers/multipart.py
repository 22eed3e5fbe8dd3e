"""`POST …/audio/transcriptions` with a form: OpenAI's protocol, spoken by Groq and many local servers too.

Whisper models are asked for `verbose_json` with word times. OpenAI's other models give `json` without times; OpenAI
switches its own Whisper and gpt-4o models off on 2027-02-26 and recommends `gpt-transcribe`, hence the default.
"""

from speech.errors import AudioTooLarge
from speech.models import Transcript
from speech.transcribers.answers import VERBATIM, VERBATIM_EXAMPLE, echoes_example, language_code, number, text_of, words_of
from speech.transcribers.http import TOO_LARGE, Http, form_body

OPENAI_URL, OPENAI_MODEL = "https://api.openai.com/v1", "gpt-transcribe"
GROQ_URL, GROQ_MODEL = "https://api.groq.com/openai/v1", "whisper-large-v3"
_MAX_BYTES = 25_000_000  # both providers' limit, a little below 25 MiB
_LONGEST_PROMPT = 600  # Whisper reads the last 224 tokens only


class MultipartTranscriber:
    """One provider with a form endpoint. The key is kept out of `repr` and of every message."""

    def __init__(self, *, name: str, url: str, key: str, model: str, http: Http | None = None, max_bytes: int = _MAX_BYTES) -> None:
        """Ask `model` at `url` (without the trailing `/audio/transcriptions`)."""
        self._name, self._model, self._key = name, model, key.strip()
        self._url = url.rstrip("/") + "/audio/transcriptions"
        self._http = http or Http(provider=name)
        self._max_bytes = max_bytes

    @property
    def name(self) -> str:
        """Return the provider's name."""
        return self._name

    @property
    def model(self) -> str:
        """Return the model."""
        return self._model

    def transcribe(self, audio: bytes, *, language: str, prompt: str | None = None) -> Transcript:
        """Send the recording as a form."""
        if len(audio) > self._max_bytes:
            raise AudioTooLarge(TOO_LARGE)
        answer = self._http.post_for_json(
            self._url,
            form_body(self._fields(language, prompt), files={"file": ("answer.wav", audio, "audio/wav")}),
            key=self._key,
            headers={"Authorization": f"Bearer {self._key}"},
        )
        text = text_of(answer)
        if text is None:
            raise self._http.failed("the answer has no text")
        if not text or echoes_example(text):
            raise self._http.unheard()
        return Transcript(
            text=text,
            provider=self._name,
            model=self._model,
            words=words_of(answer),
            language=text_of(answer, "language") or language_code(language),
            duration=number(answer.get("duration")) or 0.0,
        )

    def _fields(self, language: str, prompt: str | None) -> dict[str, str | list[str]]:
        hint = (prompt or "").strip()
        fields: dict[str, str | list[str]] = {"model": self._model}
        if "whisper" in self._model:
            fields["prompt"] = f"{hint} {VERBATIM_EXAMPLE}".strip()[-_LONGEST_PROMPT:]
            fields |= {"response_format": "verbose_json", "timestamp_granularities[]": ["word"], "temperature": "0"}
        else:
            fields["prompt"] = f"{VERBATIM} The topic: {hint}" if hint else VERBATIM
            fields["response_format"] = "json"
        if self._model.startswith("gpt-transcribe"):
            fields["languages[]"] = [language_code(language)]
        else:
            fields["language"] = language_code(language)
        return fields


def openai(*, key: str, model: str = OPENAI_MODEL, url: str = OPENAI_URL, http: Http | None = None) -> MultipartTranscriber:
    """Return OpenAI's transcriber."""
    return MultipartTranscriber(name="openai", url=url, key=key, model=model, http=http)


def groq(*, key: str, model: str = GROQ_MODEL, url: str = GROQ_URL, http: Http | None = None) -> MultipartTranscriber:
    """Return Groq's transcriber."""
    return MultipartTranscriber(name="groq", url=url, key=key, model=model, http=http)
