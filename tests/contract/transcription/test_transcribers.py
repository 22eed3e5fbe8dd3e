"""The contract of `speech.ports.Transcriber`, on every protocol."""

import json
import logging

import pytest

from speech.errors import AudioTooLarge, NoWordsHeard, TranscriptionFailed
from speech.models import Word
from speech.transcribers.http import Patience
from tests.contract.transcription.conftest import Spoken
from tests.contract.transcription.servers import KEY, TEXT, WORDS

QUICK = Patience(total_seconds=0.2)


def sent_audio(spoken: Spoken) -> bytes:
    request = spoken.server.requests[-1]
    audio = request["file"]["data"] if "file" in request else request["audio"]
    assert isinstance(audio, bytes)
    return audio


def test_the_words_come_back_as_spoken(spoken: Spoken, wav: bytes) -> None:
    transcriber = spoken.transcriber()
    transcript = transcriber.transcribe(wav, language="en-GB")
    assert transcript.text == TEXT
    assert (transcript.provider, transcript.model) == (transcriber.name, transcriber.model)
    assert sent_audio(spoken) == wav
    assert spoken.server.seen == 1


def test_word_times_come_along_where_the_provider_gives_them(spoken: Spoken, wav: bytes) -> None:
    transcript = spoken.transcriber().transcribe(wav, language="en")
    expected = tuple(Word(text=text, start=start, end=end) for text, start, end in WORDS) if spoken.timed else ()
    assert transcript.words == expected
    assert transcript.duration == (2.5 if spoken.timed else 0.0)


def test_the_wish_for_verbatim_text_and_the_topic_are_sent_where_a_prompt_is_taken(spoken: Spoken, wav: bytes) -> None:
    spoken.transcriber().transcribe(wav, language="en", prompt="your last holiday")
    request = spoken.server.requests[-1]
    said = json.dumps({name: value for name, value in request.items() if name not in {"audio", "file", "input_audio"}}, default=str)
    if "response_format" in request and "messages" not in request and "prompt" not in request:
        assert "holiday" not in said  # OpenRouter's speech-to-text endpoint has no prompt, and refuses unknown members
        return
    assert "holiday" in said
    assert "as spoken" in said or "goed" in said


def test_the_language_is_sent_as_its_short_code_or_in_the_order(spoken: Spoken, wav: bytes) -> None:
    spoken.transcriber().transcribe(wav, language="pt-BR")
    request = spoken.server.requests[-1]
    named = request.get("language") or request.get("languages[]")
    assert named == "pt" or "pt-BR" in request["system"]


def test_nothing_heard_is_said_as_such(spoken: Spoken, wav: bytes) -> None:
    spoken.server.text = ""
    with pytest.raises(NoWordsHeard, match="Type what you said"):
        spoken.transcriber().transcribe(wav, language="en")
    assert spoken.waits == []


def test_a_refused_key_is_not_tried_again_and_never_shown(spoken: Spoken, wav: bytes, caplog: pytest.LogCaptureFixture) -> None:
    wrong = "sk-wrong-key-that-nobody-may-see"
    transcriber = spoken.transcriber(key=wrong)
    with caplog.at_level(logging.DEBUG), pytest.raises(TranscriptionFailed) as caught:
        transcriber.transcribe(wav, language="en")
    assert spoken.server.seen == 1
    assert wrong not in caplog.text + repr(transcriber) + str(caught.value) + caught.value.reason
    assert caught.value.__cause__ is None


def test_the_key_is_in_no_log_and_no_address_when_all_goes_well(spoken: Spoken, wav: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        spoken.transcriber().transcribe(wav, language="en")
    assert KEY not in caplog.text


@pytest.mark.parametrize("key", ["", "  ", "sk-ключ", "sk-a\r\nX-Injected: 1"])
def test_a_key_that_cannot_be_one_is_refused_before_anything_is_sent(spoken: Spoken, wav: bytes, key: str) -> None:
    with pytest.raises(TranscriptionFailed) as caught:
        spoken.transcriber(key=key).transcribe(wav, language="en")
    assert "key" in caught.value.reason
    assert spoken.server.seen == 0


def test_what_a_provider_writes_into_an_error_stays_there(spoken: Spoken, wav: bytes) -> None:
    spoken.server.faults = [401]
    with pytest.raises(TranscriptionFailed) as caught:
        spoken.transcriber().transcribe(wav, language="en")
    assert caught.value.reason == "HTTP 401 (some_code)"
    assert KEY not in str(caught.value)


def test_a_recording_that_is_too_large_is_said_as_such_and_not_tried_again(spoken: Spoken, wav: bytes) -> None:
    spoken.server.faults = [413]
    with pytest.raises(AudioTooLarge):
        spoken.transcriber().transcribe(wav, language="en")
    assert spoken.server.seen == 1


def test_more_than_the_provider_takes_is_not_even_sent(spoken: Spoken) -> None:
    with pytest.raises(AudioTooLarge):
        spoken.transcriber().transcribe(b"RIFF" + bytes(25_000_001), language="en")
    assert spoken.server.seen == 0


def test_a_busy_provider_is_asked_again_after_the_wait_that_it_names(spoken: Spoken, wav: bytes) -> None:
    spoken.server.faults = [(429, {"Retry-After": "3"})]
    assert spoken.transcriber().transcribe(wav, language="en").text == TEXT
    assert spoken.waits == [3.0]
    assert sent_audio(spoken) == wav


@pytest.mark.parametrize("wait", ["120", "Wed, 21 Oct 2037 07:28:00 GMT"])
def test_a_long_wait_is_not_waited_for(spoken: Spoken, wav: bytes, wait: str) -> None:
    spoken.server.faults = [(429, {"Retry-After": wait})]
    with pytest.raises(TranscriptionFailed) as caught:
        spoken.transcriber().transcribe(wav, language="en")
    assert caught.value.retry_after is not None
    assert caught.value.retry_after >= 120
    assert (spoken.waits, spoken.server.seen) == ([], 1)


def test_a_broken_provider_is_asked_again_with_growing_waits(spoken: Spoken, wav: bytes) -> None:
    spoken.server.faults = [500, 503]
    assert spoken.transcriber().transcribe(wav, language="en").text == TEXT
    assert spoken.waits == [0.5, 1.0]


def test_three_failures_are_enough(spoken: Spoken, wav: bytes) -> None:
    spoken.server.faults = [500] * 5
    with pytest.raises(TranscriptionFailed, match="could not be written down") as caught:
        spoken.transcriber().transcribe(wav, language="en")
    assert spoken.server.seen == 3
    assert "HTTP 500" in caught.value.reason


def test_a_provider_that_hangs_is_given_up_at_the_time_limit(spoken: Spoken, wav: bytes) -> None:
    spoken.server.faults = [spoken.server.hang]
    with pytest.raises(TranscriptionFailed) as caught:
        spoken.transcriber(patience=QUICK).transcribe(wav, language="en")
    assert "time limit" in caught.value.reason
    assert (spoken.waits, spoken.server.seen) == ([], 1)


def test_a_provider_that_trickles_is_given_up_at_the_time_limit_too(spoken: Spoken, wav: bytes) -> None:
    spoken.server.faults = [spoken.server.trickle]
    with pytest.raises(TranscriptionFailed) as caught:
        spoken.transcriber(patience=QUICK).transcribe(wav, language="en")
    assert "time limit" in caught.value.reason


def test_a_lost_connection_is_tried_again(spoken: Spoken, wav: bytes) -> None:
    spoken.server.faults = [lambda handler: handler.connection.close()]
    assert spoken.transcriber().transcribe(wav, language="en").text == TEXT
    assert spoken.waits == [0.5]


def test_an_endless_answer_is_not_read_to_its_end(spoken: Spoken, wav: bytes) -> None:
    spoken.server.faults = [b" " * 3_000]
    with pytest.raises(TranscriptionFailed) as caught:
        spoken.transcriber(patience=Patience(most_bytes=1_000)).transcribe(wav, language="en")
    assert caught.value.reason == "the answer is too large"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not json",
        b'{"text": "half',
        b"[]",
        b"null",
        b"{}",
        b'{"text": 5}',
        b'{"choices": []}',
        b'{"choices": [{"finish_reason": "length", "message": {"content": "I um"}}]}',
        b'{"choices": [{"finish_reason": "stop", "message": {"content": null}}]}',
        b'{"error": {"code": 502, "message": "upstream"}}',
        b'{"promptFeedback": {"blockReason": "SAFETY"}}',
        b'{"candidates": [{"finishReason": "MAX_TOKENS", "content": {"parts": [{"text": "{\\"transcr"}]}}]}',
        b'{"candidates": [{"finishReason": "STOP", "content": {"parts": [{"text": "Sure! Here it is"}]}}]}',
        b'{"candidates": [{"finishReason": "STOP", "content": {"parts": [{"text": "[1]"}]}}]}',
        b'{"candidates": [{"finishReason": "STOP"}]}',
        b"[" * 100_000,
    ],
)
def test_an_answer_that_is_none_fails_and_is_not_tried_again(spoken: Spoken, wav: bytes, answer: bytes) -> None:
    spoken.server.faults = [answer]
    with pytest.raises(TranscriptionFailed):
        spoken.transcriber().transcribe(wav, language="en")
    assert spoken.server.seen == 1


def test_a_redirect_is_not_followed_so_the_key_goes_nowhere_else(spoken: Spoken, wav: bytes) -> None:
    spoken.server.faults = [(307, {"Location": spoken.server.url + "/elsewhere"})]
    with pytest.raises(TranscriptionFailed) as caught:
        spoken.transcriber().transcribe(wav, language="en")
    assert "307" in caught.value.reason
    assert spoken.server.seen == 1


def test_nobody_there_is_tried_again_and_then_said(spoken: Spoken, wav: bytes) -> None:
    transcriber = spoken.transcriber()
    spoken.server.close()
    with pytest.raises(TranscriptionFailed) as caught:
        transcriber.transcribe(wav, language="en")
    assert "connection failed" in caught.value.reason
    assert len(spoken.waits) == 2
