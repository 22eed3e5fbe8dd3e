"""The contract of `speech.ports.Voice` on the one protocol that there is."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from speech.errors import VoiceFailed
from speech.provider_voice import LONGEST_TEXT, ProviderVoice
from speech.transcribers.http import Http, Patience
from tests.contract.transcription.servers import KEY, Provider, Refused

SOUND = b"ID3 made of bytes \x00\xff"


class SpeechServer(Provider):
    """`/audio/speech`: JSON in, sound out."""

    def reply(self, handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        super().reply(handler, status, SOUND if status == 200 and body.startswith(b'{"spoken"') else body, headers)

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> dict[str, Any]:
        if handler.path != "/v1/audio/speech":
            raise Refused(404, {"code": "not_found"})
        self.bearer(handler)
        request = json.loads(body)
        if set(request) - {"model", "voice", "input", "response_format", "instructions", "speed"} or not request["input"]:
            raise Refused(400, {"code": "unknown_parameter"})
        if "instructions" in request and request["model"].startswith("tts-1"):
            raise Refused(400, {"code": "unknown_parameter"})
        self.requests.append(request)
        return {"spoken": True}


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    server = SpeechServer()
    yield server
    server.close()


def voice(server: SpeechServer, *, key: str = KEY, model: str = "gpt-4o-mini-tts") -> ProviderVoice:
    http = Http(provider="tested", patience=Patience(total_seconds=2), sleep=lambda _seconds: None)
    return ProviderVoice(key=key, url=server.url, model=model, http=http)


@pytest.mark.parametrize("model", ["gpt-4o-mini-tts", "tts-1"])
def test_a_sentence_becomes_sound(server: SpeechServer, model: str) -> None:
    utterance = voice(server, model=model).speak("Tell me about your town.", language="en-GB")
    assert (utterance.data, utterance.content_type, utterance.model) == (SOUND, "audio/mpeg", model)
    assert server.requests[0]["input"] == "Tell me about your town."


@pytest.mark.parametrize("status", [400, 401, 413, 429, 500])
def test_any_refusal_is_a_failed_voice_without_the_key(server: SpeechServer, status: int) -> None:
    server.faults = [status] * 3
    speaker = voice(server)
    with pytest.raises(VoiceFailed, match="You can read it above") as caught:
        speaker.speak("Hello", language="en")
    assert KEY not in repr(speaker) + str(caught.value) + str(caught.value.__cause__)


def test_an_empty_answer_is_a_failed_voice(server: SpeechServer) -> None:
    server.faults = [b""]
    with pytest.raises(VoiceFailed):
        voice(server).speak("Hello", language="en")


@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST_TEXT + 1)])
def test_nothing_and_too_much_are_not_even_sent(server: SpeechServer, text: str) -> None:
    with pytest.raises(VoiceFailed):
        voice(server).speak(text, language="en")
    assert server.seen == 0
