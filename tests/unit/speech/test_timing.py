"""Pauses and speaking time, against synthetic speech with breaks of known length."""

import numpy as np
import pytest

from speech.models import Timing
from speech.timing import count_words, time_speech, with_words
from tests.unit.speech.sounds import PHRASES, audio, in_noise, melody, noise, silence, speech, tone

VOICES = ("en-us", "en-gb", "en-gb-scotland", "en-us+f3", "en-us+m3", "en-gb-x-rp")
BREAKS = ((500, 1000, 1500), (300, 400, 2000), (700, 600, 500, 800))
CONDITIONS = (
    ("clean", None),
    ("white", 30),
    ("white", 20),
    ("white", 10),
    ("pink", 20),
    ("pink", 10),
    ("brown", 20),
    ("brown", 10),
    ("hum", 20),
    ("hum", 10),
)


def errors(voice: str, kind: str, snr: float | None) -> list[float]:
    found = []
    for number, (breaks, speed) in enumerate(zip(BREAKS, (130, 150, 170), strict=True)):
        sound = speech(voice, speed, breaks, number)
        heard = sound if snr is None else in_noise(sound, kind, snr, seed=number)
        found.append(time_speech(audio(heard)).pause_seconds / (sum(breaks) / 1000) - 1)
    return found


@pytest.mark.parametrize(("kind", "snr"), CONDITIONS)
@pytest.mark.parametrize("voice", VOICES)
def test_pause_time_is_right_within_ten_per_cent_from_clean_to_ten_decibel(voice: str, kind: str, snr: float | None) -> None:
    found = errors(voice, kind, snr)
    assert np.abs(found).mean() <= 0.10, found
    assert np.abs(found).max() <= 0.20, found


@pytest.mark.parametrize(("kind", "snr"), CONDITIONS)
def test_every_break_is_found_where_it_is(kind: str, snr: float | None) -> None:
    sound = speech("en-gb", 150, (400, 900, 1600, 300))
    timing = time_speech(audio(sound if snr is None else in_noise(sound, kind, snr)))
    assert (timing.pauses, timing.long_pauses) == (4, 1)
    assert [round(segment.seconds, 1) for segment in timing.segments if not segment.is_speech][-5:-1] == pytest.approx(
        [0.4, 0.9, 1.6, 0.3], abs=0.11
    )
    assert timing.longest_pause_seconds == pytest.approx(1.6, abs=0.1)


def test_the_ribbon_covers_the_whole_recording_without_gaps() -> None:
    timing = time_speech(audio(np.concatenate([silence(0.6), speech(), silence(0.9)])))
    assert timing.segments[0].start == 0.0
    assert timing.segments[-1].end == timing.seconds
    for before, after in zip(timing.segments, timing.segments[1:], strict=False):
        assert before.end == after.start
        assert before.is_speech != after.is_speech
        assert before.seconds > 0


def test_the_parts_add_up_to_the_length() -> None:
    timing = time_speech(audio(np.concatenate([silence(0.6), speech(), silence(0.9)])))
    parts = timing.speaking_seconds + timing.pause_seconds + timing.leading_silence + timing.trailing_silence
    assert parts == pytest.approx(timing.seconds)


def test_waiting_before_and_after_speaking_is_no_pause() -> None:
    plain = time_speech(audio(speech()))
    timing = time_speech(audio(np.concatenate([silence(3.0), speech(), silence(2.0)])))
    assert timing.pause_seconds == pytest.approx(plain.pause_seconds, abs=0.06)
    assert timing.pauses == plain.pauses == 2
    assert timing.leading_silence == pytest.approx(plain.leading_silence + 3.0, abs=0.06)
    assert timing.trailing_silence == pytest.approx(plain.trailing_silence + 2.0, abs=0.06)


def test_speech_without_breaks_has_no_pauses() -> None:
    for voice in ("en-us", "en-gb"):
        sound = speech(voice, 170, (), 3)
        assert time_speech(audio(sound)).pause_seconds == 0.0
        assert time_speech(audio(in_noise(sound, "pink", 15))).pauses <= 1


def test_a_break_shorter_than_a_quarter_second_is_no_pause() -> None:
    timing = time_speech(audio(speech("en-us", 150, (150, 160))))
    assert timing.pauses == 0
    assert timing.longest_run_seconds == pytest.approx(timing.speaking_seconds)


def test_a_click_in_a_pause_does_not_split_it() -> None:
    sound = speech("en-us", 150, (2000,)).copy()
    pause = next(segment for segment in time_speech(audio(sound)).segments[1:] if not segment.is_speech)
    middle = int((pause.start + pause.end) / 2 * 16_000)
    sound[middle : middle + 80] = 0.4
    timing = time_speech(audio(sound))
    assert timing.pauses == 1
    assert timing.pause_seconds == pytest.approx(pause.seconds, abs=0.02)


def test_the_longest_run_is_the_longest_stretch_between_pauses() -> None:
    timing = time_speech(audio(speech("en-us", 150, (600, 150, 600))))
    runs = [segment.seconds for segment in timing.segments if segment.is_speech]
    assert len(runs) == 3
    assert timing.longest_run_seconds == max(runs) == runs[1]


def test_loudness_does_not_matter() -> None:
    loud, quiet = (time_speech(audio(speech() * factor)) for factor in (1.0, 0.02))
    assert quiet.pause_seconds == pytest.approx(loud.pause_seconds, abs=0.02)


def test_the_same_recording_always_gives_the_same_timing() -> None:
    assert time_speech(audio(speech())) == time_speech(audio(speech()))


@pytest.mark.parametrize(
    "sound",
    [
        silence(5),
        noise("white", 5) * 0.1,
        noise("pink", 5) * 0.1,
        noise("brown", 5) * 0.1,
        noise("hum", 5) * 0.1,
        tone(440, 5),
        melody(5),
        silence(0.01),
        silence(0),
    ],
    ids=["silence", "white", "pink", "brown", "hum", "tone", "melody", "shorter than a frame", "nothing"],
)
def test_what_is_not_speech_has_no_speaking_time_and_no_rate_whatever_the_transcript_says(sound: np.ndarray) -> None:
    timing = time_speech(audio(sound), transcript="I speak very fluently " * 30)
    assert not timing.speech_found
    assert (timing.speaking_seconds, timing.pause_seconds, timing.pauses, timing.longest_run_seconds) == (0, 0, 0, 0)
    assert timing.words_per_minute is None
    assert not any(segment.is_speech for segment in timing.segments)


def test_signal_to_noise_is_estimated() -> None:
    clean, noisy = (time_speech(audio(sound)) for sound in (speech(), in_noise(speech(), "white", 10)))
    assert clean.signal_to_noise_db > 40
    assert 15 < noisy.signal_to_noise_db < 25


def test_words_per_minute_count_speaking_and_pausing_but_not_waiting() -> None:
    text = " ".join(["word"] * 30)
    timing = time_speech(audio(np.concatenate([silence(5), speech(), silence(5)])), transcript=text)
    assert timing.words == 30
    assert timing.words_per_minute == pytest.approx(30 * 60 / (timing.speaking_seconds + timing.pause_seconds), abs=0.1)
    assert timing.articulation_rate == pytest.approx(30 * 60 / timing.speaking_seconds, abs=0.1)


def test_somebody_who_speaks_half_as_fast_again_has_half_as_many_words_again() -> None:
    slow, fast = (time_speech(audio(speech("en-us", speed, ())), transcript=PHRASES[0]) for speed in (120, 180))
    assert slow.words_per_minute is not None
    assert fast.words_per_minute is not None
    assert fast.words_per_minute == pytest.approx(1.5 * slow.words_per_minute, rel=0.1)


def test_a_corrected_transcript_changes_the_rate_only() -> None:
    timing = time_speech(audio(speech()), transcript="one two")
    corrected = with_words(timing, 40)
    assert corrected.words == 40
    assert corrected.words_per_minute is not None
    assert timing.words_per_minute is not None
    assert corrected.words_per_minute == pytest.approx(20 * timing.words_per_minute, rel=0.02)
    assert corrected.segments == timing.segments


def test_no_transcript_means_no_rate() -> None:
    timing = time_speech(audio(speech()))
    assert (timing.words, timing.words_per_minute, timing.articulation_rate) == (None, None, None)
    assert with_words(Timing(seconds=3), 10).words_per_minute is None


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("… — !", 0), ("Don't worry, it's well-known.", 4), ("in 1999 um, uh", 4), ("naïve café", 2), ("don’t", 1), ("_a_", 1)],
)
def test_words_are_counted_as_spoken(text: str, words: int) -> None:
    assert count_words(text) == words
