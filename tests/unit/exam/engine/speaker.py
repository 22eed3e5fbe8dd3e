"""A made-up learner who answers exam questions in many words, never twice the same."""

import io
import random
import wave
from typing import Any

from tests.unit.exam.assessment.learners import interview

_RATE = 16_000


def answers(count: int, *, band: str = "B1", seed: int = 1) -> list[str]:
    """Return as many different answers of about 40 words."""
    turns: Any = interview(band, seed, turns=count * 4)["turns"]
    texts = [turn["clean"] for turn in turns]
    return [". ".join(texts[first : first + 4]) for first in range(0, count * 4, 4)]


def silence(seconds: float = 6.0) -> bytes:
    """Return a WAV file of nothing."""
    return wav([0] * int(seconds * _RATE))


def hiss(seconds: float = 6.0) -> bytes:
    """Return a WAV file of white noise."""
    chance = random.Random(1)
    return wav([chance.randint(-6_000, 6_000) for _ in range(int(seconds * _RATE))])


def wav(samples: list[int]) -> bytes:
    """Return 16-bit samples at 16 kHz as a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples))
    return out.getvalue()


def spoken(*, first: int = 0, seconds: float = 8.0) -> bytes:
    """Return a WAV file of synthetic speech, different for each `first`, of at least so many seconds."""
    from speech.audio import to_wav
    from tests.unit.speech.sounds import RATE, speech

    breaks: tuple[int, ...] = (400,)
    while len(sound := speech(first=first, breaks=breaks)) < seconds * RATE:
        breaks = (*breaks, 500)
    return to_wav(sound)
