"""How the component is set up: plain values that the composition root fills from the settings."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.errors import ConfigurationError
from speech.models import AudioLimits
from speech.ports import Transcriber
from speech.service import Transcription
from speech.transcribers import gemini, multipart, openrouter
from speech.transcribers.http import Http, Patience
from speech.transcribers.local_whisper import LocalWhisper

LOCAL = "whisper"
NONE, AUTO = "none", "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderConfig:
    """One provider: `name` is `openai`, `groq`, `openrouter` or `gemini`; an empty `model` or `url` means the usual one."""

    name: str
    key: str = field(repr=False)
    model: str = ""
    url: str = ""


def transcription(
    *,
    providers: Sequence[ProviderConfig] = (),
    whisper_folder: str = "",
    choice: str = AUTO,
    limits: AudioLimits | None = None,
    patience: Patience | None = None,
) -> Transcription:
    """Return who writes recordings down.

    With `choice="auto"` everybody who is configured, the model on this machine first because nothing leaves it, then
    `providers` in their order (those without a key are left out). With a provider's name or `whisper` only that one, with
    `none` nobody. Raises ConfigurationError when the choice or the folder cannot work: at start, not at the first recording.
    """
    if choice == NONE:
        return Transcription(limits=limits)
    chosen: list[Transcriber] = []
    if choice in {AUTO, LOCAL} and (whisper_folder or choice == LOCAL):
        chosen.append(_local(whisper_folder))
    wanted = (provider for provider in providers if provider.key.strip() and choice in {AUTO, provider.name})
    chosen.extend(_remote(provider, patience or Patience()) for provider in wanted)
    if choice != AUTO and not chosen:
        msg = f"SPEECH__TRANSCRIBER is {choice!r}, but there is no key for it. Set the key, or choose 'auto' or 'none'."
        raise ConfigurationError(msg)
    return Transcription(transcribers=chosen, limits=limits)


def _local(folder: str) -> LocalWhisper:
    if not folder:
        msg = "SPEECH__TRANSCRIBER is 'whisper', but SPEECH__WHISPER_FOLDER is empty. Set it to a folder with a faster-whisper model."
        raise ConfigurationError(msg)
    local = LocalWhisper(folder=folder)
    problem = local.problem()
    if problem:
        raise ConfigurationError(problem)
    return local


def _remote(provider: ProviderConfig, patience: Patience) -> Transcriber:
    http = Http(provider=provider.name, patience=patience)
    key, model, url = provider.key, provider.model, provider.url
    if provider.name == "openai":
        return multipart.openai(key=key, model=model or multipart.OPENAI_MODEL, url=url or multipart.OPENAI_URL, http=http)
    if provider.name == "groq":
        return multipart.groq(key=key, model=model or multipart.GROQ_MODEL, url=url or multipart.GROQ_URL, http=http)
    if provider.name == "openrouter":
        return openrouter.OpenRouterTranscriber(key=key, model=model or openrouter.MODEL, url=url or openrouter.URL, http=http)
    if provider.name == "gemini":
        return gemini.GeminiTranscriber(key=key, model=model or gemini.MODEL, url=url or gemini.URL, http=http)
    msg = f"{provider.name!r} is no transcription provider: openai, groq, openrouter or gemini."
    raise ConfigurationError(msg)
