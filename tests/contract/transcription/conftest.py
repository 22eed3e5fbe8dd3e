"""One provider after the other, each against a server that speaks its protocol."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from speech.audio import to_wav
from speech.ports import Transcriber
from speech.transcribers import multipart
from speech.transcribers.gemini import GeminiTranscriber
from speech.transcribers.http import Http, Patience
from speech.transcribers.openrouter import OpenRouterTranscriber
from tests.contract.transcription.servers import KEY, FormServer, GeminiServer, OpenRouterServer, Provider

Make = Callable[[str, str, Http], Transcriber]


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A provider's server, the adapter that talks to it, and the waits that it made."""

    server: Provider
    make: Make
    waits: list[float]
    timed: bool

    def transcriber(self, *, key: str = KEY, patience: Patience | None = None) -> Transcriber:
        limits = patience or Patience(total_seconds=5.0)
        return self.make(self.server.url, key, Http(provider="tested", patience=limits, sleep=self.waits.append))


PROTOCOLS: dict[str, tuple[Callable[[], Provider], Make, bool]] = {
    "openai whisper": (FormServer, lambda url, key, http: multipart.openai(url=url, key=key, http=http, model="whisper-1"), True),
    "openai gpt": (FormServer, lambda url, key, http: multipart.openai(url=url, key=key, http=http), False),
    "groq": (lambda: FormServer(groq=True), lambda url, key, http: multipart.groq(url=url, key=key, http=http), True),
    "openrouter": (OpenRouterServer, lambda url, key, http: OpenRouterTranscriber(url=url, key=key, http=http), True),
    "openrouter chat": (
        OpenRouterServer,
        lambda url, key, http: OpenRouterTranscriber(url=url, key=key, http=http, model="google/gemini-flash"),
        False,
    ),
    "gemini": (GeminiServer, lambda url, key, http: GeminiTranscriber(url=url, key=key, http=http), False),
}


@pytest.fixture(params=PROTOCOLS)
def spoken(request: pytest.FixtureRequest) -> Iterator[Spoken]:
    serve, make, timed = PROTOCOLS[request.param]
    server = serve()
    yield Spoken(server=server, make=make, waits=[], timed=timed)
    server.close()


@pytest.fixture(scope="session")
def wav() -> bytes:
    return to_wav((0.3 * np.sin(np.arange(16_000) / 20)).astype(np.float32))
