"""Who is asked to write a recording down, and when nobody is."""

import logging

import numpy as np
import pytest

from speech.audio import AudioLimits, decode, to_wav
from speech.errors import AudioTooLarge, NoSpeechFound, NoTranscription, NoWordsHeard, TranscriptionFailed, UnusableAudio
from speech.models import Transcript
from speech.service import Transcription
from tests.unit.speech.sounds import drums, melody, noise, silence, speech

SPOKEN = to_wav(speech())


class Writer:
    """A transcriber that answers with a text or raises an error."""

    def __init__(self, name: str, answer: str | Exception) -> None:
        self.name, self.model = name, f"{name}-model"
        self._answer = answer
        self.asked: list[tuple[bytes, str, str | None]] = []

    def transcribe(self, audio: bytes, *, language: str, prompt: str | None = None) -> Transcript:
        self.asked.append((audio, language, prompt))
        if isinstance(self._answer, Exception):
            raise self._answer
        return Transcript(text=self._answer, provider=self.name, model=self.model)


def broken(name: str = "first") -> Writer:
    return Writer(name, TranscriptionFailed("no", provider=name, reason="HTTP 500, 3 tries", retry_after=7))


def test_without_anybody_configured_it_says_so_and_what_to_do() -> None:
    transcription = Transcription()
    assert (transcription.available, transcription.providers) == (False, ())
    with pytest.raises(NoTranscription, match="type what you said"):
        transcription.transcribe(SPOKEN)


def test_the_first_that_works_is_taken_and_the_others_are_not_asked() -> None:
    first, second = Writer("first", "I goed there"), Writer("second", "I went there")
    transcript = Transcription(transcribers=(first, second)).transcribe(SPOKEN, language="en-GB", prompt="holidays")
    assert (transcript.text, transcript.provider) == ("I goed there", "first")
    assert [(language, prompt) for _, language, prompt in first.asked] == [("en-GB", "holidays")]
    assert second.asked == []


@pytest.mark.parametrize(
    "fault",
    [
        TranscriptionFailed("no", provider="first", reason="HTTP 500"),
        NoWordsHeard("no", provider="first", reason="empty"),
        AudioTooLarge("too large"),
    ],
)
def test_when_one_fails_the_next_is_asked(fault: Exception) -> None:
    transcription = Transcription(transcribers=(Writer("first", fault), Writer("second", "hello")))
    assert transcription.transcribe(SPOKEN).provider == "second"
    assert transcription.providers == ("first", "second")


def test_when_all_fail_the_learner_hears_that_nothing_is_lost() -> None:
    with pytest.raises(TranscriptionFailed, match="Your recording is safe") as caught:
        Transcription(transcribers=(broken(), broken("second"))).transcribe(SPOKEN)
    assert (caught.value.provider, caught.value.retry_after) == ("first, second", 7)


def test_when_the_last_one_understood_nothing_that_is_what_is_said() -> None:
    with pytest.raises(NoWordsHeard):
        Transcription(transcribers=(broken(), Writer("second", NoWordsHeard("none", provider="second", reason="empty")))).transcribe(SPOKEN)


def test_a_programming_error_is_not_hidden_as_a_failing_provider() -> None:
    with pytest.raises(ZeroDivisionError):
        Transcription(transcribers=(Writer("first", ZeroDivisionError()), Writer("second", "x"))).transcribe(SPOKEN)


@pytest.mark.parametrize("sound", [silence(5), noise("white", 10) * 0.1, melody(), drums()], ids=["silence", "noise", "melody", "drums"])
def test_silence_noise_and_music_are_sent_to_nobody(sound: np.ndarray) -> None:
    writer = Writer("first", "Thank you for watching")
    with pytest.raises(NoSpeechFound, match="No speech was found"):
        Transcription(transcribers=(writer,)).transcribe(to_wav(sound))
    assert writer.asked == []


def test_bytes_that_are_no_recording_are_sent_to_nobody() -> None:
    writer = Writer("first", "x")
    transcription = Transcription(transcribers=(writer,), limits=AudioLimits(max_seconds=3))
    with pytest.raises(UnusableAudio):
        transcription.transcribe(b"<html>")
    with pytest.raises(AudioTooLarge):
        transcription.transcribe(SPOKEN)
    assert writer.asked == []


def test_providers_get_plain_sound_without_what_else_was_in_the_file() -> None:
    writer = Writer("first", "x")
    tagged = bytearray(SPOKEN + b"LIST\x1a\0\0\0INFOIART\x0e\0\0\0Anna Learner\0\0")
    tagged[4:8] = (len(tagged) - 8).to_bytes(4, "little")
    Transcription(transcribers=(writer,)).transcribe(bytes(tagged))
    sent = writer.asked[0][0]
    assert b"Anna" not in sent
    assert sent == SPOKEN
    assert decode(sent).source_rate == 16_000


def test_failures_are_logged_without_the_words_or_the_sound(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="viva.speech"):
        Transcription(transcribers=(broken(), Writer("second", "a very private answer"))).transcribe(SPOKEN, prompt="secret topic")
    records = [vars(record) for record in caplog.records]
    assert [(record["provider"], record.get("reason")) for record in records] == [("first", "HTTP 500, 3 tries"), ("second", None)]
    assert "private" not in str(records)
    assert "secret topic" not in str(records)
