"""What a speaker is told about a recording at once."""

import numpy as np
import pytest

from speech.audio import AudioLimits, check_audio, check_recording, to_wav
from speech.models import AudioCheck, Problem
from tests.unit.speech.sounds import RATE, Sound, audio, drums, in_noise, melody, noise, silence, speech, tone


def check(sound: Sound, minimum: float = 5.0) -> AudioCheck:
    return check_recording(to_wav(sound), minimum_seconds=minimum)


def kinds(found: AudioCheck) -> list[Problem]:
    return [problem.problem for problem in found.problems]


def test_a_good_recording_has_no_problems() -> None:
    found = check(speech())
    assert (found.ok, found.problems, found.message) == (True, (), "")
    assert found.timing is not None
    assert found.timing.pauses == 2
    assert found.audio is not None
    assert found.seconds == pytest.approx(found.audio.seconds)
    assert found.peak_db == pytest.approx(-6.0, abs=0.2)


def test_a_muted_microphone_is_named_first() -> None:
    for sound in (silence(20), (np.random.default_rng(1).integers(-2, 3, 20 * RATE) / 32768).astype(np.float32)):
        found = check(sound, 15)
        assert not found.ok
        assert found.message.startswith("This recording is silent.")


def test_a_silent_recording_that_is_also_short_says_both() -> None:
    assert kinds(check(silence(3), 15)) == [Problem.SILENT, Problem.TOO_SHORT]


def test_a_short_recording_says_how_long_it_is_and_how_long_it_must_be() -> None:
    found = check(speech()[: int(4.2 * RATE)], 15)
    assert not found.ok
    assert found.message == "Too short: 4 s of at least 15 s. Say a little more, and record again."


def test_a_recording_just_under_the_minimum_is_not_called_long_enough() -> None:
    assert "14 s of at least 15 s" in check(np.resize(speech(), int(14.9 * RATE)), 15).message


def test_the_minimum_itself_is_enough() -> None:
    assert check(np.resize(speech(), 15 * RATE), 15).ok


def test_a_recording_of_half_a_second_is_only_short() -> None:
    found = check(speech()[: RATE // 2], 10)
    assert kinds(found) == [Problem.TOO_SHORT]
    assert "0.5 s of at least 10 s" in found.message


@pytest.mark.parametrize(
    "sound",
    [0.1 * noise("white", 20), 0.1 * noise("hum", 20), tone(440, 20), melody(20), melody(20, chords=True), drums(20)],
    ids=["noise", "hum", "tone", "melody", "chords", "drums"],
)
def test_noise_and_music_are_no_answer_however_long(sound: Sound) -> None:
    found = check(sound, 15)
    assert not found.ok
    assert Problem.NO_SPEECH in kinds(found)
    assert found.timing is not None
    assert found.timing.speaking_seconds == 0


def test_one_sentence_in_a_long_silence_is_advised_against_and_not_refused() -> None:
    found = check(np.concatenate([silence(1), speech("en-us", 160, ()), silence(40)]), 30)
    assert found.ok
    assert kinds(found) == [Problem.LITTLE_SPEECH]
    assert "3 s of speech in" in found.message


def test_a_quiet_recording_is_usable_with_advice() -> None:
    found = check(speech() * 0.006)
    assert found.ok
    assert Problem.TOO_QUIET in kinds(found)


def test_a_clipped_recording_is_usable_with_advice() -> None:
    found = check(np.clip(speech() * 8, -1, 1))
    assert found.ok
    assert kinds(found) == [Problem.CLIPPED]


def test_a_noisy_recording_is_usable_with_advice() -> None:
    found = check(in_noise(speech(), "pink", 4) * 0.5)
    assert found.ok
    assert Problem.NOISY in kinds(found)
    assert Problem.NOISY not in kinds(check(in_noise(speech(), "pink", 15) * 0.5))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem.EMPTY),
        (b"not a recording", Problem.NOT_AUDIO),
        (b"\x1aE\xdf\xa3" + bytes(100), Problem.UNSUPPORTED_FORMAT),
        (to_wav(tone(440, 1))[:30], Problem.DAMAGED),
    ],
)
def test_bytes_that_cannot_be_read_are_a_problem_and_never_an_exception(data: bytes, problem: Problem) -> None:
    found = check_recording(data, minimum_seconds=5)
    assert (found.ok, kinds(found), found.audio, found.timing) == (False, [problem], None, None)


def test_too_large_and_too_long_are_told_apart() -> None:
    wav = to_wav(tone(440, 3))
    assert kinds(check_recording(wav, minimum_seconds=1, limits=AudioLimits(max_bytes=1_000))) == [Problem.TOO_LARGE]
    assert kinds(check_recording(wav, minimum_seconds=1, limits=AudioLimits(max_seconds=2))) == [Problem.TOO_LONG]


def test_every_sentence_is_plain() -> None:
    for sound, minimum in ((silence(3), 15), (noise("white", 20) * 0.1, 5), (np.clip(speech() * 8, -1, 1), 100)):
        for problem in check(sound, minimum).problems:
            assert problem.message.endswith(".")
            assert "!" not in problem.message
            assert not any(word in problem.message.lower() for word in ("rms", "dbfs", "db ", "likelihood", "snr", "sample"))


def test_a_decoded_recording_is_checked_alike() -> None:
    found, decoded = check(speech()), check_audio(audio(speech()), minimum_seconds=5)
    assert (found.ok, found.problems) == (decoded.ok, decoded.problems)
    assert found.seconds == decoded.seconds
