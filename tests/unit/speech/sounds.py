"""Sounds for the tests: synthetic speech with breaks of known length, noise, tones and music."""

import io
import os
import shutil
import subprocess
from functools import cache
from itertools import zip_longest

import numpy as np
import numpy.typing as npt
import pytest
import soundfile  # type: ignore[import-untyped]  # ships no types

from speech.decoding import resample
from speech.models import Audio

Sound = npt.NDArray[np.float32]
RATE = 16_000

PHRASES = (
    "I have lived in a small town near the coast for about ten years",
    "my favourite season is autumn because the air is fresh",
    "well I would say that most people prefer to travel by train",
    "when I was a child we used to visit my grandmother every summer",
    "there are several reasons for this but the main one is money",
    "she told me that the meeting had been moved to Thursday",
    "if I could change one thing I would build more parks",
)


def need_espeak() -> str:
    """Return the program; without it skip with what to install, or fail where tests must not be skipped."""
    program = shutil.which("espeak-ng")
    if program is None:
        message = "synthetic speech is missing: apt-get install espeak-ng"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return program


@cache
def speech(voice: str = "en-us", speed: int = 150, breaks: tuple[int, ...] = (500, 700), first: int = 0) -> Sound:
    """Return phrases of a voice with breaks of these milliseconds between them, at half of full scale."""
    phrases = (PHRASES[(first + number) % len(PHRASES)] for number in range(len(breaks) + 1))
    text = "".join(f"{phrase} " + (f'<break time="{pause}ms"/> ' if pause else "") for phrase, pause in zip_longest(phrases, breaks))
    done = subprocess.run(
        [need_espeak(), "-m", "-v", voice, "-s", str(speed), "--stdout", f"<speak>{text}</speak>"], capture_output=True, check=True
    )
    samples, rate = soundfile.read(io.BytesIO(done.stdout), dtype="float32")
    heard = resample(samples, rate)
    return np.asarray(0.5 * heard / np.abs(heard).max(), dtype=np.float32)


def noise(kind: str, seconds: float, *, seed: int = 1) -> Sound:
    """Return noise with a standard deviation of one: white, pink, brown, or mains hum over pink."""
    return _half_a_minute(kind, seed)[: int(seconds * RATE)]


@cache
def _half_a_minute(kind: str, seed: int) -> Sound:
    random = np.random.default_rng(seed)
    count = 1 << 19  # a power of two: other lengths make the transform slow
    if kind == "white":
        return random.normal(size=count).astype(np.float32)
    slope = {"pink": 0.5, "brown": 1.0, "hum": 0.5}[kind]
    frequency = np.fft.rfftfreq(count, 1 / RATE)
    weight = np.where(frequency > 20, np.maximum(frequency, 1) ** -slope, 0)
    out = np.fft.irfft(np.fft.rfft(random.normal(size=count)) * weight, count)
    out /= out.std()
    if kind == "hum":
        time = np.arange(count) / RATE
        out += sum(np.sin(2 * np.pi * 50 * order * time + order) / order for order in range(1, 9))
    return np.asarray(out / out.std(), dtype=np.float32)


def in_noise(sound: Sound, kind: str, snr_db: float, *, seed: int = 1) -> Sound:
    """Return `sound` with noise `snr_db` below the mean power of its loud parts (breaks do not count)."""
    frames = sound[: len(sound) // 400 * 400].reshape(-1, 400)
    power = (frames**2).mean(axis=1)
    spoken = power[power > power.max() * 1e-4].mean()
    added = noise(kind, len(sound) / RATE + 1, seed=seed)[: len(sound)]
    return np.asarray(sound + added * np.sqrt(spoken / 10 ** (snr_db / 10)), dtype=np.float32)


def melody(seconds: float = 12.0, *, vibrato: float = 0.0, seed: int = 2, chords: bool = False) -> Sound:
    """Return notes with overtones and a fading loudness, of 0.15-0.5 s (chords: one second)."""
    random = np.random.default_rng(seed)
    scale = 220 * 2 ** (np.array([0, 2, 4, 5, 7, 9, 11, 12]) / 12)
    parts: list[npt.NDArray[np.float64]] = []
    while sum(len(part) for part in parts) < seconds * RATE:
        length = 1.0 if chords else float(random.choice([0.15, 0.25, 0.5]))
        time = np.arange(int(length * RATE)) / RATE
        root = random.choice(scale) / (2 if chords else 1)
        tone = np.zeros(len(time))
        for ratio in (1, 1.26, 1.5) if chords else (1,):
            phase = 2 * np.pi * root * ratio * time + vibrato * np.sin(2 * np.pi * 5.5 * time)
            tone += sum(np.sin(order * phase) / order for order in range(1, 7))
        parts.append(tone * np.minimum(1, time / 0.02) * np.exp(-1.5 * time) * np.minimum(1, (length - time) / 0.03))
    out = np.concatenate(parts)
    return np.asarray(0.5 * out / np.abs(out).max(), dtype=np.float32)


def drums(seconds: float = 12.0) -> Sound:
    """Return noise bursts four times a second, one in five missing: the rhythm of syllables without a voice."""
    random = np.random.default_rng(4)
    out = np.zeros(int(seconds * RATE))
    for beat in range(int(seconds * 4) - 1):
        if random.random() < 0.8:
            out[beat * 4000 : beat * 4000 + 3000] += random.normal(size=3000) * np.exp(-np.arange(3000) / 600)
    return np.asarray(0.5 * out / np.abs(out).max(), dtype=np.float32)


def tone(hertz: float, seconds: float, *, level: float = 0.3) -> Sound:
    """Return a steady sine."""
    return np.asarray(level * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE), dtype=np.float32)


def silence(seconds: float) -> Sound:
    """Return digital silence."""
    return np.zeros(int(seconds * RATE), dtype=np.float32)


def audio(samples: Sound) -> Audio:
    """Return samples as a decoded recording."""
    return Audio(samples=samples.astype(np.float32), source_format="WAV", source_rate=RATE, source_channels=1)
