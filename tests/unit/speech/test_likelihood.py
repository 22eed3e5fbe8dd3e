"""Speech is told from noise, tones and music, whatever their rhythm."""

import numpy as np
import pytest

from speech.frames import analyse
from speech.likelihood import likelihood
from speech.timing import SPEECH_FOUND
from tests.unit.speech.sounds import RATE, Sound, drums, in_noise, melody, noise, silence, speech, tone

VOICES = ("en-us", "en-gb-scotland", "en-us+f2", "en-us+f5", "en-us+m3", "en+croak", "de", "fr", "es", "tr")
TIME = np.arange(10 * RATE) / RATE
SYLLABLES = 1 + np.sin(2 * np.pi * 4 * TIME)  # loudness at the rhythm of speech


def chance(sound: Sound) -> float:
    frames = analyse(sound.astype(np.float32))
    return likelihood(sound.astype(np.float32), frames) if frames is not None else 0.0


@pytest.mark.parametrize("voice", VOICES)
def test_every_voice_and_language_is_speech(voice: str) -> None:
    assert chance(speech(voice)) > 0.8


@pytest.mark.parametrize("kind", ["white", "pink", "brown", "hum"])
@pytest.mark.parametrize("voice", VOICES)
def test_speech_in_noise_is_still_speech(voice: str, kind: str) -> None:
    assert chance(in_noise(speech(voice), kind, 10)) >= SPEECH_FOUND


OTHER: dict[str, Sound] = {
    "digital silence": silence(10),
    "the last bit flickers": (np.random.default_rng(1).integers(-1, 2, 10 * RATE) / 32768).astype(np.float32),
    "white noise": 0.1 * noise("white", 10),
    "pink noise": 0.1 * noise("pink", 10),
    "brown noise": 0.1 * noise("brown", 10),
    "mains hum": 0.1 * noise("hum", 10),
    "noise at the rhythm of syllables": (0.1 * noise("white", 10) * SYLLABLES).astype(np.float32),
    "pink noise in gusts": (0.1 * noise("pink", 10) * np.interp(TIME, np.arange(0, 11, 0.12), np.resize([0.1, 1, 0.3, 0.8], 92))).astype(
        np.float32
    ),
    "a tone": tone(440, 10),
    "a tone at the rhythm of syllables": (0.5 * tone(220, 10) * SYLLABLES).astype(np.float32),
    "a buzzer at the rhythm of syllables": (0.2 * np.sign(tone(120, 10)) * SYLLABLES).astype(np.float32),
    "beeps": (tone(880, 10) * (np.mod(TIME, 0.5) < 0.25)).astype(np.float32),
    "a siren": (0.3 * np.sin(2 * np.pi * np.cumsum(600 + 300 * np.sin(np.pi * TIME)) / RATE)).astype(np.float32),
    "a melody": melody(),
    "a melody with vibrato": melody(vibrato=1.0),
    "chords": melody(chords=True),
    "drums": drums(),
    "a band": melody()[:190_000] + 0.6 * melody(chords=True)[:190_000] + 0.5 * drums()[:190_000],
}


@pytest.mark.parametrize("name", OTHER)
def test_nothing_else_is_speech(name: str) -> None:
    assert chance(OTHER[name]) < 0.3


@pytest.mark.parametrize("name", ["white noise", "noise at the rhythm of syllables", "a melody", "a band", "drums", "chords"])
def test_loudness_does_not_turn_noise_or_music_into_speech(name: str) -> None:
    for factor in (0.01, 2.0):
        assert chance(OTHER[name] * factor) < 0.3


@pytest.mark.parametrize("name", ["a melody", "a melody with vibrato", "a band", "drums", "beeps"])
def test_music_between_long_silences_is_not_speech_either(name: str) -> None:
    for part in (3 * RATE, 5 * RATE):
        assert chance(np.concatenate([silence(8), OTHER[name][:part], silence(20)])) < SPEECH_FOUND


@pytest.mark.parametrize("voice", VOICES)
def test_one_sentence_in_a_minute_of_silence_is_found(voice: str) -> None:
    assert chance(np.concatenate([silence(20), speech(voice, 150, ()), silence(37)])) >= SPEECH_FOUND


def test_a_sound_shorter_than_a_word_is_not_speech() -> None:
    assert chance(speech()[4000:6400]) < SPEECH_FOUND


def test_a_long_recording_is_judged_by_parts_of_it_with_the_same_result() -> None:
    long = np.concatenate([speech("en-gb", 150, (500, 700), first) for first in range(7)] * 2)
    assert len(long) > 60 * RATE
    assert chance(long) > 0.8
    assert chance(np.concatenate([melody(), melody(seed=3)] * 3)) < 0.3
